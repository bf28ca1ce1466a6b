/** With which knowledge a trajectory is explained: that of the last finished night. */
import { day, formatDay, type Day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { EXIT, Failure } from '../../errors.js';
import type { LawOverrides } from '../../law/keys.js';

export interface Night {
  readonly runId: string;
  readonly today: Day;
  /** Whether the stored facts are those of this evening; otherwise a later night has built newer ones. */
  readonly factsStand: boolean;
  readonly lawDigest: string;
  /** What its configuration changed in the law; undefined when that was not kept. */
  readonly lawOverrides: LawOverrides | undefined;
}

/** The last finished night. Throws a Failure (exit 2) before the first one. */
export async function lastNight(session: Session): Promise<Night> {
  const [row] = await session.rows<{
    run_id: string;
    business_date: string;
    law_digest: string;
    law_overrides: LawOverrides | null;
    facts_on: string | null;
  }>(sql('inspect/find_last_night'));
  if (row === undefined) {
    throw new Failure(
      EXIT.usage,
      'No night has finished on this database yet, so there is nothing to explain. Run `twe run nightly` first.',
    );
  }
  return {
    runId: row.run_id,
    today: day(row.business_date),
    factsStand: row.facts_on === row.business_date,
    lawDigest: row.law_digest,
    lawOverrides: row.law_overrides ?? undefined,
  };
}

interface SetAside {
  readonly delivery: string;
  readonly line: number;
  readonly message: string;
}

/** Throws a Failure (exit 2) for a WEO that the night did not know; says what became of it when something did. */
export async function requireKnown(session: Session, weoId: string, { today }: Night): Promise<void> {
  const [row] = await session.rows<{ known_on: string | null; set_aside: SetAside | null }>(
    sql('inspect/find_agreement'),
    [weoId],
  );
  const knownOn = row?.known_on ?? undefined;
  if (knownOn !== undefined && day(knownOn) <= today) return;
  const evening = formatDay(today);
  if (knownOn !== undefined) {
    throw new Failure(
      EXIT.usage,
      `WEO ${weoId} is known from ${knownOn} on, after the last finished night (${evening}). Run a later night first.`,
    );
  }
  const setAside = row?.set_aside;
  if (setAside) {
    throw new Failure(
      EXIT.usage,
      `WEO ${weoId} is not known: its row was set aside (delivery ${setAside.delivery}, weo.csv line ${setAside.line}: ` +
        `${setAside.message}).`,
    );
  }
  throw new Failure(
    EXIT.usage,
    `WEO ${weoId} is not known on the evening of ${evening}: no delivery up to that day brought it. Check the id ` +
      '(capitals count), or look for it in weo.csv.',
  );
}
