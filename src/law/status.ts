/** Whether anything can be due for a trajectory at all: R-F-9, E-WEO-OVERLAP, R-TR-1. */
import type { TrajectoryFacts } from '../records/facts.js';
import { TWE_BEGINS } from './contracts.js';
import { isHeldWeo } from './overlap.js';

/**
 * WITHDRAWN: as if it had never been. HELD: overlaps with an earlier one. BEFORE_TWE: started before TWE financing began
 * (R-TR-1). COUNTS: everything applies.
 */
export type TrajectoryStatus = 'COUNTS' | 'HELD' | 'BEFORE_TWE' | 'WITHDRAWN';

/** Whether anything can be due for a trajectory at all (rulebook 11, 15.1, 15.3). */
export function statusOf(facts: TrajectoryFacts): TrajectoryStatus {
  if (facts.withdrawn) return 'WITHDRAWN';
  if (isHeldWeo(facts)) return 'HELD';
  return facts.start < TWE_BEGINS ? 'BEFORE_TWE' : 'COUNTS';
}
