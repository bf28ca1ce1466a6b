/** Lines of money: how they are named, added up, and what was ordered for them (15.2). */
import type { Ledger } from './batches.js';
import type { Day, Month } from './days.js';
import { know, type Archive } from './knowledge.js';
import type { Component } from './law.js';

/** A line of money: OCMW, trajectory, component, month. */
export interface Key {
  readonly ocmwId: string;
  readonly weoId: string;
  readonly component: Component;
  readonly month: Month;
}

export interface Amount extends Key {
  cents: number;
}

/**
 * `before` of every line: ordered in batches so far, plus the opening balance known on `day` (15.2). Under the OCMW that
 * is paid on that day, so that a merger moves what was ordered along (reading O-11).
 */
export function orderedUntil(ledger: Ledger, archive: Archive, day: Day): ReadonlyMap<string, Amount> {
  const known = know(archive, day, day);
  const orders = ledger.batches.flatMap((batch) =>
    batch.lines.map((l) => ({
      ocmwId: l.ocmw_id,
      weoId: l.weo_id,
      component: l.component,
      month: l.month,
      cents: l.amount,
    })),
  );
  const opening = known.openingPayments.map((p) => ({ ...p, component: p.component as Component }));
  return indexAmounts([...orders, ...opening].map((line) => ({ ...line, ocmwId: known.payee(line.ocmwId, day) })));
}

/** Adds up amounts of the same line. */
export function indexAmounts(amounts: readonly Amount[]): Map<string, Amount> {
  const sums = new Map<string, Amount>();
  for (const amount of amounts) {
    const name = nameOfKey(amount);
    const sum = sums.get(name);
    if (sum) sum.cents += amount.cents;
    else sums.set(name, { ...amount });
  }
  return sums;
}

/** A name for a line. */
export function nameOfKey({ ocmwId, weoId, component, month }: Key): string {
  return `${ocmwId}/${weoId}/${component}/${month}`;
}
