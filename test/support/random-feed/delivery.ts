/** Writes deliveries of the contract: one folder, one CSV per file that has rows. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Columns of every feed file in the order of the contract. */
export const COLUMNS = {
  'ocmw.csv': ['ocmw_id', 'name', 'nis_code', 'iban', 'valid_from', 'valid_to', 'successor_id'],
  'weo.csv': [
    'weo_id',
    'ocmw_id',
    'insz',
    'start_date',
    'end_date',
    'end_reason',
    'extended_for_rights',
    'registered_at',
    'withdrawn',
  ],
  'employment.csv': [
    'employment_id',
    'insz',
    'weo_id',
    'employer_id',
    'kind',
    'dimona_type',
    'start_date',
    'end_date',
    'fte',
    'social_economy',
    'nova_prima_ref',
    'increased_requested',
    'registered_at',
    'withdrawn',
  ],
  'category.csv': ['category_id', 'insz', 'code', 'from_date', 'to_date', 'registered_at', 'withdrawn'],
  'evaluation.csv': ['evaluation_id', 'weo_id', 'evaluated_on', 'kind', 'registered_at', 'withdrawn'],
  'decision.csv': [
    'decision_id',
    'weo_id',
    'measurement',
    'outcome',
    'decided_by',
    'reason',
    'registered_at',
    'withdrawn',
  ],
  'budget.csv': ['budget_id', 'ocmw_id', 'year', 'fixed_amount', 'flexible_amount', 'registered_at', 'withdrawn'],
  'payment.csv': [
    'payment_id',
    'ocmw_id',
    'paid_on',
    'amount',
    'reference',
    'weo_id',
    'component',
    'month',
    'registered_at',
    'withdrawn',
  ],
  'replacement.csv': ['insz', 'replaced_by', 'registered_at', 'withdrawn'],
  'wage.csv': ['wage_id', 'employment_id', 'month', 'gross_wage_cost', 'registered_at', 'withdrawn'],
} as const;

export type FeedFile = keyof typeof COLUMNS;

/** A row to write: cells by column name, absent ones are empty. */
export interface FeedRow {
  readonly file: FeedFile;
  readonly cells: Readonly<Record<string, string>>;
}

/** How a file is written; the contract allows all of these. */
export interface CsvForm {
  readonly bom?: boolean;
  readonly newline?: '\n' | '\r\n';
  readonly quoteAll?: boolean;
  /** Columns from last to first. */
  readonly reversed?: boolean;
}

/** Writes rows as the delivery `name` (`2024-04-16`, `2024-04-16.2`) of a feed folder. */
export function writeDelivery(feedsDir: string, name: string, rows: readonly FeedRow[], form: CsvForm = {}): void {
  const folder = join(feedsDir, name);
  mkdirSync(folder, { recursive: true });
  for (const file of new Set(rows.map((row) => row.file))) {
    const ofFile = rows.filter((row) => row.file === file);
    writeFileSync(join(folder, file), toCsv(file, ofFile, form));
  }
}

function toCsv(file: FeedFile, rows: readonly FeedRow[], form: CsvForm): string {
  const columns: readonly string[] = form.reversed ? [...COLUMNS[file]].reverse() : COLUMNS[file];
  const newline = form.newline ?? '\n';
  const records = [columns, ...rows.map(({ cells }) => columns.map((column) => cells[column] ?? ''))];
  const lines = records.map((cells) => cells.map((cell) => quote(cell, form)).join(','));
  return `${form.bom ? '\uFEFF' : ''}${lines.join(newline)}${newline}`;
}

function quote(cell: string, form: CsvForm): string {
  return form.quoteAll || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
