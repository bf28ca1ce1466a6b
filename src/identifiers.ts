/**
 * Belgian identifiers: national number (INSZ), enterprise number, IBAN and structured communication. Each check is
 * the published one (remainders of 97); none of them looks anything up.
 */

/**
 * What could be a national number in free text, in this order: `85.07.30-033.28` and the like, `850.730.033.28`, and
 * any 11 digits or more in a row, for one digit too many is still somebody's number. Digests (40 or 64 hexadecimal
 * digits) and Belgian IBANs are caught first, to be kept.
 */
const PERHAPS_INSZ = new RegExp(
  [
    /(?<kept>\b(?:BE\d{14}|[0-9a-f]{40}|[0-9a-f]{64})\b)/,
    /(?<!\d)\d{2}[ ./-]?\d{2}[ ./-]?\d{2}[ ./-]{0,3}\d{3}[ ./-]{0,3}\d{2}(?!\d)/,
    /(?<!\d)\d{3}[ .-]\d{3}[ .-]\d{3}[ .-]\d{2}(?!\d)/,
    /\d{11,}/,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'g',
);
const MASK = '[INSZ]';

/**
 * Whether 11 bare digits are a national number or BIS number. Months 0-12, 20-32 (BIS, sex unknown) and 40-52 (BIS,
 * sex known) and days 0-31 occur; the check is that of 1900, and that of 2000 only when the year 2000+YY does not lie
 * after `referenceYear`.
 */
export function isValidInsz(text: string, referenceYear: number): boolean {
  if (!/^\d{11}$/.test(text)) return false;
  const month = Number(text.slice(2, 4));
  if (!(month <= 12 || (month >= 20 && month <= 32) || (month >= 40 && month <= 52))) return false;
  if (Number(text.slice(4, 6)) > 31) return false;
  const first9 = text.slice(0, 9);
  const check = Number(text.slice(9));
  if (check === 97 - remainderOf97(first9)) return true;
  return 2000 + Number(text.slice(0, 2)) <= referenceYear && check === 97 - remainderOf97(`2${first9}`);
}

/** Whether 10 bare digits are an enterprise number (KBO): first digit 0 or 1, the last two check the first eight. */
export function isValidEnterpriseNumber(text: string): boolean {
  return /^[01]\d{9}$/.test(text) && Number(text.slice(8)) === 97 - remainderOf97(text.slice(0, 8));
}

/** An IBAN without spaces and in capitals: the form that is stored and compared. Checks nothing. */
export function normaliseIban(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase();
}

/** Whether a text is a Belgian IBAN: 16 characters, the ISO check and the national check. Spaces do not matter. */
export function isValidBelgianIban(text: string): boolean {
  const iban = normaliseIban(text);
  if (!/^BE\d{14}$/.test(iban)) return false;
  const account = iban.slice(4);
  // BE in digits is 11 14; country and check digits move to the end (ISO 13616).
  if (remainderOf97(`${account}1114${iban.slice(2, 4)}`) !== 1) return false;
  return Number(account.slice(10)) === checkOf(account.slice(0, 10));
}

/**
 * The structured communication (gestructureerde mededeling) over ten digits: `+++ddd/dddd/ddddd+++`.
 * Throws a RangeError when it is not given exactly ten digits.
 */
export function structuredCommunication(base: string): string {
  if (!/^\d{10}$/.test(base)) throw new RangeError(`a structured communication needs ten digits, not '${base}'`);
  return written(base + String(checkOf(base)).padStart(2, '0'));
}

/**
 * A structured communication as people and banks write it (with `+++` or `***`, slashes, spaces, or bare) in the one
 * form `+++ddd/dddd/ddddd+++`; undefined when it is none or its check fails.
 */
export function normaliseStructuredCommunication(text: string): string | undefined {
  const compact = text.replaceAll(/\s/g, '');
  const match = /^(\+{3}|\*{3}|)(\d{3})\/?(\d{4})\/?(\d{5})\1$/.exec(compact);
  if (!match) return undefined;
  const digits = match.slice(2).join('');
  return Number(digits.slice(10)) === checkOf(digits.slice(0, 10)) ? written(digits) : undefined;
}

/** Whether a text is a structured communication, in any form that `normaliseStructuredCommunication` reads. */
export function isValidStructuredCommunication(text: string): boolean {
  return normaliseStructuredCommunication(text) !== undefined;
}

/**
 * Free text with everything that could be a national number replaced by `[INSZ]`, valid or not: a mistyped number
 * still points at a person. Enterprise numbers, Belgian IBANs, structured communications and digests stay.
 */
export function maskInszIn(text: string): string {
  return text.replaceAll(PERHAPS_INSZ, (_match, kept: string | undefined) => kept ?? MASK);
}

function written(digits: string): string {
  return `+++${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}+++`;
}

/** Check digits of IBAN accounts and structured communications: the remainder, 0 written as 97. */
function checkOf(digits: string): number {
  return remainderOf97(digits) || 97;
}

/** Remainder of a number of any length, digit by digit: 16 digits and more do not fit in a number. */
function remainderOf97(digits: string): number {
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}
