/**
 * The guard over a change of the law: when the night would compute with another law than the last finished one, and what is
 * due for months that were complete then moves too far, the night stops before it books anything.
 */
import { day, formatDay, formatMonth, lastCompleteMonth, type Month } from '../calendar.js';
import type { Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { acceptance, Guards, percent } from '../feeds/guards.js';
import type { Finding } from '../finding.js';
import { COMPONENTS } from '../law/codes.js';
import { Computation, loadBudgets } from '../ledger/compute.js';
import { eveningOf } from '../ledger/seen.js';
import { streamTrajectories } from '../ledger/stream.js';
import { formatEuro, type Cents } from '../money.js';
import type { RunContext } from './job.js';

interface LastNight {
  readonly business_date: string;
  readonly law_digest: string;
}

/**
 * Compares, when the law changed, what the facts of tonight make due with what the ledger holds. Needs the facts of tonight.
 * Throws a `Failure` (exit code 3) when the difference is too large and not accepted; the caller rolls back.
 */
export async function guardLawChange(session: Session, context: RunContext): Promise<readonly Finding[]> {
  const { config, runId, acceptGuards } = context;
  const guards = new Guards(session, runId, acceptGuards);
  const last = await lastFinishedNight(session, runId);
  const isChanged = last !== undefined && last.law_digest !== config.lawDigest;
  const [known] = await session.rows<{ count: number }>('select count(*)::integer as count from twe.trajectory_facts');
  if (!isChanged || known!.count < config.guard.minRows) return guards.unneeded(['law-change']);
  const lastMonth = lastCompleteMonth(day(last.business_date));
  const before = await dueInLedger(session, lastMonth);
  const now = await dueByLaw(session, context, lastMonth);
  const movedCents = sum(before.map((cents, index) => Math.abs(now[index]! - cents)));
  const dueCents = sum(before);
  if (movedCents <= config.guard.maxLawChangeRatio * Math.abs(dueCents)) return guards.unneeded(['law-change']);
  const what = sentence(last, context, lastMonth, before, now);
  const refusal = new Failure(
    EXIT.refused,
    `The night of ${formatDay(context.today)} was stopped before anything was booked: ${what}. Nothing of it was accrued; ` +
      `look at the effect with \`twe simulate\`, put the law back as it was, or go on with ${acceptance('law-change')}.`,
  );
  return [await guards.stopAt('law-change', what, refusal)];
}

async function lastFinishedNight(session: Session, runId: string): Promise<LastNight | undefined> {
  const [last] = await session.rows<LastNight>(
    `select business_date, law_digest from twe.run
     where state = 'DONE' and run_id <> $1
     order by business_date desc, run_no desc
     limit 1`,
    [runId],
  );
  return last;
}

/** Cents by component, for all months up to the last one. */
async function dueInLedger(session: Session, lastMonth: Month): Promise<Cents[]> {
  const rows = await session.rows<{ component: number; cents: number }>(
    `select component, sum(cents::bigint * (least(last_month, $1) - first_month + 1))::bigint as cents
     from twe.ledger_entry
     where first_month <= $1
     group by component`,
    [lastMonth],
  );
  const due = COMPONENTS.map(() => 0);
  for (const { component, cents } of rows) due[component] = cents;
  return due;
}

async function dueByLaw(session: Session, { config, today }: RunContext, lastMonth: Month): Promise<Cents[]> {
  const due = COMPONENTS.map(() => 0);
  const { known, asOf } = eveningOf(today);
  const computation = new Computation(config.law, asOf, await loadBudgets(session, known), ({ segments }) => {
    for (const { component, firstMonth, lastMonth: last, cents } of segments) {
      const months = Math.min(last, lastMonth) - firstMonth + 1;
      if (months > 0) due[component]! += months * cents;
    }
  });
  // Every row is read, as when it is accrued.
  await session.client.query('set local enable_nestloop to off');
  for await (const piece of streamTrajectories(session, 'twe.trajectory_facts')) {
    for (const streamed of piece) computation.take(streamed);
  }
  computation.flush();
  await session.client.query('set local enable_nestloop to default');
  return due;
}

function sentence(
  last: LastNight,
  { config }: RunContext,
  lastMonth: Month,
  before: readonly Cents[],
  now: readonly Cents[],
): string {
  const moved = COMPONENTS.map((component, index) => ({ component, before: before[index]!, now: now[index]! }))
    .filter((each) => each.before !== each.now)
    .map((each) => `${each.component} ${formatEuro(each.before)} to ${formatEuro(each.now)}`);
  const movedCents = sum(before.map((cents, index) => Math.abs(now[index]! - cents)));
  const dueCents = sum(before);
  const share = dueCents === 0 ? '' : ` (${percent(movedCents / Math.abs(dueCents))})`;
  return (
    `the law is not that of the night of ${last.business_date} (digest ${last.law_digest.slice(0, 12)}, now ` +
    `${config.lawDigest.slice(0, 12)}) and what is due for the months up to ${formatMonth(lastMonth)} goes from ` +
    `${formatEuro(dueCents)} to ${formatEuro(sum(now))} euro: ${moved.join(', ')}; together ` +
    `${formatEuro(movedCents)} moves${share}, more than guard.max_law_change_ratio allows ` +
    `(${percent(config.guard.maxLawChangeRatio)})`
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
