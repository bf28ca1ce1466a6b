/** Equal consecutive months as one line: 24 months fit on a screen. */
import { parseMonth } from '../../../calendar.js';
import type { ExplainedEntry, ExplainedLine, ExplainedTest } from '../explanation.js';

export interface LineGroup {
  readonly first: ExplainedLine;
  last: ExplainedLine;
  months: number;
  /** Whether every month has the same fact behind it. */
  sameFact: boolean;
}

/** Runs of months of one component with the same decision, amount and records behind it. */
export function groupLines(lines: readonly ExplainedLine[]): LineGroup[] {
  const groups: LineGroup[] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group !== undefined && follows(group.last, line) && isAlike(group.first, line)) {
      group.last = line;
      group.months++;
      group.sameFact &&= factOf(group.first)?.fact.en === factOf(line)?.fact.en;
    } else {
      groups.push({ first: line, last: line, months: 1, sameFact: true });
    }
  }
  return groups;
}

/** The fact worth showing beside a decision: the test that failed, the part of a month, or what proves a result. */
export function factOf({ tests, why }: ExplainedLine): ExplainedTest | undefined {
  // That a month is not the 25th needs no rank.
  if (why === 'NOT_PAST_24') return undefined;
  if (why === 'POSITIVE') return evidenceOf(tests);
  return tests.find(({ passed }) => !passed) ?? tests.find(({ rule }) => rule === 'R-A-5');
}

const RULES_OF_DATES = ['R-MEAS-1', 'R-MEAS-2'];

/** The job that a positive result rests on, or else the decision. */
function evidenceOf(tests: readonly ExplainedTest[]): ExplainedTest | undefined {
  const deciding = tests.filter(({ rule }) => rule.startsWith('R-MEAS-') && !RULES_OF_DATES.includes(rule));
  const job = deciding.find(({ records }) => records.some((each) => each.startsWith('employment/')));
  // Without a job somebody decided; that a final settlement froze it says less.
  return job ?? deciding.findLast(({ rule }) => rule === 'R-MEAS-18') ?? deciding.at(-1);
}

function follows(before: ExplainedLine, line: ExplainedLine): boolean {
  return before.component === line.component && parseMonth(before.month)! + 1 === parseMonth(line.month)!;
}

function isAlike(a: ExplainedLine, b: ExplainedLine): boolean {
  const alike = a.why === b.why && a.rule === b.rule && a.dueCents === b.dueCents;
  return alike && factOf(a)?.records.join() === factOf(b)?.records.join();
}

export interface EntryGroup {
  readonly first: ExplainedEntry;
  last: ExplainedEntry;
  entries: number;
}

/** Ledger entries that continue each other from night to night. */
export function groupEntries(entries: readonly ExplainedEntry[]): EntryGroup[] {
  const groups: EntryGroup[] = [];
  for (const entry of entries) {
    const group = groups.find((each) => continues(each.last, entry));
    if (group === undefined) groups.push({ first: entry, last: entry, entries: 1 });
    else {
      group.last = entry;
      group.entries++;
    }
  }
  return groups;
}

function continues(a: ExplainedEntry, b: ExplainedEntry): boolean {
  return (
    a.component === b.component &&
    a.ocmwId === b.ocmwId &&
    a.cents === b.cents &&
    a.rule === b.rule &&
    a.reason === b.reason &&
    parseMonth(a.lastMonth)! + 1 === parseMonth(b.firstMonth)!
  );
}
