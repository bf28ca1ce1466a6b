/**
 * Trajectories for benchmarks: the n-th is always the same, whatever the size of the run. Drawn so that they look like
 * real ones: 12 to 26 months, most with one art. 60 contract, a third still running, some with a job afterwards.
 */
import { addMonths, monthOf, firstDayOf, day, OPEN_END, type Day } from '../../src/calendar.js';
import { makeRandom, type Random } from '../support/random-feed/random.js';
import { FIRST_NIGHT } from './nights.js';
import { ocmwByWeight, type Ocmw } from './ocmws.js';

/** A version of a record: since when it is known. */
interface Version {
  readonly registeredOn: Day;
}

export interface WeoVersion extends Version {
  /** OPEN_END when open. */
  readonly end: Day;
}

export interface Employment extends Version {
  readonly employmentId: string;
  readonly kind: 'ART60' | 'REGULAR' | 'AGENCY' | 'STUDENT' | 'SELF_EMPLOYED';
  readonly employerId: string;
  readonly start: Day;
  readonly end: Day;
  readonly socialEconomy: boolean;
  readonly novaPrimaReference: boolean;
}

export interface Category extends Version {
  readonly categoryId: string;
  readonly code: string;
  readonly from: Day;
  readonly to: Day;
}

export interface Trajectory {
  readonly weoId: string;
  /** Number of the client: person_id in the database, and what the national number is made from. */
  readonly person: number;
  readonly ocmw: Ocmw;
  readonly start: Day;
  readonly versions: readonly WeoVersion[];
  readonly employments: readonly Employment[];
  readonly categories: readonly Category[];
}

const EARLIEST_START = day('2020-10-01');
const LATEST_START = day('2025-06-20');
/** Every fortieth client has two agreements, one after the other. */
const SECOND_AGREEMENT_EVERY = 40;

/** The n-th trajectory, from 0. */
export function trajectory(n: number): Trajectory {
  const random = makeRandom(n + 1);
  const isFirstOfTwo = n % SECOND_AGREEMENT_EVERY === 0;
  const isSecondOfTwo = n % SECOND_AGREEMENT_EVERY === 1;
  const latest = isFirstOfTwo ? day('2022-01-26') : LATEST_START;
  const start = quietDay(random.int(isSecondOfTwo ? day('2024-05-01') : EARLIEST_START, latest));
  const plannedEnd = quietDay(addMonths(start, random.int(12, 26)) - random.int(1, 25));
  const isOpen = plannedEnd > FIRST_NIGHT && random.chance(0.5);
  const end = isOpen ? OPEN_END : plannedEnd;
  const number = String(n).padStart(7, '0');
  const art60 = random.chance(0.95) ? art60Contract(random, number, start, plannedEnd) : undefined;
  const ocmw = ocmwByWeight(random);
  return {
    weoId: `WEO-${number}`,
    person: isSecondOfTwo ? n - 1 : n,
    ocmw,
    start,
    versions: weoVersions(random, start, end),
    employments: [
      ...(art60 ? [{ ...art60, employerId: ocmw.ocmwId }] : []),
      ...jobsAfter(random, number, plannedEnd, ocmw),
    ],
    categories: categories(random, number, start, art60, plannedEnd),
  };
}

/** National number of the n-th client: valid check digits, an invented birthday. */
export function nationalNumber(n: number): string {
  const birth = new Date(((n % 16_000) - 7_000) * 86_400_000).toISOString();
  const counter = String(1 + Math.floor(n / 16_000)).padStart(3, '0');
  const nine = `${birth.slice(2, 4)}${birth.slice(5, 7)}${birth.slice(8, 10)}${counter}`;
  return nine + String(97 - (Number(nine) % 97)).padStart(2, '0');
}

/** The same day, or one before the 27th of its month when it is the 27th to the 30th. */
export function quietDay(date: Day): Day {
  const ofMonth = date - firstDayOf(monthOf(date)) + 1;
  return ofMonth >= 27 && ofMonth <= 30 ? date - 4 - (ofMonth - 27) : date;
}

/** Registered when it started, and again with its end shortly before that was reached. */
function weoVersions(random: Random, start: Day, end: Day): WeoVersion[] {
  const first = { registeredOn: Math.min(start + random.int(0, 5), FIRST_NIGHT), end: OPEN_END };
  if (end === OPEN_END) return [first];
  const endKnownOn = Math.min(end - random.int(0, 20), FIRST_NIGHT);
  if (endKnownOn <= first.registeredOn || random.chance(0.3)) return [{ ...first, end }];
  return [first, { registeredOn: endKnownOn, end }];
}

function art60Contract(random: Random, number: string, start: Day, plannedEnd: Day): Omit<Employment, 'employerId'> {
  const isLate = random.chance(0.03);
  const begins = start + (isLate ? random.int(63, 100) : random.int(0, 50));
  const ends = Math.min(addMonths(begins, random.int(4, 14)) - 1, plannedEnd - random.int(0, 40));
  return {
    employmentId: `EMP-${number}-A`,
    kind: 'ART60',
    start: begins,
    end: Math.max(ends, begins),
    socialEconomy: random.chance(0.12),
    novaPrimaReference: random.chance(0.6),
    registeredOn: Math.min(begins, FIRST_NIGHT),
  };
}

function jobsAfter(random: Random, number: string, weoEnd: Day, ocmw: Ocmw): Employment[] {
  if (weoEnd > FIRST_NIGHT || random.chance(0.55)) return [];
  const start = weoEnd + random.int(1, 100);
  return [
    {
      employmentId: `EMP-${number}-J`,
      kind: random.weighted([
        ['REGULAR', 80],
        ['AGENCY', 12],
        ['STUDENT', 5],
        ['SELF_EMPLOYED', 3],
      ]),
      employerId: ocmw.ocmwId,
      start,
      end: random.chance(0.6) ? OPEN_END : start + random.int(10, 300),
      socialEconomy: false,
      novaPrimaReference: false,
      registeredOn: Math.min(start + 10, FIRST_NIGHT),
    },
  ];
}

/** 05 before, 90 or 93 during art. 60, for half of those that ended 00 afterwards: 2.5 records on average. */
function categories(
  random: Random,
  number: string,
  start: Day,
  art60: Omit<Employment, 'employerId'> | undefined,
  weoEnd: Day,
): Category[] {
  const before = art60?.start ?? OPEN_END;
  const records = [category(number, 1, '05', start - random.int(30, 400), before === OPEN_END ? OPEN_END : before - 1)];
  if (art60 === undefined) return records;
  const isMissing = random.chance(0.03);
  if (!isMissing) records.push(category(number, 2, random.pick(['90', '93']), art60.start, art60.end));
  if (weoEnd <= FIRST_NIGHT && random.chance(0.8)) records.push(category(number, 3, '00', art60.end + 1, OPEN_END));
  return records;
}

function category(number: string, rank: number, code: string, from: Day, to: Day): Category {
  return { categoryId: `CAT-${number}-${rank}`, code, from, to, registeredOn: Math.min(from + 3, FIRST_NIGHT) };
}
