/** Facts as sentences, for the tests of an explanation. */
import { monthOf } from '../../calendar.js';
import { categoryAsKnown, categoryOn, isRightCategory } from '../../law/category.js';
import { contractsThatCount, isHeldContract, isTransitional, standingOf, type Standing } from '../../law/contracts.js';
import type { Law } from '../../law/law.js';
import { art60Deadline, knowledgeOfQuarterOf } from '../../law/payment-calendar.js';
import type { Text } from '../../law/rulebook/sources.js';
import type { AsOf, CountedMonth } from '../../law/trajectory.js';
import type { Art60Contract, TrajectoryFacts } from '../../records/facts.js';
import { factTest, type Fact } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { ref } from './records.js';
import { joined, told } from './telling.js';

/** Where the trajectory stands towards the deadline of art. 60, as a test of it alone. */
export function timelyTest(rule: string, facts: TrajectoryFacts, law: Law, asOf: AsOf): ExplainedTest {
  const standing = standingOf(facts, contractsThatCount(facts), law, asOf.knownUntil);
  return factTest(rule, standing === 'TIMELY' || standing === 'PENDING', timelyFact(facts, law, asOf, true));
}

/**
 * The dates that say where the trajectory stands towards the deadline of art. 60.
 * @param withPolicy also what becomes of the guidance subsidy while a start in time is still possible
 */
export function timelyFact(facts: TrajectoryFacts, law: Law, asOf: AsOf, withPolicy: boolean): Fact {
  const contracts = contractsThatCount(facts);
  const standing = standingOf(facts, contracts, law, asOf.knownUntil);
  const first = contracts[0];
  const held = heldContracts(facts);
  const about = first === undefined ? held.records : [ref('employment', first.employmentId), ...held.records];
  return {
    fact: joined([
      standingInWords(standing, facts, first, law, asOf),
      ...(withPolicy && standing === 'PENDING' ? [pendingInWords(law)] : []),
      held.fact,
    ]),
    records: [ref('weo', facts.weoId), ...about],
  };
}

function standingInWords(
  standing: Standing,
  facts: TrajectoryFacts,
  first: Art60Contract | undefined,
  law: Law,
  asOf: AsOf,
): Text {
  const deadline = art60Deadline(facts.start, law);
  return told(({ t, date }) => {
    if (first === undefined) {
      const on = date(asOf.knownUntil);
      const unknown = t(`no art. 60 start is known on ${on}`, `op ${on} is geen start van artikel 60 bekend`);
      return standing === 'PENDING'
        ? unknown +
            t(
              `, and one can still start in time: the deadline is ${date(deadline)}`,
              `, en het kan nog tijdig starten: de uiterste datum is ${date(deadline)}`,
            )
        : unknown + t(`; the last timely day was ${date(deadline)}`, `; de laatste tijdige dag was ${date(deadline)}`);
    }
    const started = t(
      `art. 60 first started on ${date(first.start)} (${first.employmentId})`,
      `artikel 60 startte het eerst op ${date(first.start)} (${first.employmentId})`,
    );
    if (isTransitional(first.start, first.end, facts.start)) {
      return (
        started +
        t(
          ` and came into TWE on ${date(facts.start)} (R-TR-3, R-TR-4)`,
          ` en kwam op ${date(facts.start)} in TWE (R-TR-3, R-TR-4)`,
        )
      );
    }
    const last = t(`the last timely day was ${date(deadline)}`, `de laatste tijdige dag was ${date(deadline)}`);
    if (standing === 'TIMELY') return `${started}, ${t('in time', 'tijdig')}: ${last}`;
    const policy = law.a60LatePolicy === 'FORFEIT_ALL' ? '' : ` (a60.late_policy = ${law.a60LatePolicy})`;
    return `${started}, ${t('too late', 'te laat')}: ${last}${policy}`;
  });
}

function pendingInWords({ a60PendingPolicy }: Law): Text {
  return told(({ t }) =>
    a60PendingPolicy === 'HOLD'
      ? t('; until then months are held', '; tot dan worden maanden aangehouden')
      : t(
          '; until then months are paid provisionally (R-PEND-1)',
          '; tot dan worden maanden voorlopig betaald (R-PEND-1)',
        ),
  );
}

function heldContracts(facts: TrajectoryFacts): Fact {
  const held = facts.contracts.filter((each) => isHeldContract(each.start, each.end, facts.start));
  const words = held.map(({ employmentId, start }) =>
    told(({ t, date }) =>
      t(
        `; ${employmentId} starts on ${date(start)}, before the agreement, and counts for nothing (E-A60-BEFORE-WEO)`,
        `; ${employmentId} start op ${date(start)}, voor de overeenkomst, en telt niet mee (E-A60-BEFORE-WEO)`,
      ),
    ),
  );
  return { fact: joined(words), records: held.map(({ employmentId }) => ref('employment', employmentId)) };
}

/** Whether art. 60 ran on the last day of the month (or in it, `comp.presence = ANY_DAY`), and which contract. */
export function presenceFact(
  facts: TrajectoryFacts,
  month: CountedMonth,
  presence: Law['compPresence'],
  ran: boolean,
): Fact {
  const contracts = contractsThatCount(facts);
  const { lastDay } = month;
  const covers = (each: Art60Contract): boolean =>
    each.start <= lastDay && (each.end >= lastDay || (presence === 'ANY_DAY' && monthOf(each.end) === month.month));
  const running = contracts.find(covers);
  if ((running !== undefined) !== ran) throw new Error(`the law and the explanation see another art. 60 on ${lastDay}`);
  if (running === undefined) return neighbours(contracts, lastDay, presence);
  const fact = told(({ t, date, span }) => {
    const when =
      running.end >= lastDay ? t(`on ${date(lastDay)}`, `op ${date(lastDay)}`) : t('in the month', 'in de maand');
    return `${t('art. 60 ran', 'artikel 60 liep')} ${when}: ${running.employmentId}, ${span(running)}`;
  });
  return { fact, records: [ref('employment', running.employmentId)] };
}

/** None ran: the one before it and the one after it. */
function neighbours(contracts: readonly Art60Contract[], lastDay: number, presence: Law['compPresence']): Fact {
  const before = contracts.filter((each) => each.end < lastDay).at(-1);
  const after = contracts.find((each) => each.start > lastDay);
  const fact = told(({ t, date }) =>
    [
      presence === 'ANY_DAY'
        ? t('no art. 60 ran in the month', 'in de maand liep geen artikel 60')
        : t('no art. 60 ran on the last day', 'op de laatste dag liep geen artikel 60'),
      before && `${before.employmentId} ${t('ended on', 'eindigde op')} ${date(before.end)}`,
      after && `${after.employmentId} ${t('starts on', 'start op')} ${date(after.start)}`,
    ]
      .filter((each) => each !== undefined)
      .join('; '),
  );
  const near = [before, after].filter((each) => each !== undefined);
  return { fact, records: near.map((each) => ref('employment', each.employmentId)) };
}

/** Which category decided on the last day of the month. */
export function categoryFact(facts: TrajectoryFacts, month: CountedMonth, law: Law): Fact {
  const { lastDay } = month;
  if (!month.art60OnLastDay) {
    const fact = told(({ t }) =>
      t(
        'no art. 60 ran on the last day, so no category is asked',
        'op de laatste dag liep geen artikel 60, dus geen categorie gevraagd',
      ),
    );
    return { fact, records: [] };
  }
  const record = categoryOn(facts.categories, lastDay);
  const known = told(({ t, date }) =>
    record === undefined
      ? t(`no category record covers ${date(lastDay)}`, `geen categorie dekt ${date(lastDay)}`)
      : t(
          `category ${record.code} from ${date(record.from)} (${record.categoryId}) held on ${date(lastDay)}`,
          `op ${date(lastDay)} gold categorie ${record.code}, van ${date(record.from)} af (${record.categoryId})`,
        ),
  );
  return {
    fact: joined([known, policyOfCategory(facts, month, law, isRightCategory(record))]),
    records: record === undefined ? [] : [ref('category', record.categoryId)],
  };
}

const NOTHING: Text = { nl: '', en: '' };

function policyOfCategory(facts: TrajectoryFacts, month: CountedMonth, law: Law, right: boolean): Text {
  if (!right) {
    if (law.categoryPolicy !== 'WARN_ONLY') return NOTHING;
    return told(({ t }) =>
      t(
        '; it is not 90 or 93 but category.policy = WARN_ONLY',
        '; dat is niet 90 of 93, maar category.policy = WARN_ONLY',
      ),
    );
  }
  if (law.categoryPolicy !== 'FORFEIT') return NOTHING;
  const then = categoryAsKnown(facts.categoryVersions, month.lastDay, knowledgeOfQuarterOf(month.month, law));
  return told(({ t }) =>
    t(
      `; when its quarter was paid it was known as ${then?.code ?? 'nothing'} (category.policy = FORFEIT)`,
      `; toen het kwartaal betaald werd, was het bekend als ${then?.code ?? 'niets'} (category.policy = FORFEIT)`,
    ),
  );
}
