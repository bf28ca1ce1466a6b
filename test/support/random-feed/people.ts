/** One client: agreements, art. 60 contracts, categories, and what later turns out to be different. */
import { addMonths, earlier, later, plusDays, type Day } from '../../oracle/days.js';
import { nationalNumber } from './identifiers.js';
import { tellOutflow } from './outflow.js';
import { tellPayments } from './surroundings.js';
import { edgeDay, type World } from './world.js';

type Cells = Readonly<Record<string, string>>;

/** A WEO as first told, for those who tell more about it. */
export interface ToldWeo {
  readonly cells: Cells;
  readonly start: Day;
  /** '' when open. */
  readonly end: Day;
  readonly registeredOn: Day;
}

/** Tells the whole life of the n-th client. */
export function tellClient(world: World, n: number): void {
  const { random } = world;
  const names = [nationalNumber(n)];
  if (random.chance(0.2)) names.push(nationalNumber(n + 5000));
  if (names.length > 1 && random.chance(0.4)) names.push(nationalNumber(n + 400));
  names.slice(1).forEach((name, index) => tellReplacement(world, names[index]!, name));
  const anyName = (): string => random.pick(names);

  let start = edgeDay(random, plusDays(world.from, random.int(0, 700)), 1);
  if (random.chance(0.06)) start = '2019-01-01';
  const count = random.weighted([
    [1, 6],
    [2, 3],
    [3, 1],
  ]);
  for (let i = 0; i < count; i++) {
    const told = tellWeo(world, anyName(), later(start, '2017-01-01'));
    tellContracts(world, anyName, told);
    tellOutflow(world, anyName, told);
    tellPayments(world, told.cells.weo_id!, told.cells.ocmw_id!, told.start);
    const end = told.end || addMonths(told.start, random.int(3, 20));
    // the next one follows after a gap, on the day after, or overlaps
    start = plusDays(end, random.pick([1, 1, 0, -20, 12, 45, 200]));
  }
  tellCategories(world, anyName);
}

function tellReplacement(world: World, insz: string, replacedBy: string): void {
  const { random } = world;
  const on = edgeDay(random, world.firstDelivery, 8);
  const cells = { insz, replaced_by: replacedBy };
  world.tell('replacement.csv', cells, on);
  if (random.chance(0.15)) world.tell('replacement.csv', { ...cells, withdrawn: 'true' }, edgeDay(random, on, 4));
}

function tellWeo(world: World, insz: string, start: Day): ToldWeo {
  const { random } = world;
  const length = random.weighted([
    [random.int(0, 2), 2],
    [random.int(3, 14), 5],
    [random.int(22, 30), 2],
  ]);
  const end = random.chance(0.15) ? '' : later(start, edgeDay(random, addMonths(start, length), 0));
  const cells = {
    weo_id: world.newId('W'),
    ocmw_id: random.chance(0.06) ? world.lateOcmwId : random.pick(world.ocmwIds),
    insz,
    start_date: start,
    extended_for_rights: random.pick(['', '', '', 'true', 'false']),
  };
  const registeredOn = random.chance(0.7) ? plusDays(start, random.int(-20, 5)) : edgeDay(random, start, 3);
  // often the end only becomes known later
  const endKnownLater = end !== '' && random.chance(0.4);
  const first = { ...cells, end_date: endKnownLater ? '' : end };
  world.tell('weo.csv', first, registeredOn);
  if (endKnownLater)
    world.tell('weo.csv', { ...cells, end_date: end, end_reason: 'COMPLETED' }, edgeDay(random, end, 1));
  tellWeoCorrections(world, { ...cells, end_date: end }, start, end);
  return { cells: { ...cells, end_date: end }, start, end, registeredOn };
}

function tellWeoCorrections(world: World, cells: Cells, start: Day, end: Day): void {
  const { random } = world;
  let on = edgeDay(random, end || addMonths(start, 6), 3);
  const next = (): Day => (on = plusDays(on, random.pick([0, 1, 5, 30, 90])));
  if (end !== '' && random.chance(0.25)) {
    const moved = later(start, plusDays(end, random.pick([-1, 1, -31, 31, 92, -92])));
    world.tell('weo.csv', { ...cells, end_date: moved }, on);
    if (random.chance(0.4)) world.tell('weo.csv', cells, next());
  }
  if (random.chance(0.08)) {
    const moved = plusDays(start, random.pick([-1, 1, -31, 14]));
    const startDate = end === '' ? moved : earlier(moved, end);
    world.tell('weo.csv', { ...cells, start_date: later(startDate, '2017-01-01') }, next());
  }
  if (random.chance(0.1)) world.tell('weo.csv', { ...cells, ocmw_id: random.pick(world.ocmwIds) }, next());
  if (random.chance(0.08)) {
    const withdrawal = next();
    world.tell('weo.csv', { ...cells, withdrawn: 'true' }, withdrawal);
    if (random.chance(0.5)) world.tell('weo.csv', cells, next());
  }
}

function tellContracts(world: World, anyName: () => string, weo: ToldWeo): void {
  const { random } = world;
  const deadline = addMonths(weo.start, 2);
  const count = random.weighted([
    [0, 1],
    [1, 6],
    [2, 3],
    [3, 1],
  ]);
  let start: Day = random.weighted([
    [weo.start, 3],
    [plusDays(weo.start, random.int(1, 40)), 5],
    [deadline, 2],
    [plusDays(deadline, -1), 1],
    [plusDays(deadline, 1), 2],
    [plusDays(deadline, 40), 1],
    [plusDays(weo.start, -1), 0.5],
  ]);
  if (weo.start === '2019-01-01' && random.chance(0.7)) start = '2016-11-01';
  for (let i = 0; i < count; i++) {
    const last = weo.end || addMonths(start, 14);
    const wanted = random.weighted([
      [last, 4],
      [plusDays(last, 30), 1],
      [edgeDay(random, addMonths(start, random.int(1, 9)), 0), 4],
      ['', 1],
    ]);
    const end = wanted === '' ? '' : later(start, wanted);
    tellContract(world, anyName(), weo, start, end);
    start = plusDays(end || last, random.pick([1, 1, 5, 20, 33, -10]));
  }
}

function tellContract(world: World, insz: string, weo: ToldWeo, start: Day, end: Day): void {
  const { random } = world;
  const increased = random.chance(0.5);
  const cells = {
    employment_id: world.newId('E'),
    insz,
    weo_id: weo.cells.weo_id!,
    employer_id: weo.cells.ocmw_id!,
    kind: 'ART60',
    start_date: start,
    end_date: end,
    fte: random.pick(['1', '0.5', '0.80', '']),
    social_economy: increased || random.chance(0.2) ? 'true' : random.pick(['', 'false']),
    nova_prima_ref: random.chance(0.85) ? world.newId('NP') : '',
    increased_requested: increased || random.chance(0.1) ? 'true' : '',
  };
  const registeredOn = random.chance(0.65) ? plusDays(start, random.int(-10, 10)) : edgeDay(random, start, 6);
  world.tell('employment.csv', cells, registeredOn);
  const on = edgeDay(random, end || addMonths(start, 5), 4);
  if (random.chance(0.25)) {
    const moved = end === '' ? addMonths(start, 3) : later(start, plusDays(end, random.pick([-1, 1, -40, 40])));
    world.tell('employment.csv', { ...cells, end_date: moved }, on);
    if (random.chance(0.3)) world.tell('employment.csv', cells, plusDays(on, random.pick([0, 1, 60])));
  }
  if (random.chance(0.1)) {
    const moved = plusDays(start, random.pick([-1, 1, -20, 20]));
    world.tell('employment.csv', { ...cells, start_date: end === '' ? moved : earlier(moved, end) }, plusDays(on, 10));
  }
  if (cells.nova_prima_ref === '' && random.chance(0.5)) {
    world.tell('employment.csv', { ...cells, nova_prima_ref: world.newId('NP') }, plusDays(on, 20));
  }
  if (random.chance(0.08)) {
    world.tell('employment.csv', { ...cells, withdrawn: 'true' }, plusDays(on, 30));
    if (random.chance(0.4)) world.tell('employment.csv', cells, plusDays(on, random.pick([30, 31, 100])));
  }
  if (random.chance(0.1)) tellWage(world, cells.employment_id, start, registeredOn);
}

function tellWage(world: World, employmentId: string, start: Day, registeredOn: Day): void {
  const cells = { wage_id: world.newId('L'), employment_id: employmentId, month: start.slice(0, 7) };
  world.tell('wage.csv', { ...cells, gross_wage_cost: '2345.67' }, plusDays(registeredOn, 40));
}

/** Categories come late, are backdated or not, overlap, are corrected and withdrawn. */
function tellCategories(world: World, anyName: () => string): void {
  const { random, from, until } = world;
  if (random.chance(0.35)) {
    const always = { category_id: world.newId('C'), insz: anyName(), code: random.pick(['90', '93']) };
    world.tell('category.csv', { ...always, from_date: '2016-01-01' }, plusDays(from, -5));
  }
  const count = random.int(1, 6);
  let day: Day = edgeDay(random, plusDays(from, random.int(0, 400)), 3);
  for (let i = 0; i < count; i++) {
    const to = random.chance(0.4) ? later(day, edgeDay(random, addMonths(day, random.int(0, 6)), 0)) : '';
    const cells = {
      category_id: world.newId('C'),
      insz: anyName(),
      code: random.pick(['90', '90', '93', '78', '00', '05']),
      from_date: day,
      to_date: to,
    };
    const registeredOn = random.chance(0.5) ? plusDays(day, random.int(0, 8)) : edgeDay(random, day, 6);
    world.tell('category.csv', cells, registeredOn);
    if (random.chance(0.2)) {
      world.tell('category.csv', { ...cells, code: random.pick(['78', '90']) }, edgeDay(random, registeredOn, 5));
    }
    if (random.chance(0.1)) {
      world.tell('category.csv', { ...cells, withdrawn: 'true' }, edgeDay(random, registeredOn, 5));
    }
    day = earlier(random.chance(0.2) ? day : edgeDay(random, addMonths(day, random.int(0, 8)), 0), until);
  }
}
