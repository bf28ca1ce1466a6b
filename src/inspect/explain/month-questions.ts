/** What the rules of the monthly components asked, each question with its rule and the fact that answered it. */
import type { Law } from '../../law/law.js';
import type { Text } from '../../law/rulebook/sources.js';
import type { CountedMonth } from '../../law/trajectory.js';
import type { Question } from '../../law/verdict.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import { factTest, type Fact, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { categoryFact, presenceFact, timelyFact } from './facts-in-words.js';
import type { Asked, Monthly, WalkedMonth } from './month-lines.js';
import { ref } from './records.js';
import { told } from './telling.js';

/** One question with its answer as the law gave it. */
export function questionTest(
  component: Monthly,
  { question, passed }: Asked,
  facts: TrajectoryFacts,
  walked: WalkedMonth,
  setting: Setting,
): ExplainedTest {
  const rule = ruleOf(question, component, walked.counted);
  return factTest(rule, passed, factOf(question, component, passed, facts, walked, setting));
}

function ruleOf(question: Question, component: Monthly, { standing }: CountedMonth): string {
  switch (question) {
    case 'TIMELY':
      if (component === 'EFF') return 'R-EFF-4';
      // Compensation waits for a contract while one can still start in time.
      return standing === 'PENDING' ? 'R-C-1' : 'R-C-6';
    case 'WITHIN_MAXIMUM':
      return 'R-EFF-2';
    case 'PAST_MAXIMUM':
      return 'R-C3-1';
    case 'EXTENDED':
      return 'R-C3-2';
    case 'CATEGORY':
      return component === 'EFF' ? 'R-EFF-5' : 'R-C-10';
    case 'ART60_PRESENT':
      return 'R-C-2';
    case 'ART60_ON_LAST_DAY':
      return 'R-C3-3';
    case 'BESIDE_PART_3':
      return 'R-C-5';
    case 'AGREEMENT_ENDED':
      return 'R-C-3';
    case 'PART_3_IN_FORCE':
      return 'R-C3-6';
    case 'WITHIN_BOUND_OF_PART_3':
      return 'R-C3-5';
  }
}

function factOf(
  question: Question,
  component: Monthly,
  passed: boolean,
  facts: TrajectoryFacts,
  { counted, verdicts }: WalkedMonth,
  { law, asOf }: Setting,
): Fact {
  const ofAgreement = (fact: Text): Fact => ({ fact, records: [ref('weo', facts.weoId)] });
  const alone = (fact: Text): Fact => ({ fact, records: [] });
  switch (question) {
    case 'TIMELY':
      return timelyFact(facts, law, asOf, component === 'EFF');
    case 'WITHIN_MAXIMUM':
      return alone(maximum(counted, verdicts.C3.due, law));
    case 'PAST_MAXIMUM':
      return alone(pastMaximum(counted, law));
    case 'EXTENDED':
      return ofAgreement(extended(facts));
    case 'CATEGORY':
      return categoryFact(facts, counted, law);
    case 'ART60_PRESENT':
      return presenceFact(facts, counted, law.compPresence, passed);
    case 'ART60_ON_LAST_DAY':
      return presenceFact(facts, counted, 'LAST_DAY', passed);
    case 'BESIDE_PART_3':
      return alone(besidePart3(counted, verdicts.C3, law));
    case 'AGREEMENT_ENDED':
      return ofAgreement(payableAfterEnd(facts, asOf.today));
    case 'PART_3_IN_FORCE':
      return alone(inForce(law));
    case 'WITHIN_BOUND_OF_PART_3':
      return alone(boundOfPart3(counted, law));
  }
}

/** `2024-03 is month 3 of the agreement`. */
function rank({ month, seq }: CountedMonth): Text {
  return told((tongue) =>
    tongue.t(
      `${tongue.month(month)} is month ${seq} of the agreement`,
      `${tongue.month(month)} is maand ${seq} van de overeenkomst`,
    ),
  );
}

function maximum(counted: CountedMonth, part3Due: boolean, law: Law): Text {
  const { seq, capRank } = counted;
  const own = rank(counted);
  return told(({ t, lang }) => {
    if (part3Due) return own[lang] + t('; part 3 is due in its place', '; in de plaats komt deel 3');
    const scope = `(eff.cap_scope = ${law.effCapScope}, eff.cap_counts = ${law.effCapCounts})`;
    const other =
      capRank === seq
        ? ''
        : t(` and number ${capRank} for the maximum ${scope}`, ` en nummer ${capRank} voor het maximum ${scope}`);
    const most = t(
      `; at most ${law.effMaxMonths} give guidance subsidy`,
      `; hoogstens ${law.effMaxMonths} geven inspanningsvergoeding`,
    );
    return `${own[lang]}${other}${most}`;
  });
}

function pastMaximum(counted: CountedMonth, { effMaxMonths }: Law): Text {
  const own = rank(counted);
  return told(
    ({ t, lang }) =>
      own[lang] + t(`; part 3 comes after month ${effMaxMonths}`, `; deel 3 komt na maand ${effMaxMonths}`),
  );
}

function extended({ extendedForRights: flag }: TrajectoryFacts): Text {
  return told(({ t }) =>
    flag === undefined
      ? t(
          'extended_for_rights is empty, which counts as true while art. 60 runs',
          'extended_for_rights is leeg, en dat telt als true zolang artikel 60 loopt',
        )
      : `extended_for_rights is ${flag}`,
  );
}

/** R-C-5: past the maximum parts 1 and 2 go on only beside part 3. */
function besidePart3({ month, seq }: CountedMonth, C3: WalkedMonth['verdicts']['C3'], law: Law): Text {
  return told((tongue) => {
    const { t } = tongue;
    const past = t(
      `${tongue.month(month)} is month ${seq}, past ${law.effMaxMonths}`,
      `${tongue.month(month)} is maand ${seq}, voorbij ${law.effMaxMonths}`,
    );
    return C3.due
      ? past + t(', and part 3 is due', ', en deel 3 is verschuldigd')
      : past +
          t(
            `, and part 3 is not due: ${C3.english} (${C3.rule})`,
            `, en deel 3 is niet verschuldigd: ${C3.dutch} (${C3.rule})`,
          );
  });
}

function payableAfterEnd({ end }: TrajectoryFacts, today: number): Text {
  return told(({ t, date }) =>
    end <= today
      ? t(`the agreement ended on ${date(end)}`, `de overeenkomst eindigde op ${date(end)}`)
      : t(
          `the agreement had not ended on ${date(today)}; it is paid in the quarterly run after its end (R-C-7)`,
          `op ${date(today)} was de overeenkomst niet geëindigd; dit wordt betaald in de kwartaalbetaling na het einde (R-C-7)`,
        ),
  );
}

function inForce({ c3ValidFrom }: Law): Text {
  return told(({ t, date }) =>
    t(`part 3 is in force from ${date(c3ValidFrom)}`, `deel 3 geldt vanaf ${date(c3ValidFrom)}`),
  );
}

function boundOfPart3({ seq }: CountedMonth, { effMaxMonths, c3MaxMonths }: Law): Text {
  const rankOfPart3 = seq - effMaxMonths;
  return told(({ t }) =>
    t(
      `month ${rankOfPart3} of part 3; at most ${c3MaxMonths} (c3.max_months)`,
      `maand ${rankOfPart3} van deel 3; hoogstens ${c3MaxMonths} (c3.max_months)`,
    ),
  );
}
