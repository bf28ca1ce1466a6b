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

  it('look at night only at what came after the last one that was looked at', async () => {
    const [last] = await world.database.rows<{ entry: number; version: number }>(
      'select (select max(entry_no) from twe.ledger_entry) as entry, (select max(version_no) from twe.measurement_version) as version',
    );
    const lookedAt = { entryNo: last!.entry, versionNo: last!.version, evening: '2999-12-31' };
    expect(await brokenChecks(world.database, lookedAt)).toEqual([]);
    const undone = world.database.transaction(async (session) => {
      await session.rows(LET_CHANGE);
      await session.rows(
        `insert into twe.ledger_entry (entry_no, run_no, ocmw_id, weo_id, component, first_month, last_month, cents, rule, reason)
         select $1, 99, ocmw_id, 'nobody', component, first_month, last_month, cents, rule, reason from twe.ledger_entry limit 1`,
        [last!.entry + 2],
      );
      expect((await brokenChecks(session, lookedAt)).map(({ check }) => check)).toEqual([
        'every_agreement_in_the_ledger_has_a_ledger_state',
        'every_ledger_entry_belongs_to_a_known_agreement',
        'every_ledger_entry_comes_from_a_run',
        'no_ledger_entry_is_missing',
      ]);
      expect(await brokenChecks(session, { ...lookedAt, entryNo: last!.entry + 2 })).toEqual([]);
      throw new TakenBack();
    });
    await expect(undone).rejects.toThrow(TakenBack);
  });

  it('hold when a batch was rejected for a day on which a later one had counted it already', async () => {
    const rejected = `update twe.batch_decision set decision = 'REJECTED', decided_on = '2024-07-15',
      decided_at = now() + interval '1 hour' where batch_no = 1`;
    expect(await brokenAfter(rejected)).toEqual([]);
  });

  it('are each broken by some fault below: a check that cannot fail is none', () => {
    expect([...new Set(FAULTS.map(({ check }) => check))].sort()).toEqual(listChecks());
  });

  it.each(FAULTS)('$check is broken, and nothing else, when $because', async ({ check, because, sql }) => {
    const sealsAgain = check !== 'a_batch_is_what_was_sealed';
    expect(await brokenAfter(sql, { sealsAgain })).toEqual(
      because === NEW_TO_NOBODY ? [check] : [check, `${check} at night`],
    );
  });
});

/** What has no agreement is not known since any evening. */
const NEW_TO_NOBODY = 'facts stand without an agreement';

class TakenBack extends Error {}

/** Names of the checks that a fault breaks; the fault itself is taken back. A fault in a batch is sealed as if booked so. */
async function brokenAfter(fault: string, { sealsAgain = true } = {}): Promise<string[]> {
  let broken: string[] = [];
  const undone = world.database.transaction(async (session) => {
    await session.rows(sealsAgain ? `${fault}; ${SEAL_AGAIN}` : fault);
    broken = (await brokenChecks(session)).map(({ check }) => check);
    const atNight = await brokenChecks(session, { entryNo: 0, versionNo: 0, evening: '1900-01-01' });
    broken.push(...atNight.map(({ check }) => `${check} at night`));
    throw new TakenBack();
  });
  await expect(undone).rejects.toThrow(TakenBack);
  return broken;
}
