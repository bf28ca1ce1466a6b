/** The jobs of a client around the date of a measurement, in words: what proves a result, or what only came near it. */
import { day } from '../../calendar.js';
import { isRegularJob, type Measurement } from '../../law/outflow.js';
import type { Law } from '../../law/law.js';
import type { Text } from '../../law/rulebook/sources.js';
import type { Job, TrajectoryFacts } from '../../records/facts.js';
import { factTest, test, type Fact, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { ref } from './records.js';
import { told, type Tongue } from './telling.js';

/** The record that is the evidence, else every record that covers the day, else the nearest ones. */
export function jobsOnTheDay(facts: TrajectoryFacts, measurement: Measurement, setting: Setting): ExplainedTest[] {
  const { measuredOn, evidenceId, outcome } = measurement;
  const onTheDay = facts.jobs.filter((job) => !job.withdrawn && job.start <= measuredOn && measuredOn <= job.end);
  const evidence = onTheDay.find((job) => job.employmentId === evidenceId);
  if (evidence !== undefined) return [jobTest(evidence, measurement, setting, outcome === 'POSITIVE')];
  if (onTheDay.length > 0) return onTheDay.map((job) => jobTest(job, measurement, setting, false));
  return [factTest('R-MEAS-12', false, nearestJobs(facts.jobs, measuredOn))];
}

/** The job of a record as it is known, also when it no longer covers the day. */
export function evidenceInWords(employmentId: string, setting: Setting): Text {
  const version = setting.records.present(ref('employment', employmentId));
  if (version === undefined) return { nl: employmentId, en: employmentId };
  const { kind, start_date: start, end_date: end } = version.fields;
  const employer = employerOf(employmentId, setting);
  return told((tongue) => {
    const { t, date } = tongue;
    const from = date(day(String(start)));
    const span =
      end === undefined
        ? `${from}, ${t('still open', 'loopt nog')}`
        : `${from} ${t('to', 'tot')} ${date(day(String(end)))}`;
    const gone = version.withdrawn ? t(', withdrawn since', ', sindsdien ingetrokken') : '';
    return `${employmentId} (${kindIn(String(kind), tongue)}${at(employer, tongue)}, ${span}${gone})`;
  });
}

function jobTest(job: Job, { measuredOn, outcome }: Measurement, setting: Setting, passed: boolean): ExplainedTest {
  const employer = employerOf(job.employmentId, setting);
  const fact = told((tongue) => {
    const { t, date, span } = tongue;
    const type = job.dimonaType === '' ? '' : `, ${t('Dimona type', 'Dimona-type')} ${job.dimonaType}`;
    const about = `${job.employmentId} (${kindIn(job.kind, tongue)}${at(employer, tongue)}${type}, ${span(job)})`;
    const ran = t(`ran on ${date(measuredOn)}`, `liep op ${date(measuredOn)}`);
    return `${about} ${ran}: ${meaningOf(job, setting.law, outcome, tongue)}`;
  });
  return test(ruleOfJob(job), passed, fact, ref('employment', job.employmentId));
}

function employerOf(employmentId: string, { records }: Setting): string | undefined {
  const employer = records.present(ref('employment', employmentId))?.fields['employer_id'];
  return employer === undefined ? undefined : String(employer);
}

function at(employer: string | undefined, { t }: Tongue): string {
  return employer === undefined ? '' : t(` at employer ${employer}`, ` bij werkgever ${employer}`);
}

function meaningOf(job: Job, law: Law, outcome: Measurement['outcome'], { t }: Tongue): string {
  if (isRegularJob(job, law)) return t('a job in the regular economy', 'een job in de reguliere economie');
  if (job.kind === 'ART60')
    return t('the subsidised step, no regular job', 'de gesubsidieerde stap, geen reguliere job');
  if (outcome === 'PENDING' && job.kind === 'SELF_EMPLOYED') {
    return t('self-employed, somebody has to decide', 'zelfstandige, iemand moet beslissen');
  }
  return t('no job in the regular economy', 'geen job in de reguliere economie');
}

const DUTCH_KIND: Readonly<Record<Job['kind'], string>> = {
  ART60: 'artikel 60',
  REGULAR: 'reguliere job',
  AGENCY: 'uitzendarbeid',
  STUDENT: 'studentenjob',
  FLEXI: 'flexi-job',
  ART61: 'artikel 61',
  IBO: 'IBO',
  PLACEMENT: 'stage',
  SOCIAL_ECONOMY: 'sociale economie',
  SELF_EMPLOYED: 'zelfstandige',
};

function kindIn(kind: string, { lang }: Tongue): string {
  return lang === 'en' ? kind : ((DUTCH_KIND as Readonly<Record<string, string>>)[kind] ?? kind);
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
function nearestJobs(jobs: readonly Job[], on: number): Fact {
  const known = jobs.filter((job) => !job.withdrawn);
  const before = known.filter((job) => job.end < on).sort((a, b) => b.end - a.end)[0];
  const after = known.filter((job) => job.start > on).sort((a, b) => a.start - b.start)[0];
  const fact = told((tongue) => {
    const { t, date } = tongue;
    const named = (job: Job, does: string, when: number) =>
      `${job.employmentId} (${kindIn(job.kind, tongue)}) ${does} ${date(when)}`;
    return [
      t(`no employment record covers ${date(on)}`, `geen tewerkstelling dekt ${date(on)}`),
      before && named(before, t('ended on', 'eindigde op'), before.end),
      after && named(after, t('starts on', 'start op'), after.start),
    ]
      .filter((each) => each !== undefined)
      .join('; ');
  });
  const near = [before, after].filter((job) => job !== undefined);
  return { fact, records: near.map((job) => ref('employment', job.employmentId)) };
}
