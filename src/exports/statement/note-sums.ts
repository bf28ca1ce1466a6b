/** A payment note added up: payments per kind by month, by start of guidance and by reason (R-P-4), and months in a row. */
import type { Month } from '../../calendar.js';
import { COMPONENT, REASONS, type Component, type Reason } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import type { NoteLine } from './note.js';

/** Months and euro. */
export interface Sum {
  /** Months that come in less months that fall out; a month of which only the amount changes counts as 0. */
  readonly months: number;
  readonly cents: Cents;
}

export interface SumRow<K> {
  readonly key: K;
  /** Components without a line are left out. */
  readonly kinds: ReadonlyMap<Component, Sum>;
  readonly total: Sum;
}

/** Lines of one reason. */
export interface ReasonSum extends Sum {
  readonly reason: Reason;
  readonly trajectories: number;
  /** Sum of the lines above zero. */
  readonly addedCents: Cents;
  /** Sum of the lines below zero. */
  readonly takenBackCents: Cents;
}

/** Months in a row of one trajectory and component with the same amounts and reason. */
export interface MonthRun extends Sum {
  readonly weoId: string;
  readonly guidanceStart: Month | undefined;
  readonly component: Component;
  readonly kind: NoteLine['kind'];
  readonly firstMonth: Month;
  readonly lastMonth: Month;
  readonly dueCents: Cents;
  readonly beforeCents: Cents;
  readonly reason: Reason;
}

/** 1 for a month that was not ordered before, -1 for one that is due no more, else 0. */
export function monthsOf(line: NoteLine): number {
  return Number(line.dueCents !== 0) - Number(line.beforeCents !== 0);
}

/** All lines as one sum. */
export function sumLines(lines: readonly NoteLine[]): Sum {
  let months = 0;
  let cents = 0;
  for (const line of lines) {
    months += monthsOf(line);
    cents += line.cents;
  }
  return { months, cents };
}

/** Per performance month, the oldest first. */
export function sumByMonth(lines: readonly NoteLine[]): SumRow<Month>[] {
  return sumBy(lines, (line) => line.month).sort((a, b) => a.key - b.key);
}

/** Per first month of guidance, the oldest first; trajectories without one come last. */
export function sumByGuidanceStart(lines: readonly NoteLine[]): SumRow<Month | undefined>[] {
  return sumBy(lines, (line) => line.guidanceStart).sort((a, b) => (a.key ?? Infinity) - (b.key ?? Infinity));
}

/** Per reason, in the order of the rulebook. */
export function sumByReason(lines: readonly NoteLine[]): ReasonSum[] {
  return REASONS.flatMap((reason) => {
    const ofReason = lines.filter((line) => line.reason === reason);
    if (ofReason.length === 0) return [];
    const added = ofReason.filter((line) => line.cents > 0);
    const total = sumLines(ofReason);
    const addedCents = sumLines(added).cents;
    return {
      reason,
      trajectories: new Set(ofReason.map((line) => line.weoId)).size,
      addedCents,
      takenBackCents: total.cents - addedCents,
      ...total,
    };
  });
}

/** Per kind of payment over all lines, in the order of the rulebook. */
export function sumByComponent(lines: readonly NoteLine[]): ReadonlyMap<Component, Sum> {
  return sumBy(lines, () => undefined)[0]?.kinds ?? new Map<Component, Sum>();
}

function sumBy<K>(lines: readonly NoteLine[], keyOf: (line: NoteLine) => K): SumRow<K>[] {
  const groups = new Map<K, NoteLine[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line));
    if (group) group.push(line);
    else groups.set(keyOf(line), [line]);
  }
  return [...groups].map(([key, group]) => ({ key, kinds: kindsOf(group), total: sumLines(group) }));
}

function kindsOf(lines: readonly NoteLine[]): ReadonlyMap<Component, Sum> {
  const kinds = new Map<Component, Sum>();
  for (const line of [...lines].sort((a, b) => COMPONENT[a.component] - COMPONENT[b.component])) {
    const sum = kinds.get(line.component) ?? { months: 0, cents: 0 };
    kinds.set(line.component, { months: sum.months + monthsOf(line), cents: sum.cents + line.cents });
  }
  return kinds;
}

/** Lines in their order, months in a row gathered. Amounts are those of all months of the run. */
export function monthRuns(lines: readonly NoteLine[]): MonthRun[] {
  const runs: MonthRun[] = [];
  let last: NoteLine | undefined;
  for (const line of lines) {
    const { weoId, guidanceStart, component, kind, month, dueCents, beforeCents, cents, reason } = line;
    if (last && continues(last, line)) {
      const run = runs.pop()!;
      runs.push({
        ...run,
        lastMonth: month,
        months: run.months + monthsOf(line),
        dueCents: run.dueCents + dueCents,
        beforeCents: run.beforeCents + beforeCents,
        cents: run.cents + cents,
      });
    } else {
      const span = { firstMonth: month, lastMonth: month, months: monthsOf(line) };
      runs.push({ weoId, guidanceStart, component, kind, ...span, dueCents, beforeCents, cents, reason });
    }
    last = line;
  }
  return runs;
}

function continues(last: NoteLine, line: NoteLine): boolean {
  return (
    line.weoId === last.weoId &&
    line.component === last.component &&
    line.kind === last.kind &&
    line.month === last.month + 1 &&
    line.dueCents === last.dueCents &&
    line.beforeCents === last.beforeCents &&
    line.reason === last.reason
  );
}
