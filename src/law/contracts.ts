/**
 * Which art. 60 contracts count, and whether the first one started in time.
 * R-LC-2 and R-EFF-4 (two months), R-TR-1 to R-TR-4 (contracts from before 2017), rulebook 3.1 and 15.3.
 */
import { day, type Day } from '../calendar.js';
import type { Art60Contract, TrajectoryFacts } from '../records/facts.js';
import type { Law } from './law.js';
import { art60Deadline } from './payment-calendar.js';

/** R-TR-1: TWE financing begins with trajectories started from this day. */
export const TWE_BEGINS: Day = day('2017-01-01');
/** R-TR-3: old contracts still running on this day come into TWE from it. */
const OLD_CONTRACTS_COME_IN: Day = day('2019-01-01');

/** R-TR-3 as read in rulebook 15.3: started before 2017, still running on 2019-01-01, the WEO starts exactly then. */
export function isTransitional(contractStart: Day, contractEnd: Day, weoStart: Day): boolean {
  return contractStart < TWE_BEGINS && contractEnd >= OLD_CONTRACTS_COME_IN && weoStart === OLD_CONTRACTS_COME_IN;
}

/** E-A60-BEFORE-WEO: a contract that starts before its WEO is held and counts for nothing, except R-TR-3. */
export function isHeldContract(contractStart: Day, contractEnd: Day, weoStart: Day): boolean {
  return contractStart < weoStart && !isTransitional(contractStart, contractEnd, weoStart);
}

/** The contracts of a trajectory that count, in the order of the facts (start, then employment id). */
export function contractsThatCount(facts: TrajectoryFacts): readonly Art60Contract[] {
  for (const contract of facts.contracts) {
    if (isHeldContract(contract.start, contract.end, facts.start)) {
      return facts.contracts.filter((each) => !isHeldContract(each.start, each.end, facts.start));
    }
  }
  return facts.contracts;
}

/**
 * Where a trajectory stands towards the two-month deadline (rulebook 3.1):
 * TIMELY; PENDING (no start known, deadline not passed on the day up to which facts are known); LATE; NO_ART60.
 */
export type Standing = 'TIMELY' | 'PENDING' | 'LATE' | 'NO_ART60';

/** @param knownUntil day of the knowledge K: decides between PENDING and NO_ART60. */
export function standingOf(
  facts: TrajectoryFacts,
  contracts: readonly Art60Contract[],
  law: Law,
  knownUntil: Day,
): Standing {
  const deadline = art60Deadline(facts.start, law);
  const first = contracts[0];
  if (first === undefined) return knownUntil <= deadline ? 'PENDING' : 'NO_ART60';
  if (first.start < facts.start) return law.transitionTimely ? 'TIMELY' : 'LATE';
  return first.start <= deadline ? 'TIMELY' : 'LATE';
}
