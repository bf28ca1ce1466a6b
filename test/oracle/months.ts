/**
 * EFF, C1, C2 and C3, month by month (rulebook 3.1 to 3.4). C2 is computed as earned here; when it becomes due (after the
 * WEO end) is asked by `c2IsDue`.
 */
import { runOfQuarter } from './calendar.js';
import { addMonths, earlier, firstDay, lastDay, monthOf, plusMonths, type Day, type Month } from './days.js';
import { inVersionOrder } from './feeds.js';
import { inszThen, isTransition, know, type Archive, type Employment, type Knowledge, type Weo } from './knowledge.js';
import type { Component, OracleLaw } from './law.js';

/** Money of one component of one trajectory in one month, in cents. */
export interface Line {
  readonly weo: Weo;
  readonly component: Component;
  readonly month: Month;
  readonly cents: number;
}

export interface Question {
  readonly archive: Archive;
  readonly law: OracleLaw;
  readonly known: Knowledge;
}

export type Standing = 'TIMELY' | 'PENDING' | 'LATE';

/** Neither withdrawn nor held, and of the time of TWE financing (R-TR-1). */
export function counts(weo: Weo): boolean {
  return !weo.withdrawn && !weo.held && weo.start >= '2017-01-01';
}

/** `timely` and `pending` of rulebook 3.1, with R-TR-4. */
export function standingOf(weo: Weo, { known, law }: Question): Standing {
  const first = weo.contracts[0]?.start;
  if (law.is('transition.timely', true) && weo.contracts.some((c) => isTransition(c, weo.start))) return 'TIMELY';
  const deadline = addMonths(weo.start, law.number('a60.deadline_months'));
  // The exclusive deadline holds for `pending` as well (reading O-02).
  const inTime = (day: Day): boolean => day < deadline || (day === deadline && law.is('a60.deadline_inclusive', true));
  if (first === undefined) return inTime(known.registeredUntil) ? 'PENDING' : 'LATE';
  return first >= weo.start && inTime(first) ? 'TIMELY' : 'LATE';
}

/** Months on whose last day the WEO is active, up to now (R-M-1, 15.3). */
export function activeMonths(weo: Weo, now: Day): Month[] {
  const months: Month[] = [];
  const until = earlier(weo.end, now);
  for (let month = monthOf(weo.start); lastDay(month) <= until; month = plusMonths(month, 1)) months.push(month);
  return months;
}

/** EFF, C1, C2 (as earned) and C3 of all trajectories that count. */
export function monthLines(question: Question): Line[] {
  const weos = [...question.known.weos.values()].filter(counts).sort((a, b) => (a.start < b.start ? -1 : 1));
  const perPerson = question.law.is('eff.cap_scope', 'PERSON');
  const scopes = new Map<string, Weo[]>();
  for (const weo of weos) {
    const scope = perPerson ? weo.person : weo.id;
    scopes.set(scope, [...(scopes.get(scope) ?? []), weo]);
  }
  return [...scopes.values()].flatMap((scope) => linesOfScope(scope, question));
}

/** C2 is payable once the WEO has ended (R-C-7, 15.3). */
export function c2IsDue(weo: Weo, now: Day): boolean {
  return weo.end <= now;
}

/** The WEOs that share one cap on EFF, in order of start; those that count never overlap. */
function linesOfScope(weos: readonly Weo[], question: Question): Line[] {
  const { law } = question;
  const max = law.number('eff.max_months');
  const lines: Line[] = [];
  let active = 0;
  let paid = 0;
  for (const weo of weos) {
    activeMonths(weo, question.known.registeredUntil).forEach((month, index) => {
      active++;
      const right = rightsOf(weo, month, index + 1, question);
      const underCap = law.is('eff.cap_counts', 'PAID') ? paid < max && !right.nothingBeyond : active <= max;
      const effective = right.guidance && underCap && !right.c3;
      if (effective) paid++;
      const pay = (component: Component, due: boolean): void => {
        const cents = due ? amountOfMonth(law, component, month) : 0;
        if (cents !== 0) lines.push({ weo, component, month, cents });
      };
      pay('EFF', effective);
      pay('C1', right.compensation);
      pay('C2', right.compensation);
      pay('C3', right.c3);
    });
  }
  return lines;
}

function amountOfMonth(law: OracleLaw, component: Component, month: Month): number {
  const cents = law.amount(component, lastDay(month));
  if (cents === undefined) throw new Error(`no amount.${component} for ${month}`);
  return cents;
}

interface Rights {
  /** EFF, but for its cap. */
  readonly guidance: boolean;
  /** C1 and C2. */
  readonly compensation: boolean;
  readonly c3: boolean;
  /** Past month 24 with the extension flag off: nothing at all (R-C3-2). */
  readonly nothingBeyond: boolean;
}

/** What one active month gives; `seq` is its rank among the active months of the WEO, from 1. */
function rightsOf(weo: Weo, month: Month, seq: number, question: Question): Rights {
  const { law } = question;
  const standing = standingOf(weo, question);
  const on60 = weo.contracts.some((contract) => covers(contract, lastDay(month)));
  const anyDay = weo.contracts.some((c) => c.start <= lastDay(month) && c.end >= firstDay(month));
  const present = law.is('comp.presence', 'ANY_DAY') ? anyDay : on60;
  const categoryOk = !on60 || categoryIsRight(weo, month, question);
  const provisional = standing === 'PENDING' && law.is('a60.pending_policy', 'PAY_PROVISIONAL');
  const fromStart = law.is('a60.late_policy', 'PAY_FROM_START') && art60HasRunBy(weo, month);
  const lateGuidance = standing === 'LATE' && fromStart;
  const lateCompensation = standing === 'LATE' && (fromStart || law.is('a60.late_policy', 'EFF_ONLY'));
  const guidanceOpen = standing === 'TIMELY' || provisional || lateGuidance;
  const compensationOpen = standing === 'TIMELY' || provisional || lateCompensation;

  // Month 25 is the first one past eff.max_months (reading O-03).
  const beyond = seq - law.number('eff.max_months');
  const nothingBeyond = beyond > 0 && weo.extended === 'false';
  const c3Max = law.text('c3.max_months') as unknown;
  const c3 =
    beyond > 0 &&
    !nothingBeyond &&
    on60 &&
    compensationOpen &&
    categoryOk &&
    lastDay(month) >= law.text('c3.valid_from') &&
    (typeof c3Max !== 'number' || beyond <= c3Max);
  return {
    guidance: guidanceOpen && categoryOk,
    compensation: present && compensationOpen && categoryOk && (beyond <= 0 || c3),
    c3,
    nothingBeyond,
  };
}

/** PAY_FROM_START: from the first month on whose last day art. 60 was running, also after it has ended. */
function art60HasRunBy(weo: Weo, month: Month): boolean {
  return activeMonths(weo, lastDay(month)).some((m) => weo.contracts.some((c) => covers(c, lastDay(m))));
}

function covers(contract: Employment, day: Day): boolean {
  return contract.start <= day && contract.end >= day;
}

/** R-EFF-5 under `category.policy`. FORFEIT: right now and at the cut-off of its quarter (reading O-04). */
function categoryIsRight(weo: Weo, month: Month, { archive, law, known }: Question): boolean {
  if (law.is('category.policy', 'WARN_ONLY')) return true;
  const rightNow = isWorking(categoryOn(weo, lastDay(month), known));
  if (!rightNow || law.is('category.policy', 'WITHHOLD')) return rightNow;
  const run = runOfQuarter(month, law);
  const atCutoff = know(archive, earlier(run.cutoff, known.registeredUntil), earlier(run.runDay, known.deliveredUntil));
  // the client as the WEO named him then: sent again under a new number it loses nothing
  return isWorking(categoryOn({ insz: inszThen(weo, atCutoff) }, lastDay(month), atCutoff));
}

function isWorking(code: string | undefined): boolean {
  return code === '90' || code === '93';
}

/** 15.3: the later from date wins, then the later registration. */
function categoryOn(weo: Pick<Weo, 'insz'>, day: Day, known: Knowledge): string | undefined {
  const ofClient = known.categoriesOf(known.person(weo.insz));
  const covering = ofClient.filter((category) => category.from <= day && category.to >= day);
  covering.sort((a, b) => {
    if (a.from !== b.from) return a.from < b.from ? 1 : -1;
    return -inVersionOrder(a.version, b.version);
  });
  return covering[0]?.code;
}
