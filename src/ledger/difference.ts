/** What has to be appended so that the ledger says what is due: desired minus posted, month by month, as segments. */
import type { Month } from '../calendar.js';
import type { Segment } from '../law/segments.js';
import type { Cents } from '../money.js';

/** The same amount for each month of a run of months. */
export interface PostedSegment {
  readonly component: number;
  readonly firstMonth: Month;
  readonly lastMonth: Month;
  readonly cents: Cents;
}

export interface DifferenceSegment extends PostedSegment {
  lastMonth: Month;
  /** The rule by which the months are due now, undefined where nothing is due any more. */
  readonly rule: number | undefined;
}

/** More than any month number: component and month fit into one key. */
const MONTHS = 200_000;

/** Desired minus posted per component and month; adjoining months with the same difference and rule are one segment. */
export function difference(desired: readonly Segment[], posted: readonly PostedSegment[]): DifferenceSegment[] {
  // Nothing posted yet: what the law made, whose segments are as long as they can be.
  if (posted.length === 0) return [...desired].sort(inOrderOfComponentAndMonth);
  const byKey = new Map<number, Cents>();
  const rules = new Map<number, number>();
  unfold(desired, (key, segment) => {
    byKey.set(key, (byKey.get(key) ?? 0) + segment.cents);
    rules.set(key, segment.rule);
  });
  unfold(posted, (key, segment) => byKey.set(key, (byKey.get(key) ?? 0) - segment.cents));
  const keys = [...byKey].filter(([, cents]) => cents !== 0).sort(([a], [b]) => a - b);
  const segments: DifferenceSegment[] = [];
  for (const [key, cents] of keys) {
    const component = Math.floor(key / MONTHS);
    const month = key % MONTHS;
    const rule = rules.get(key);
    const last = segments.at(-1);
    const continues = last?.component === component && last.lastMonth === month - 1;
    if (continues && last.cents === cents && last.rule === rule) last.lastMonth = month;
    else segments.push({ component, firstMonth: month, lastMonth: month, cents, rule });
  }
  return segments;
}

function inOrderOfComponentAndMonth(a: PostedSegment, b: PostedSegment): number {
  return a.component - b.component || a.firstMonth - b.firstMonth;
}

function unfold<T extends PostedSegment>(segments: readonly T[], visit: (key: number, segment: T) => void): void {
  for (const segment of segments) {
    for (let month = segment.firstMonth; month <= segment.lastMonth; month++) {
      visit(segment.component * MONTHS + month, segment);
    }
  }
}
