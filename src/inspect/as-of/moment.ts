/** Which moment an evening is: what the runs of that night had before them when they wrote their documents. */
import { day, formatDay, type Day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { EXIT, Failure } from '../../errors.js';
import type { Finding } from '../../finding.js';
import type { LawOverrides } from '../../law/keys.js';

/** A moment in the life of the database. */
export interface Moment {
  readonly evening: Day;
  readonly runId: string;
  /** Timestamp of the server to the microsecond, as text: what was written later was not there. */
  readonly until: string;
}

/** Documents that a run of an evening wrote. */
export interface Writing extends Moment {
  readonly runNo: number;
  readonly job: string;
  readonly step: 'export' | 'statements';
  /** When they were there, as `until`. */
  readonly finished: string;
  readonly lawDigest: string;
  /** Undefined when the keys of that law were not kept. */
  readonly lawOverrides: LawOverrides | undefined;
  readonly programVersion: string;
  /** Folders that the step published; undefined for statements. */
  readonly folders: number | undefined;
  /** Everything that the step told. */
  readonly findings: readonly Finding[];
}

interface WritingRow {
  readonly run_id: string;
  readonly run_no: number;
  readonly job: string;
  readonly step: 'export' | 'statements';
  readonly until: string;
  readonly finished: string;
  readonly law_digest: string;
  readonly law_overrides: LawOverrides | null;
  readonly program_version: string;
  readonly folders: number | null;
  readonly findings: readonly Finding[] | null;
}

/** What was written on an evening, in the order in which it was written. */
export async function listWritings(session: Session, evening: Day): Promise<Writing[]> {
  const rows = await session.rows<WritingRow>(sql('inspect/list_writings'), [formatDay(evening)]);
  return rows.map((row) => ({
    evening,
    runId: row.run_id,
    runNo: row.run_no,
    job: row.job,
    step: row.step,
    until: row.until,
    finished: row.finished,
    lawDigest: row.law_digest,
    lawOverrides: row.law_overrides ?? undefined,
    programVersion: row.program_version,
    folders: row.folders ?? undefined,
    findings: row.findings ?? [],
  }));
}

/**
 * The last evening up to a day on which a night was finished. Throws a Failure (exit 2) when there was none yet.
 * @param option how the day was given, for the sentence
 */
export async function lastEvening(session: Session, asked: Day, option: string): Promise<Day> {
  const [nights] = await session.rows<{ first: string | null; last: string | null }>(
    `select min(business_date) as first, max(business_date) filter (where business_date <= $1) as last
     from twe.run where job = 'nightly' and state = 'DONE'`,
    [formatDay(asked)],
  );
  if (typeof nights?.last === 'string') return day(nights.last);
  if (typeof nights?.first !== 'string') {
    throw new Failure(
      EXIT.usage,
      'No night has finished on this database yet, so there is no history. Run `twe run nightly` first.',
    );
  }
  throw new Failure(
    EXIT.usage,
    `${option} ${formatDay(asked)} lies before the first night (${nights.first}): nothing was known here then. Give that day ` +
      'or a later one.',
  );
}
