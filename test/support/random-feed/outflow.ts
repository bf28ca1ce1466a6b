/** What happens around the measurements of a WEO: jobs, decisions, evaluations. */
import { addMonths, later, plusDays, type Day } from '../../oracle/days.js';
import { enterpriseNumber } from './identifiers.js';
import type { ToldWeo } from './people.js';
import { edgeDay, type World } from './world.js';

const KINDS = [
  ['REGULAR', 8],
  ['AGENCY', 1],
  ['STUDENT', 1],
  ['FLEXI', 1],
  ['ART61', 1],
  ['IBO', 1],
  ['PLACEMENT', 1],
  ['SOCIAL_ECONOMY', 1],
  ['SELF_EMPLOYED', 2],
] as const;

/** Jobs, decisions and evaluations of one WEO. */
export function tellOutflow(world: World, anyName: () => string, weo: ToldWeo): void {
  const { random } = world;
  const end = weo.end || addMonths(weo.start, 12);
  const first = plusDays(end, 1);
  const second = addMonths(first, 3);
  const jobs = random.weighted([
    [0, 2],
    [1, 4],
    [2, 2],
    [3, 1],
  ]);
  for (let i = 0; i < jobs; i++) tellJob(world, anyName(), random.pick([first, second]), second);
  if (random.chance(0.25)) tellDecision(world, weo, random.pick([first, second]));
  if (random.chance(0.08)) tellDecision(world, weo, random.pick([weo.registeredOn, end, second]));
  if (random.chance(0.2)) {
    const cells = { evaluation_id: world.newId('V'), weo_id: weo.cells.weo_id!, evaluated_on: end };
    world.tell('evaluation.csv', { ...cells, kind: random.pick(['PHASE', 'FINAL_REPORT']) }, end);
  }
}

function tellJob(world: World, insz: string, measuredOn: Day, second: Day): void {
  const { random } = world;
  const kind = random.weighted(KINDS);
  const start = plusDays(measuredOn, random.pick([0, 0, -1, 1, -30, 10, -90]));
  const wanted = random.pick(['', '', measuredOn, plusDays(measuredOn, -1), second, plusDays(second, 5)]);
  const end = wanted === '' ? '' : later(start, wanted);
  const public60 = random.chance(0.15);
  const cells = {
    employment_id: world.newId('E'),
    insz,
    employer_id: public60 ? random.pick(world.ocmwIds) : enterpriseNumber(random.int(800, 840)),
    kind,
    dimona_type: kind === 'REGULAR' ? random.pick(['OTH', 'OTH', 'BCW', 'EXT', '', 'STU', 'FLX']) : '',
    start_date: start,
    end_date: end,
    fte: random.pick(['', '1', '0.5', '0.4', '0.80']),
  };
  const registeredOn = random.chance(0.5) ? plusDays(start, random.int(0, 6)) : edgeDay(random, measuredOn, 7);
  world.tell('employment.csv', cells, registeredOn);
  const on = edgeDay(random, registeredOn, 7);
  if (random.chance(0.2)) {
    world.tell('employment.csv', { ...cells, end_date: later(start, plusDays(measuredOn, random.pick([-1, 0]))) }, on);
  }
  if (random.chance(0.12)) {
    world.tell('employment.csv', { ...cells, withdrawn: 'true' }, on);
    if (random.chance(0.4)) world.tell('employment.csv', cells, plusDays(on, random.pick([0, 1, 50])));
  }
}

function tellDecision(world: World, weo: ToldWeo, around: Day): void {
  const { random } = world;
  const cells = {
    decision_id: world.newId('D'),
    weo_id: weo.cells.weo_id!,
    measurement: random.pick(['1', '2']),
    outcome: random.pick(['POSITIVE', 'NEGATIVE']),
    decided_by: 'dossierbeheer',
    reason: random.pick(['', 'contract gezien', 'brief van de werkgever,\n"getekend"']),
  };
  const on = random.chance(0.5) ? plusDays(around, random.int(0, 20)) : edgeDay(random, around, 8);
  world.tell('decision.csv', cells, on);
  if (random.chance(0.15)) world.tell('decision.csv', { ...cells, withdrawn: 'true' }, edgeDay(random, on, 4));
  if (random.chance(0.15)) {
    const outcome = cells.outcome === 'POSITIVE' ? 'NEGATIVE' : 'POSITIVE';
    world.tell('decision.csv', { ...cells, outcome }, plusDays(on, random.int(0, 60)));
  }
}
