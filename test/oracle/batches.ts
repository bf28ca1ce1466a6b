/**
 * All batches that nights up to D have booked (rulebook 5 to 7, 15.2), in order of their run days, and what they leave
 * behind: the orders, and the measurements frozen by final settlements.
 */
import { quarterName, quarterRuns, yearRuns, type QuarterRun } from './calendar.js';
import { claimsOf, dropSmallClaims, type Claim } from './claims.js';
import { monthOf, plusMonths, quarterStart, type Day, type Month } from './days.js';
import { know, type Archive, type Weo } from './knowledge.js';
import type { Component, OracleLaw } from './law.js';
import { freeze, measure, measurementDates, type Frozen } from './measurements.js';
import type { Question } from './months.js';
import { dueLines, earnedC2 } from './due.js';
import { debtsOn, indexAmounts, keyOfLine, nameOfKey, orderedUntil, type Key } from './orders.js';
import { standingOfOrders, type References, type Rejection } from './payments.js';

export interface BatchLine {
  readonly kind: 'QUARTER' | 'FINAL' | 'YEAR';
  readonly ocmw_id: string;
  readonly weo_id: string;
  readonly component: Component;
  readonly month: Month;
  /** Cents. */
  readonly due: number;
  readonly before: number;
  readonly amount: number;
}

export interface Batch {
  readonly job: 'quarterly-payment' | 'yearly-settlement' | 'final-settlement';
  readonly runDay: Day;
  /** `2024-Q1` or `2024`. */
  readonly period: string;
  readonly lines: readonly BatchLine[];
  readonly claims: readonly Claim[];
}

/** What the runs so far have left behind. */
export interface Ledger {
  readonly batches: Batch[];
  readonly frozen: Frozen;
  readonly setting: Setting;
  /** Lines that a claim below the threshold kept out of the last runs: they come again (reading O-49). */
  released: readonly Key[];
  /** Run day of the last quarterly or yearly run: what is released later comes again in the next one. */
  lastRun: Day;
}

/** The law, and what is known of the batches beside the feeds. */
export interface Setting {
  readonly law: OracleLaw;
  readonly references: References;
  readonly rejections: readonly Rejection[];
}

interface Run {
  readonly job: Batch['job'];
  readonly runDay: Day;
  readonly period: string;
  readonly question: Question;
}

/**
 * Books every batch whose run day lies from the first delivery up to the last of `nights`. Which nights were run only
 * matters for `final.when = NIGHTLY`: each of them settles what is ready (reading O-13).
 */
export function bookBatches(archive: Archive, setting: Setting, nights: readonly Day[]): Ledger {
  const { law } = setting;
  const ledger: Ledger = { batches: [], frozen: new Map(), setting, released: [], lastRun: '0000-01-01' };
  const first = archive.firstDelivery;
  const date = nights.at(-1);
  if (first === undefined || date === undefined) return ledger;
  const events: { day: Day; rank: number; book: () => void }[] = [];
  for (const run of quarterRuns(first, date, law)) {
    events.push({ day: run.runDay, rank: 1, book: () => bookQuarter(ledger, archive, law, run) });
  }
  if (law.is('final.when', 'NIGHTLY')) {
    for (const day of nights) {
      events.push({ day, rank: 2, book: () => bookNightlyFinals(ledger, archive, law, day) });
    }
  }
  for (const { year, runDay } of yearRuns(first, date, law)) {
    events.push({ day: runDay, rank: 3, book: () => bookYear(ledger, archive, law, year, runDay) });
  }
  events.sort((a, b) => (a.day === b.day ? a.rank - b.rank : a.day < b.day ? -1 : 1));
  for (const event of events) event.book();
  return ledger;
}

function bookQuarter(ledger: Ledger, archive: Archive, law: OracleLaw, run: QuarterRun): void {
  const question = { archive, law, known: know(archive, run.cutoff, run.runDay) };
  const period = quarterName(run.quarter);
  const job = { job: 'quarterly-payment', runDay: run.runDay, period, question } as const;
  const finals = law.is('final.when', 'QUARTERLY')
    ? takenByFinal(ledger, question, run.quarterEnd)
    : new Map<string, Weo>();
  const comesAgain = releasedOn(ledger, question, run.runDay);
  const lines = differences(ledger, job, (key, weo) => {
    // first the quarter's own lines, then what is left of a trajectory that is finally settled
    if (isOfQuarter(key, weo, run)) return 'QUARTER';
    if (finals.has(key.weoId) && isFinalComponent(key, law)) return 'FINAL';
    return comesAgain(key, weo) ? 'QUARTER' : undefined;
  });
  finish(ledger, job, lines);
  freezeTaken(ledger, archive, law, finals, run.runDay);
}

/** `final.when = NIGHTLY`: a batch of the night itself, with its own knowledge (reading O-13). */
function bookNightlyFinals(ledger: Ledger, archive: Archive, law: OracleLaw, day: Day): void {
  const question = { archive, law, known: know(archive, day, day) };
  const period = quarterName(plusMonths(quarterStart(monthOf(day)), -3));
  const run = { job: 'final-settlement', runDay: day, period, question } as const;
  const taken = takenByFinal(ledger, question, day);
  const lines = differences(ledger, run, (key) =>
    taken.has(key.weoId) && isFinalComponent(key, law) ? 'FINAL' : undefined,
  );
  if (lines.length > 0) finish(ledger, run, lines);
  freezeTaken(ledger, archive, law, taken, day);
}

/** R-Y-2: every line of a month up to December, with all that is known on the run day. */
function bookYear(ledger: Ledger, archive: Archive, law: OracleLaw, year: number, runDay: Day): void {
  const question = { archive, law, known: know(archive, runDay, runDay) };
  const run = { job: 'yearly-settlement', runDay, period: String(year), question } as const;
  const december: Month = `${year}-12`;
  const earned = earnedC2(question);
  const isOfYear = (key: Key, weo: Weo): boolean => {
    if (key.month > december || isAllowance(key.component)) return false;
    if (key.component !== 'C2' || weo.withdrawn || weo.held) return true;
    if (weo.end <= `${december}-31`) return true;
    // R-Y-5: not ended yet, or ended after December: nothing but what has lost its right and is not left to its quarter.
    return weo.end > runDay && !earned.has(`${weo.id}/${key.month}`);
  };
  const comesAgain = releasedOn(ledger, question, runDay);
  const lines = differences(ledger, run, (key, weo) =>
    isOfYear(key, weo) || comesAgain(key, weo) ? 'YEAR' : undefined,
  );
  finish(ledger, run, lines);
}

/** The WEOs that are settled, by id: all measurements done and none pending (R-F-2, R-F-10); withdrawn or held (R-F-9). */
function takenByFinal(ledger: Ledger, question: Question, lastDate: Day): ReadonlyMap<string, Weo> {
  const taken = [...question.known.weos.values()].filter((weo) => {
    if (weo.withdrawn || weo.held) return true;
    const measurements = measure(weo, question, ledger.frozen);
    const done = measurements.length === 2 && measurementDates(weo.end, question.law)[2] <= lastDate;
    return done && measurements.every((measurement) => measurement.outcome !== 'PENDING');
  });
  return new Map(taken.map((weo) => [weo.id, weo]));
}

/** The evening of the run day decides; settling a held or withdrawn WEO freezes nothing (4.3 point 3). */
function freezeTaken(
  ledger: Ledger,
  archive: Archive,
  law: OracleLaw,
  taken: ReadonlyMap<string, Weo>,
  day: Day,
): void {
  const evening = { archive, law, known: know(archive, day, day) };
  for (const weo of taken.values()) if (!weo.withdrawn && !weo.held) freeze(weo.id, evening, ledger.frozen);
}

/** 15.2: which lines are a quarter's own. Of a withdrawn or held WEO all lines are final (R-F-9, reading O-10). */
function isOfQuarter({ component, month }: Key, weo: Weo, { quarter, quarterEnd }: QuarterRun): boolean {
  if (weo.withdrawn || weo.held || isAllowance(component)) return false;
  if (component === 'C2') return weo.end >= `${quarter}-01` && weo.end <= quarterEnd;
  return quarterStart(month) === quarter;
}

function isAllowance(component: Component): boolean {
  return component === 'ORD' || component === 'INC';
}

function isFinalComponent({ component }: Key, law: OracleLaw): boolean {
  return !isAllowance(component) || law.is('final.include_allowances', true);
}

/** due - before of every line that gets a kind, where they differ; only of trajectories known to the run. */
function differences(
  ledger: Ledger,
  { runDay, question }: Run,
  kindOf: (key: Key, weo: Weo) => BatchLine['kind'] | undefined,
): BatchLine[] {
  const { known, law } = question;
  const withAllowances = law.is('final.include_allowances', true);
  const due = indexAmounts(
    dueLines(question, ledger.frozen, withAllowances).map(({ weo, component, month, cents }) => {
      return { ocmwId: known.payee(weo.ocmwId, runDay), weoId: weo.id, component, month, cents };
    }),
  );
  const before = orderedUntil(ledger, question.archive, runDay);
  const keys = new Map([...due, ...before]);
  return [...keys].flatMap(([name, key]) => {
    const weo = known.weos.get(key.weoId);
    const kind = weo && kindOf(key, weo);
    const [dueCents, beforeCents] = [due.get(name)?.cents ?? 0, before.get(name)?.cents ?? 0];
    if (!kind || dueCents === beforeCents) return [];
    const { ocmwId: ocmw_id, weoId: weo_id, component, month } = key;
    const amount = dueCents - beforeCents;
    return [{ kind, ocmw_id, weo_id, component, month, due: dueCents, before: beforeCents, amount }];
  });
}

/**
 * 15.2: a line that was kept out, came back or was rejected since the last run comes again in the next one that books;
 * of a withdrawn or held WEO it is final.
 */
function releasedOn(ledger: Ledger, { archive, known }: Question, day: Day): (key: Key, weo: Weo) => boolean {
  const before = standingOfOrders(ledger, archive, ledger.lastRun).released;
  const now = [...standingOfOrders(ledger, archive, day).released].filter((line) => !before.has(line));
  const keys = [...ledger.released, ...now.map(keyOfLine)];
  const names = new Set(keys.map((key) => nameOfKey({ ...key, ocmwId: known.payee(key.ocmwId, day) })));
  return (key, weo) => !weo.withdrawn && !weo.held && names.has(nameOfKey(key));
}

/** Leaves out what is too small to claim, nets the rest per OCMW and books the batch. */
function finish(ledger: Ledger, run: Run, lines: readonly BatchLine[]): void {
  const { law, archive } = run.question;
  const booked = dropSmallClaims(lines, law);
  const claims = claimsOf(booked, law, run.job, debtsOn(ledger, archive, run.runDay));
  ledger.batches.push({ job: run.job, runDay: run.runDay, period: run.period, lines: booked, claims });
  const dropped = lines.filter((line) => !booked.includes(line));
  const now = dropped.map(keyOfLine);
  ledger.released = run.job === 'final-settlement' ? [...ledger.released, ...now] : now;
  if (run.job !== 'final-settlement') ledger.lastRun = run.runDay;
}
