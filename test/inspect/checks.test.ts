/** Each check of sql/checks holds in an ordinary small world and sees the one fault that it is there for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenChecks, listChecks } from '../../src/runs/verify.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { LET_CHANGE, SEAL_AGAIN } from '../support/let-change.js';
import { FAULTS } from './check-faults.js';
import { SMALL_WORLD } from './small-world.js';

let world: TestDatabase;

beforeAll(async () => {
  world = await createTestDatabase();
  await world.database.rows(LET_CHANGE + SMALL_WORLD + SEAL_AGAIN);
});

afterAll(() => world.drop());

describe('the checks of sql/checks', () => {
  it('hold where nothing was done yet', async () => {
    const empty = await createTestDatabase();
    try {
      expect(await brokenChecks(empty.database)).toEqual([]);
    } finally {
      await empty.drop();
    }
  });

  it('hold after an ordinary night with two batches', async () => {
    expect(await brokenChecks(world.database)).toEqual([]);
  });

  it('hold when a batch was rejected for a day on which a later one had counted it already', async () => {
    const rejected = `update twe.batch_decision set decision = 'REJECTED', decided_on = '2024-07-15',
      decided_at = now() + interval '1 hour' where batch_no = 1`;
    expect(await brokenAfter(rejected)).toEqual([]);
  });

  it('are each broken by some fault below: a check that cannot fail is none', () => {
    expect([...new Set(FAULTS.map(({ check }) => check))].sort()).toEqual(listChecks());
  });

  it.each(FAULTS)('$check is broken, and nothing else, when $because', async ({ check, sql }) => {
    const sealsAgain = check !== 'a_batch_is_what_was_sealed';
    expect(await brokenAfter(sql, { sealsAgain })).toEqual([check]);
  });
});

class TakenBack extends Error {}

/** Names of the checks that a fault breaks; the fault itself is taken back. A fault in a batch is sealed as if booked so. */
async function brokenAfter(fault: string, { sealsAgain = true } = {}): Promise<string[]> {
  let broken: string[] = [];
  const undone = world.database.transaction(async (session) => {
    await session.rows(sealsAgain ? `${fault}; ${SEAL_AGAIN}` : fault);
    broken = (await brokenChecks(session)).map(({ check }) => check);
    throw new TakenBack();
  });
  await expect(undone).rejects.toThrow(TakenBack);
  return broken;
}
