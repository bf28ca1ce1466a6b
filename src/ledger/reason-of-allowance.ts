/** Why an allowance of a month changed: it depends on the contracts and their Nova Prima reference alone (rulebook 15.5). */
import { firstDayOf, lastDayOf, type Month } from '../calendar.js';
import type { Reason } from '../law/codes.js';
import type { Art60Contract, TrajectoryFacts } from '../records/facts.js';
import type { ChangedAmount, Seen } from './reason.js';
import { contractGiven, contractTaken } from './reason-of-contract.js';

/** What the contracts tell about an allowance of a month; undefined when they are the same in it. */
export function allowanceReason({ month, cents }: ChangedAmount, before: Seen, now: Seen): Reason | undefined {
  if (lastDayOf(month) > before.asOf.today) return 'REGULAR';
  const was = contractsIn(month, before);
  const is = contractsIn(month, now);
  if (same(was, is)) return undefined;
  // The side with more contracts in the month, and what the other one knows of them.
  const [more, less, other] = cents < 0 ? [was, is, now.facts] : [is, was, before.facts];
  if (more.length <= less.length) return dateReason(was, is);
  if (more.some((each) => lacksReference(each, other))) return cents < 0 ? 'WITHDRAWN' : 'LATE_REGISTRATION';
  return cents < 0 ? contractTaken(month, before, now, 'ANY_DAY') : contractGiven(month, before, now, 'ANY_DAY');
}

/** R-A-2: the contract is there, its application is not. */
function lacksReference({ employmentId }: Art60Contract, { contracts }: TrajectoryFacts): boolean {
  return contracts.some((each) => each.employmentId === employmentId && !each.hasNovaPrimaReference);
}

/** The same contracts with other dates in the month; undefined when something else changed about them. */
function dateReason(was: readonly Art60Contract[], is: readonly Art60Contract[]): Reason | undefined {
  const starts = (contracts: readonly Art60Contract[]) => contracts.map(({ start }) => start).join();
  const ends = (contracts: readonly Art60Contract[]) => contracts.map(({ end }) => end).join();
  if (starts(was) !== starts(is)) return 'A60_START_CORRECTED';
  return ends(was) !== ends(is) ? 'A60_END_CORRECTED' : undefined;
}

/** Contracts with an application that run on some day of the month. */
function contractsIn(month: Month, { facts }: Seen): readonly Art60Contract[] {
  return facts.contracts.filter(
    ({ start, end, hasNovaPrimaReference }) =>
      hasNovaPrimaReference && start <= lastDayOf(month) && end >= firstDayOf(month),
  );
}

function same(a: readonly Art60Contract[], b: readonly Art60Contract[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
