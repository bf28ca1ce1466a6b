/**
 * Names for SEPA: banks exchange letters without accents, digits and a few signs, whatever XML itself could carry. What
 * has no near relative among them becomes a point, so that a name never silently loses a part.
 */

const ALLOWED = /^[A-Za-z0-9/?:().,'+ -]$/;
const COMBINING = /^\p{M}$/u;
const BLANK = /^[\p{Z}\p{C}]$/u;

/** What Unicode does not take apart by itself. */
const NEAR_RELATIVES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', ð: 'd', Ð: 'D', þ: 'th', Þ: 'TH' },
    ...{ đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ı: 'i', ł: 'l', Ł: 'L', ŋ: 'n', Ŋ: 'N', ŧ: 't', Ŧ: 'T' },
    ...{ '&': '+', _: '-', '‐': '-', '‒': '-', '–': '-', '—': '-', '−': '-', '⁄': '/', ';': ',' },
    ...{ '"': "'", '`': "'", '´': "'", '‘': "'", '’': "'", '‚': "'", '“': "'", '”': "'", '„': "'", '«': "'", '»': "'" },
    ...{ '[': '(', ']': ')', '{': '(', '}': ')', '<': '(', '>': ')' },
  }),
);

/** A text in the characters of SEPA, blanks put together, at most `longest` characters. */
export function sepaText(text: string, longest: number): string {
  const characters = [...text.normalize('NFKD')].map(sepaCharacter);
  return characters.join('').replaceAll(/ +/g, ' ').trim().slice(0, longest).trimEnd();
}

function sepaCharacter(character: string): string {
  if (ALLOWED.test(character)) return character;
  if (COMBINING.test(character)) return '';
  if (BLANK.test(character)) return ' ';
  return NEAR_RELATIVES.get(character) ?? '.';
}

/**
 * Whether a text can identify a message or payment at a bank: 1 to 35 SEPA characters, no blanks, no slash at either end
 * and no two in a row (EPC clarification on slashes in identifiers).
 */
export function isSepaIdentifier(text: string): boolean {
  return /^[A-Za-z0-9/?:().,'+-]{1,35}$/.test(text) && !/^\/|\/\/|\/$/.test(text);
}
