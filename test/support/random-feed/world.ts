/** What all parts of a random feed share: the random source, the window of time, and the events told so far. */
import { brusselsDay, lastDay, monthOf, plusDays, plusMonths, quarterStart, type Day } from '../../oracle/days.js';
import type { FeedFile } from './delivery.js';
import type { Random } from './random.js';

/** One row that somebody registers on a day; when it is delivered is decided later. */
export interface FeedEvent {
  readonly file: FeedFile;
  readonly cells: Readonly<Record<string, string>>;
  readonly registeredOn: Day;
}

export interface World {
  readonly random: Random;
  /** Facts lie from here ... */
  readonly from: Day;
  /** ... to about here. */
  readonly until: Day;
  readonly firstDelivery: Day;
  readonly events: FeedEvent[];
  /** A timestamp whose Brussels day is `day`. */
  readonly stamp: (day: Day) => string;
  /** OCMWs that exist from the first delivery on. */
  readonly ocmwIds: readonly string[];
  /** An OCMW whose row comes late or never: what names it waits. */
  readonly lateOcmwId: string;
  /** Tells that a record was registered on a day, `withdrawn` included in the cells if so. */
  tell(file: FeedFile, cells: Readonly<Record<string, string>>, registeredOn: Day): void;
  /** A new id such as `E-12`. */
  newId(prefix: string): string;
}

/** A day near the edges that matter: month ends, quarter ends, run days, leap days, and the days beside them. */
export function edgeDay(random: Random, around: Day, spreadMonths: number): Day {
  const month = plusMonths(monthOf(around), random.int(-spreadMonths, spreadMonths));
  const kind = random.weighted([
    ['MONTH_END', 5],
    ['QUARTER_END', 3],
    ['RUN_DAY', 2],
    ['FEBRUARY', 1],
    ['ANY', 4],
  ] as const);
  const beside = random.weighted([
    [0, 5],
    [1, 3],
    [-1, 3],
    [2, 1],
  ]);
  switch (kind) {
    case 'MONTH_END':
      return plusDays(lastDay(month), beside);
    case 'QUARTER_END':
      return plusDays(lastDay(plusMonths(quarterStart(month), 2)), beside);
    case 'RUN_DAY':
      return plusDays(`${plusMonths(quarterStart(month), 3)}-15`, beside);
    case 'FEBRUARY':
      return plusDays(lastDay(`${month.slice(0, 4)}-02`), beside);
    case 'ANY':
      return `${month}-${String(random.int(1, 28)).padStart(2, '0')}`;
  }
}

/** Gives out timestamps whose Brussels day is the one asked for. */
export function makeStamps(random: Random): (day: Day) => string {
  let number = 0;
  return (day) => {
    number++;
    return stamp(random, day, number);
  };
}

/**
 * Often just after or just before midnight in Brussels, and written with any offset. Two stamps differ by at least a
 * microsecond, so that the order of registrations is never in doubt.
 */
function stamp(random: Random, day: Day, number: number): string {
  const time = random.pick(['00:00:00', '00:00:01', '09:30:00', '12:00:00', '16:45:10', '23:59:59']);
  const utc = Date.parse(`${day}T${time}Z`);
  const offsets = isSummerDay(day) ? [2, 1] : [1, 2];
  // On the day of a clock change the offset of its morning may fall outside the day.
  const home = offsets.find((hours) => brusselsDay((utc - hours * 3_600_000) * 1000) === day)!;
  const ms = utc - home * 3_600_000;
  const written = random.pick([home, home, 0, -5, 9]);
  const local = new Date(ms + written * 3_600_000).toISOString().slice(0, 19);
  const micros = String(number).padStart(6, '0');
  if (written === 0 && random.chance(0.5)) return `${local}.${micros}Z`;
  return `${local}.${micros}${written < 0 ? '-' : '+'}${String(Math.abs(written)).padStart(2, '0')}:00`;
}

/** Whether summer time holds at the start of a day: 22:30 UTC of the day before is then past midnight. */
function isSummerDay(day: Day): boolean {
  return brusselsDay((Date.parse(`${day}T00:00:00Z`) - 5_400_000) * 1000) === day;
}
