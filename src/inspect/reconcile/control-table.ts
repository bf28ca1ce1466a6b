/** The control table per beneficiary: what was granted and booked for each month, the wage cost, and the checks. */
import { lastCompleteMonth, yearOf, type Day, type Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import type { Law } from '../../law/law.js';
import type { Cents } from '../../money.js';
import { checkMonth, contractsOf, wageOf, type CheckedAnswer } from './allowance-checks.js';
import type { Beneficiary, Contract, GrantedMonth, KnownOfYear } from './load.js';
import { yearOfBooking } from './match/matching.js';
import type { Link, Reconciliation } from './model.js';

export interface ControlRow {
  readonly weoId: string;
  /** National number with only its last five digits. */
  readonly client: string;
  readonly month: Month;
  readonly ordinaryCents: Cents;
  readonly increasedCents: Cents;
  /** In lines of the year that were found to be about this month. */
  readonly bookedCents: Cents;
  /** Undefined when it was not supplied. */
  readonly wageCents: Cents | undefined;
  readonly checks: readonly CheckedAnswer[];
}

/** Rows by beneficiary and month: each month of the year with a contract, an allowance or a booking. */
export function controlTable(
  { ocmw, beneficiaries, granted }: KnownOfYear,
  { year, links }: Reconciliation,
  law: Law,
  today: Day,
): ControlRow[] {
  const booked = bookedByMonth(links, year);
  const own = new Map<string, Cents>();
  for (const { weoId, ocmwId, component, month, cents } of granted) {
    if (!ocmw.ocmwIds.includes(ocmwId)) continue;
    const key = keyOf(weoId, month, component);
    own.set(key, (own.get(key) ?? 0) + cents);
  }
  const last = Math.min(year * 12 + 11, lastCompleteMonth(today));
  const months = Array.from({ length: 12 }, (_, index) => year * 12 + index).filter((month) => month <= last);
  return withMovedAway(beneficiaries, granted, ocmw.ocmwIds).flatMap((beneficiary) => {
    const { weoId, client, contracts } = beneficiary;
    const employers = new Set([ocmw.ocmwId, ...ocmw.ocmwIds, beneficiary.ocmwId]);
    const allIncreased = increasedMonthsOf(beneficiary, granted, law);
    return months.flatMap((month): ControlRow[] => {
      const ordinaryCents = own.get(keyOf(weoId, month, 'ORD')) ?? 0;
      const increasedCents = own.get(keyOf(weoId, month, 'INC')) ?? 0;
      const bookedCents = booked.get(keyOf(weoId, month)) ?? 0;
      const isEmpty = ordinaryCents === 0 && increasedCents === 0 && bookedCents === 0;
      if (isEmpty && contractsOf({ contracts, month }).length === 0) return [];
      const increasedMonths =
        law.incScope === 'CONTRACT' ? ofSameContract(allIncreased, contracts, month) : allIncreased;
      const facts = { month, ordinaryCents, increasedCents, contracts, increasedMonths, employers };
      const checks = checkMonth(facts, law);
      return [{ weoId, client, month, ordinaryCents, increasedCents, bookedCents, wageCents: wageOf(facts), checks }];
    });
  });
}

/** Agreements that are granted something here and belong to another OCMW by now. */
function withMovedAway(
  beneficiaries: readonly Beneficiary[],
  granted: readonly GrantedMonth[],
  ocmwIds: readonly string[],
): Beneficiary[] {
  const known = new Set(beneficiaries.map(({ weoId }) => weoId));
  const moved = granted.filter(({ weoId, ocmwId }) => !known.has(weoId) && ocmwIds.includes(ocmwId));
  const byId = new Map(
    moved.map(({ weoId, ocmwId, personId }) => [weoId, { weoId, ocmwId, personId, client: '', contracts: [] }]),
  );
  return [...beneficiaries, ...byId.values()].sort((a, b) => (a.weoId < b.weoId ? -1 : 1));
}

function bookedByMonth(links: readonly Link[], year: number): ReadonlyMap<string, Cents> {
  const booked = new Map<string, Cents>();
  const add = (key: string, cents: Cents) => booked.set(key, (booked.get(key) ?? 0) + cents);
  for (const { expected, bookings, repeats } of links) {
    if (expected[0]!.kind !== 'ALLOWANCE') continue;
    const lines = [...bookings, ...repeats].filter((line) => yearOfBooking(line) === year);
    const total = lines.reduce((sum, { cents }) => sum + cents, 0);
    // A total of a month is worth what each beneficiary was granted; what is too much or too little stands with the last.
    let rest = total;
    for (const [index, { parts, cents }] of expected.entries()) {
      const share = index === expected.length - 1 ? rest : Math.sign(total) * Math.min(Math.abs(cents), Math.abs(rest));
      add(keyOf(parts[0]!.weoId, parts[0]!.month), share);
      rest -= share;
    }
  }
  return booked;
}

function keyOf(weoId: string, month: Month, component?: Component): string {
  return `${weoId}\0${month}\0${component ?? ''}`;
}

/** Months of the increased allowance of an agreement, or of the client over all agreements (`inc.scope`), each once. */
function increasedMonthsOf({ weoId, personId }: Beneficiary, granted: readonly GrantedMonth[], law: Law): Month[] {
  const counted = granted.filter(
    (each) =>
      each.component === 'INC' &&
      each.cents > 0 &&
      (law.incScope === 'PERSON' ? each.personId === personId : each.weoId === weoId),
  );
  return [...new Set(counted.map(({ month }) => month))].sort((a, b) => a - b);
}

/** Those of the contracts that run in the month. */
function ofSameContract(months: readonly Month[], contracts: readonly Contract[], month: Month): Month[] {
  const running = contractsOf({ contracts, month });
  return months.filter((each) => contractsOf({ contracts: running, month: each }).length > 0);
}

/** Whether a row has something on which an inspector acts. */
export function needsAttention({ ordinaryCents, increasedCents, bookedCents, checks }: ControlRow): boolean {
  return ordinaryCents + increasedCents !== bookedCents || checks.some(({ answer }) => answer === 'NO');
}

/** Months of the year that are not computed yet on the evening: their allowances are not known. */
export function lastMonthKnown(year: number, today: Day): Month | undefined {
  const last = lastCompleteMonth(today);
  return yearOf(last) > year || last === year * 12 + 11 ? undefined : last;
}
