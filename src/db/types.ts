/**
 * How values of PostgreSQL arrive in the program: a date stays the text `YYYY-MM-DD` (a JavaScript Date would shift it
 * by a day in Brussels), a bigint becomes a safe integer or nothing at all, a numeric stays text.
 */
import pg from 'pg';

const OID = {
  bigint: 20,
  bigintArray: 1016,
  textArray: 1009,
  date: 1082,
  dateArray: 1182,
  numericArray: 1231,
} as const;

type Parse = (text: string) => unknown;

const textArray = pg.types.getTypeParser(OID.textArray as number) as unknown as (text: string) => (string | null)[];

const parsers = new Map<number, Parse>([
  [OID.bigint, safeInteger],
  [OID.bigintArray, (text) => textArray(text).map((item) => (item === null ? null : safeInteger(item)))],
  [OID.date, (text) => text],
  [OID.dateArray, textArray],
  [OID.numericArray, textArray],
]);

/** For the `types` setting of a pg connection. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? (pg.types.getTypeParser(oid, format) as unknown),
};

/** A bigint as a number. Throws a RangeError above 2^53: an amount or a count must never be rounded in silence. */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`a bigint of the database is too large: ${text}`);
  return value;
}
