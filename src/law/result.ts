/**
 * Result financing (resultaatsfinanciering, M1 and M2): R-RES-1 to R-RES-6, rulebook 3.6. The link between amount and
 * measurement is not certain in the sources: `result.scheme` holds the three readings.
 */
import type { Cents } from '../money.js';
import type { RuleId } from './codes.js';
import type { Standing } from './contracts.js';
import type { TrajectoryStatus } from './status.js';
import type { Law } from './law.js';
import type { Measurement } from './outflow.js';

export interface Result {
  readonly measurement: Measurement;
  /** What is due for it in cents; 0 when nothing is. */
  readonly cents: Cents;
  readonly rule: RuleId;
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
    const rule = status === 'BEFORE_TWE' ? 'R-TR-1' : 'E-WEO-OVERLAP';
    return made.map((measurement) => ({ measurement, cents: 0, rule }));
  }
  // R-RES-6
  if (law.resultRequiresTimely && standing !== 'TIMELY') {
    return made.map((measurement) => ({ measurement, cents: 0, rule: 'R-RES-6' }));
  }
  const [first, second] = made;
  if (first === undefined) return [];
  const amount1 = first.outcome === 'POSITIVE' ? amountOfM1(first, law) : 0;
  const amount2 = second?.outcome === 'POSITIVE' ? amountOfM2(first, second, law) : 0;
  return [
    { measurement: first, ...keptOfM1(amount1, amount2, second, law) },
    ...(second ? [{ measurement: second, ...keptOfM2(amount1, amount2, law) }] : []),
  ];
}

/** R-RES-1, with R-RES-3 (not cumulative: the higher one is kept) and R-RES-4 (a negative M2 may take M1 back). */
function keptOfM1(amount1: Cents, amount2: Cents, second: Measurement | undefined, law: Law) {
  if (!law.resultCumulative && amount2 > amount1) return { cents: 0, rule: 'R-RES-3' as const };
  if (law.resultClawbackM1 && second?.outcome === 'NEGATIVE') return { cents: 0, rule: 'R-RES-4' as const };
  return { cents: amount1, rule: 'R-RES-1' as const };
}

/** R-RES-2: a positive M2 pays whatever M1 was. */
function keptOfM2(amount1: Cents, amount2: Cents, law: Law) {
  if (!law.resultCumulative && amount1 >= amount2 && amount1 > 0) return { cents: 0, rule: 'R-RES-3' as const };
  return { cents: amount2, rule: 'R-RES-2' as const };
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
