/**
 * Result financing (resultaatsfinanciering, M1 and M2): R-RES-1 to R-RES-6, rulebook 3.6. The link between amount and
 * measurement is not certain in the sources: `result.scheme` holds the three readings.
 */
import type { Cents } from '../money.js';
import type { Standing } from './contracts.js';
import type { TrajectoryStatus } from './status.js';
import type { Law } from './law.js';
import type { Measurement } from './outflow.js';
import * as why from './result-verdicts.js';
import type { Verdict } from './verdict.js';

export interface Result {
  readonly measurement: Measurement;
  /** What is due for it in cents; 0 when nothing is. */
  readonly cents: Cents;
  /** Why, also when a positive measurement pays nothing. */
  readonly verdict: Verdict;
}

/**
 * Results of the measurements made so far.
 * @param status a WEO that is held (rulebook 15.3) or from before TWE (R-TR-1) is measured, but nothing is due
 */
export function results(
  made: readonly Measurement[],
  standing: Standing,
  status: TrajectoryStatus,
  law: Law,
): readonly Result[] {
  if (status !== 'COUNTS') {
    const verdict = status === 'BEFORE_TWE' ? why.MEASURED_BEFORE_TWE : why.MEASURED_WHILE_HELD;
    return made.map((measurement) => ({ measurement, cents: 0, verdict }));
  }
  // R-RES-6
  if (law.resultRequiresTimely && standing !== 'TIMELY') {
    const verdict = standing === 'PENDING' ? why.RESULT_WAITS_FOR_ART60 : why.RESULT_NOT_TIMELY;
    return made.map((measurement) => ({ measurement, cents: 0, verdict }));
  }
  const [first, second] = made;
  if (first === undefined) return [];
  const amount1 = first.outcome === 'POSITIVE' ? amountOfM1(first, law) : 0;
  const amount2 = second?.outcome === 'POSITIVE' ? amountOfM2(first, second, law) : 0;
  return [
    { measurement: first, ...keptOfM1(first, amount1, amount2, second, law) },
    ...(second ? [{ measurement: second, ...keptOfM2(second, amount1, amount2, law) }] : []),
  ];
}

type Kept = Pick<Result, 'cents' | 'verdict'>;

/** R-RES-1, with R-RES-3 (not cumulative: the higher one is kept) and R-RES-4 (a negative M2 may take M1 back). */
function keptOfM1(first: Measurement, amount1: Cents, amount2: Cents, second: Measurement | undefined, law: Law): Kept {
  if (!law.resultCumulative && amount2 > amount1) return { cents: 0, verdict: why.ONLY_THE_HIGHER_RESULT };
  if (law.resultClawbackM1 && second?.outcome === 'NEGATIVE') return { cents: 0, verdict: why.RESULT_TAKEN_BACK };
  return { cents: amount1, verdict: why.ofOutcome(first, amount1) };
}

/** R-RES-2: a positive M2 pays whatever M1 was. */
function keptOfM2(second: Measurement, amount1: Cents, amount2: Cents, law: Law): Kept {
  if (!law.resultCumulative && amount1 >= amount2 && amount1 > 0) {
    return { cents: 0, verdict: why.ONLY_THE_HIGHER_RESULT };
  }
  return { cents: amount2, verdict: why.ofOutcome(second, amount2) };
}

function amountOfM1(first: Measurement, law: Law): Cents {
  if (law.amount.M1) return law.amount.M1.on(first.measuredOn);
  switch (law.resultScheme) {
    case 'M1_300_M2_600':
      return law.resultLower.on(first.measuredOn);
    case 'M1_600_M2_300':
      return law.resultHigher.on(first.measuredOn);
    case 'TRACK':
      // Stated elsewhere, not found: unknown, so nothing.
      return 0;
  }
}

function amountOfM2(first: Measurement, second: Measurement, law: Law): Cents {
  if (law.amount.M2) return law.amount.M2.on(second.measuredOn);
  switch (law.resultScheme) {
    case 'M1_300_M2_600':
      return law.resultHigher.on(second.measuredOn);
    case 'M1_600_M2_300':
      return law.resultLower.on(second.measuredOn);
    case 'TRACK':
      // The track follows measurement 1; while that is pending nothing can be said.
      if (first.outcome === 'PENDING') return 0;
      return (first.outcome === 'POSITIVE' ? law.resultLower : law.resultHigher).on(second.measuredOn);
  }
}
