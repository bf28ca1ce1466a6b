/** What a measurement was asked: its date, and the decision, the frozen outcome or the records that decided on it. */
import { day } from '../../calendar.js';
import { OUTCOME_TEXT } from '../../exports/workbook/texts.js';
import type { Law } from '../../law/law.js';
import { outcomeByRecords, type Measurement } from '../../law/outflow.js';
import type { Result } from '../../law/result.js';
import type { Text } from '../../law/rulebook/sources.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import { factTest, test, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { timelyFact } from './facts-in-words.js';
import { evidenceInWords, jobsOnTheDay } from './measured-jobs.js';
import { ref } from './records.js';
import { joined, told, type Tongue } from './telling.js';

/** In order: the date, whether art. 60 started in time, what decided on the outcome, what the policies make of it. */
export function measurementTests(
  facts: TrajectoryFacts,
  { measurement, verdict }: Result,
  setting: Setting,
): ExplainedTest[] {
  const { law, asOf } = setting;
  const { rule, why } = verdict;
  const tests = [dateTest(facts, measurement, law)];
  if (why === 'HELD' || why === 'BEFORE_TWE') return [...tests, ...outcomeTests(facts, measurement, setting)];
  if (law.resultRequiresTimely) {
    tests.push(factTest('R-RES-6', rule !== 'R-RES-6', timelyFact(facts, law, asOf, false)));
  }
  tests.push(...outcomeTests(facts, measurement, setting));
  const policy = policyInWords(why, law);
  return policy === undefined ? tests : [...tests, test(why === 'AMOUNT_UNKNOWN' ? 'R-RES-8' : rule, false, policy)];
}

/** What takes the money of a positive measurement away. */
function policyInWords(why: string, law: Law): Text | undefined {
  return POLICY[why] === undefined ? undefined : told((tongue) => POLICY[why]!(tongue, law));
}

const POLICY: Readonly<Record<string, (tongue: Tongue, law: Law) => string>> = {
  NOT_CUMULATIVE: ({ t }) =>
    t(
      'result.cumulative = false: the other result is higher',
      'result.cumulative = false: het andere resultaat is hoger',
    ),
  M1_TAKEN_BACK: ({ t }) =>
    t('result.clawback_m1 = true and measurement 2 is negative', 'result.clawback_m1 = true en meting 2 is negatief'),
  AMOUNT_UNKNOWN: ({ t }, law) =>
    t(
      `result.scheme = ${law.resultScheme} states no amount for it`,
      `result.scheme = ${law.resultScheme} noemt er geen bedrag voor`,
    ),
};

function dateTest(facts: TrajectoryFacts, { measurement, measuredOn }: Measurement, law: Law): ExplainedTest {
  const fact = told(({ t, date }) => {
    const ended = t(`the agreement ended on ${date(facts.end)}`, `de overeenkomst eindigde op ${date(facts.end)}`);
    const on = date(measuredOn);
    return measurement === 1
      ? ended + t(`; measurement 1 is the day after, ${on}`, `; meting 1 is de dag erna, ${on}`)
      : ended +
          t(
            `; measurement 2 is three months later, ${on} (m2.anchor = ${law.m2Anchor})`,
            `; meting 2 is drie maanden later, ${on} (m2.anchor = ${law.m2Anchor})`,
          );
  });
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
      return [...ignored, ...jobsOnTheDay(facts, measurement, setting)];
  }
}

const outcomeIn = (outcome: string, { lang }: Tongue): string =>
  lang === 'en' ? outcome : (OUTCOME_TEXT[outcome]?.nl ?? outcome);

/** What was frozen, after the records that say the same; when they say something else by now, that is told. */
function frozen(facts: TrajectoryFacts, measurement: Measurement, setting: Setting): ExplainedTest[] {
  const { outcome, evidenceId, measuredOn, decisionId } = measurement;
  const evidence = evidenceId === '' ? [] : [ref('employment', evidenceId)];
  const job = evidenceId === '' ? undefined : evidenceInWords(evidenceId, setting);
  const fact = told((tongue) => {
    const { t, date, lang } = tongue;
    const by = job === undefined ? '' : t(` with ${job[lang]} as evidence`, ` met ${job[lang]} als bewijs`);
    const on = date(facts.frozen!.frozenOn);
    return t(
      `the final settlement of ${on} froze it as ${outcomeIn(outcome, tongue)}${by}`,
      `de eindafrekening van ${on} legde ze vast als ${outcomeIn(outcome, tongue)}${by}`,
    );
  });
  const decision = test('R-MEAS-16', outcome === 'POSITIVE', fact, ...evidence);
  if (decisionId !== '') return [decision];
  const now = outcomeByRecords(facts, measuredOn, setting.law);
  if (now.outcome === outcome && now.evidenceId === evidenceId)
    return [...jobsOnTheDay(facts, measurement, setting), decision];
  const changed = told((tongue) =>
    tongue.t(
      `by the records known now it would be ${outcomeIn(now.outcome, tongue)}, which changes it no more`,
      `volgens de gegevens van nu zou ze ${outcomeIn(now.outcome, tongue)} zijn, maar dat verandert niets meer`,
    ),
  );
  return [decision, test('R-MEAS-16', outcome === 'POSITIVE', changed)];
}

function decided({ decisionId, outcome, evidenceId }: Measurement, setting: Setting): ExplainedTest {
  const version = setting.records.present(ref('decision', decisionId));
  const { decided_by: who, reason } = version?.fields ?? {};
  const job = evidenceId === '' ? undefined : evidenceInWords(evidenceId, setting);
  const fact = told((tongue) => {
    const { t, date, lang } = tongue;
    const on = version === undefined ? '' : `${t(' of', ' van')} ${date(day(version.registeredOn))}`;
    const by = who === undefined ? '' : `${t(' by', ' door')} ${who}`;
    const why = reason === undefined ? '' : `: "${reason}"`;
    const work = job === undefined ? '' : `; ${t('the job on the day', 'de job op die dag')}: ${job[lang]}`;
    const says = `${t('decision', 'beslissing')} ${decisionId}${on}${by} ${t('says', 'zegt')}`;
    return `${says} ${outcomeIn(outcome, tongue)}${why}${work}`;
  });
  const refs = evidenceId === '' ? [] : [ref('employment', evidenceId)];
  return test('R-MEAS-18', outcome === 'POSITIVE', fact, ref('decision', decisionId), ...refs);
}

/** Decisions that do not decide: registered before an end was known, void since the end moved, or replaced (15.4). */
function ignoredDecisions(facts: TrajectoryFacts, { measurement, decisionId, outcome }: Measurement): ExplainedTest[] {
  return facts.decisions
    .filter((each) => each.measurement === measurement && each.decisionId !== decisionId)
    .map((each) => {
      const fact = joined([
        told(({ t }) =>
          t(`decision ${each.decisionId} does not decide: `, `beslissing ${each.decisionId} beslist niet: `),
        ),
        {
          en: 'no end was known when it was registered, the end moved since, or a later decision took its place',
          nl: 'bij de registratie was geen einde bekend, het einde is sindsdien verschoven of een latere beslissing verving ze',
        },
      ]);
      return test('R-MEAS-18', outcome === 'POSITIVE', fact, ref('decision', each.decisionId));
    });
}
