/**
 * Guidance subsidy and compensation month by month: the verdicts and the questions behind them come from the walk that
 * computes (`vdabComponents`); here each question gets the fact that answered it.
 */
import { firstDayOf, lastDayOf, type Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import { vdabComponents, type MonthVerdicts } from '../../law/entitlement.js';
import type { Result } from '../../law/result.js';
import { SegmentList } from '../../law/segments.js';
import { activeMonths, type CountedMonth } from '../../law/trajectory.js';
import type { Question } from '../../law/verdict.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import type { AmountBook } from './amounts.js';
import { denial, test, type DraftLine, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { questionTest } from './month-questions.js';
import { ref } from './records.js';
import { told } from './telling.js';

export const MONTHLY_COMPONENTS = ['EFF', 'C1', 'C2', 'C3'] as const satisfies readonly Component[];
export type Monthly = (typeof MONTHLY_COMPONENTS)[number];

const NOT_STARTED = denial(
  'R-M-1',
  'NOT_REGISTERED',
  'the agreement had not started on the last day of the month',
  'de overeenkomst was op de laatste dag van de maand nog niet begonnen',
);
const ENDED = denial(
  'R-M-1',
  'NOT_REGISTERED',
  'the agreement ended before the last day of the month',
  'de overeenkomst eindigde voor de laatste dag van de maand',
);
const NOT_COMPLETE = denial(
  'R-M-1',
  'NOT_COMPLETE',
  'the last day of the month had not come yet',
  'de laatste dag van de maand was nog niet bereikt',
);

/** What a rule asked, with its answer. */
export interface Asked {
  readonly question: Question;
  readonly passed: boolean;
}

export interface WalkedMonth {
  readonly counted: CountedMonth;
  readonly verdicts: MonthVerdicts;
  /** In the order in which the rules asked; the last question decided. */
  readonly asked: Readonly<Record<Monthly, readonly Asked[]>>;
}

export interface WalkedMonths {
  readonly months: ReadonlyMap<Month, WalkedMonth>;
  readonly results: readonly Result[];
}

/** Lets the law walk over the months and writes down what it asked and decided. */
export function walkMonths(facts: TrajectoryFacts, { law, asOf }: Setting): WalkedMonths {
  const months = new Map<Month, WalkedMonth>();
  let heard = nothingHeard();
  const hear = (component: Monthly) => (question: Question, passed: boolean) =>
    void heard[component].push({ question, passed });
  const results = vdabComponents(
    facts,
    law,
    asOf,
    new SegmentList(),
    (counted, verdicts) => {
      // Part 2 is part 1 until the agreement has ended.
      const asked = { ...heard, C2: [...heard.C1, ...heard.C2] };
      months.set(counted.month, { counted: { ...counted }, verdicts, asked });
      heard = nothingHeard();
    },
    { EFF: hear('EFF'), C1: hear('C1'), C2: hear('C2'), C3: hear('C3') },
  );
  return { months, results };
}

function nothingHeard(): Record<Monthly, Asked[]> {
  return { EFF: [], C1: [], C2: [], C3: [] };
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
  for (const walked of months.values()) {
    for (const component of MONTHLY_COMPONENTS) lines.push(lineOf(component, facts, walked, amounts, setting));
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
  walked: WalkedMonth,
  amounts: AmountBook,
  setting: Setting,
): DraftLine {
  const { counted, verdicts, asked } = walked;
  const verdict = verdicts[component];
  const cents = verdict.due ? setting.law.amount[component]!.ofMonth(counted.month) : 0;
  return {
    component,
    month: counted.month,
    dueCents: cents,
    decision: verdict,
    tests: [
      active(facts, counted),
      ...asked[component].map((each) => questionTest(component, each, facts, walked, setting)),
    ],
    amount: verdict.due ? amounts.of(component, counted.lastDay, cents) : undefined,
  };
}

function notCounted(component: Monthly, month: Month, facts: TrajectoryFacts, { asOf }: Setting): DraftLine {
  const lastDay = lastDayOf(month);
  const covered = facts.start <= lastDay && lastDay <= facts.end;
  const fact = told(({ t, date, span }) =>
    covered
      ? t(
          `the month ends on ${date(lastDay)}; what is known is that of ${date(asOf.today)}`,
          `de maand eindigt op ${date(lastDay)}; wat bekend is, is dat van ${date(asOf.today)}`,
        )
      : t(
          `it runs from ${span(facts)}, which does not cover ${date(lastDay)}`,
          `ze loopt van ${span(facts)}, en dat dekt ${date(lastDay)} niet`,
        ),
  );
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

/** That the law walked over the month at all. */
function active(facts: TrajectoryFacts, { lastDay }: CountedMonth): ExplainedTest {
  const fact = told(({ t, date, span }) =>
    t(
      `the agreement ran on ${date(lastDay)}: ${span(facts)}`,
      `de overeenkomst liep op ${date(lastDay)}: ${span(facts)}`,
    ),
  );
  return test('R-M-1', true, fact, ref('weo', facts.weoId));
}
