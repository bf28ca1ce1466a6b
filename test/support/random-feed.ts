/**
 * Small adversarial feeds from a seed: valid by the contract, and as awkward as the contract allows. Facts crowd around
 * month ends, deadlines, quarter ends and run days; they come late, out of order, corrected, withdrawn and brought back.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { addMonths, lastDay, monthOf, plusDays, plusMonths, quarterStart, type Day } from '../oracle/days.js';
import { writeDelivery } from './random-feed/delivery.js';
import { enterpriseNumber } from './random-feed/identifiers.js';
import { tellClient } from './random-feed/people.js';
import { makeRandom, type Random } from './random-feed/random.js';
import { tellRare } from './random-feed/rare.js';
import { schedule } from './random-feed/schedule.js';
import { tellBudgets, tellOcmws } from './random-feed/surroundings.js';
import { edgeDay, makeStamps, type FeedEvent, type World } from './random-feed/world.js';

export { randomLaw } from './random-feed/law.js';
export { exportedReferences, writeReturnedPayments } from './random-feed/returned-payments.js';

export interface RandomFeedOptions {
  readonly seed: number;
  /** Feed folder; the deliveries are made in it. */
  readonly dir: string;
  /** Number of clients; the fewer, the easier a difference is read. Default 12. */
  readonly persons?: number;
  /** About how many deliveries. Default 10. */
  readonly deliveries?: number;
}

export interface RandomFeed {
  readonly firstDelivery: Day;
  readonly lastDelivery: Day;
  /** Names of the deliveries in order. */
  readonly names: readonly string[];
  /** Business dates worth asking, from the first delivery on, in order; the last one lies well after all facts. */
  readonly dates: readonly Day[];
}

/** Writes the feed of a seed. The same options write the same bytes. */
export function writeRandomFeed({ seed, dir, persons = 12, deliveries = 10 }: RandomFeedOptions): RandomFeed {
  const random = makeRandom(seed);
  const world = makeWorld(random);
  tellOcmws(world);
  tellBudgets(world);
  for (let n = 1; n <= persons; n++) tellClient(world, n);

  const names = deliveryNames(world, deliveries);
  const scheduled = schedule(random, world.events, names);
  const rare = schedule(makeRandom(seed + 11_000_000), tellRare(seed, world), names);
  for (const [name, rows] of rare) scheduled.get(name)!.push(...rows);
  const written = names.filter((name) => scheduled.get(name)!.length > 0);
  for (const name of written) {
    writeDelivery(dir, name, scheduled.get(name)!, {
      bom: random.chance(0.2),
      newline: random.pick(['\n', '\r\n']),
      quoteAll: random.chance(0.2),
      reversed: random.chance(0.2),
    });
  }
  const [first, last] = [written[0]!, written.at(-1)!];
  const again = `${plusDays(last.slice(0, 10), 3)}`;
  // the same content under another name is no news
  if (random.chance(0.2)) cpSync(join(dir, random.pick(written)), join(dir, again), { recursive: true });
  const firstDelivery = first.slice(0, 10);
  const dates = datesOfInterest(firstDelivery, written, world.until);
  return { firstDelivery, lastDelivery: last.slice(0, 10), names: written, dates };
}

function makeWorld(random: Random): World {
  const from = random.weighted<Day>([
    ['2022-07-01', 5],
    ['2023-06-15', 5],
    ['2018-10-01', 1],
  ]);
  const firstDelivery = edgeDay(random, addMonths(from, random.int(2, 14)), 1);
  const until = addMonths(from, 40);
  const events: FeedEvent[] = [];
  const stamp = makeStamps(random);
  const numbers = new Map<string, number>();
  return {
    random,
    from,
    until,
    firstDelivery,
    events,
    stamp,
    ocmwIds: Array.from({ length: random.int(2, 4) }, (_, i) => enterpriseNumber(i + 1)),
    lateOcmwId: enterpriseNumber(77),
    tell: (file, cells, registeredOn) => {
      const registration = file === 'ocmw.csv' ? {} : { registered_at: stamp(registeredOn) };
      events.push({ file, cells: { ...registration, ...cells }, registeredOn });
    },
    newId: (prefix) => {
      numbers.set(prefix, (numbers.get(prefix) ?? 0) + 1);
      return `${prefix}-${String(numbers.get(prefix)).padStart(3, '0')}`;
    },
  };
}

/** Days near the edges, some with a second delivery on the day. */
function deliveryNames({ random, firstDelivery, until }: World, count: number): string[] {
  const names = new Set([firstDelivery]);
  while (names.size < count) {
    const day = edgeDay(random, plusDays(firstDelivery, random.int(0, 700)), 1);
    if (day <= firstDelivery || day > until) continue;
    names.add(day);
    if (random.chance(0.15)) names.add(`${day}.2`);
  }
  return [...names].sort();
}

function datesOfInterest(firstDelivery: Day, names: readonly string[], until: Day): Day[] {
  const dates = new Set(names.map((name) => name.slice(0, 10)));
  for (let month = quarterStart(monthOf(firstDelivery)); month <= monthOf(until); month = plusMonths(month, 3)) {
    const runDay = `${month}-15`;
    for (const day of [lastDay(plusMonths(month, -1)), plusDays(runDay, -1), runDay, plusDays(runDay, 1)])
      dates.add(day);
  }
  dates.add(plusDays(addMonths(until, 12), 20));
  return [...dates].filter((day) => day >= firstDelivery).sort();
}
