/** What the allowance of a month of a contract was asked: the request, grants and budget, the amount and its part. */
import { firstDayOf, lastDayOf, yearOf } from '../../calendar.js';
import { asksIncreased, MAXIMUM_INCREASED_GRANTS, partOfMonth, type GrantLook } from '../../law/allowance.js';
import type { AllowanceVerdict } from '../../law/allowance-verdicts.js';
import { isTransitional } from '../../law/contracts.js';
import type { Law } from '../../law/law.js';
import type { Text } from '../../law/rulebook/sources.js';
import type { Cents } from '../../money.js';
import type { Art60Contract } from '../../records/facts.js';
import { test, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import type { ExplainedAllowance } from './grants.js';
import { ref } from './records.js';
import { told } from './telling.js';

export type AllowanceKind = 'ORD' | 'INC';

/** Tests of one contract, in the order in which the law asks. @param monthly undefined when no amount is configured */
export function allowanceTests(
  kind: AllowanceKind,
  part: ExplainedAllowance,
  verdict: AllowanceVerdict,
  monthly: Cents | undefined,
  setting: Setting,
): ExplainedTest[] {
  const { contract } = part.contract;
  const requested = told(({ t, span }) =>
    t(
      `${contract.employmentId} (${span(contract)}) was requested in Nova Prima`,
      `${contract.employmentId} (${span(contract)}) is aangevraagd in Nova Prima`,
    ),
  );
  return [
    test('R-A-2', true, requested, ref('employment', contract.employmentId)),
    ...howItWasAsked(contract),
    ...(part.look === undefined ? [] : increasedTests(part, part.look, setting)),
    ...(kind === 'ORD' ? besideIncreased(part, verdict, setting.law) : []),
    ...amountTests(kind, part, verdict, monthly, setting.law),
  ];
}

/** R-I-1 and R-I-4, also when only one of the two was there. */
function howItWasAsked(contract: Art60Contract): ExplainedTest[] {
  const { socialEconomy, increasedRequested, employmentId } = contract;
  if (!socialEconomy && !increasedRequested) return [];
  const fact = told(({ t }) => {
    const asks = asksIncreased(contract)
      ? t('the increased allowance is asked', 'de verhoogde toelage is gevraagd')
      : t('the increased allowance is not asked', 'de verhoogde toelage is niet gevraagd');
    return `${asks}: social_economy ${socialEconomy}, increased_requested ${increasedRequested}`;
  });
  return [test('R-I-1', true, fact, ref('employment', employmentId))];
}

/** The grant and the budget, in the order in which the law looks at them. */
function increasedTests({ contract, decided }: ExplainedAllowance, look: GrantLook, setting: Setting): ExplainedTest[] {
  const grants = test('R-I-2', look.mayGrant, grantsInWords(look, decided.month, setting.law));
  const { budgetCents, usedBeforeCents } = look;
  if (!look.mayGrant || budgetCents === undefined) return [grants];
  const year = yearOf(decided.month);
  const fact = told(({ t, euro }) =>
    t(
      `budget of OCMW ${contract.facts.ocmwId} for ${year}: ${euro(budgetCents)}, used before ${euro(usedBeforeCents)}, ` +
        `left ${euro(budgetCents - usedBeforeCents)}`,
      `budget van OCMW ${contract.facts.ocmwId} voor ${year}: ${euro(budgetCents)}, eerder gebruikt ` +
        `${euro(usedBeforeCents)}, over ${euro(budgetCents - usedBeforeCents)}`,
    ),
  );
  const budgets = setting.records.idsWhere('budget', ({ fields }) => fields['year'] === year);
  const fits = decided.increasedBy.why !== 'NO_BUDGET';
  return [grants, test('R-I-5', fits, fact, ...budgets.map((id) => ref('budget', id)))];
}

function grantsInWords({ grantsBefore, firstGrant }: GrantLook, month: number, law: Law): Text {
  return told((tongue) => {
    const { t } = tongue;
    if (law.incCountUnit === 'CALENDAR_SPAN' && firstGrant !== undefined) {
      const [first, own, rank] = [tongue.month(firstGrant), tongue.month(month), month - firstGrant + 1];
      return t(
        `first granted for ${first}; ${own} is month ${rank} from there, at most ${MAXIMUM_INCREASED_GRANTS}`,
        `eerst toegekend voor ${first}; ${own} is maand ${rank} van daar af, hoogstens ${MAXIMUM_INCREASED_GRANTS}`,
      );
    }
    return t(
      `granted ${grantsBefore} times before, at most ${MAXIMUM_INCREASED_GRANTS}`,
      `${grantsBefore} keer eerder toegekend, hoogstens ${MAXIMUM_INCREASED_GRANTS}`,
    );
  });
}

/** What a granted month does to the ordinary allowance. */
function besideIncreased({ decided }: ExplainedAllowance, verdict: AllowanceVerdict, law: Law): ExplainedTest[] {
  if (verdict.why !== 'REPLACED' && verdict.why !== 'CUT_TO_BUDGET') return [];
  const fact = told(({ t, euro }) => {
    const given = euro(decided.increased);
    const granted = t(
      `the increased allowance of the month is ${given}`,
      `de verhoogde toelage van de maand is ${given}`,
    );
    return verdict.why === 'REPLACED'
      ? `${granted} (inc.mode = ${law.incMode})`
      : `${granted}, ${t('cut to what was left', 'beperkt tot wat overbleef')} (inc.partial = ${law.incPartial})`;
  });
  return [test(verdict.rule, false, fact)];
}

/** The amount that is missing, or the part of it that the contract earns: R-A-3, R-I-8, R-A-5. */
function amountTests(
  kind: AllowanceKind,
  { contract, decided }: ExplainedAllowance,
  verdict: AllowanceVerdict,
  monthly: Cents | undefined,
  law: Law,
): ExplainedTest[] {
  if (verdict.why === 'AMOUNT_MISSING') {
    const key = verdict.rule === 'R-A-3' ? 'amount.ORD' : 'amount.INC';
    const unknown = told((tongue) =>
      tongue.t(
        `${key} has no value for ${tongue.month(decided.month)}`,
        `${key} heeft geen waarde voor ${tongue.month(decided.month)}`,
      ),
    );
    return [test(verdict.rule, false, unknown)];
  }
  // Nothing of the amount was asked for: grants, budget or the other allowance decided.
  if (monthly === undefined || (!verdict.due && verdict.why !== 'PART_IS_NOTHING')) return [];
  const given = kind === 'ORD' ? decided.ordinary : decided.increased;
  const earned = partOfMonth(monthly, contract, decided.month, law);
  const days = daysTest({ contract, decided }, monthly, earned, law);
  if (!verdict.due || given === earned) return days;
  const cut = told(({ t, euro }) =>
    t(`cut to what was left of the budget: ${euro(given)}`, `beperkt tot wat van het budget overbleef: ${euro(given)}`),
  );
  return [...days, test('R-INC-5', true, cut)];
}

/** R-A-5: the days of a month in which the contract does not run as a whole. */
function daysTest(
  { decided, contract: own }: Pick<ExplainedAllowance, 'decided' | 'contract'>,
  monthly: Cents,
  earned: Cents,
  law: Law,
): ExplainedTest[] {
  const { contract, facts } = own;
  const first = firstDayOf(decided.month);
  const last = lastDayOf(decided.month);
  const paidFrom = isTransitional(contract.start, contract.end, facts.start) ? facts.start : contract.start;
  const from = Math.max(first, paidFrom);
  const until = Math.min(last, contract.end);
  if (from === first && until === last) return [];
  const fact = told(({ t, date, euro }) => {
    const [days, all] = [until - from + 1, last - first + 1];
    const part = t(
      `${days} of ${all} days (${date(from)} to ${date(until)}) of ${euro(monthly)}`,
      `${days} van ${all} dagen (${date(from)} tot ${date(until)}) van ${euro(monthly)}`,
    );
    return `${part}: ${euro(earned)} (allow.partial_month = ${law.allowPartialMonth})`;
  });
  return [test('R-A-5', earned > 0, fact, ref('employment', contract.employmentId))];
}
