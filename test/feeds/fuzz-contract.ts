/**
 * The contract of the feeds (section 3) written a second time, from the contract and not from the program: columns, what must
 * be filled, how values look, which rows are forbidden. Slow and strict. Stands beside the reader so that a fuzzer can
 * compare the two.
 */

type Check = (value: string) => boolean;

/** Limits of the program beyond the contract: what is longer or holds a control character is set aside. */
const MOST_ID_CHARACTERS = 100;
const MOST_PROSE_CHARACTERS = 2_000;
const FIRST_YEAR = 1900;

const CONTROLS = [...Array.from({ length: 0x20 }, (_, i) => i), ...Array.from({ length: 0x21 }, (_, i) => 0x7f + i)];
const FORBIDDEN = new Set([...CONTROLS, 0xfffe, 0xffff].map((code) => String.fromCharCode(code)));

const id: Check = (value) =>
  value.length <= MOST_ID_CHARACTERS && ![...value].some((character) => FORBIDDEN.has(character));
const prose: Check = (value) => {
  const text = value.replaceAll('\r\n', ' ').replaceAll('\n', ' ').replaceAll('\t', ' ');
  return value.length <= MOST_PROSE_CHARACTERS && ![...text].some((character) => FORBIDDEN.has(character));
};

function isDay(value: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= FIRST_YEAR &&
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day
  );
}

const timestamp: Check = (value) => {
  const match =
    /^([0-9-]{10})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)$/.exec(value);
  if (match === null || !isDay(match[1]!) || match[1] === '9999-12-31') return false;
  const [hour, minute, second] = [match[2], match[3], match[4] ?? '0'].map(Number) as [number, number, number];
  const [offsetHours, offsetMinutes] = /^[+-]([0-9]{2}):?([0-9]{2})?$/.exec(match[6]!)?.slice(1) ?? ['0', '0'];
  return hour < 24 && minute < 60 && second < 60 && Number(offsetHours) < 16 && Number(offsetMinutes ?? 0) < 60;
};

const month: Check = (value) => value.length === 7 && isDay(`${value}-01`);
const amount: Check = (value) => /^-?[0-9]{1,9}(\.[0-9]{1,2})?$/.test(value);
const boolean: Check = (value) => value === 'true' || value === 'false';
const digits =
  (count: number): Check =>
  (value) =>
    value.length === count && [...value].every((character) => character >= '0' && character <= '9');
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value);
const fraction: Check = (value) =>
  (value.startsWith('0') || value.startsWith('1')) &&
  /^[0-9](\.[0-9]{1,9})?$/.test(value) &&
  Number(value) >= 0 &&
  Number(value) <= 1;
const year: Check = (value) => digits(4)(value) && Number(value) >= FIRST_YEAR;

const remainder = (number: string) => Number(BigInt(number) % 97n);
const enterprise: Check = (value) =>
  digits(10)(value) && /^[01]/.test(value) && 97 - remainder(value.slice(0, 8)) === Number(value.slice(8));
const iban: Check = (value) => {
  const compact = value.replaceAll(/\s/g, '').toUpperCase();
  if (!/^BE[0-9]{14}$/.test(compact)) return false;
  const account = compact.slice(4);
  const check = remainder(account.slice(0, 10)) === 0 ? 97 : remainder(account.slice(0, 10));
  return remainder(`${account}1114${compact.slice(2, 4)}`) === 1 && check === Number(account.slice(10));
};
/** Born in 20YY only when that is not after the year of the delivery. */
const insz =
  (deliveryYear: number): Check =>
  (value) => {
    if (!digits(11)(value)) return false;
    const monthPart = Number(value.slice(2, 4));
    const isMonth = [0, 20, 40].some((shift) => monthPart >= shift && monthPart <= shift + 12);
    if (!isMonth || Number(value.slice(4, 6)) > 31) return false;
    const check = Number(value.slice(9));
    const born = (century: string) => 97 - remainder(century + value.slice(0, 9)) === check;
    return born('') || (2000 + Number(value.slice(0, 2)) <= deliveryYear && born('2'));
  };

/** Columns in the order of the contract; `*` must be filled. */
export type FileContract = readonly (readonly [name: string, check: Check, mustBeFilled: boolean])[];

/** The ten files, for deliveries of a year. */
export function contractFiles(deliveryYear: number): Readonly<Record<string, FileContract>> {
  const kinds: Readonly<Record<string, Check>> = {
    ...{ id, prose, timestamp, month, amount, boolean, fraction, year, enterprise, iban, insz: insz(deliveryYear) },
    ...{ date: isDay, nis: digits(5), category: digits(2), measurement: oneOf('1', '2') },
    ...{ outcome: oneOf('POSITIVE', 'NEGATIVE'), report: oneOf('PHASE', 'FINAL_REPORT') },
    reason: oneOf('COMPLETED', 'REGULAR_JOB', 'STOPPED', 'MOVED', 'DECEASED', 'OTHER'),
    component: oneOf('EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC'),
    kind: oneOf(
      ...['ART60', 'REGULAR', 'AGENCY', 'STUDENT', 'FLEXI', 'ART61', 'IBO', 'PLACEMENT', 'SOCIAL_ECONOMY'],
      'SELF_EMPLOYED',
    ),
  };
  return Object.fromEntries(
    Object.entries(FILES).map(([file, columns]) => [
      file,
      columns.split(' ').map((column) => {
        const [name, kind] = column.replace('*', '').split(':') as [string, string];
        return [name, kinds[kind]!, column.startsWith('*')] as const;
      }),
    ]),
  );
}

const FILES: Readonly<Record<string, string>> = {
  'ocmw.csv':
    '*ocmw_id:enterprise name:prose *nis_code:nis iban:iban *valid_from:date valid_to:date successor_id:enterprise',
  'weo.csv':
    '*weo_id:id *ocmw_id:enterprise *insz:insz *start_date:date end_date:date end_reason:reason ' +
    'extended_for_rights:boolean *registered_at:timestamp withdrawn:boolean',
  'employment.csv':
    '*employment_id:id *insz:insz weo_id:id employer_id:enterprise *kind:kind dimona_type:id *start_date:date ' +
    'end_date:date fte:fraction social_economy:boolean nova_prima_ref:id increased_requested:boolean ' +
    '*registered_at:timestamp withdrawn:boolean',
  'category.csv':
    '*category_id:id *insz:insz *code:category *from_date:date to_date:date *registered_at:timestamp withdrawn:boolean',
  'evaluation.csv':
    '*evaluation_id:id *weo_id:id *evaluated_on:date *kind:report *registered_at:timestamp withdrawn:boolean',
  'decision.csv':
    '*decision_id:id *weo_id:id *measurement:measurement *outcome:outcome decided_by:prose reason:prose ' +
    '*registered_at:timestamp withdrawn:boolean',
  'budget.csv':
    '*budget_id:id *ocmw_id:enterprise *year:year *fixed_amount:amount *flexible_amount:amount ' +
    '*registered_at:timestamp withdrawn:boolean',
  'payment.csv':
    '*payment_id:id *ocmw_id:enterprise *paid_on:date *amount:amount reference:id weo_id:id component:component ' +
    'month:month *registered_at:timestamp withdrawn:boolean',
  'replacement.csv': '*insz:insz *replaced_by:insz *registered_at:timestamp withdrawn:boolean',
  'wage.csv':
    '*wage_id:id *employment_id:id *month:month *gross_wage_cost:amount *registered_at:timestamp withdrawn:boolean',
};

const PERIODS = [
  ['start_date', 'end_date'],
  ['valid_from', 'valid_to'],
  ['from_date', 'to_date'],
] as const;

/** Name of the first wrong column of a row, '' for a row that is too long, undefined for a good one. */
export function firstWrong(file: FileContract, header: readonly string[], row: readonly string[]): string | undefined {
  if (row.length > header.length) return '';
  const value = (name: string) => row[header.indexOf(name)];
  return file.find(([name, check, mustBeFilled]) => {
    const text = value(name);
    if (text === undefined) return true;
    if (text === '') return (mustBeFilled && text === '') || (name === 'weo_id' && value('kind') === 'ART60');
    return !check(text) || breaksRule(file, name, value);
  })?.[0];
}

/** Rules between two columns: an end before its start, a WEO where there may be none. */
function breaksRule(file: FileContract, name: string, value: (name: string) => string | undefined): boolean {
  const isGood = (other: string) => file.find(([column]) => column === other)![1](value(other) ?? '');
  const [start] = PERIODS.find(([, end]) => end === name) ?? [];
  if (start !== undefined) return isGood(start) && value(name)! < value(start)!;
  const isEmployment = file[0]![0] === 'employment_id';
  return isEmployment && name === 'weo_id' && value('kind') !== 'ART60' && isGood('kind');
}
