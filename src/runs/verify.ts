/** Runs every check of `sql/checks`: a query that returns no row when all is well. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Database } from '../db/database.js';
import { packageRoot } from '../db/package-root.js';
import { EXIT, Failure } from '../errors.js';
import type { StepResult } from './job.js';

export interface BrokenCheck {
  /** Name of the file: the invariant as a sentence. */
  readonly check: string;
  /** First rows that break it. */
  readonly rows: readonly Record<string, unknown>[];
  readonly count: number;
}

const SHOWN_ROWS = 5;

/** Names of all checks, in order. */
export function listChecks(): string[] {
  return readdirSync(join(packageRoot, 'sql', 'checks'))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => basename(name, '.sql'))
    .sort();
}

/** Every check that does not hold. */
export async function brokenChecks(database: Pick<Database, 'rows'>): Promise<BrokenCheck[]> {
  const broken: BrokenCheck[] = [];
  for (const check of listChecks()) {
    const statement = readFileSync(join(packageRoot, 'sql', 'checks', `${check}.sql`), 'utf8');
    const rows = await database.rows<Record<string, unknown>>(statement);
    if (rows.length > 0) broken.push({ check, rows: rows.slice(0, SHOWN_ROWS), count: rows.length });
  }
  return broken;
}

/** Throws a Failure (exit 4) that names the checks that do not hold. */
export async function verify(database: Database): Promise<StepResult> {
  const broken = await brokenChecks(database);
  if (broken.length > 0) {
    const names = broken.map(({ check, count }) => `${check} (${count} row${count === 1 ? '' : 's'})`).join(', ');
    throw new Failure(
      EXIT.check,
      `${broken.length} check${broken.length === 1 ? ' does' : 's do'} not hold: ${names}. Nothing was exported; ` +
        'run `twe verify --json` to see the rows and call whoever maintains the database.',
    );
  }
  return { counts: { checks: listChecks().length } };
}
