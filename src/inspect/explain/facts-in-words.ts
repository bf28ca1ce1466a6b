/** Facts as sentences, for the tests of an explanation. */
import { formatDay, monthOf, OPEN_END } from '../../calendar.js';
import { categoryAsKnown, categoryOn, isRightCategory } from '../../law/category.js';
import { contractsThatCount, isHeldContract, isTransitional, standingOf, type Standing } from '../../law/contracts.js';
import type { Law } from '../../law/law.js';
import { art60Deadline, knowledgeOfQuarterOf } from '../../law/payment-calendar.js';
import type { AsOf, CountedMonth } from '../../law/trajectory.js';
import type { Art60Contract, TrajectoryFacts } from '../../records/facts.js';
import { test, type Span } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { ref } from './records.js';

/** `2024-01-01 to 2024-12-31`, `2024-01-01, still open`. */
export function spanOf({ start, end }: Span): string {
  return end >= OPEN_END ? `${formatDay(start)}, still open` : `${formatDay(start)} to ${formatDay(end)}`;
}

/** Where the trajectory stands towards the deadline of art. 60, with the dates that say so. */
export function timelyTest(rule: string, facts: TrajectoryFacts, law: Law, asOf: AsOf): ExplainedTest {
  const contracts = contractsThatCount(facts);
  const standing = standingOf(facts, contracts, law, asOf.knownUntil);
  const deadline = formatDay(art60Deadline(facts.start, law));
  const first = contracts[0];
  const held = heldContracts(facts);
  const about = first === undefined ? held.refs : [ref('employment', first.employmentId), ...held.refs];
  const fact = `${standingInWords(standing, facts, first, deadline, law, asOf)}${held.words}`;
  return test(rule, standing === 'TIMELY' || standing === 'PENDING', fact, ref('weo', facts.weoId), ...about);
}

function standingInWords(
  standing: Standing,
  facts: TrajectoryFacts,
  first: Art60Contract | undefined,
  deadline: string,
  law: Law,
  asOf: AsOf,
): string {
  if (first === undefined) {
    const unknown = `no art. 60 start is known on ${formatDay(asOf.knownUntil)}`;
    if (standing !== 'PENDING') return `${unknown}; the last timely day was ${deadline}`;
    const policy = law.a60PendingPolicy === 'HOLD' ? 'months are held' : 'months are paid provisionally (R-PEND-1)';
    return `${unknown}, and the deadline ${deadline} has not passed: ${policy}`;
  }
  const started = `art. 60 first started on ${formatDay(first.start)} (${first.employmentId})`;
  if (isTransitional(first.start, first.end, facts.start)) {
    return `${started} and came into TWE on ${formatDay(facts.start)} (R-TR-3, R-TR-4)`;
  }
  if (standing === 'TIMELY') return `${started}, in time: the last timely day was ${deadline}`;
  const policy = law.a60LatePolicy === 'FORFEIT_ALL' ? '' : ` (a60.late_policy = ${law.a60LatePolicy})`;
  return `${started}, too late: the last timely day was ${deadline}${policy}`;
}

function heldContracts(facts: TrajectoryFacts): { words: string; refs: string[] } {
  const held = facts.contracts.filter((each) => isHeldContract(each.start, each.end, facts.start));
  const words = held.map(
    ({ employmentId, start }) =>
      `; ${employmentId} starts on ${formatDay(start)}, before the agreement, and counts for nothing (E-A60-BEFORE-WEO)`,
  );
  return { words: words.join(''), refs: held.map(({ employmentId }) => ref('employment', employmentId)) };
}

/** Whether art. 60 ran on the last day of the month (or in it, `comp.presence = ANY_DAY`), and which contract. */
export function presenceTest(
  rule: string,
  facts: TrajectoryFacts,
  month: CountedMonth,
  presence: Law['compPresence'],
): ExplainedTest {
  const contracts = contractsThatCount(facts);
  const { lastDay } = month;
  const covers = (each: Art60Contract): boolean =>
    each.start <= lastDay && (each.end >= lastDay || (presence === 'ANY_DAY' && monthOf(each.end) === month.month));
  const running = contracts.find(covers);
  const ran = presence === 'ANY_DAY' ? month.art60OnSomeDay : month.art60OnLastDay;
  if ((running !== undefined) !== ran) throw new Error(`the law and the explanation see another art. 60 on ${lastDay}`);
  if (running !== undefined) {
    const when = running.end >= lastDay ? `on ${formatDay(lastDay)}` : 'in the month';
    const fact = `art. 60 ran ${when}: ${running.employmentId}, ${spanOf(running)}`;
    return test(rule, true, fact, ref('employment', running.employmentId));
  }
  const before = contracts.filter((each) => each.end < lastDay).at(-1);
  const after = contracts.find((each) => each.start > lastDay);
  const neighbours = [
    before && `${before.employmentId} ended on ${formatDay(before.end)}`,
    after && `${after.employmentId} starts on ${formatDay(after.start)}`,
  ].filter((each) => each !== undefined);
  const none = presence === 'ANY_DAY' ? 'no art. 60 ran in the month' : 'no art. 60 ran on the last day';
  const refs = [before, after].filter((each) => each !== undefined).map((each) => ref('employment', each.employmentId));
  return test(rule, false, [none, ...neighbours].join('; '), ...refs);
}

/** Which category decided on the last day of the month. */
export function categoryTest(rule: string, facts: TrajectoryFacts, month: CountedMonth, law: Law): ExplainedTest {
  if (!month.art60OnLastDay) return test(rule, true, 'no art. 60 ran on the last day, so no category is asked');
  const { lastDay } = month;
  const record = categoryOn(facts.categories, lastDay);
  const known =
    record === undefined
      ? `no category record covers ${formatDay(lastDay)}`
      : `category ${record.code} from ${formatDay(record.from)} (${record.categoryId}) held on ${formatDay(lastDay)}`;
  const refs = record === undefined ? [] : [ref('category', record.categoryId)];
  return test(
    rule,
    month.categoryOk,
    `${known}${policyOfCategory(facts, month, law, isRightCategory(record))}`,
    ...refs,
  );
}

function policyOfCategory(facts: TrajectoryFacts, month: CountedMonth, law: Law, right: boolean): string {
  if (!right) return law.categoryPolicy === 'WARN_ONLY' ? '; it is not 90 or 93 but category.policy = WARN_ONLY' : '';
  if (law.categoryPolicy !== 'FORFEIT') return '';
  const then = categoryAsKnown(facts.categoryVersions, month.lastDay, knowledgeOfQuarterOf(month.month, law));
  return `; when its quarter was paid it was known as ${then?.code ?? 'nothing'} (category.policy = FORFEIT)`;
}
