/** What the rules of result financing decide about a measurement: due or not, by which rule, and why (rulebook 3.6). */
import type { Cents } from '../money.js';
import type { Measurement } from './outflow.js';
import { due, notDue, type Verdict } from './verdict.js';

export const MEASURED_WHILE_HELD = notDue(
  'E-WEO-OVERLAP',
  'HELD',
  'the agreement is held: measured, nothing due',
  'de overeenkomst is aangehouden: gemeten, niets verschuldigd',
);
export const MEASURED_BEFORE_TWE = notDue(
  'R-TR-1',
  'BEFORE_TWE',
  'the agreement started before TWE financing began',
  'de overeenkomst begon voor de financiering van TWE bestond',
);
export const RESULT_WAITS_FOR_ART60 = notDue(
  'R-RES-6',
  'TERM_RUNS',
  'not due yet: the term for art. 60 still runs',
  'nog niet verschuldigd: de termijn voor artikel 60 loopt nog',
);
export const RESULT_NOT_TIMELY = notDue(
  'R-RES-6',
  'NOT_TIMELY',
  'art. 60 did not start in time',
  'artikel 60 begon niet tijdig',
);
export const ONLY_THE_HIGHER_RESULT = notDue(
  'R-RES-3',
  'NOT_CUMULATIVE',
  'only the higher result is kept',
  'alleen het hoogste resultaat blijft',
);
export const RESULT_TAKEN_BACK = notDue(
  'R-RES-4',
  'M1_TAKEN_BACK',
  'measurement 2 is negative, which takes it back',
  'meting 2 is negatief, waardoor dit vervalt',
);

interface OfOutcome {
  readonly positive: Verdict;
  readonly amountUnknown: Verdict;
  readonly negative: Verdict;
  readonly pending: Verdict;
}

function ofMeasurement(measurement: 1 | 2): OfOutcome {
  const rule = measurement === 1 ? 'R-RES-1' : 'R-RES-2';
  const is = (english: string): string => `measurement ${measurement} ${english}`;
  const nl = (dutch: string): string => `meting ${measurement} ${dutch}`;
  return {
    positive: due(rule, 'POSITIVE', is('is positive'), nl('is positief')),
    amountUnknown: notDue(
      rule,
      'AMOUNT_UNKNOWN',
      'positive, but the amount is not known under result.scheme',
      'positief, maar het bedrag is niet bekend onder result.scheme',
    ),
    negative: notDue(rule, 'NEGATIVE', is('is negative'), nl('is negatief')),
    pending: notDue(rule, 'PENDING', is('waits for a decision'), nl('wacht op een beslissing')),
  };
}

const OF_OUTCOME = { 1: ofMeasurement(1), 2: ofMeasurement(2) } as const;

/** R-RES-1 and R-RES-2: what the outcome alone says. @param cents what it pays; 0 for a positive one: no amount is known */
export function ofOutcome({ measurement, outcome }: Measurement, cents: Cents): Verdict {
  const of = OF_OUTCOME[measurement];
  switch (outcome) {
    case 'POSITIVE':
      return cents > 0 ? of.positive : of.amountUnknown;
    case 'NEGATIVE':
      return of.negative;
    case 'PENDING':
      return of.pending;
  }
}
