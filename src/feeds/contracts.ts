/**
 * The ten record types of a delivery: their columns in order, what must be filled, how a record is
 * known, what it refers to. Reading, staging, versions and waiting rows all follow from this table.
 */
import * as kind from './kinds.js';
import type { ColumnKind } from './kinds.js';

/** Kinds of employment. */
export const EMPLOYMENT_KINDS = [
  'ART60',
  'REGULAR',
  'AGENCY',
  'STUDENT',
  'FLEXI',
  'ART61',
  'IBO',
  'PLACEMENT',
  'SOCIAL_ECONOMY',
  'SELF_EMPLOYED',
] as const;
/** Payment components. */
export const PAYMENT_COMPONENTS = ['EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC'] as const;

/** What a column may refer to; named after the record type that must know it. */
export type Reference = 'ocmw' | 'weo';

export interface ColumnContract {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly required: boolean;
  /** Column of the version table. */
  readonly stored: string;
  /** Staged form of an empty field (`\N` is null in the text format of COPY). */
  readonly whenEmpty: string;
  readonly reference?: Reference;
}

export interface RecordContract {
  /** Short name: `weo` for weo.csv and twe.weo_version. */
  readonly name: string;
  readonly file: string;
  /** In the order of the contract: the first wrong column in this order is the one that is reported. */
  readonly columns: readonly ColumnContract[];
  /** Version columns that make the record id. */
  readonly id: readonly string[];
  /** Version columns within which versions follow each other: id and moment of registration. */
  readonly versionOf: readonly string[];
  /** A pair of columns of which the second may not lie before the first. */
  readonly period?: readonly [start: string, end: string];
}

interface ColumnOptions {
  readonly stored?: string;
  readonly whenEmpty?: string;
  readonly reference?: Reference;
}

function column(name: string, columnKind: ColumnKind, required: boolean, options: ColumnOptions): ColumnContract {
  return { name, kind: columnKind, required, stored: name, whenEmpty: '\\N', ...options };
}

function filled(name: string, columnKind: ColumnKind, options: ColumnOptions = {}): ColumnContract {
  return column(name, columnKind, true, options);
}

function optional(name: string, columnKind: ColumnKind, options: ColumnOptions = {}): ColumnContract {
  return column(name, columnKind, false, options);
}

function record(
  name: string,
  columns: readonly ColumnContract[],
  options: Partial<Pick<RecordContract, 'id' | 'period'>> = {},
): RecordContract {
  const id = [`${name}_id`];
  return { name, file: `${name}.csv`, id, versionOf: [...(options.id ?? id), 'registered_at'], columns, ...options };
}

const REGISTRATION = [
  filled('registered_at', kind.timestamp),
  optional('withdrawn', kind.boolean, { whenEmpty: 'f' }),
] as const;
const CLIENT = filled('insz', kind.insz, { stored: 'person_id' });
const OCMW = filled('ocmw_id', kind.enterpriseNumber, { reference: 'ocmw' });
const WEO = filled('weo_id', kind.identifier, { reference: 'weo' });

/** In order of dependency: a file only refers to files before it (and ocmw.csv to itself). */
export const CONTRACTS: readonly RecordContract[] = [
  {
    name: 'ocmw',
    file: 'ocmw.csv',
    id: ['ocmw_id', 'valid_from'],
    versionOf: ['ocmw_id', 'valid_from'],
    period: ['valid_from', 'valid_to'],
    columns: [
      filled('ocmw_id', kind.enterpriseNumber),
      optional('name', kind.prose),
      filled('nis_code', kind.nisCode),
      optional('iban', kind.iban),
      filled('valid_from', kind.date),
      optional('valid_to', kind.date),
      optional('successor_id', kind.enterpriseNumber, { reference: 'ocmw' }),
    ],
  },
  record(
    'weo',
    [
      filled('weo_id', kind.identifier),
      OCMW,
      CLIENT,
      filled('start_date', kind.date),
      optional('end_date', kind.date),
      optional('end_reason', kind.choice(['COMPLETED', 'REGULAR_JOB', 'STOPPED', 'MOVED', 'DECEASED', 'OTHER'])),
      optional('extended_for_rights', kind.boolean),
      ...REGISTRATION,
    ],
    { period: ['start_date', 'end_date'] },
  ),
  record(
    'employment',
    [
      filled('employment_id', kind.identifier),
      CLIENT,
      optional('weo_id', kind.identifier, { reference: 'weo' }),
      optional('employer_id', kind.enterpriseNumber),
      filled('kind', kind.choice(EMPLOYMENT_KINDS)),
      optional('dimona_type', kind.identifier),
      filled('start_date', kind.date),
      optional('end_date', kind.date),
      optional('fte', kind.fullTimeFraction, { stored: 'fte_permille' }),
      optional('social_economy', kind.boolean),
      optional('nova_prima_ref', kind.identifier),
      optional('increased_requested', kind.boolean),
      ...REGISTRATION,
    ],
    { period: ['start_date', 'end_date'] },
  ),
  record(
    'category',
    [
      filled('category_id', kind.identifier),
      CLIENT,
      filled('code', kind.categoryCode),
      filled('from_date', kind.date),
      optional('to_date', kind.date),
      ...REGISTRATION,
    ],
    { period: ['from_date', 'to_date'] },
  ),
  record('evaluation', [
    filled('evaluation_id', kind.identifier),
    WEO,
    filled('evaluated_on', kind.date),
    filled('kind', kind.choice(['PHASE', 'FINAL_REPORT'])),
    ...REGISTRATION,
  ]),
  record('decision', [
    filled('decision_id', kind.identifier),
    WEO,
    filled('measurement', kind.choice(['1', '2'], 'smallint')),
    filled('outcome', kind.choice(['POSITIVE', 'NEGATIVE'])),
    optional('decided_by', kind.prose),
    optional('reason', kind.prose),
    ...REGISTRATION,
  ]),
  record('budget', [
    filled('budget_id', kind.identifier),
    OCMW,
    filled('year', kind.year),
    filled('fixed_amount', kind.amount, { stored: 'fixed_cents' }),
    filled('flexible_amount', kind.amount, { stored: 'flexible_cents' }),
    ...REGISTRATION,
  ]),
  record('payment', [
    filled('payment_id', kind.identifier),
    OCMW,
    filled('paid_on', kind.date),
    filled('amount', kind.amount, { stored: 'cents' }),
    optional('reference', kind.identifier),
    optional('weo_id', kind.identifier, { reference: 'weo' }),
    optional('component', kind.choice(PAYMENT_COMPONENTS)),
    optional('month', kind.month),
    ...REGISTRATION,
  ]),
  record(
    'replacement',
    [CLIENT, filled('replaced_by', kind.insz, { stored: 'replaced_by_person_id' }), ...REGISTRATION],
    { id: ['person_id'] },
  ),
  record('wage', [
    filled('wage_id', kind.identifier),
    filled('employment_id', kind.identifier),
    filled('month', kind.month),
    filled('gross_wage_cost', kind.amount, { stored: 'gross_wage_cents' }),
    ...REGISTRATION,
  ]),
];

/** The contract of a file name, undefined for a file that is none of the ten. */
export function contractOf(file: string): RecordContract | undefined {
  return CONTRACTS.find((contract) => contract.file === file);
}
