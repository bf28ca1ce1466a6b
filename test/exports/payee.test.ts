import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import type { Session } from '../../src/db/database.js';
import { fillPayee } from '../../src/records/payee.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { insertDelivery, insertOcmw } from './sample.js';

const [A, B, C, D] = ['0200000001', '0200000002', '0200000003', '0200000004'];

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** Who is paid for each OCMW on a day: [payee, name]. */
async function payees(session: Session, date: string): Promise<Record<string, string>> {
  await fillPayee(session, day(date));
  const rows = await session.rows<{ ocmw_id: string; payee_id: string; name: string }>(
    'select * from payee order by 1',
  );
  return Object.fromEntries(rows.map((row) => [row.ocmw_id, `${row.payee_id} ${row.name}`]));
}

/** Runs in a transaction that is rolled back. */
async function inSample(work: (session: Session) => Promise<void>): Promise<void> {
  const undo = new Error('undo');
  const running = test.database.transaction(async (session) => {
    await session.rows('truncate twe.delivery restart identity cascade');
    await insertDelivery(session);
    await work(session);
    throw undo;
  });
  await expect(running).rejects.toBe(undo);
}

describe('who is paid', () => {
  it('is the successor from the day after valid_to, followed to the end', () =>
    inSample(async (session) => {
      await insertOcmw(session, { id: A, name: 'A', to: '2024-12-31', successor: B });
      await insertOcmw(session, { id: B, name: 'B', to: '2025-06-30', successor: C });
      await insertOcmw(session, { id: C, name: 'C' });
      expect(await payees(session, '2024-12-31')).toEqual({ [A]: `${A} A`, [B]: `${B} B`, [C]: `${C} C` });
      expect(await payees(session, '2025-01-01')).toMatchObject({ [A]: `${B} B` });
      expect(await payees(session, '2025-07-01')).toEqual({ [A]: `${C} C`, [B]: `${C} C`, [C]: `${C} C` });
    }));

  it('is the OCMW itself when its end names no successor, or one that is not known', () =>
    inSample(async (session) => {
      await insertOcmw(session, { id: A, name: 'A', to: '2024-12-31' });
      await insertOcmw(session, { id: B, name: 'B', to: '2024-12-31', successor: D });
      expect(await payees(session, '2025-01-01')).toEqual({ [A]: `${A} A`, [B]: `${B} B` });
    }));

  it('has the name of the row that has begun last, and of the first one before any has begun', () =>
    inSample(async (session) => {
      await insertOcmw(session, { id: A, name: 'old', from: '2020-01-01' });
      await insertOcmw(session, { id: A, name: 'new', from: '2024-01-01' });
      expect(await payees(session, '2019-05-01')).toEqual({});
      expect(await payees(session, '2023-12-31')).toEqual({ [A]: `${A} old` });
      expect(await payees(session, '2024-01-01')).toEqual({ [A]: `${A} new` });
    }));

  it('takes the latest delivered row for the same first day, and none that was delivered later than the day', () =>
    inSample(async (session) => {
      await insertOcmw(session, { id: A, name: 'first' });
      await insertDelivery(session, '2024-02-01');
      await session.rows(
        `insert into twe.ocmw_version (ocmw_id, name, nis_code, valid_from, counted_on, delivery_id, line)
        values ($1, 'corrected', '44021', '2017-01-01', '2024-02-01', 2, 1)`,
        [A],
      );
      expect(await payees(session, '2024-01-31')).toEqual({ [A]: `${A} first` });
      expect(await payees(session, '2024-02-01')).toEqual({ [A]: `${A} corrected` });
    }));

  it('comes to an end when successors form a circle', () =>
    inSample(async (session) => {
      await insertOcmw(session, { id: A, name: 'A', to: '2024-12-31', successor: B });
      await insertOcmw(session, { id: B, name: 'B', to: '2024-12-31', successor: A });
      expect(Object.keys(await payees(session, '2025-01-01'))).toEqual([A, B]);
    }));
});
