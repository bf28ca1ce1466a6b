/** What was approved and is not confirmed yet. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { byAge, listOpenClaims, openCentsOf } from '../../src/settlement/open-claims.js';
import { BACKGROUND, batch, payment, weo } from '../inspect/records.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const PAID = '+++202/4000/00138+++';
const CLAIMED = '+++202/4000/00239+++';

let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase();
  const batches = batch(1, '2024-04-15', 25000, PAID) + batch(2, '2024-07-15', -10000, CLAIMED);
  await test.database.rows(BACKGROUND + weo('W1', '2024-01-01', null) + batches);
});

afterEach(() => test.drop());

const openOn = async (evening: string) =>
  (await test.database.transaction((session) => listOpenClaims(session, day(evening)))).map((claim) => [
    claim.direction,
    claim.days,
    openCentsOf(claim),
  ]);

it('counts from the approval, and goes when it is confirmed in full', async () => {
  expect(await openOn('2024-04-14')).toEqual([]);
  expect(await openOn('2024-07-20')).toEqual([
    ['PAY', 96, 25000],
    ['CLAIM', 5, 10000],
  ]);
  await test.database.rows(payment('P1', '2024-07-16', -4000, { reference: CLAIMED }));
  await test.database.rows(payment('P2', '2024-04-20', 25000, { reference: PAID }));
  expect(await openOn('2024-07-20')).toEqual([['CLAIM', 5, 6000]]);
  await test.database.rows(payment('P3', '2024-07-18', -6000, { reference: CLAIMED }));
  expect(await openOn('2024-07-20')).toEqual([]);
});

it('is added up by age', async () => {
  const claims = await test.database.transaction((session) => listOpenClaims(session, day('2024-07-20')));
  expect(byAge(claims)).toEqual([
    { direction: 'PAY', age: 'over 90', count: 1, openCents: 25000 },
    { direction: 'CLAIM', age: '0-30', count: 1, openCents: 10000 },
  ]);
});
