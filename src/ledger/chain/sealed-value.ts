/**
 * What a row said when it was sealed, when one of its values was changed: the values that it can have had are tried until the
 * four bytes that were kept of it fit. Pure; a wrong answer is less likely than one in a thousand.
 */
import { formatDay, parseDay } from '../../calendar.js';
import { COMPONENTS, REASONS, RULES } from '../../law/codes.js';
import { SEALED_COLUMNS, type BulkKind } from './link.js';
import { checkOf, checkOfText } from './row-seals.js';

/** 10,000 euro to both sides. */
const CENTS_AROUND = 1_000_000;
const MONTHS_AROUND = 600;
const DAYS_AROUND = 1_000;

/** Values that a column can have had, likely ones first; none for ids. By column of `SEALED_COLUMNS`. */
const CANDIDATES: Readonly<Record<BulkKind, readonly ((now: string) => Iterable<string>)[]>> = {
  ENTRIES: [
    () => [],
    () => numbersBelow(COMPONENTS.length),
    (now) => around(Number(now), MONTHS_AROUND),
    (now) => around(Number(now), MONTHS_AROUND),
    (now) => around(Number(now), CENTS_AROUND),
    () => numbersBelow(RULES.length),
    () => numbersBelow(REASONS.length),
  ],
  MEASUREMENTS: [
    () => [],
    () => ['1', '2'],
    (now) => daysAround(now),
    () => ['POSITIVE', 'NEGATIVE', 'PENDING'],
    () => [],
    () => ['RECORDS', 'DECISION', 'FROZEN'],
    (now) => around(Number(now), CENTS_AROUND),
    () => ['t', 'f'],
  ],
};

export interface SealedValue {
  /** Place in the row. */
  readonly column: number;
  readonly value: string;
}

/** The one value that was another; undefined when none fits (an id, or more than one value). */
export function sealedValue(kind: BulkKind, row: readonly string[], check: number): SealedValue | undefined {
  const columns = CANDIDATES[kind].map((candidates, column) => ({ column, candidates, now: row[column]! }));
  // Amounts last: they can have been so much.
  for (const { column, candidates, now } of columns.sort((a, b) => Number(isAmount(a)) - Number(isAmount(b)))) {
    const before = checkOf(Buffer.from(row.slice(0, column).join('\t') + (column === 0 ? '' : '\t')));
    const after = `${['', ...row.slice(column + 1)].join('\t')}\n`;
    for (const value of candidates(now)) {
      if (checkOfText(after, checkOfText(value, before)) === check) return { column, value };
    }
  }
  return undefined;

  function isAmount({ column }: { readonly column: number }): boolean {
    return SEALED_COLUMNS[kind].split(', ')[column] === 'cents';
  }
}

function numbersBelow(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(i));
}

function* around(now: number, width: number): Generator<string> {
  for (let distance = 1; distance <= width; distance++) {
    yield String(now - distance);
    yield String(now + distance);
  }
}

function* daysAround(now: string): Generator<string> {
  const day = parseDay(now);
  if (day === undefined) return;
  for (let distance = 1; distance <= DAYS_AROUND; distance++) {
    yield formatDay(day - distance);
    yield formatDay(day + distance);
  }
}
