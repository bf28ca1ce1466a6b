/**
 * The checks of the inspection grid (rulebook section 9) on the allowances of one beneficiary in one month. Each is answered
 * from the records beside what the ledger grants, with the fact that decided it. Dutch: it stands in a document for people.
 */
import { firstDayOf, formatMonth, lastDayOf, type Day, type Month } from '../../calendar.js';
import { enterpriseNumber } from '../../exports/workbook/common-sheets.js';
import { belgianDate } from '../../exports/workbook/document.js';
import { MAXIMUM_INCREASED_GRANTS } from '../../law/allowance.js';
import type { Law } from '../../law/law.js';
import type { Cents } from '../../money.js';
import type { Contract } from './load.js';

export const ALLOWANCE_CHECKS = [
  'CONTRACT',
  'NOVA_PRIMA',
  'TWELVE_GRANTS',
  'SOCIAL_ECONOMY',
  'AFTER_CONTRACT',
  'EMPLOYER',
  'WAGE_COST',
] as const;
export type AllowanceCheck = (typeof ALLOWANCE_CHECKS)[number];

/** NO is what an inspector acts on; NOT_APPLICABLE is a question that the month does not ask. */
export type Answer = 'YES' | 'NO' | 'NOT_APPLICABLE';

export interface CheckedAnswer {
  readonly check: AllowanceCheck;
  readonly answer: Answer;
  readonly fact: string;
}

/** What a month of a beneficiary is judged by. */
export interface MonthFacts {
  readonly month: Month;
  readonly ordinaryCents: Cents;
  readonly increasedCents: Cents;
  /** All contracts of the agreement. */
  readonly contracts: readonly Contract[];
  /** Months of the increased allowance in the scope of `inc.scope`, this one included, in order. */
  readonly increasedMonths: readonly Month[];
  /** Numbers under which the OCMW may stand as employer: its own, of the agreement, of those that merged into it. */
  readonly employers: ReadonlySet<string>;
}

/** All checks of a month, in their order. */
export function checkMonth(facts: MonthFacts, law: Law): CheckedAnswer[] {
  const running = contractsOf(facts);
  const granted = facts.ordinaryCents + facts.increasedCents;
  const answers: Record<AllowanceCheck, readonly [Answer, string]> = {
    CONTRACT: contractPresent(running),
    NOVA_PRIMA: novaPrima(running),
    TWELVE_GRANTS: facts.increasedCents === 0 ? NO_INCREASED : twelveGrants(facts, law),
    SOCIAL_ECONOMY: facts.increasedCents === 0 ? NO_INCREASED : socialEconomy(running),
    AFTER_CONTRACT: granted === 0 ? NOTHING_GRANTED : afterContract(facts, running),
    EMPLOYER: employer(running, facts.employers),
    WAGE_COST: granted === 0 ? NOTHING_GRANTED : wageCost(granted, wageOf(facts)),
  };
  return ALLOWANCE_CHECKS.map((check) => ({ check, answer: answers[check][0], fact: answers[check][1] }));
}

/** Contracts that run on some day of the month. */
export function contractsOf({ contracts, month }: Pick<MonthFacts, 'contracts' | 'month'>): Contract[] {
  return contracts.filter(
    ({ start, end }) => start <= lastDayOf(month) && (end === undefined || end >= firstDayOf(month)),
  );
}

/** Gross wage cost of the contracts of the month; undefined when it was not supplied for each of them. */
export function wageOf(facts: Pick<MonthFacts, 'contracts' | 'month'>): Cents | undefined {
  const wages = contractsOf(facts).map(({ wages }) => wages[formatMonth(facts.month)]);
  if (wages.length === 0 || wages.includes(undefined)) return undefined;
  return wages.reduce<Cents>((sum, cents) => sum + cents!, 0);
}

const NO_INCREASED = ['NOT_APPLICABLE', 'geen verhoogde toelage'] as const;
const NOTHING_GRANTED = ['NOT_APPLICABLE', 'geen toelage toegekend'] as const;
const NO_CONTRACT = ['NOT_APPLICABLE', 'geen contract in deze maand'] as const;

function contractPresent(running: readonly Contract[]): readonly [Answer, string] {
  if (running.length === 0) return ['NO', 'geen contract artikel 60 in deze maand'];
  return ['YES', running.map(({ employmentId, start, end }) => `${employmentId}: ${period(start, end)}`).join('; ')];
}

function period(start: Day, end: Day | undefined): string {
  return end === undefined ? `vanaf ${belgianDate(start)}` : `${belgianDate(start)} tot ${belgianDate(end)}`;
}

/** R-A-2. */
function novaPrima(running: readonly Contract[]): readonly [Answer, string] {
  if (running.length === 0) return NO_CONTRACT;
  const without = running.filter(({ novaPrimaReference }) => novaPrimaReference === undefined);
  if (without.length > 0) {
    return ['NO', `${without.map(({ employmentId }) => employmentId).join(', ')} zonder referentie`];
  }
  return ['YES', running.map(({ novaPrimaReference }) => novaPrimaReference!).join('; ')];
}

/** R-I-2, counted as `inc.count_unit` says. */
function twelveGrants({ increasedMonths, month }: MonthFacts, law: Law): readonly [Answer, string] {
  const first = increasedMonths[0] ?? month;
  const isSpan = law.incCountUnit === 'CALENDAR_SPAN';
  const number = isSpan ? month - first + 1 : increasedMonths.filter((each) => each <= month).length;
  const fact = isSpan
    ? `maand ${number} sinds de eerste toekenning (${monthText(first)}), hoogstens ${MAXIMUM_INCREASED_GRANTS}`
    : `toekenning ${number} van hoogstens ${MAXIMUM_INCREASED_GRANTS}, de eerste in ${monthText(first)}`;
  return [number <= MAXIMUM_INCREASED_GRANTS ? 'YES' : 'NO', fact];
}

function monthText(month: Month): string {
  return formatMonth(month).split('-').reverse().join('/');
}

/** R-I-1. */
function socialEconomy(running: readonly Contract[]): readonly [Answer, string] {
  const recognised = running.filter((contract) => contract.socialEconomy);
  if (recognised.length > 0) {
    return ['YES', `${recognised.map(({ employmentId }) => employmentId).join(', ')} in een erkend initiatief`];
  }
  return ['NO', 'geen contract in een erkend initiatief in deze maand'];
}

/** R-A-1: the allowance stops with the contract. */
function afterContract({ contracts }: MonthFacts, running: readonly Contract[]): readonly [Answer, string] {
  if (running.length > 0) return ['YES', 'een contract loopt in deze maand'];
  const ends = contracts.flatMap(({ end }) => (end === undefined ? [] : [end]));
  if (ends.length === 0) return ['NO', 'geen contract bekend'];
  return ['NO', `het laatste contract eindigde op ${belgianDate(Math.max(...ends))}`];
}

function employer(running: readonly Contract[], employers: ReadonlySet<string>): readonly [Answer, string] {
  if (running.length === 0) return NO_CONTRACT;
  const other = running.find(({ employerId }) => employerId === undefined || !employers.has(employerId));
  if (other === undefined) {
    return ['YES', [...new Set(running.map(({ employerId }) => enterpriseNumber(employerId!)))].join('; ')];
  }
  const who = other.employerId === undefined ? 'werkgever niet opgegeven' : enterpriseNumber(other.employerId);
  return ['NO', `${other.employmentId}: ${who}`];
}

function wageCost(granted: Cents, wage: Cents | undefined): readonly [Answer, string] {
  if (wage === undefined) return ['NOT_APPLICABLE', 'loonkost niet voor elk contract meegedeeld'];
  const euro = (cents: Cents) => (cents / 100).toLocaleString('nl-BE', { minimumFractionDigits: 2 });
  if (granted <= wage) return ['YES', `loonkost ${euro(wage)}`];
  return ['NO', `toegekend ${euro(granted)}, loonkost ${euro(wage)}: ${euro(granted - wage)} te veel`];
}
