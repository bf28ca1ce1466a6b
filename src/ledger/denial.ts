/** Why nothing is due any more for months that were posted: the rule of a ledger entry that takes money back. */
import { monthOf, type Month } from '../calendar.js';
import { COMPONENTS, type RuleId } from '../law/codes.js';
import { vdabComponents, type MonthVerdicts } from '../law/entitlement.js';
import type { Law } from '../law/law.js';
import type { Result } from '../law/result.js';
import { SegmentList } from '../law/segments.js';
import { statusOf } from '../law/status.js';
import type { AsOf } from '../law/trajectory.js';
import type { ComputedTrajectory } from './compute.js';
import type { PostedSegment } from './difference.js';

/** Why a trajectory that does not count has nothing due. */
const DENIED_BY = { WITHDRAWN: 'R-F-9', HELD: 'E-WEO-OVERLAP', BEFORE_TWE: 'R-TR-1' } as const;

/** The rule that says why nothing is due any more for the first month of a segment. */
export function denyingRule(
  { streamed, results }: ComputedTrajectory,
  segment: PostedSegment,
  law: Law,
  asOf: AsOf,
): RuleId {
  const { facts } = streamed;
  const status = statusOf(facts);
  if (status !== 'COUNTS') return DENIED_BY[status];
  const component = COMPONENTS[segment.component]!;
  if (component === 'M1' || component === 'M2') return resultRule(results, segment) ?? 'R-LC-10';
  if (component === 'ORD' || component === 'INC') return 'R-A-1';
  return denyingVerdict(facts, law, asOf, segment.firstMonth)?.[component].rule ?? 'R-M-1';
}

function resultRule(results: readonly Result[], { component, firstMonth }: PostedSegment): RuleId | undefined {
  const number = COMPONENTS[component] === 'M1' ? 1 : 2;
  return results.find(
    ({ measurement }) => measurement.measurement === number && monthOf(measurement.measuredOn) === firstMonth,
  )?.verdict.rule;
}

function denyingVerdict(
  facts: ComputedTrajectory['streamed']['facts'],
  law: Law,
  asOf: AsOf,
  month: Month,
): MonthVerdicts | undefined {
  let found: MonthVerdicts | undefined;
  vdabComponents(facts, law, asOf, new SegmentList(), (counted, verdicts) => {
    if (counted.month === month) found = verdicts;
  });
  return found;
}
