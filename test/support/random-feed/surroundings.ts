/** OCMWs with mergers, budgets, and payments of before the program. */
import { lastDay, monthOf, plusDays, plusMonths, type Day } from '../../oracle/days.js';
import { iban, structuredCommunication } from './identifiers.js';
import { edgeDay, type World } from './world.js';

/** Rows of all OCMWs; some merge into another one, one is delivered late. */
export function tellOcmws(world: World): void {
  const { random, ocmwIds, firstDelivery } = world;
  const [survivor, ...others] = ocmwIds;
  ocmwIds.forEach((id, index) => {
    world.tell('ocmw.csv', ocmwCells(world, id, index), plusDays(firstDelivery, -1));
  });
  for (const [index, id] of others.entries()) {
    if (!random.chance(0.35)) continue;
    const validTo = edgeDay(random, firstDelivery, 10);
    if (validTo < '2017-01-02') continue;
    const successor = index > 0 && random.chance(0.3) ? others[0]! : survivor!;
    if (successor === id) continue;
    const merged = { ...ocmwCells(world, id, index + 1), valid_to: validTo, successor_id: successor };
    world.tell('ocmw.csv', merged, edgeDay(random, firstDelivery, 6));
  }
  if (random.chance(0.7)) {
    world.tell('ocmw.csv', ocmwCells(world, world.lateOcmwId, 99), edgeDay(random, plusDays(firstDelivery, 150), 4));
  }
}

function ocmwCells({ random }: World, id: string, index: number): Record<string, string> {
  const name = random.pick([`OCMW ${index}`, `OCMW "${index}", aan zee`, `OCMW ${index}\nPostbus 3`]);
  return { ocmw_id: id, name, nis_code: String(11001 + index), iban: iban(index + 1), valid_from: '2015-01-01' };
}

/** Budgets that run out, are corrected or withdrawn; some OCMWs have none. */
export function tellBudgets(world: World): void {
  const { random, from, until } = world;
  for (const ocmwId of world.ocmwIds) {
    if (random.chance(0.4)) continue;
    for (let year = Number(from.slice(0, 4)); year <= Number(until.slice(0, 4)); year++) {
      const rows = random.weighted([
        [1, 6],
        [2, 1],
        [0, 1],
      ]);
      for (let i = 0; i < rows; i++) tellBudget(world, ocmwId, year);
    }
  }
}

function tellBudget(world: World, ocmwId: string, year: number): void {
  const { random } = world;
  const cells = {
    budget_id: world.newId('B'),
    ocmw_id: ocmwId,
    year: String(year),
    fixed_amount: random.pick(['0', '1500.00', '4500.50', '16000']),
    flexible_amount: random.pick(['0.00', '750.25', '3000.00']),
  };
  const registeredOn = edgeDay(random, `${year}-01-15`, 4);
  world.tell('budget.csv', cells, registeredOn);
  if (random.chance(0.25)) {
    world.tell('budget.csv', { ...cells, fixed_amount: '2000.00' }, edgeDay(random, registeredOn, 6));
  }
  if (random.chance(0.1)) {
    world.tell('budget.csv', { ...cells, withdrawn: 'true' }, edgeDay(random, registeredOn, 6));
  }
}

/** Opening balance of some lines of a WEO, mostly as it was due; and payments that match nothing. */
export function tellPayments(world: World, weoId: string, ocmwId: string, start: Day): void {
  const { random, firstDelivery } = world;
  if (!random.chance(0.3)) return;
  const months = random.int(1, 5);
  for (let i = 0; i < months; i++) {
    const month = plusMonths(monthOf(start), random.int(0, 8));
    const [component, amount] = random.pick([
      ['EFF', '250.00'],
      ['EFF', '250.00'],
      ['C1', '150.00'],
      ['C1', '150'],
      ['C2', '45.00'],
      ['EFF', '260.00'],
      ['M1', '300.00'],
      ['ORD', '1000.00'],
      ['EFF', '-250.00'],
    ] as const);
    const paidOn = lastDay(month);
    const cells = {
      payment_id: world.newId('P'),
      ocmw_id: random.chance(0.9) ? ocmwId : random.pick(world.ocmwIds),
      paid_on: paidOn,
      amount,
      weo_id: weoId,
      component,
      month,
    };
    const registeredOn = random.chance(0.7) ? plusDays(firstDelivery, -random.int(0, 20)) : edgeDay(random, paidOn, 6);
    const unmatched = random.chance(0.15) ? { reference: structuredCommunication(random.int(0, 9999)) } : {};
    const incomplete = random.chance(0.05) ? { month: '' } : {};
    world.tell('payment.csv', { ...cells, ...unmatched, ...incomplete }, registeredOn);
    if (random.chance(0.1))
      world.tell('payment.csv', { ...cells, withdrawn: 'true' }, edgeDay(random, registeredOn, 6));
  }
}
