/**
 * Measurements 1 and 2 (rulebook 4 and 15.4): their dates, their outcome in one knowledge, what freezes and reopens
 * them; and the result payments M1 and M2 that follow (3.6).
 */
import { addMonths, NEVER, plusDays, type Day } from './days.js';
import { inVersionOrder, type Version } from './feeds.js';
import { byStartThenId, inszThen, know, type Employment, type Knowledge, type Weo } from './knowledge.js';
import type { OracleLaw } from './law.js';
import { counts, standingOf, type Line, type Question } from './months.js';

export type Outcome = 'POSITIVE' | 'NEGATIVE' | 'PENDING';

export interface Measurement {
  readonly weo: Weo;
  readonly number: 1 | 2;
  readonly date: Day;
  readonly outcome: Outcome;
  /** Employment id, '' when there is none. */
  readonly evidence: string;
}

/** Outcomes frozen by a final settlement, by `weo/number`. Filled by the runs in order of their days. */
export type Frozen = Map<
  string,
  { readonly measurement: Measurement; readonly decision: string; readonly place: Version }
>;

/** Dates of both measurements of a WEO that ends (4.1). */
export function measurementDates(end: Day, law: OracleLaw): { 1: Day; 2: Day } {
  const first = plusDays(end, 1);
  if (law.is('m2.anchor', 'M1')) return { 1: first, 2: addMonths(first, 3) };
  const second = addMonths(end, 3);
  return { 1: first, 2: law.is('m2.anchor', 'WEO_END') ? second : plusDays(second, 1) };
}

/** Both measurements whose date (plus grace) has come for whoever asks; none for a withdrawn or open WEO. */
export function measure(weo: Weo, question: Question, frozen: Frozen): Measurement[] {
  if (weo.withdrawn || weo.end === NEVER) return [];
  const dates = measurementDates(weo.end, question.law);
  const grace = question.law.number('m.grace_days');
  // A batch measures on its run day, with the facts of its cut-off (reading O-05).
  const numbers = ([1, 2] as const).filter((n) => plusDays(dates[n], grace) <= question.known.deliveredUntil);
  return numbers.map((number) => {
    const frozenOne = frozen.get(`${weo.id}/${number}`);
    const decision = decisionOn(weo, number, question.known);
    if (frozenOne && !isReopened(weo, frozenOne, decision)) return { ...frozenOne.measurement, weo };
    const automatic = evaluate(weo, dates[number], question);
    const outcome = decision ? (decision.row.outcome as Outcome) : automatic.outcome;
    return { weo, number, date: dates[number], outcome, evidence: automatic.evidence };
  });
}

/**
 * Freezes what this evening knows of a WEO that a final settlement took, unless it is frozen already (4.3).
 * Not when the end has moved since the cut-off so that a measurement lies ahead again (reading O-09).
 */
export function freeze(weoId: string, question: Question, frozen: Frozen): void {
  const weo = question.known.weos.get(weoId);
  const measurements = weo ? measure(weo, question, frozen) : [];
  if (!weo || measurements.length < 2) return;
  for (const measurement of measurements) {
    const key = `${weoId}/${measurement.number}`;
    const decision = decisionOn(weo, measurement.number, question.known);
    const old = frozen.get(key);
    if (old && !isReopened(weo, old, decision)) continue;
    frozen.set(key, { measurement, decision: nameOf(decision), place: weo.versions.at(-1)! });
  }
}

/** A moved WEO end opens it again, also when the end moved back; so does a decision (4.3 point 3). */
function isReopened(weo: Weo, { measurement, decision, place }: FrozenOne, decisionNow: Version | undefined): boolean {
  const laterVersions = weo.versions.filter((v) => !v.withdrawn && inVersionOrder(v, place) > 0);
  const moved = laterVersions.some((v) => (v.row.end_date || NEVER) !== measurement.weo.end);
  return moved || weo.end !== measurement.weo.end || nameOf(decisionNow) !== decision;
}

type FrozenOne = Frozen extends Map<string, infer T> ? T : never;

function nameOf(decision: Version | undefined): string {
  return decision ? `${decision.id}/${decision.registeredAt}/${decision.delivery}/${decision.line}` : '';
}

/**
 * The manual decision that holds: it belongs to the WEO end that held when it was registered and is void once the end
 * has moved, also when it moves back (15.4). The last one registered wins.
 */
function decisionOn(weo: Weo, number: 1 | 2, known: Knowledge): Version | undefined {
  const valid = known.decisionsOn(weo.id).filter(({ row, registeredAt }) => {
    if (row.measurement !== String(number)) return false;
    // A withdrawn version has no end of its own: it moves nothing (reading O-06).
    const standing = weo.versions.filter((v) => !v.withdrawn);
    const endThen = standing.filter((v) => v.registeredAt <= registeredAt).at(-1)?.row.end_date ?? '';
    const after = standing.filter((v) => v.registeredAt > registeredAt);
    return endThen !== '' && after.every((v) => v.row.end_date === endThen);
  });
  return valid.sort(inVersionOrder).at(-1);
}

/** Outcome by the records alone: a positive job, else self-employment (pending), else negative. */
function evaluate(weo: Weo, date: Day, question: Question): { outcome: Outcome; evidence: string } {
  const { archive, law } = question;
  const evening = plusDays(date, law.number('m.grace_days'));
  const known = law.is('m.recheck_until', 'NONE') ? know(archive, evening, evening) : question.known;
  const jobs = known
    .employmentsOf(known.person(inszThen(weo, known)))
    .filter((job) => job.start <= date && job.end >= date);
  const ofOutcome = (outcome: Outcome): Employment | undefined =>
    jobs.filter((job) => outcomeOf(job, known, law) === outcome).sort(byStartThenId)[0];
  const positive = ofOutcome('POSITIVE');
  if (positive) return { outcome: 'POSITIVE', evidence: positive.id };
  const pending = ofOutcome('PENDING');
  if (pending) return { outcome: 'PENDING', evidence: pending.id };
  return { outcome: 'NEGATIVE', evidence: '' };
}

/** Rulebook 4.2, row by row. */
function outcomeOf(job: Employment, known: Knowledge, law: OracleLaw): Outcome {
  const positiveIf = (condition: boolean): Outcome => (condition ? 'POSITIVE' : 'NEGATIVE');
  switch (job.kind) {
    case 'REGULAR':
      return positiveIf(isRegularJob(job, known, law));
    case 'AGENCY':
      return positiveIf(law.is('pos.agency', true));
    case 'STUDENT':
      return positiveIf(law.is('pos.student', true));
    case 'FLEXI':
      return positiveIf(law.is('pos.flexi', true));
    case 'ART61':
      return positiveIf(law.is('pos.a61', true));
    case 'SOCIAL_ECONOMY':
      return positiveIf(law.is('pos.social_economy', true));
    case 'IBO':
    case 'PLACEMENT':
      return positiveIf(law.is('pos.training', true));
    case 'SELF_EMPLOYED':
      return law.is('pos.self_employed', 'MANUAL') ? 'PENDING' : positiveIf(law.is('pos.self_employed', true));
    default:
      return 'NEGATIVE';
  }
}

function isRegularJob({ row }: Employment, known: Knowledge, law: OracleLaw): boolean {
  if (!['OTH', 'BCW', 'EXT', ''].includes(row.dimona_type!)) return false;
  if (law.is('pos.public', false) && known.isOcmw(row.employer_id!)) return false;
  const minimum = law.number('pos.min_fte');
  // An unknown fraction proves no minimum (reading O-07).
  return minimum === 0 || (row.fte !== '' && Number(row.fte) >= minimum);
}

/** Cents of both result payments of a trajectory (3.6). */
export function resultCents(
  weo: Weo,
  measurements: readonly Measurement[],
  question: Question,
): { 1: number; 2: number } {
  const { law } = question;
  const first = measurements.find((m) => m.number === 1);
  const second = measurements.find((m) => m.number === 2);
  if (!counts(weo)) return { 1: 0, 2: 0 };
  if (law.is('result.requires_timely', true) && standingOf(weo, question) !== 'TIMELY') return { 1: 0, 2: 0 };
  const cents = {
    1: first?.outcome === 'POSITIVE' ? (law.amount('M1', first.date) ?? schemeAmounts(law, first)[1]) : 0,
    2: second?.outcome === 'POSITIVE' ? (law.amount('M2', second.date) ?? schemeAmounts(law, first!)[2]) : 0,
  };
  const bothPositive = first?.outcome === 'POSITIVE' && second?.outcome === 'POSITIVE';
  if (bothPositive && law.is('result.cumulative', false)) {
    // Equal amounts: the first one is kept.
    if (cents[2] > cents[1]) cents[1] = 0;
    else cents[2] = 0;
  }
  if (law.is('result.clawback_m1', true) && second?.outcome === 'NEGATIVE') cents[1] = 0;
  return cents;
}

/** `result.scheme`. TRACK: M1 unknown, M2 by the outcome of M1 (nothing while that is pending, reading O-08). */
function schemeAmounts(law: OracleLaw, first: Measurement): { 1: number; 2: number } {
  if (law.is('result.scheme', 'M1_300_M2_600')) return { 1: 30_000, 2: 60_000 };
  if (law.is('result.scheme', 'M1_600_M2_300')) return { 1: 60_000, 2: 30_000 };
  const afterFirst = { POSITIVE: 30_000, NEGATIVE: 60_000, PENDING: 0 };
  return { 1: 0, 2: afterFirst[first.outcome] };
}

/** M1 and M2 of all trajectories as lines; the month is that of the measurement. */
export function resultLines(question: Question, frozen: Frozen): Line[] {
  return [...question.known.weos.values()].flatMap((weo) => {
    const measurements = measure(weo, question, frozen);
    const cents = resultCents(weo, measurements, question);
    return measurements
      .map(({ number, date }) => ({
        weo,
        component: `M${number}` as const,
        month: date.slice(0, 7),
        cents: cents[number],
      }))
      .filter((line) => line.cents !== 0);
  });
}
