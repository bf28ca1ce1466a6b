/** Lines of money: how they are named, added up, and what was ordered for them (15.2). */
import type { BatchLine, Ledger } from './batches.js';
import type { Debts } from './claims.js';
import type { Day, Month } from './days.js';
import { know, type Archive } from './knowledge.js';
import { standingOfOrders } from './payments.js';
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
 * `before` of every line: ordered in batches so far and not released, plus the opening balance known on `day` (15.2). Under the OCMW that
 * is paid on that day, so that a merger moves what was ordered along (reading O-11).
 */
export function orderedUntil(ledger: Ledger, archive: Archive, day: Day): ReadonlyMap<string, Amount> {
  const known = know(archive, day, day);
  const { released } = standingOfOrders(ledger, archive, day);
  const counting = ledger.batches.flatMap((batch) => batch.lines.filter((line) => !released.has(line)));
  const orders = counting.map((line) => ({ ...keyOfLine(line), cents: line.amount }));
  const opening = known.openingPayments.map((p) => ({ ...p, component: p.component as Component }));
  return indexAmounts([...orders, ...opening].map((line) => ({ ...line, ocmwId: known.payee(line.ocmwId, day) })));
}

/** The key of a line of a batch. */
export function keyOfLine({ ocmw_id: ocmwId, weo_id: weoId, component, month }: BatchLine): Key {
  return { ocmwId, weoId, component, month };
}

/**
 * OFFSET_NEXT: what is still to be taken off, by the OCMW that is paid on `day`: all that was ordered to be paid, less
 * all lines; what was released gives back both. Negative: too much was taken off (reading O-54).
 */
export function debtsOn(ledger: Ledger, archive: Archive, day: Day): Debts {
  const known = know(archive, day, day);
  const { released, cameBack } = standingOfOrders(ledger, archive, day);
  const debts = new Map<string, number>();
  const add = (ocmwId: string, cents: number): void => {
    const payee = known.payee(ocmwId, day);
    debts.set(payee, (debts.get(payee) ?? 0) + cents);
  };
  for (const { claims, lines } of ledger.batches) {
    for (const claim of claims) add(claim.ocmw_id, claim.amount - (cameBack.get(claim) ?? 0));
    for (const line of lines) if (!released.has(line)) add(line.ocmw_id, -line.amount);
  }
  return debts;
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
