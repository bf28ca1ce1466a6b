/** Result financing: the date of each measurement, the records on that date, and what follows for the money. */
import { formatDay, monthOf, OPEN_END, type Month } from '../../calendar.js';
import type { Law } from '../../law/law.js';
import { isRegularJob, measurementDates, outcomeByRecords, type Measurement } from '../../law/outflow.js';
import type { Result } from '../../law/result.js';
import type { Job, TrajectoryFacts } from '../../records/facts.js';
import type { AmountBook } from './amounts.js';
import { decision, test, type Decision, type DraftLine, type Setting } from './draft.js';
import type { ExplainedMeasurement, ExplainedTest } from './explanation.js';
import { spanOf, timelyTest } from './facts-in-words.js';
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
    decision: decisionOf(result),
    tests: testsOf(facts, result, setting),
    amount: cents > 0 ? amounts.of(component, measurement.measuredOn, cents) : undefined,
  };
}

function decisionOf({ measurement, cents, rule }: Result): Decision {
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
      return not('NOT_TIMELY', 'art. 60 did not start in time', 'artikel 60 begon niet tijdig');
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

function testsOf(facts: TrajectoryFacts, { measurement, rule, cents }: Result, setting: Setting): ExplainedTest[] {
  const { law, asOf } = setting;
  const tests = [dateTest(facts, measurement, law)];
  if (rule === 'E-WEO-OVERLAP' || rule === 'R-TR-1') return [...tests, ...outcomeTests(facts, measurement, setting)];
  if (law.resultRequiresTimely) {
    const timely = timelyTest('R-RES-6', facts, law, asOf);
    tests.push({ ...timely, passed: rule !== 'R-RES-6' });
  }
  tests.push(...outcomeTests(facts, measurement, setting));
  if (rule === 'R-RES-3') tests.push(test(rule, false, 'result.cumulative = false: the other result is higher'));
  if (rule === 'R-RES-4') tests.push(test(rule, false, 'result.clawback_m1 = true and measurement 2 is negative'));
  if (measurement.outcome === 'POSITIVE' && cents === 0 && rule === 'R-RES-1') {
    tests.push(test('R-RES-8', false, `result.scheme = ${law.resultScheme} states no amount for it`));
  }
  return tests;
}

function dateTest(facts: TrajectoryFacts, { measurement, measuredOn }: Measurement, law: Law): ExplainedTest {
  const end = `the agreement ended on ${formatDay(facts.end)}`;
  const fact =
    measurement === 1
      ? `${end}; measurement 1 is the day after, ${formatDay(measuredOn)}`
      : `${end}; measurement 2 is three months later, ${formatDay(measuredOn)} (m2.anchor = ${law.m2Anchor})`;
  return test(measurement === 1 ? 'R-MEAS-1' : 'R-MEAS-2', true, fact, ref('weo', facts.weoId));
}

/** The decision, the frozen outcome or the records on the date: whatever decided, and what it rests on. */
function outcomeTests(facts: TrajectoryFacts, measurement: Measurement, setting: Setting): ExplainedTest[] {
  const { law } = setting;
  const ignored = ignoredDecisions(facts, measurement);
  const byDecision = measurement.decisionId === '' ? [] : [decided(measurement, setting)];
  switch (measurement.source) {
    case 'DECISION':
      return [...ignored, ...byDecision];
    case 'FROZEN':
      return [...ignored, ...byDecision, ...frozen(facts, measurement, law)];
    case 'RECORDS':
      return [...ignored, ...byRecords(facts, measurement, law)];
  }
}

/** What was frozen, after the records that say the same; when they say something else by now, that is told. */
function frozen(facts: TrajectoryFacts, measurement: Measurement, law: Law): ExplainedTest[] {
  const { outcome, evidenceId, measuredOn, decisionId } = measurement;
  const evidence = evidenceId === '' ? [] : [ref('employment', evidenceId)];
  const by = evidenceId === '' ? '' : ` with ${evidenceId} as evidence`;
  const fact = `the final settlement of ${formatDay(facts.frozen!.frozenOn)} froze it as ${outcome}${by}`;
  const decision = test('R-MEAS-16', outcome === 'POSITIVE', fact, ...evidence);
  if (decisionId !== '') return [decision];
  const now = outcomeByRecords(facts, measuredOn, law);
  if (now.outcome === outcome && now.evidenceId === evidenceId)
    return [...byRecords(facts, measurement, law), decision];
  const changed = `by the records known now it would be ${now.outcome}, which changes it no more`;
  return [decision, test('R-MEAS-16', outcome === 'POSITIVE', changed)];
}

function decided({ decisionId, outcome }: Measurement, { records }: Setting): ExplainedTest {
  const version = records.present(ref('decision', decisionId));
  const { decided_by: who, reason } = version?.fields ?? {};
  const on = version === undefined ? '' : ` of ${version.registeredOn}`;
  const by = who === undefined ? '' : ` by ${who}`;
  const why = reason === undefined ? '' : `: "${reason}"`;
  const fact = `decision ${decisionId}${on}${by} says ${outcome}${why}`;
  return test('R-MEAS-18', outcome === 'POSITIVE', fact, ref('decision', decisionId));
}

/** Decisions that do not decide: registered before an end was known, void since the end moved, or replaced (15.4). */
function ignoredDecisions(facts: TrajectoryFacts, { measurement, decisionId, outcome }: Measurement): ExplainedTest[] {
  return facts.decisions
    .filter((each) => each.measurement === measurement && each.decisionId !== decisionId)
    .map((each) =>
      test(
        'R-MEAS-18',
        outcome === 'POSITIVE',
        `decision ${each.decisionId} does not decide: no end was known when it was registered, the end moved since, or ` +
          'a later decision took its place',
        ref('decision', each.decisionId),
      ),
    );
}

function byRecords(facts: TrajectoryFacts, measurement: Measurement, law: Law): ExplainedTest[] {
  const { measuredOn, evidenceId, outcome } = measurement;
  const onTheDay = facts.jobs.filter((job) => !job.withdrawn && job.start <= measuredOn && measuredOn <= job.end);
  const evidence = onTheDay.find((job) => job.employmentId === evidenceId);
  if (evidence !== undefined) return [jobTest(evidence, measurement, law, outcome === 'POSITIVE')];
  if (onTheDay.length > 0) return onTheDay.map((job) => jobTest(job, measurement, law, false));
  const near = nearest(facts.jobs, measuredOn);
  const fact = `no employment record covers ${formatDay(measuredOn)}${near.words}`;
  return [test('R-MEAS-12', false, fact, ...near.refs)];
}

function jobTest(job: Job, { measuredOn, outcome }: Measurement, law: Law, passed: boolean): ExplainedTest {
  const type = job.dimonaType === '' ? '' : `, Dimona type ${job.dimonaType}`;
  const runs = `${job.employmentId} (${job.kind}${type}, ${spanOf(job)}) ran on ${formatDay(measuredOn)}`;
  return test(ruleOfJob(job), passed, `${runs}: ${meaningOf(job, law, outcome)}`, ref('employment', job.employmentId));
}

function meaningOf(job: Job, law: Law, outcome: Measurement['outcome']): string {
  if (isRegularJob(job, law)) return 'a job in the regular economy';
  if (job.kind === 'ART60') return 'the subsidised step, no regular job';
  if (outcome === 'PENDING' && job.kind === 'SELF_EMPLOYED') return 'self-employed, somebody has to decide';
  return 'no job in the regular economy';
}

const RULE_OF_KIND: Readonly<Record<Job['kind'], string>> = {
  ART60: 'R-MEAS-6',
  REGULAR: 'R-MEAS-3',
  AGENCY: 'R-MEAS-4',
  STUDENT: 'R-MEAS-5',
  FLEXI: 'R-MEAS-5',
  ART61: 'R-MEAS-8',
  IBO: 'R-MEAS-10',
  PLACEMENT: 'R-MEAS-10',
  SOCIAL_ECONOMY: 'R-MEAS-9',
  SELF_EMPLOYED: 'R-MEAS-11',
};

function ruleOfJob(job: Job): string {
  return job.kind === 'REGULAR' && job.employerIsOcmw ? 'R-MEAS-7' : RULE_OF_KIND[job.kind];
}

/** The job that ended last before the day and the one that starts first after it: near misses explain most. */
function nearest(jobs: readonly Job[], on: number): { words: string; refs: string[] } {
  const known = jobs.filter((job) => !job.withdrawn);
  const before = known.filter((job) => job.end < on).sort((a, b) => b.end - a.end)[0];
  const after = known.filter((job) => job.start > on).sort((a, b) => a.start - b.start)[0];
  const words = [
    before === undefined ? '' : `; ${before.employmentId} (${before.kind}) ended on ${formatDay(before.end)}`,
    after === undefined ? '' : `; ${after.employmentId} (${after.kind}) starts on ${formatDay(after.start)}`,
  ].join('');
  const refs = [before, after].filter((job) => job !== undefined).map((job) => ref('employment', job.employmentId));
  return { words, refs };
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
