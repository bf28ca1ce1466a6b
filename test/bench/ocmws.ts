/** The OCMWs of a benchmark: 300, a few of them very large, some with a budget for the increased allowance. */
import { formatDay } from '../../src/calendar.js';
import { enterpriseNumber, iban } from '../support/random-feed/identifiers.js';
import type { Random } from '../support/random-feed/random.js';
import { FIRST_NIGHT } from './nights.js';

const OCMWS = 300;
/** One in six has a budget; the largest is among them. */
const BUDGET_EVERY = 6;
const BUDGET_YEARS = [2021, 2022, 2023, 2024, 2025];

export interface Ocmw {
  readonly ocmwId: string;
  readonly nisCode: string;
  readonly iban: string;
}

export const ocmws: readonly Ocmw[] = Array.from({ length: OCMWS }, (_, index) => ({
  // Not in order of size: the largest should not come first in the stream.
  ocmwId: enterpriseNumber((index * 7919) % 10_000),
  nisCode: String(11_001 + index),
  iban: iban(index),
}));

/** A large OCMW far more often than a small one: the largest has a tenth of everything. */
export function ocmwByWeight(random: Random): Ocmw {
  return ocmws[Math.floor(OCMWS * random.next() ** 2.5)]!;
}

/** Columns of `budgetRows` in twe.budget_version, delivery and line excepted. */
export const BUDGET_COLUMNS =
  'budget_id, ocmw_id, year, fixed_cents, flexible_cents, registered_at, withdrawn, counted_on';

/** Rows of twe.budget_version that cover about half of what the OCMW of that rank asks for. */
export function* budgetRows(trajectories: number): Generator<(string | number | boolean)[]> {
  for (let rank = 0; rank < OCMWS; rank += BUDGET_EVERY) {
    const share = ((rank + 1) / OCMWS) ** 0.4 - (rank / OCMWS) ** 0.4;
    for (const year of BUDGET_YEARS) {
      const cents = Math.round(trajectories * share * 0.04) * 6 * 150_000;
      yield [
        `BUD-${rank}-${year}`,
        ocmws[rank]!.ocmwId,
        year,
        cents,
        Math.round(cents / 10),
        `${year}-01-02T09:00:00Z`,
        false,
        formatDay(Math.min(FIRST_NIGHT, FIRST_NIGHT - (2025 - year) * 365)),
      ];
    }
  }
}
