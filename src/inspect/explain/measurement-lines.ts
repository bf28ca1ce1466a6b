/** Result financing: the date of each measurement, the records on that date, and what follows for the money. */
import { formatDay, monthOf, OPEN_END, type Month } from '../../calendar.js';
import type { Law } from '../../law/law.js';
import { measurementDates } from '../../law/outflow.js';
import type { Result } from '../../law/result.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import type { AmountBook } from './amounts.js';
import { denial, test, type DraftLine, type Setting } from './draft.js';
import type { ExplainedMeasurement } from './explanation.js';
import { measurementTests } from './measurement-tests.js';
import type { StoredMeasurement } from './money.js';
import { ref } from './records.js';
import { told } from './telling.js';

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
  const { measurement, cents, verdict } = result;
  const component = componentOf(measurement.measurement);
  return {
    component,
    month: monthOf(measurement.measuredOn),
    dueCents: cents,
    decision: verdict,
    tests: measurementTests(facts, result, setting),
    amount: cents > 0 ? amounts.of(component, measurement.measuredOn, cents) : undefined,
  };
}

function voided(facts: TrajectoryFacts, number: 1 | 2, month: Month, law: Law): DraftLine {
  const now = told(({ t, date }) => {
    if (facts.end >= OPEN_END)
      return t('the agreement has no end (any more)', 'de overeenkomst heeft geen einde (meer)');
    const [end, on] = [date(facts.end), date(measurementDates(facts.end, law)[number - 1]!)];
    return t(
      `the agreement ends on ${end}, so measurement ${number} is that of ${on}`,
      `de overeenkomst eindigt op ${end}, dus meting ${number} is die van ${on}`,
    );
  });
  return {
    component: componentOf(number),
    month,
    dueCents: 0,
    decision: denial(
      'R-LC-10',
      'MEASUREMENT_VOID',
      `measurement ${number} does not fall in this month`,
      `meting ${number} valt niet in deze maand`,
    ),
    tests: [test('R-MEAS-17', false, now, ref('weo', facts.weoId))],
    amount: undefined,
  };
}
