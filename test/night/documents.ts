/** The output folder of a run, for comparing and reading. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'csv-parse/sync';

export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a CSV file, cells by column name. */
export function readCsv(path: string): CsvRow[] {
  return parse<CsvRow>(readFileSync(path), { columns: true, bom: true });
}

/** Digest of every file below a folder, hidden ones too, by path. Equal objects mean equal bytes. */
export function digests(folder: string): Record<string, string> {
  const files = filesBelow(folder).map((path) => [relative(folder, path), digestOf(path)]);
  return Object.fromEntries(files) as Record<string, string>;
}

/** Every file below a folder, in order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

interface Manifest {
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/**
 * What is wrong with the published folders of an output folder, in sentences: a folder without its final name does not
 * count, one with it must hold exactly what its manifest says.
 */
export function faultsOfPublished(out: string): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out).flatMap((date) =>
    readdirSync(join(out, date))
      .filter((job) => !job.startsWith('.'))
      .flatMap((job) => faultsOfFolder(join(out, date, job))),
  );
}

function faultsOfFolder(folder: string): string[] {
  if (!existsSync(join(folder, 'manifest.json'))) return [`${folder} has no manifest.json`];
  const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const announced = [...files.map(({ name }) => name), 'manifest.json'].sort().join(', ');
  const present = readdirSync(folder).sort().join(', ');
  if (announced !== present) return [`${folder} holds ${present}, but its manifest says ${announced}`];
  const changed = files.filter(({ name, sha256 }) => digestOf(join(folder, name)) !== sha256);
  return changed.map(({ name }) => `${folder}/${name} is not what its manifest says`);
}

/** Rows of the batch files of all run days, with the run day. */
export function bookedRows(out: string, file: 'batch.csv' | 'claims.csv'): (CsvRow & { readonly runDay: string })[] {
  return filesBelow(out)
    .filter((path) => path.endsWith(`/${file}`))
    .flatMap((path) => readCsv(path).map((row) => ({ ...row, runDay: relative(out, path).slice(0, 10) })));
}

/** Cents of an amount in a CSV. */
export function cents(amount: string | undefined): number {
  return Math.round(Number(amount) * 100);
}

/** Adds up by key; what comes to nothing is left out. */
export function sumBy<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  centsOf: (row: T) => number,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + centsOf(row));
  return new Map([...sums].filter(([, sum]) => sum !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}
