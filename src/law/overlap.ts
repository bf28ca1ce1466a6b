/**
 * WEOs of one client that overlap (E-WEO-OVERLAP, rulebook 11 and 15.3): of two, the one whose first version was
 * registered earlier counts; the other is held whole (measured, nothing due) until the overlap is gone.
 */
import type { TrajectoryFacts } from '../records/facts.js';

const overlap = (a: TrajectoryFacts, b: TrajectoryFacts): boolean => a.start <= b.end && b.start <= a.end;

/** Whether `facts` is held by one of the other WEOs of the client. */
function isHeldBy(facts: TrajectoryFacts, others: readonly TrajectoryFacts[]): boolean {
  return others.some(
    (other) =>
      other !== facts && !other.withdrawn && other.registrationRank < facts.registrationRank && overlap(other, facts),
  );
}

/** All WEOs of the client that count, this one included or not. */
export function countingTrajectories(facts: TrajectoryFacts): readonly TrajectoryFacts[] {
  const all = [facts, ...facts.siblings].filter((each) => !each.withdrawn);
  return all.filter((each) => !isHeldBy(each, all));
}

/** Whether this WEO is held because of an overlap; two WEOs are compared by themselves, whatever a third one does. */
export function isHeldWeo(facts: TrajectoryFacts): boolean {
  return !facts.withdrawn && isHeldBy(facts, facts.siblings);
}
