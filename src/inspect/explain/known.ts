/** With which knowledge a trajectory is explained: that of the last finished night, or of the last one up to a past day. */
import { day, formatDay, type Day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { EXIT, Failure } from '../../errors.js';
import type { LawOverrides } from '../../law/keys.js';

export interface Night {
  readonly runId: string;
  /** Its evening: facts, records and ledger are those of then. */
  readonly today: Day;
  /** Up to which day batches and approvals are told: `today`, or the day that was asked for when no night was run on it. */
  readonly until: Day;
  /** Whether the stored facts are those of this evening; otherwise a later night has built newer ones. */
  readonly factsStand: boolean;
  readonly lawDigest: string;
  /** What its configuration changed in the law; undefined when that was not kept. */
  readonly lawOverrides: LawOverrides | undefined;
}

/**
 * The last finished night, or the last one up to `knownOn`. Throws a Failure (exit 2) when there is none.
 * @param knownOn a day that is not in the future
 */
export async function nightKnown(session: Session, knownOn: Day | undefined): Promise<Night> {
  const [row] = await session.rows<{
    run_id: string;
    business_date: string;
    law_digest: string;
    law_overrides: LawOverrides | null;
    facts_on: string | null;
  }>(sql('inspect/find_last_night'), [knownOn === undefined ? null : formatDay(knownOn)]);
  if (row === undefined) throw await noNight(session, knownOn);
  const today = day(row.business_date);
  return {
    runId: row.run_id,
    today,
    until: knownOn ?? today,
    factsStand: row.facts_on === row.business_date,
    lawDigest: row.law_digest,
    lawOverrides: row.law_overrides ?? undefined,
  };
}

async function noNight(session: Session, knownOn: Day | undefined): Promise<Failure> {
  const [row] = await session.rows<{ first_day: string | null }>(sql('inspect/find_first_night'));
  const first = row?.first_day ?? undefined;
  if (knownOn === undefined || first === undefined) {
    return new Failure(
      EXIT.usage,
      'No night has finished on this database yet, so there is nothing to explain. Run `twe run nightly` first.',
    );
  }
  return new Failure(
    EXIT.usage,
    `--known-on ${formatDay(knownOn)} lies before the first night of this database (${first}): nothing was known then. Use ` +
      'that day or a later one.',
  );
}

interface SetAside {
  readonly delivery: string;
  readonly line: number;
  readonly message: string;
}

/** Throws a Failure (exit 2) for a WEO that the night did not know; says what became of it when something did. */
export async function requireKnown(
  session: Session,
  weoId: string,
  { today }: Night,
  asked: Day | undefined,
): Promise<void> {
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
      asked !== undefined
        ? `WEO ${weoId} is known from ${knownOn} on, not yet on the evening of ${evening}. Ask for that day or a later one.`
        : `WEO ${weoId} is known from ${knownOn} on, after the last finished night (${evening}). Run a later night first.`,
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
