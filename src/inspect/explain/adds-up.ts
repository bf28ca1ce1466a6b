/** The explanation must add up to the ledger, to the cent: what it says is what was computed and what was posted. */
import { formatMonth, parseMonth, type Month } from '../../calendar.js';
import { COMPONENTS, type Component } from '../../law/codes.js';
import type { Segment } from '../../law/segments.js';
import { formatEuro, type Cents } from '../../money.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import type { DraftLine } from './draft.js';
import type { ExplainedEntry } from './explanation.js';

/** Amounts by component and month; adding to it sums. */
export class Sums {
  private readonly cents = new Map<string, Cents>();

  add(component: Component, month: Month, cents: Cents): void {
    const key = keyOf(component, month);
    this.cents.set(key, (this.cents.get(key) ?? 0) + cents);
  }

  of(component: Component, month: Month): Cents {
    return this.cents.get(keyOf(component, month)) ?? 0;
  }

  /** Every component and month that was ever added to, also where the sum is nothing. */
  cells(): { component: Component; month: Month }[] {
    return [...this.cents.keys()].map((key) => {
      const [component, month] = key.split('/');
      return { component: component as Component, month: Number(month) };
    });
  }
}

const keyOf = (component: Component, month: Month): string => `${component}/${month}`;

/** The ledger's net, all OCMWs together. */
export function ledgerSums(entries: readonly ExplainedEntry[]): Sums {
  const sums = new Sums();
  for (const { component, firstMonth, lastMonth, cents } of entries) {
    for (let month = parseMonth(firstMonth)!; month <= parseMonth(lastMonth)!; month++)
      sums.add(component, month, cents);
  }
  return sums;
}

/** What the law computed. */
export function segmentSums(segments: readonly Segment[]): Sums {
  const sums = new Sums();
  for (const { component, firstMonth, lastMonth, cents } of segments) {
    for (let month = firstMonth; month <= lastMonth; month++) sums.add(COMPONENTS[component]!, month, cents);
  }
  return sums;
}

/**
 * The first place where a line, the computation and the ledger do not say the same, as a sentence: an answer that looks
 * right would be worse than none. Other OCMWs (a corrected `ocmw_id`) must have got everything taken back.
 */
export function whatDoesNotAddUp(
  { weoId, ocmwId }: TrajectoryFacts,
  lines: readonly DraftLine[],
  segments: readonly Segment[],
  entries: readonly ExplainedEntry[],
): string | undefined {
  const explained = new Sums();
  for (const { component, month, dueCents } of lines) explained.add(component, month, dueCents);
  const computed = segmentSums(segments);
  const posted = ledgerSums(entries.filter((entry) => entry.ocmwId === ocmwId));
  const elsewhere = ledgerSums(entries.filter((entry) => entry.ocmwId !== ocmwId));
  for (const { component, month } of [explained, computed, posted, elsewhere].flatMap((sums) => sums.cells())) {
    const said = explained.of(component, month);
    if (
      said === computed.of(component, month) &&
      said === posted.of(component, month) &&
      elsewhere.of(component, month) === 0
    ) {
      continue;
    }
    return (
      `the explanation of ${weoId} does not add up for ${component} of ${formatMonth(month)}: explained ` +
      `${formatEuro(said)}, computed ${formatEuro(computed.of(component, month))}, in the ledger ` +
      `${formatEuro(posted.of(component, month))} for its OCMW and ${formatEuro(elsewhere.of(component, month))} for others`
    );
  }
  return undefined;
}
