/**
 * A decision on a measurement made by hand: kept as a version of a record like those of decision.csv, in a delivery of its
 * own, so that everything that knows records knows it (rulebook 4.3, R-MEAS-16).
 */
import { createHash } from 'node:crypto';
import { day, formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';

export interface ManualDecision {
  readonly weoId: string;
  readonly measurement: 1 | 2;
  /** `WITHDRAWN` takes back what was decided by hand before. */
  readonly outcome: 'POSITIVE' | 'NEGATIVE' | 'WITHDRAWN';
  /** Who decides, as typed, and whom the system knows. */
  readonly by: string;
  readonly account: string;
  readonly reason: string;
  /** Day of registration. */
  readonly on: Day;
  /** ISO 8601 moment of registration, on that day in Brussels. */
  readonly registeredAt: string;
}

/**
 * Keeps the decision. Returns the day from which it counts: its own, or the next night when that of its day was done.
 * Throws a Failure (exit 2) for a WEO that is not known or has no end, and when there is nothing to take back.
 */
export async function decideMeasurement(session: Session, decision: ManualDecision): Promise<Day> {
  const { weoId, measurement, outcome, by, reason, on, registeredAt, account } = decision;
  await refuseWithoutEnd(session, weoId, on);
  const decisionId = `hand-${weoId}-${measurement}`;
  const previous = await previousVersion(session, decisionId);
  if (outcome === 'WITHDRAWN' && previous === undefined) {
    throw new Failure(
      EXIT.usage,
      `nothing was decided by hand on measurement ${measurement} of WEO ${weoId}; nothing was changed.`,
    );
  }
  const countedOn = await firstNightThatCounts(session, on);
  const deliveryId = await addDelivery(session, decision, countedOn, account);
  await session.rows(
    `insert into twe.decision_version (decision_id, weo_id, measurement, outcome, decided_by, reason, registered_at,
       withdrawn, counted_on, delivery_id, line)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
    [
      decisionId,
      weoId,
      measurement,
      outcome === 'WITHDRAWN' ? previous!.outcome : outcome,
      by,
      reason,
      registeredAt,
      outcome === 'WITHDRAWN',
      formatDay(countedOn),
      deliveryId,
    ],
  );
  return countedOn;
}

async function refuseWithoutEnd(session: Session, weoId: string, on: Day): Promise<void> {
  const [weo] = await session.rows<{ end_date: string | null; withdrawn: boolean }>(
    `select end_date, withdrawn from twe.weo_version
     where weo_id = $1 and registered_on <= $2
     order by registered_at desc, delivery_id desc, line desc
     limit 1`,
    [weoId, formatDay(on)],
  );
  if (weo === undefined || weo.withdrawn) {
    throw new Failure(
      EXIT.usage,
      `there is no WEO ${weoId} on ${formatDay(on)}${weo ? ' (it was withdrawn)' : ''}; nothing was changed.`,
    );
  }
  if (weo.end_date === null) {
    throw new Failure(
      EXIT.usage,
      `WEO ${weoId} has no end yet, so there is no measurement to decide on: a decision before that counts for nothing. ` +
        'Nothing was changed.',
    );
  }
}

async function previousVersion(session: Session, decisionId: string): Promise<{ outcome: string } | undefined> {
  const [version] = await session.rows<{ outcome: string; withdrawn: boolean }>(
    `select outcome, withdrawn from twe.decision_version
     where decision_id = $1
     order by registered_at desc, delivery_id desc, line desc
     limit 1`,
    [decisionId],
  );
  return version === undefined || version.withdrawn ? undefined : version;
}

/** What a night has taken in does not change any more: later words count from the next one, as with late deliveries. */
async function firstNightThatCounts(session: Session, on: Day): Promise<Day> {
  const [last] = await session.rows<{ last: string | null }>(
    `select max(business_date) as last from twe.run join twe.run_step using (run_id) where step = 'take-in'`,
  );
  return typeof last?.last === 'string' ? Math.max(on, day(last.last) + 1) : on;
}

async function addDelivery(
  session: Session,
  decision: ManualDecision,
  countedOn: Day,
  account: string,
): Promise<number> {
  const content = createHash('sha256').update(JSON.stringify(decision)).digest('hex');
  const [row] = await session.rows<{ delivery_id: number }>(
    `insert into twe.delivery (name, digest, mode, delivered_on, counted_on, state, run_id, row_count)
     select format('%s by hand %s', $1::text, count(*) + 1), $2, 'delta', $1::date, $3, 'TAKEN', $4, 1
     from twe.delivery where name like $1 || ' by hand %'
     returning delivery_id`,
    [formatDay(decision.on), content, formatDay(countedOn), `by hand, ${account}`],
  );
  return row!.delivery_id;
}
