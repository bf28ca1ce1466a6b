/**
 * Two WEOs of one client that overlap (E-WEO-OVERLAP, rulebook 11 and 15.3): the one whose first version was
 * registered earlier counts; the other is held whole (measured, nothing due) until the overlap is gone.
 */
import type { TrajectoryFacts } from '../records/facts.js';

const overlap = (a: TrajectoryFacts, b: TrajectoryFacts): boolean => a.start <= b.end && b.start <= a.end;

/**
 * All WEOs of the client that count, this one included or not, in order of first registration. One that is held blocks
 * no third one: it counts for nothing.
 */
export function countingTrajectories(facts: TrajectoryFacts): readonly TrajectoryFacts[] {
  const inOrder = [facts, ...facts.siblings]
    .filter((each) => !each.withdrawn)
    .sort((a, b) => a.registrationRank - b.registrationRank);
  const counting: TrajectoryFacts[] = [];
  for (const each of inOrder) {
    if (!counting.some((earlier) => overlap(earlier, each))) counting.push(each);
  }
  return counting;
}

/** Whether this WEO is held because of an overlap. */
export function isHeldWeo(facts: TrajectoryFacts): boolean {
  return facts.siblings.length > 0 && !facts.withdrawn && !countingTrajectories(facts).includes(facts);
}
