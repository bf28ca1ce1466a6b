/**
 * What a trajectory is worth under the facts and the law, and under what they would be if nothing were done or something
 * were put right. The same functions compute it that compute the money; nothing is estimated.
 */
import { lastCompleteMonth, lastDayOf, type Day } from '../../calendar.js';
import { vdabComponents } from '../../law/entitlement.js';
import type { Law } from '../../law/law.js';
import { SegmentList } from '../../law/segments.js';
import type { AsOf } from '../../law/trajectory.js';
import { PART_2_WAITS_FOR_THE_END } from '../../law/verdict.js';
import type { Cents } from '../../money.js';
import type { TrajectoryFacts } from '../../records/facts.js';

/** What VDAB owes for a trajectory, and what is earned and payable after its end (R-Y-5), in cents. */
export interface Worth {
  readonly dueCents: Cents;
  readonly waitingCents: Cents;
}

/** Worth of a trajectory; the allowances left out. */
export function worthOf(facts: TrajectoryFacts, law: Law, asOf: AsOf): Worth {
  const segments = new SegmentList();
  let waitingCents = 0;
  vdabComponents(facts, law, asOf, segments, ({ month }, { C2 }) => {
    if (C2 === PART_2_WAITS_FOR_THE_END) waitingCents += law.amount.C2!.ofMonth(month);
  });
  const dueCents = segments.segments.reduce(
    (sum, { cents, firstMonth, lastMonth }) => sum + cents * (lastMonth - firstMonth + 1),
    0,
  );
  return { dueCents, waitingCents };
}

const total = ({ dueCents, waitingCents }: Worth): Cents => dueCents + waitingCents;

/** What is lost of a trajectory when its deadline passes without art. 60 (R-LC-2, `a60.late_policy`). */
export function lostAfterDeadline(facts: TrajectoryFacts, law: Law, asOf: AsOf, deadline: Day): Cents {
  const passed = { today: asOf.today, knownUntil: Math.max(asOf.knownUntil, deadline + 1) };
  return total(worthOf(facts, law, asOf)) - total(worthOf(facts, law, passed));
}

/** What the months with a wrong category cost (R-EFF-5, R-C-10). */
export function withheldForCategory(facts: TrajectoryFacts, law: Law, asOf: AsOf): Cents {
  const lenient: Law = { ...law, categoryPolicy: 'WARN_ONLY' };
  return total(worthOf(facts, lenient, asOf)) - total(worthOf(facts, law, asOf));
}

/** What comes on top of that at the next end of a month, when the category stays as it is. */
export function withheldNextMonth(facts: TrajectoryFacts, law: Law, asOf: AsOf): { by: Day; cents: Cents } {
  const by = lastDayOf(lastCompleteMonth(asOf.today) + 1);
  const then = { today: by, knownUntil: by };
  return { by, cents: withheldForCategory(facts, law, then) - withheldForCategory(facts, law, asOf) };
}

/** What would be due for a trajectory that is held because it overlaps (E-WEO-OVERLAP). */
export function heldForOverlap(facts: TrajectoryFacts, law: Law, asOf: AsOf): Cents {
  return total(worthOf({ ...facts, siblings: [] }, law, asOf)) - total(worthOf(facts, law, asOf));
}
