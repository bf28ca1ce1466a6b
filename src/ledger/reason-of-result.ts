/**
 * Why the result of a measurement changed. Category and the running of art. 60 have nothing to do with it (R-C-10): only
 * the WEO end, timeliness, decisions and the jobs on the date.
 */
import { monthOf } from '../calendar.js';
import type { Reason } from '../law/codes.js';
import { vdabComponents } from '../law/entitlement.js';
import type { Law } from '../law/law.js';
import { decisionInForce, decisionName } from '../law/outflow.js';
import type { Result } from '../law/result.js';
import { SegmentList } from '../law/segments.js';
import { standingGiven, standingTaken } from './reason-of-contract.js';
import { endReason } from './reason-of-month.js';
import type { ChangedAmount, Seen } from './reason.js';

/** What the facts tell about M1 or M2; undefined when they give the same result. */
export function resultReason(change: ChangedAmount, before: Seen, now: Seen, law: Law): Reason | undefined {
  const was = resultOn(change, before, law);
  const is = resultOn(change, now, law);
  if (was?.cents === is?.cents) return undefined;
  if (before.facts.end !== now.facts.end) {
    // Nothing was measured before the end came: then there is nothing to void.
    return before.facts.end < before.asOf.today ? 'MEASUREMENT_VOID' : endReason(before, now);
  }
  if (was === undefined) return 'REGULAR';
  return (
    byTimeliness(change, was, is, before, now, law) ?? byDecision(change, before, now) ?? byRecords(change, is, before)
  );
}

/** What denies a result now; undefined when it is due. */
export function presentResultDenial(change: ChangedAmount, now: Seen, law: Law): Reason | undefined {
  const is = resultOn(change, now, law);
  if (is?.verdict.rule === 'R-RES-6') return standingTaken(undefined, now, law);
  if (is !== undefined && is.cents > 0) return undefined;
  return is?.measurement.decisionId ? 'DECISION' : 'MEASUREMENT_VOID';
}

/** R-RES-6 */
function byTimeliness(
  change: ChangedAmount,
  was: Result,
  is: Result | undefined,
  before: Seen,
  now: Seen,
  law: Law,
): Reason | undefined {
  if (was.verdict.rule === is?.verdict.rule) return undefined;
  if (change.cents < 0 && is?.verdict.rule === 'R-RES-6') return standingTaken(before, now, law);
  return change.cents > 0 && was.verdict.rule === 'R-RES-6' ? standingGiven(before, now) : undefined;
}

/** Another decision in force, on this measurement or on the other one, whose outcome can matter (R-RES-3, R-RES-4). */
function byDecision({ component }: ChangedAmount, before: Seen, now: Seen): Reason | undefined {
  for (const measurement of component === 'M1' ? ([1, 2] as const) : ([2, 1] as const)) {
    const was = decisionInForce(before.facts, measurement);
    const is = decisionInForce(now.facts, measurement);
    if (decisionName(was) === decisionName(is)) continue;
    if (is !== undefined) return 'DECISION';
    // Still recorded, and yet not in force: the WEO end moved, be it back to where it was (rulebook 15.4).
    const stands = now.facts.decisions.some((each) => decisionName(each) === decisionName(was));
    return stands ? 'MEASUREMENT_VOID' : 'DECISION';
  }
  return undefined;
}

/** A job that nobody knew was registered too late; any other change changed the measurement itself. */
function byRecords({ cents }: ChangedAmount, is: Result | undefined, before: Seen): Reason {
  const evidence = is?.measurement.evidenceId;
  const isNews = evidence !== undefined && !before.facts.jobs.some((job) => job.employmentId === evidence);
  return cents > 0 && isNews ? 'LATE_REGISTRATION' : 'MEASUREMENT_VOID';
}

function resultOn({ component, month }: ChangedAmount, { facts, asOf }: Seen, law: Law): Result | undefined {
  const number = component === 'M1' ? 1 : 2;
  return vdabComponents(facts, law, asOf, new SegmentList()).find(
    ({ measurement }) => measurement.measurement === number && monthOf(measurement.measuredOn) === month,
  );
}
