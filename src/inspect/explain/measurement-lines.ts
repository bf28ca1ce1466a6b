/** Result financing: the date of each measurement, the records on that date, and what follows for the money. */
import { formatDay, monthOf, OPEN_END, type Month } from '../../calendar.js';
import { contractsThatCount, standingOf } from '../../law/contracts.js';
import type { Law } from '../../law/law.js';
import { measurementDates, type Measurement } from '../../law/outflow.js';
import type { Result } from '../../law/result.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import type { AmountBook } from './amounts.js';
import { decision, test, type Decision, type DraftLine, type Setting } from './draft.js';
import type { ExplainedMeasurement } from './explanation.js';
import { measurementTests } from './measurement-tests.js';
import type { StoredMeasurement } from './money.js';
import { ref } from './records.js';

const componentOf = (measurement: 1 | 2) => (measurement === 1 ? 'M1' : 'M2');

/** Lines of the measurements that were made, and of months in which one was made that is void now. */
export function measurementLines(
  facts: TrajectoryFacts,
  results: readonly Result[],
  others: readonly { readonly measurement: 1 | 2; readonly month: Month }[],
  amounts: AmountBook,
  setting: Setting,
): DraftLine[] {
  const lines = results.map((result) => lineOf(facts, result, amounts, setting));
  for (const { measurement, month } of others) {
    if (lines.some((line) => line.component === componentOf(measurement) && line.month === month)) continue;
    lines.push(voided(facts, measurement, month, setting.law));
  }
  return lines;
}

/** Every measurement with its date, also when it has not come. */
export function measurementsOf(
  facts: TrajectoryFacts,
  results: readonly Result[],
  stored: readonly StoredMeasurement[],
  law: Law,
): ExplainedMeasurement[] {
  const dates = facts.end >= OPEN_END || facts.withdrawn ? undefined : measurementDates(facts.end, law);
  return ([1, 2] as const).map((number) => {
    const result = results.find(({ measurement }) => measurement.measurement === number);
    const date = dates?.[number - 1];
    return {
      measurement: number,
      measuredOn: date === undefined ? null : formatDay(date),
      outcome: result?.measurement.outcome ?? null,
      cents: result?.cents ?? 0,
      stored: stored.filter(({ measurement }) => measurement === number).map(({ version }) => version),
    };
  });
}

function lineOf(facts: TrajectoryFacts, result: Result, amounts: AmountBook, setting: Setting): DraftLine {
  const { measurement, cents } = result;
  const component = componentOf(measurement.measurement);
  return {
    component,
    month: monthOf(measurement.measuredOn),
    dueCents: cents,
    decision: decisionOf(result, waitsForArt60(facts, setting)),
    tests: measurementTests(facts, result, setting),
    amount: cents > 0 ? amounts.of(component, measurement.measuredOn, cents) : undefined,
  };
}

/** Whether art. 60 can still start in time, so that a result that asks for it is not lost yet. */
function waitsForArt60(facts: TrajectoryFacts, { law, asOf }: Setting): boolean {
  return standingOf(facts, contractsThatCount(facts), law, asOf.knownUntil) === 'PENDING';
}

function decisionOf({ measurement, cents, rule }: Result, waits: boolean): Decision {
  const number = measurement.measurement;
  if (cents > 0) {
    return decision(true, rule, 'POSITIVE', `measurement ${number} is positive`, `meting ${number} is positief`);
  }
  const not = (why: string, english: string, dutch: string) => decision(false, rule, why, english, dutch);
  switch (rule) {
    case 'E-WEO-OVERLAP':
      return not(
        'HELD',
        'the agreement is held: measured, nothing due',
        'de overeenkomst is aangehouden: gemeten, niets verschuldigd',
      );
    case 'R-TR-1':
      return not(
        'BEFORE_TWE',
        'the agreement started before TWE financing began',
        'de overeenkomst begon voor de financiering van TWE bestond',
      );
    case 'R-RES-6':
      return waits
        ? not(
            'TERM_RUNS',
            'not due yet: the term for art. 60 still runs',
            'nog niet verschuldigd: de termijn voor artikel 60 loopt nog',
          )
        : not('NOT_TIMELY', 'art. 60 did not start in time', 'artikel 60 begon niet tijdig');
    case 'R-RES-3':
      return not('NOT_CUMULATIVE', 'only the higher result is kept', 'alleen het hoogste resultaat blijft');
    case 'R-RES-4':
      return not(
        'M1_TAKEN_BACK',
        'measurement 2 is negative, which takes it back',
        'meting 2 is negatief, waardoor dit vervalt',
      );
    default:
      return noResult(measurement, not);
  }
}

function noResult(
  { measurement, outcome }: Measurement,
  not: (why: string, english: string, dutch: string) => Decision,
): Decision {
  switch (outcome) {
    case 'NEGATIVE':
      return not('NEGATIVE', `measurement ${measurement} is negative`, `meting ${measurement} is negatief`);
    case 'PENDING':
      return not(
        'PENDING',
        `measurement ${measurement} waits for a decision`,
        `meting ${measurement} wacht op een beslissing`,
      );
    case 'POSITIVE':
      return not(
        'AMOUNT_UNKNOWN',
        'positive, but the amount is not known under result.scheme',
        'positief, maar het bedrag is niet bekend onder result.scheme',
      );
  }
}

function voided(facts: TrajectoryFacts, number: 1 | 2, month: Month, law: Law): DraftLine {
  const now =
    facts.end >= OPEN_END
      ? 'the agreement has no end (any more)'
      : `the agreement ends on ${formatDay(facts.end)}, so measurement ${number} is that of ` +
        formatDay(measurementDates(facts.end, law)[number - 1]!);
  return {
    component: componentOf(number),
    month,
    dueCents: 0,
    decision: decision(
      false,
      'R-LC-10',
      'MEASUREMENT_VOID',
      `measurement ${number} does not fall in this month`,
      `meting ${number} valt niet in deze maand`,
    ),
    tests: [test('R-MEAS-17', false, now, ref('weo', facts.weoId))],
    amount: undefined,
  };
}
