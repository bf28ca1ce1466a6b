/**
 * Situations that chance alone hardly ever makes, each in some seeds: two OCMWs that owe money and merge into one, and
 * people whose new number turns up after something was decided under the old one. They are told from a random source of
 * their own, so that everything else in a seed stays what it is.
 */
import { addMonths, lastDay, monthOf, plusDays, plusMonths, quarterStart, type Day } from '../../oracle/days.js';
import { enterpriseNumber, iban, nationalNumber } from './identifiers.js';
import { makeRandom } from './random.js';
import { makeStamps, type FeedEvent, type World } from './world.js';

type Tell = (world: World) => void;

/** Which rare situations a seed holds. */
export function rareSituations(seed: number): { debtors: boolean; renumbered: boolean } {
  const random = makeRandom(seed + 8_000_000);
  return { debtors: random.chance(0.35), renumbered: random.chance(0.35) };
}

/** The policies under which the rare situations of a seed matter, for most of them. */
export function lawOfRareSituations(seed: number): Record<string, string> {
  const random = makeRandom(seed + 12_000_000);
  const { debtors, renumbered } = rareSituations(seed);
  const [offset, forfeit, none] = [random.chance(0.7), random.chance(0.5), random.chance(0.5)];
  return {
    ...(debtors && offset ? { 'clawback.method': 'OFFSET_NEXT' } : {}),
    ...(renumbered && forfeit ? { 'category.policy': 'FORFEIT' } : {}),
    ...(renumbered && none ? { 'm.recheck_until': 'NONE' } : {}),
  };
}

/** Tells the rare situations of a seed beside a world; their events come back apart. */
export function tellRare(seed: number, world: World): FeedEvent[] {
  const random = makeRandom(seed + 9_000_000);
  const events: FeedEvent[] = [];
  const stamp = makeStamps(random);
  const tell: World['tell'] = (file, cells, registeredOn) => {
    const registration = file === 'ocmw.csv' ? {} : { registered_at: stamp(registeredOn) };
    events.push({ file, cells: { ...registration, ...cells }, registeredOn });
  };
  const { debtors, renumbered } = rareSituations(seed);
  const tellings: Tell[] = [...(debtors ? [tellDebtors] : []), ...(renumbered ? [tellRenumbered] : [])];
  for (const telling of tellings) telling({ ...world, random, events, stamp, tell });
  return events;
}

interface Trajectory {
  readonly n: number;
  readonly ocmwId: string;
  readonly insz: string;
  readonly start: Day;
  readonly end?: Day;
}

function weoCells({ n, ocmwId, insz, start, end = '' }: Trajectory): Record<string, string> {
  return { weo_id: `X-W${n}`, ocmw_id: ocmwId, insz, start_date: start, end_date: end };
}

/** A trajectory with art. 60 from its first day, all of it registered on one day. */
function tellTrajectory(world: World, trajectory: Trajectory, on: Day): void {
  const { n, insz, ocmwId } = trajectory;
  const cells = weoCells(trajectory);
  world.tell('weo.csv', cells, on);
  const contract = { employment_id: `X-E${n}`, insz, weo_id: cells.weo_id!, employer_id: ocmwId, kind: 'ART60' };
  world.tell('employment.csv', { ...contract, start_date: trajectory.start, end_date: cells.end_date! }, on);
}

function tellCategory(world: World, n: number, insz: string, from: Day, on: Day): void {
  world.tell('category.csv', { category_id: `X-C${n}`, insz, code: '90', from_date: from }, on);
}

/**
 * Two OCMWs are paid for a trajectory that is withdrawn afterwards; then both merge into one that goes on with others.
 * Under OFFSET_NEXT the successor has the sum of both to give back.
 */
function tellDebtors(world: World): void {
  const { random, firstDelivery } = world;
  const paidFrom = plusMonths(quarterStart(monthOf(firstDelivery)), -random.int(0, 3));
  const start = `${paidFrom}-01`;
  const successor = random.pick(world.ocmwIds);
  const withdrawnOn = plusDays(addMonths(firstDelivery, random.int(3, 6)), random.int(0, 20));
  const mergedOn = lastDay(plusMonths(monthOf(withdrawnOn), random.int(1, 7)));
  for (const n of [1, 2]) {
    const ocmwId = enterpriseNumber(30 + n);
    const ocmw = { ocmw_id: ocmwId, name: `OCMW ${30 + n}`, nis_code: String(12000 + n), iban: iban(30 + n) };
    world.tell('ocmw.csv', { ...ocmw, valid_from: '2015-01-01' }, plusDays(firstDelivery, -1));
    const merged = { valid_from: '2015-01-01', valid_to: mergedOn, successor_id: successor };
    world.tell('ocmw.csv', { ...ocmw, ...merged }, plusDays(withdrawnOn, random.int(1, 40)));
    const trajectory = { n, ocmwId, insz: nationalNumber(600 + n), start };
    tellTrajectory(world, trajectory, plusDays(firstDelivery, -1));
    tellCategory(world, n, trajectory.insz, start, plusDays(firstDelivery, -1));
    world.tell('weo.csv', { ...weoCells(trajectory), withdrawn: 'true' }, withdrawnOn);
  }
  for (const n of [3, 4, 5]) {
    const insz = nationalNumber(600 + n);
    const from = addMonths(start, random.int(2, 7));
    tellTrajectory(world, { n, ocmwId: successor, insz, start: from, end: plusDays(addMonths(from, 9), -1) }, from);
    tellCategory(world, n, insz, from, from);
  }
}

/** People who turn out to have another number after a cut-off or a measurement; the WEO is mostly sent again under it. */
function tellRenumbered(world: World): void {
  const { random, firstDelivery } = world;
  for (let n = 11; n <= 14; n++) {
    const [old, fresh] = [nationalNumber(600 + n), nationalNumber(5600 + n)];
    const start = `${plusMonths(quarterStart(monthOf(firstDelivery)), random.int(-2, 3))}-01`;
    const end = lastDay(plusMonths(monthOf(start), random.int(1, 8)));
    const trajectory = { n, ocmwId: random.pick(world.ocmwIds), insz: old, start, end };
    const early = plusDays(start, -1);
    tellTrajectory(world, trajectory, early);
    tellCategory(world, n, random.pick([old, old, fresh]), start, early);
    const measuredOn = plusDays(end, 1);
    const job = { employment_id: `X-J${n}`, insz: random.pick([old, fresh]), kind: 'REGULAR', dimona_type: 'OTH' };
    world.tell('employment.csv', { ...job, start_date: random.pick([measuredOn, plusDays(measuredOn, -9)]) }, end);
    const around = random.pick([plusDays(start, 100), measuredOn, addMonths(measuredOn, 3)]);
    const on = plusDays(around, random.pick([-1, 0, 1, 20, 40]));
    world.tell('replacement.csv', { insz: old, replaced_by: fresh }, on);
    if (random.chance(0.7))
      world.tell('weo.csv', weoCells({ ...trajectory, insz: fresh }), plusDays(on, random.int(0, 9)));
  }
}
