/**
 * Guidance subsidy and compensation month by month: the verdicts come from the walk that computes (`vdabComponents`);
 * here each gets the facts behind it. The order of the tests is that of the rules in `law/`.
 */
import { firstDayOf, formatDay, formatMonth, lastDayOf, type Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import { vdabComponents, type MonthVerdicts } from '../../law/entitlement.js';
import type { Law } from '../../law/law.js';
import { art60Deadline } from '../../law/payment-calendar.js';
import type { Result } from '../../law/result.js';
import { SegmentList } from '../../law/segments.js';
import { activeMonths, type CountedMonth } from '../../law/trajectory.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import type { AmountBook } from './amounts.js';
import { asked, decision, test, testsUntil, type Asked, type DraftLine, type Setting } from './draft.js';
import { categoryTest, presenceTest, spanOf, timelyTest } from './facts-in-words.js';
import { ref } from './records.js';

export const MONTHLY_COMPONENTS = ['EFF', 'C1', 'C2', 'C3'] as const satisfies readonly Component[];
type Monthly = (typeof MONTHLY_COMPONENTS)[number];

const NOT_STARTED = decision(
  false,
  'R-M-1',
  'NOT_REGISTERED',
  'the agreement had not started on the last day of the month',
  'de overeenkomst was op de laatste dag van de maand nog niet begonnen',
);
const ENDED = decision(
  false,
  'R-M-1',
  'NOT_REGISTERED',
  'the agreement ended before the last day of the month',
  'de overeenkomst eindigde voor de laatste dag van de maand',
);
const NOT_COMPLETE = decision(
  false,
  'R-M-1',
  'NOT_COMPLETE',
  'the last day of the month had not come yet',
  'de laatste dag van de maand was nog niet bereikt',
);

export interface WalkedMonths {
  readonly months: ReadonlyMap<Month, { readonly counted: CountedMonth; readonly verdicts: MonthVerdicts }>;
  readonly results: readonly Result[];
}

/** Lets the law walk over the months and writes down what it decided. */
export function walkMonths(facts: TrajectoryFacts, { law, asOf }: Setting): WalkedMonths {
  const months = new Map<Month, { counted: CountedMonth; verdicts: MonthVerdicts }>();
  const results = vdabComponents(facts, law, asOf, new SegmentList(), (counted, verdicts) =>
    months.set(counted.month, { counted: { ...counted }, verdicts }),
  );
  return { months, results };
}

/** Lines of the months that counted and of the `others` that somebody may ask about. */
export function monthLines(
  facts: TrajectoryFacts,
  { months }: WalkedMonths,
  others: Iterable<Month>,
  amounts: AmountBook,
  setting: Setting,
): DraftLine[] {
  const lines: DraftLine[] = [];
  for (const { counted, verdicts } of months.values()) {
    for (const component of MONTHLY_COMPONENTS) {
      lines.push(lineOf(component, facts, counted, verdicts, amounts, setting));
    }
  }
  for (const month of others) {
    if (months.has(month)) continue;
    for (const component of MONTHLY_COMPONENTS) lines.push(notCounted(component, month, facts, setting));
  }
  return lines;
}

/** Months that touch the agreement without counting: the one in which it ends before the last day, and this one. */
export function touchedMonths(facts: TrajectoryFacts, { asOf }: Setting): Month[] {
  const { first, last } = activeMonths(facts, asOf.today);
  const next = Math.max(first, last + 1);
  return firstDayOf(next) <= Math.min(facts.end, asOf.today) ? [next] : [];
}

function lineOf(
  component: Monthly,
  facts: TrajectoryFacts,
  counted: CountedMonth,
  verdicts: MonthVerdicts,
  amounts: AmountBook,
  setting: Setting,
): DraftLine {
  const { law } = setting;
  const verdict = verdicts[component];
  const cents = verdict.due ? law.amount[component]!.ofMonth(counted.month) : 0;
  const tests = [active(facts, counted), ...testsOf(component, facts, counted, verdicts, setting)];
  return {
    component,
    month: counted.month,
    dueCents: cents,
    decision: verdict,
    tests: testsUntil(verdict, tests),
    amount: verdict.due ? amounts.of(component, counted.lastDay, cents) : undefined,
  };
}

function notCounted(component: Monthly, month: Month, facts: TrajectoryFacts, { asOf }: Setting): DraftLine {
  const lastDay = lastDayOf(month);
  const covered = facts.start <= lastDay && lastDay <= facts.end;
  const fact = covered
    ? `the month ends on ${formatDay(lastDay)}; what is known is that of ${formatDay(asOf.today)}`
    : `it runs from ${spanOf(facts)}, which does not cover ${formatDay(lastDay)}`;
  const outside = facts.end < lastDay ? ENDED : NOT_STARTED;
  return {
    component,
    month,
    dueCents: 0,
    decision: covered ? NOT_COMPLETE : outside,
    tests: [test('R-M-1', false, fact, ref('weo', facts.weoId))],
    amount: undefined,
  };
}

function testsOf(
  component: Monthly,
  facts: TrajectoryFacts,
  counted: CountedMonth,
  verdicts: MonthVerdicts,
  setting: Setting,
): Asked[] {
  const { law, asOf } = setting;
  switch (component) {
    case 'EFF':
      return [
        timely('R-EFF-4', facts, setting),
        ...extension(facts, counted, law),
        cap(counted, law),
        category('R-EFF-5', facts, counted, law),
      ];
    case 'C1':
    case 'C2': {
      const tests = [
        timely('R-C-6', facts, setting),
        ...termRuns(facts, counted, law),
        asked(WITHOUT_ART60, presenceTest('R-C-2', facts, counted, law.compPresence)),
        category('R-C-10', facts, counted, law),
        ...besidePart3(counted, verdicts, law),
      ];
      return component === 'C1' ? tests : [...tests, payableAfterEnd(facts, asOf.today)];
    }
    case 'C3':
      return [
        afterMaximum(counted, verdicts, law),
        timely('R-C-6', facts, setting),
        ...termRuns(facts, counted, law),
        asked(['NOT_EXTENDED'], extendedForRights('R-C3-2', facts)),
        asked(['A60_NOT_RUNNING'], presenceTest('R-C3-3', facts, counted, 'LAST_DAY')),
        asked(['C3_NOT_IN_FORCE'], test('R-C3-6', true, `part 3 is in force from ${formatDay(law.c3ValidFrom)}`)),
        ...boundOfPart3(counted, law),
        category('R-C-10', facts, counted, law),
      ];
  }
}

function active(facts: TrajectoryFacts, { lastDay }: CountedMonth): Asked {
  const fact = `the agreement ran on ${formatDay(lastDay)}: ${spanOf(facts)}`;
  return asked([], test('R-M-1', true, fact, ref('weo', facts.weoId)));
}

/** Why a month is none with art. 60: what stands before it and after it says which (R-C-1, R-C-8, R-C-4). */
const WITHOUT_ART60 = ['A60_NOT_BEGUN', 'BETWEEN_CONTRACTS', 'A60_NOT_RUNNING'];

const TIMELY_DECIDES = ['LATE_A60', 'NO_A60', 'PENDING_HELD', 'BEFORE_A60', 'NOT_TIMELY'];

function timely(rule: string, facts: TrajectoryFacts, { law, asOf }: Setting): Asked {
  return asked(TIMELY_DECIDES, timelyTest(rule, facts, law, asOf));
}

/** Compensation waits for a contract while one can still start in time. */
function termRuns(facts: TrajectoryFacts, { standing }: CountedMonth, law: Law): Asked[] {
  if (standing !== 'PENDING') return [];
  const fact = `the term for art. 60 runs until ${formatDay(art60Deadline(facts.start, law))}`;
  return [asked(['TERM_RUNS'], test('R-C-1', true, fact, ref('weo', facts.weoId)))];
}

function category(rule: string, facts: TrajectoryFacts, counted: CountedMonth, law: Law): Asked {
  return asked(['CATEGORY'], categoryTest(rule, facts, counted, law));
}

function cap({ month, seq, capRank }: CountedMonth, law: Law): Asked {
  const counts =
    capRank === seq
      ? `${formatMonth(month)} is month ${seq} of the agreement`
      : `${formatMonth(month)} is month ${seq} of the agreement and number ${capRank} for the maximum ` +
        `(eff.cap_scope = ${law.effCapScope}, eff.cap_counts = ${law.effCapCounts})`;
  return asked(['OVER_24'], test('R-EFF-2', true, `${counts}; at most ${law.effMaxMonths} give guidance subsidy`));
}

/** Asked only past the maximum. */
function extension(facts: TrajectoryFacts, { seq }: CountedMonth, law: Law): Asked[] {
  return seq > law.effMaxMonths ? [asked(['NOT_EXTENDED'], extendedForRights('R-C3-2', facts))] : [];
}

function extendedForRights(rule: string, { extendedForRights: flag, weoId }: TrajectoryFacts) {
  const words =
    flag === undefined
      ? 'extended_for_rights is empty, which counts as true while art. 60 runs'
      : `extended_for_rights is ${flag}`;
  return test(rule, flag !== false, words, ref('weo', weoId));
}

/** R-C-5: past the maximum parts 1 and 2 go on only beside part 3. */
function besidePart3({ month, seq }: CountedMonth, { C3 }: MonthVerdicts, law: Law): Asked[] {
  if (seq <= law.effMaxMonths) return [];
  const past = `${formatMonth(month)} is month ${seq}, past ${law.effMaxMonths}`;
  const fact = C3.due ? `${past}, and part 3 is due` : `${past}, and part 3 is not due: ${C3.english} (${C3.rule})`;
  return [asked(['OVER_24_WITHOUT_PART_3'], test('R-C-5', true, fact))];
}

function payableAfterEnd(facts: TrajectoryFacts, today: number) {
  const fact =
    facts.end <= today
      ? `the agreement ended on ${formatDay(facts.end)}`
      : `the agreement had not ended on ${formatDay(today)}; it is paid in the quarterly run after its end (R-C-7)`;
  return asked(['C2_WAITS'], test('R-C-3', true, fact, ref('weo', facts.weoId)));
}

function afterMaximum({ month, seq }: CountedMonth, { EFF }: MonthVerdicts, law: Law): Asked {
  const rank = `${formatMonth(month)} is month ${seq} of the agreement`;
  const fact =
    seq > law.effMaxMonths && EFF.due
      ? `${rank}, and guidance subsidy is still due for it`
      : `${rank}; part 3 comes after month ${law.effMaxMonths}`;
  return asked(['NOT_PAST_24'], test('R-C3-1', true, fact));
}

function boundOfPart3({ seq }: CountedMonth, law: Law): Asked[] {
  if (law.c3MaxMonths === undefined) return [];
  const fact = `month ${seq - law.effMaxMonths} of part 3; at most ${law.c3MaxMonths} (c3.max_months)`;
  return [asked(['C3_MAXIMUM'], test('R-C3-5', true, fact))];
}
