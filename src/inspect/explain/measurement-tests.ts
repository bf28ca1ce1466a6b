/** What a measurement was asked: its date, and the decision, the frozen outcome or the records that decided on it. */
import { formatDay } from '../../calendar.js';
import type { Law } from '../../law/law.js';
import { isRegularJob, outcomeByRecords, type Measurement } from '../../law/outflow.js';
import type { Result } from '../../law/result.js';
import type { Job, TrajectoryFacts } from '../../records/facts.js';
import { test, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { spanOf, timelyTest } from './facts-in-words.js';
import { ref } from './records.js';

/** In order: the date, whether art. 60 started in time, what decided on the outcome, what the policies make of it. */
export function measurementTests(
  facts: TrajectoryFacts,
  { measurement, rule, cents }: Result,
  setting: Setting,
): ExplainedTest[] {
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
  const ignored = ignoredDecisions(facts, measurement);
  const byDecision = measurement.decisionId === '' ? [] : [decided(measurement, setting)];
  switch (measurement.source) {
    case 'DECISION':
      return [...ignored, ...byDecision];
    case 'FROZEN':
      return [...ignored, ...byDecision, ...frozen(facts, measurement, setting)];
    case 'RECORDS':
      return [...ignored, ...byRecords(facts, measurement, setting)];
  }
}

/** What was frozen, after the records that say the same; when they say something else by now, that is told. */
function frozen(facts: TrajectoryFacts, measurement: Measurement, setting: Setting): ExplainedTest[] {
  const { outcome, evidenceId, measuredOn, decisionId } = measurement;
  const evidence = evidenceId === '' ? [] : [ref('employment', evidenceId)];
  const by = evidenceId === '' ? '' : ` with ${evidenceInWords(evidenceId, setting)} as evidence`;
  const fact = `the final settlement of ${formatDay(facts.frozen!.frozenOn)} froze it as ${outcome}${by}`;
  const decision = test('R-MEAS-16', outcome === 'POSITIVE', fact, ...evidence);
  if (decisionId !== '') return [decision];
  const now = outcomeByRecords(facts, measuredOn, setting.law);
  if (now.outcome === outcome && now.evidenceId === evidenceId)
    return [...byRecords(facts, measurement, setting), decision];
  const changed = `by the records known now it would be ${now.outcome}, which changes it no more`;
  return [decision, test('R-MEAS-16', outcome === 'POSITIVE', changed)];
}

function decided({ decisionId, outcome, evidenceId }: Measurement, setting: Setting): ExplainedTest {
  const version = setting.records.present(ref('decision', decisionId));
  const { decided_by: who, reason } = version?.fields ?? {};
  const on = version === undefined ? '' : ` of ${version.registeredOn}`;
  const by = who === undefined ? '' : ` by ${who}`;
  const why = reason === undefined ? '' : `: "${reason}"`;
  const job = evidenceId === '' ? '' : `; the job on the day: ${evidenceInWords(evidenceId, setting)}`;
  const refs = evidenceId === '' ? [] : [ref('employment', evidenceId)];
  const fact = `decision ${decisionId}${on}${by} says ${outcome}${why}${job}`;
  return test('R-MEAS-18', outcome === 'POSITIVE', fact, ref('decision', decisionId), ...refs);
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

function byRecords(facts: TrajectoryFacts, measurement: Measurement, setting: Setting): ExplainedTest[] {
  const { measuredOn, evidenceId, outcome } = measurement;
  const onTheDay = facts.jobs.filter((job) => !job.withdrawn && job.start <= measuredOn && measuredOn <= job.end);
  const evidence = onTheDay.find((job) => job.employmentId === evidenceId);
  if (evidence !== undefined) return [jobTest(evidence, measurement, setting, outcome === 'POSITIVE')];
  if (onTheDay.length > 0) return onTheDay.map((job) => jobTest(job, measurement, setting, false));
  const near = nearest(facts.jobs, measuredOn);
  const fact = `no employment record covers ${formatDay(measuredOn)}${near.words}`;
  return [test('R-MEAS-12', false, fact, ...near.refs)];
}

function jobTest(job: Job, { measuredOn, outcome }: Measurement, setting: Setting, passed: boolean): ExplainedTest {
  const type = job.dimonaType === '' ? '' : `, Dimona type ${job.dimonaType}`;
  const kind = `${job.kind}${employerOf(job.employmentId, setting)}${type}`;
  const runs = `${job.employmentId} (${kind}, ${spanOf(job)}) ran on ${formatDay(measuredOn)}`;
  return test(
    ruleOfJob(job),
    passed,
    `${runs}: ${meaningOf(job, setting.law, outcome)}`,
    ref('employment', job.employmentId),
  );
}

/** The job of a record as it is known, also when it no longer covers the day. */
function evidenceInWords(employmentId: string, setting: Setting): string {
  const version = setting.records.present(ref('employment', employmentId));
  if (version === undefined) return employmentId;
  const { kind, start_date: start, end_date: end } = version.fields;
  const span = end === undefined ? `${start}, still open` : `${start} to ${end}`;
  const gone = version.withdrawn ? ', withdrawn since' : '';
  return `${employmentId} (${kind}${employerOf(employmentId, setting)}, ${span}${gone})`;
}

function employerOf(employmentId: string, { records }: Setting): string {
  const employer = records.present(ref('employment', employmentId))?.fields['employer_id'];
  return employer === undefined ? '' : ` at employer ${employer}`;
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
