/** Money is integer euro cents everywhere; this file holds the only conversions and the only rounding. */

/** Integer euro cents. */
export type Cents = number;

/** `1234.56` or `-1234.56` with at most two decimals, below a billion, to cents; undefined when the text is anything else. */
export function parseEuro(text: string): Cents | undefined {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const cents = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] === '-' && cents !== 0 ? -cents : cents;
}

/** Cents as euro with a point and always two decimals: the form of every machine export. */
export function formatEuro(cents: Cents): string {
  const absolute = Math.abs(cents);
  return `${cents < 0 ? '-' : ''}${Math.trunc(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`;
}

/**
 * `cents * numerator / denominator`, half up to the cent (`allow.rounding = HALF_UP_CENT`): 1,000.01 x 15/30 = 500.005
 * becomes 500.01. Exact: only integers take part.
 */
export function proRata(cents: Cents, numerator: number, denominator: number): Cents {
  const product = cents * numerator;
  if (!Number.isSafeInteger(2 * product)) throw new RangeError(`amount too large to divide: ${cents} cents`);
  return Math.floor((2 * product + denominator) / (2 * denominator));
}
