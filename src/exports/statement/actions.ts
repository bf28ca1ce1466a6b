/** What an OCMW should do for a trajectory: from its facts and the law, and from the findings of the night. */
import { lastDayOf, monthOf, OPEN_END, type Day } from '../../calendar.js';
import { categoryOn, isRightCategory } from '../../law/category.js';
import { contractsThatCount, standingOf } from '../../law/contracts.js';
import { category00Deadline, evaluationDates } from '../../law/deadlines.js';
import type { Law } from '../../law/law.js';
import { art60Deadline } from '../../law/payment-calendar.js';
import { statusOf } from '../../law/status.js';
import type { AsOf } from '../../law/trajectory.js';
import type { Cents } from '../../money.js';
import type { Finding } from '../../finding.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import { NOT_FOR_OCMW } from './action-texts.js';
import { heldForOverlap, lostAfterDeadline, withheldForCategory, withheldNextMonth, worthOf } from './stakes.js';
import type { Action, Stake, Urgency } from './statement.js';

/** Findings that the facts themselves tell better: with the day and the amount. */
const TOLD_BY_FACTS: ReadonlySet<string> = new Set(['A60_DEADLINE_NEAR', 'CATEGORY_NOT_CHANGED']);
/** Of these it counts what was ordered too much. */
const RECLAIMS: ReadonlySet<string> = new Set(['NO_A60', 'LATE_A60']);
/** The finding of a claim that was not paid. */
export const CLAIM_OPEN = 'CLAIM_OPEN';
/** For how long after the end of an agreement its category can be told to matter, as in the findings. */
const WATCHED_DAYS = 180;
/** More evaluations no agreement has. */
const MOST_EVALUATIONS = 40;

/** An action before the trajectory and the client are named. */
type Told = Pick<Action, 'code' | 'urgency' | 'by' | 'cents' | 'stake'>;

/** What is to be done for a trajectory that may still change. `findings`: those of this trajectory. */
export function actionsOf(
  facts: TrajectoryFacts,
  client: string,
  law: Law,
  asOf: AsOf,
  findings: readonly Finding[],
): Action[] {
  const { weoId } = facts;
  const fromFacts = statusOf(facts) === 'COUNTS' ? toldByFacts(facts, law, asOf) : [];
  return [
    ...fromFacts.map((told) => ({ ...told, weoId, client, subject: '', message: '' })),
    ...findings
      .filter(({ code }) => !TOLD_BY_FACTS.has(code) && !NOT_FOR_OCMW.has(code))
      .map((finding) => ({
        ...toldByFinding(finding, facts, law, asOf),
        ...{ weoId, client, subject: finding.subject, message: finding.message },
      })),
  ];
}

/** A finding about the OCMW itself, or about a trajectory whose facts do not count. */
export function actionOfFinding({ code, severity, subject, message, weoId }: Finding, client: string): Action {
  const urgency = urgencyOf(severity);
  return { weoId, client, code, urgency, by: undefined, cents: undefined, stake: undefined, subject, message };
}

/** With what was ordered too much for the trajectory filled in where that is what is at stake. */
export function withReclaim(action: Action, orderedTooMuch: Cents): Action {
  if (!RECLAIMS.has(action.code) || orderedTooMuch <= 0) return action;
  return { ...action, cents: orderedTooMuch, stake: 'RECLAIMED' };
}

/** With the amount of the claim that is to be paid. `claims`: cents by structured communication. */
export function withClaim(action: Action, claims: ReadonlyMap<string, Cents>): Action {
  const cents = action.code === CLAIM_OPEN ? claims.get(action.subject) : undefined;
  return cents === undefined ? action : { ...action, cents, stake: 'CLAIMED' };
}

function toldByFacts(facts: TrajectoryFacts, law: Law, asOf: AsOf): Told[] {
  return [...art60ToCome(facts, law, asOf), ...categoryOfArt60(facts, law, asOf), ...category00ToCome(facts, asOf)];
}

/** Every agreement that still waits for art. 60, not only in the last days: the next statement comes a month later. */
function art60ToCome(facts: TrajectoryFacts, law: Law, asOf: AsOf): Told[] {
  const standing = standingOf(facts, contractsThatCount(facts), law, asOf.knownUntil);
  if (standing !== 'PENDING' || facts.start > asOf.today || facts.end < asOf.today) return [];
  const by = art60Deadline(facts.start, law);
  return [{ code: 'A60_TO_START', urgency: 'SOON', by, ...stake('LOST', lostAfterDeadline(facts, law, asOf, by)) }];
}

/** R-LC-3: 90 or 93 while art. 60 runs; for the months that are over and for the next one. */
function categoryOfArt60(facts: TrajectoryFacts, law: Law, asOf: AsOf): Told[] {
  const { today } = asOf;
  if (facts.end < today - WATCHED_DAYS) return [];
  const told: Told[] = [];
  const withheld = withheldForCategory(facts, law, asOf);
  if (withheld > 0) {
    const kind = law.categoryPolicy === 'FORFEIT' ? 'LOST' : 'WITHHELD';
    told.push({ code: 'CATEGORY_NOT_CHANGED', urgency: 'NOW', by: undefined, ...stake(kind, withheld) });
  }
  const runs = contractsThatCount(facts).some(({ start, end }) => start <= today && today <= end);
  if (runs && facts.end >= today && !isRightCategory(categoryOn(facts.categories, today))) {
    const { by, cents } = withheldNextMonth(facts, law, asOf);
    told.push({ code: 'CATEGORY_TO_CHANGE', urgency: 'SOON', by, ...stake('WITHHELD', cents) });
  }
  return told;
}

/** R-LC-6: within 8 calendar days after the day on which the right to benefit begins. */
function category00ToCome(facts: TrajectoryFacts, { today }: AsOf): Told[] {
  const ended = endOfArt60(facts);
  if (ended === undefined || ended >= today || facts.end < today) return [];
  const by = category00Deadline(ended + 1);
  if (by < today || categoryOn(facts.categories, today)?.code === '00') return [];
  return [{ code: 'CATEGORY_00_TO_COME', urgency: 'SOON', by, ...NO_STAKE }];
}

function toldByFinding({ code, severity }: Finding, facts: TrajectoryFacts, law: Law, asOf: AsOf): Told {
  return { code, urgency: urgencyOf(severity), by: dayOf(code, facts, law, asOf), ...stakeOf(code, facts, law, asOf) };
}

/** The day that a finding is about, as its rule counts it. */
function dayOf(code: string, facts: TrajectoryFacts, law: Law, { today }: AsOf): Day | undefined {
  switch (code) {
    case 'NO_A60':
    case 'LATE_A60':
      return art60Deadline(facts.start, law);
    case 'CATEGORY_00_OVERDUE': {
      const ended = endOfArt60(facts);
      return ended === undefined ? undefined : category00Deadline(ended + 1);
    }
    case 'MONTH_21_REACHED':
    case 'MONTH_24_REACHED':
      return lastDayOf(monthOf(facts.start) + law.effMaxMonths - 1);
    case 'EVALUATION_OVERDUE':
      return evaluationDates(facts.start, MOST_EVALUATIONS).findLast((due) => due < today);
    case 'FINAL_REPORT_MISSING':
      return facts.end;
    default:
      return undefined;
  }
}

function stakeOf(code: string, facts: TrajectoryFacts, law: Law, asOf: AsOf): Pick<Told, 'cents' | 'stake'> {
  switch (code) {
    case 'WEO_OVERLAP':
      return stake('WITHHELD', heldForOverlap(facts, law, asOf));
    case 'WEO_PAST_24_WITHOUT_A60':
      return stake('WAITS', worthOf(facts, law, asOf).waitingCents);
    default:
      return NO_STAKE;
  }
}

/** Last day of the last contract that began; undefined without one, or while one runs on without an end. */
function endOfArt60(facts: TrajectoryFacts): Day | undefined {
  const contracts = contractsThatCount(facts);
  return contracts.length === 0 ? undefined : Math.max(...contracts.map(({ end }) => end));
}

const NO_STAKE = { cents: undefined, stake: undefined };

/** Nothing at stake is not told as zero. */
function stake(kind: Stake, cents: Cents): Pick<Told, 'cents' | 'stake'> {
  return cents > 0 ? { cents, stake: kind } : NO_STAKE;
}

function urgencyOf(severity: Finding['severity']): Urgency {
  return severity === 'NOTICE' ? 'KNOW' : 'NOW';
}

const URGENCIES: readonly Urgency[] = ['NOW', 'SOON', 'KNOW'];

/** What cannot wait first; of what comes soon the earliest, of the rest the largest amount. */
export function inOrder(actions: readonly Action[]): Action[] {
  return [...actions].sort(
    (a, b) =>
      URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) ||
      (a.urgency === 'SOON' ? byDay(a, b) || byAmount(a, b) : byAmount(a, b) || byDay(a, b)) ||
      compare(a.weoId, b.weoId) ||
      compare(a.code, b.code) ||
      compare(a.subject, b.subject),
  );
}

const byDay = (a: Action, b: Action): number => (a.by ?? OPEN_END) - (b.by ?? OPEN_END);
const byAmount = (a: Action, b: Action): number => (b.cents ?? 0) - (a.cents ?? 0);

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
