/** The files of an export against the database: the same totals, added up in another way. */
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { EXIT, Failure } from '../errors.js';
import { formatEuro } from '../money.js';
import type { StagedFile } from './publish.js';

/** Throws a Failure (exit 4) when a file does not add up to what the database holds. Needs the tables of `prepareExport`. */
export async function refuseWrongTotals(session: Session, files: readonly StagedFile[]): Promise<void> {
  const [totals] = await session.rows<Readonly<Record<string, number>>>(sql('exports/sum_export'));
  for (const { name, totalCents } of files) {
    const expected = totals![name];
    if (expected === undefined || expected === totalCents) continue;
    throw new Failure(
      EXIT.check,
      `${name} adds up to ${formatEuro(totalCents)} euro, the database to ${formatEuro(expected)}. Nothing was exported; call ` +
        'whoever maintains the program.',
    );
  }
}
