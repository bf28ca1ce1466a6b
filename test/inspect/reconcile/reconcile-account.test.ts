/** Accounts of the largest OCMW of the fixtures, without errors and with errors that are known. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nightKnown } from '../../../src/inspect/explain/known.js';
import { loadYear, type KnownOfYear } from '../../../src/inspect/reconcile/load.js';
import { reconcileAccount } from '../../../src/inspect/reconcile/match/reconcile-account.js';
import type { Booking, Reconciliation } from '../../../src/inspect/reconcile/model.js';
import type { TestDatabase } from '../../support/database.js';
import { createFixturesDatabase } from '../../support/fixtures-database.js';
import { makeRandom } from '../../support/random-feed/random.js';
import { generateAccount, PLANTS, POSTINGS, signOf } from './account-generator.js';

const ANTWERPEN = '0968895584';
const YEAR = 2024;
const SEEDS = process.env['TWE_LONG'] ? Array.from({ length: 60 }, (_, index) => index + 1) : [1];

let test: TestDatabase;
let known: KnownOfYear;
let novaPrima: Map<string, string>;
beforeAll(async () => {
  test = await createFixturesDatabase();
  known = await test.database.transaction(async (session) =>
    loadYear(session, ANTWERPEN, YEAR, await nightKnown(session, undefined), 'PAID'),
  );
  novaPrima = new Map(
    known.beneficiaries.flatMap(({ weoId, contracts }) =>
      contracts.flatMap(({ novaPrimaReference: reference }) => (reference === undefined ? [] : [[reference, weoId]])),
    ),
  );
});
afterAll(() => test.drop());

const compare = (bookings: readonly Booking[]) =>
  reconcileAccount(bookings, known.expected, {
    ...{ year: YEAR, days: 60, ledgerMap: POSTINGS, novaPrima, isStatement: false },
  });
const signsOf = ({ differences }: Reconciliation) =>
  differences.map(({ kind, effectCents, expected, bookings }) => signOf(kind, effectCents, expected, bookings)).sort();

describe('an account of about a thousand lines', () => {
  it.each(SEEDS)('without errors has no differences (seed %i)', (seed) => {
    const { bookings } = generateAccount(known.expected, novaPrima, YEAR, seed);
    expect(bookings.length).toBeGreaterThan(900);
    expect(signsOf(compare(bookings))).toEqual([]);
  });

  it.each(SEEDS)('with errors of each kind gives these and no others (seed %i)', (seed) => {
    const { bookings, planted } = generateAccount(known.expected, novaPrima, YEAR, seed, 2);
    expect(planted).toHaveLength(2 * PLANTS.length);
    expect(signsOf(compare(bookings))).toEqual(planted.map(({ sign }) => sign).sort());
  });

  it.each(SEEDS)('gives the same in any order of its lines (seed %i)', (seed) => {
    const { bookings } = generateAccount(known.expected, novaPrima, YEAR, seed, 2);
    const shuffled = makeRandom(seed + 1_000).shuffle(bookings);
    expect(signsOf(compare(shuffled))).toEqual(signsOf(compare(bookings)));
  });
});
