/** What a row of each feed file must look like, contract section 3: columns in order, forms, checks inside the row. */
import { isDay, isMonth, parseTimestamp } from './days.js';

/** Cells of a row by column name; '' when absent. */
export type Row = Record<string, string>;

/** Something wrong with a row. REFERENCE: names an OCMW or WEO that is not known yet, so the row waits. */
export interface Fault {
  readonly column: string;
  readonly kind: 'FORM' | 'REFERENCE';
}

interface Column {
  readonly name: string;
  readonly required: boolean;
  readonly isRight: (cell: string) => boolean;
}

export interface FileRules {
  readonly columns: readonly Column[];
  /** Columns that make up the id of the record. */
  readonly id: readonly string[];
  /** Pairs of columns of which the second must not lie before the first. */
  readonly period?: readonly [string, string];
  /** Columns that must name a known OCMW. */
  readonly ocmwColumns: readonly string[];
  /** Columns that must name a known WEO. */
  readonly weoColumns: readonly string[];
}

const any = (): boolean => true;
const oneOf =
  (...values: string[]) =>
  (cell: string) =>
    values.includes(cell);
const form = (pattern: RegExp) => (cell: string) => pattern.test(cell);
const isTimestamp = (cell: string) => parseTimestamp(cell) !== undefined;
const isAmount = form(/^-?\d+(\.\d{1,2})?$/);
const isBoolean = oneOf('true', 'false');

/** Enterprise number: first digit 0 or 1, last two = 97 - (first eight mod 97). */
export function isEnterpriseNumber(cell: string): boolean {
  return /^[01]\d{9}$/.test(cell) && 97 - (Number(cell.slice(0, 8)) % 97) === Number(cell.slice(8));
}

/** National number: last two = 97 - (first nine mod 97), with a 2 before the nine digits when born from 2000. */
export function isInsz(cell: string): boolean {
  if (!/^\d{11}$/.test(cell)) return false;
  const check = Number(cell.slice(9));
  const nine = cell.slice(0, 9);
  return check === 97 - (Number(nine) % 97) || check === 97 - (Number(`2${nine}`) % 97);
}

/** Belgian IBAN: ISO remainder 1 and the national check over the twelve digits. */
export function isIban(cell: string): boolean {
  if (!/^BE\d{14}$/.test(cell)) return false;
  const account = cell.slice(4);
  const iso = BigInt(`${account}1114${cell.slice(2, 4)}`) % 97n === 1n;
  const national = Number(account.slice(0, 10)) % 97 || 97;
  return iso && national === Number(account.slice(10));
}

const KINDS = ['ART60', 'REGULAR', 'AGENCY', 'STUDENT', 'FLEXI', 'ART61', 'IBO', 'PLACEMENT', 'SOCIAL_ECONOMY'];
const COMPONENTS = ['EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC'];
const END_REASONS = ['COMPLETED', 'REGULAR_JOB', 'STOPPED', 'MOVED', 'DECEASED', 'OTHER'];

const must = (name: string, isRight: Column['isRight'] = any): Column => ({ name, required: true, isRight });
const may = (name: string, isRight: Column['isRight'] = any): Column => ({ name, required: false, isRight });
const VERSION = [must('registered_at', isTimestamp), may('withdrawn', isBoolean)];

/** Every file of the contract, in the order in which a delivery can be read without waiting for itself. */
export const FILES: Readonly<Record<string, FileRules>> = {
  'ocmw.csv': {
    columns: [
      must('ocmw_id', isEnterpriseNumber),
      may('name'),
      must('nis_code', form(/^\d{5}$/)),
      may('iban', isIban),
      must('valid_from', isDay),
      may('valid_to', isDay),
      may('successor_id', isEnterpriseNumber),
    ],
    id: ['ocmw_id', 'valid_from'],
    period: ['valid_from', 'valid_to'],
    ocmwColumns: ['successor_id'],
    weoColumns: [],
  },
  'weo.csv': {
    columns: [
      must('weo_id'),
      must('ocmw_id', isEnterpriseNumber),
      must('insz', isInsz),
      must('start_date', isDay),
      may('end_date', isDay),
      may('end_reason', oneOf(...END_REASONS)),
      may('extended_for_rights', isBoolean),
      ...VERSION,
    ],
    id: ['weo_id'],
    period: ['start_date', 'end_date'],
    ocmwColumns: ['ocmw_id'],
    weoColumns: [],
  },
  'employment.csv': {
    columns: [
      must('employment_id'),
      must('insz', isInsz),
      may('weo_id'),
      may('employer_id', isEnterpriseNumber),
      must('kind', oneOf(...KINDS, 'SELF_EMPLOYED')),
      may('dimona_type'),
      must('start_date', isDay),
      may('end_date', isDay),
      may('fte', form(/^\d+(\.\d+)?$/)),
      may('social_economy', isBoolean),
      may('nova_prima_ref'),
      may('increased_requested', isBoolean),
      ...VERSION,
    ],
    id: ['employment_id'],
    period: ['start_date', 'end_date'],
    ocmwColumns: [],
    weoColumns: ['weo_id'],
  },
  'category.csv': {
    columns: [
      must('category_id'),
      must('insz', isInsz),
      must('code', form(/^\d{2}$/)),
      must('from_date', isDay),
      may('to_date', isDay),
      ...VERSION,
    ],
    id: ['category_id'],
    period: ['from_date', 'to_date'],
    ocmwColumns: [],
    weoColumns: [],
  },
  'evaluation.csv': {
    columns: [
      must('evaluation_id'),
      must('weo_id'),
      must('evaluated_on', isDay),
      must('kind', oneOf('PHASE', 'FINAL_REPORT')),
      ...VERSION,
    ],
    id: ['evaluation_id'],
    ocmwColumns: [],
    weoColumns: ['weo_id'],
  },
  'decision.csv': {
    columns: [
      must('decision_id'),
      must('weo_id'),
      must('measurement', oneOf('1', '2')),
      must('outcome', oneOf('POSITIVE', 'NEGATIVE')),
      may('decided_by'),
      may('reason'),
      ...VERSION,
    ],
    id: ['decision_id'],
    ocmwColumns: [],
    weoColumns: ['weo_id'],
  },
  'budget.csv': {
    columns: [
      must('budget_id'),
      must('ocmw_id', isEnterpriseNumber),
      must('year', form(/^\d{4}$/)),
      must('fixed_amount', isAmount),
      must('flexible_amount', isAmount),
      ...VERSION,
    ],
    id: ['budget_id'],
    ocmwColumns: ['ocmw_id'],
    weoColumns: [],
  },
  'payment.csv': {
    columns: [
      must('payment_id'),
      must('ocmw_id', isEnterpriseNumber),
      must('paid_on', isDay),
      must('amount', isAmount),
      may('reference'),
      may('weo_id'),
      may('component', oneOf(...COMPONENTS)),
      may('month', isMonth),
      ...VERSION,
    ],
    id: ['payment_id'],
    ocmwColumns: ['ocmw_id'],
    weoColumns: ['weo_id'],
  },
  'replacement.csv': {
    columns: [must('insz', isInsz), must('replaced_by', isInsz), ...VERSION],
    id: ['insz'],
    ocmwColumns: [],
    weoColumns: [],
  },
  'wage.csv': {
    columns: [
      must('wage_id'),
      must('employment_id'),
      must('month', isMonth),
      must('gross_wage_cost', isAmount),
      ...VERSION,
    ],
    id: ['wage_id'],
    ocmwColumns: [],
    weoColumns: [],
  },
};

/** Everything that is wrong with the form of a row, without looking at other rows. */
export function formFaults(file: string, row: Row): Fault[] {
  const rules = FILES[file]!;
  const wrong = new Set<string>();
  for (const { name, required, isRight } of rules.columns) {
    const cell = row[name]!;
    if (cell === '' ? required : !isRight(cell)) wrong.add(name);
  }
  if (rules.period) {
    const [from, to] = rules.period;
    if (isDay(row[from]!) && isDay(row[to]!) && row[to]! < row[from]!) wrong.add(to);
  }
  if (file === 'employment.csv' && !wrong.has('kind') && (row.kind === 'ART60') !== (row.weo_id !== '')) {
    wrong.add('weo_id');
  }
  return [...wrong].map((column) => ({ column, kind: 'FORM' }));
}

/** The column that comes first in the order of the contract. */
export function firstColumn(file: string, faults: readonly Fault[]): string {
  const order = FILES[file]!.columns.map((column) => column.name);
  return faults.map((fault) => fault.column).sort((a, b) => order.indexOf(a) - order.indexOf(b))[0]!;
}
