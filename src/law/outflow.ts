/**
 * Outflow measurements 1 and 2: dates (rulebook 4.1), what is positive (4.2), how they run (4.3), readings of 15.4.
 * An outcome is a function of what is known to whoever asks, until a final settlement freezes it.
 */
import { addMonths, OPEN_END, type Day } from '../calendar.js';
import type { Decision, FrozenMeasurements, Job, Outcome, TrajectoryFacts } from '../records/facts.js';
import type { Law } from './law.js';

export interface Measurement {
  readonly measurement: 1 | 2;
  readonly measuredOn: Day;
  readonly outcome: Outcome;
  /** Employment that is the evidence, '' when there is none. */
  readonly evidenceId: string;
  readonly source: 'RECORDS' | 'DECISION' | 'FROZEN';
  /** The decision that decided, '' otherwise. */
  readonly decisionId: string;
}

/** R-LC-10: M1 is the day after the WEO end; M2 three months later, counted as `m2.anchor` says. */
export function measurementDates(weoEnd: Day, law: Law): readonly [Day, Day] {
  const first = weoEnd + 1;
  switch (law.m2Anchor) {
    case 'M1':
      return [first, addMonths(first, 3)];
    case 'WEO_END':
      return [first, addMonths(weoEnd, 3)];
    case 'WEO_END_PLUS_1':
      return [first, addMonths(weoEnd, 3) + 1];
  }
}

/** The measurements whose date (plus `m.grace_days`) has come on `today`; none for a WEO without an end. */
export function measurements(facts: TrajectoryFacts, law: Law, today: Day): readonly Measurement[] {
  if (facts.end >= OPEN_END || facts.end >= today || facts.withdrawn) return [];
  const [first, second] = measurementDates(facts.end, law);
  const made: Measurement[] = [];
  if (first + law.measurementGraceDays <= today) made.push(measure(facts, 1, first, law));
  if (second + law.measurementGraceDays <= today) made.push(measure(facts, 2, second, law));
  return made;
}

function measure(facts: TrajectoryFacts, measurement: 1 | 2, measuredOn: Day, law: Law): Measurement {
  const decision = decisionInForce(facts, measurement);
  const decisionId = decision?.decisionId ?? '';
  const frozen = frozenOutcome(facts, measurement, decisionName(decision));
  const { outcome, evidenceId } = frozen ?? outcomeByRecords(facts, measuredOn, law);
  // One literal: spreading took a sixth of the time of an unchanged night.
  return {
    measurement,
    measuredOn,
    outcome: frozen === undefined && decision !== undefined ? decision.outcome : outcome,
    evidenceId,
    source: frozen !== undefined ? 'FROZEN' : decision !== undefined ? 'DECISION' : 'RECORDS',
    decisionId,
  };
}

/** An outcome with the employment that is its evidence, '' when there is none. */
export interface AutomaticOutcome {
  readonly outcome: Outcome;
  readonly evidenceId: string;
}

/**
 * Rulebook 4.3 point 3: what a final settlement froze holds until the WEO end moves (also when it moves back) or another
 * decision is in force.
 */
function frozenOutcome(facts: TrajectoryFacts, measurement: 1 | 2, decision: string): AutomaticOutcome | undefined {
  const frozen = facts.frozen;
  if (frozen === undefined || frozen.end !== facts.end || hasMovedSince(facts, frozen)) return undefined;
  if (frozen.decisions[measurement - 1] !== decision) return undefined;
  return { outcome: frozen.outcomes[measurement - 1]!, evidenceId: frozen.evidence[measurement - 1]! };
}

/** Whether a version that follows the one that held when the outcome froze had another end. */
function hasMovedSince({ weoEnds }: TrajectoryFacts, frozen: FrozenMeasurements): boolean {
  const heldThen = weoEnds.findLastIndex((version) => version.knownOn <= frozen.frozenOn);
  return weoEnds.slice(heldThen + 1).some((version) => version.end !== frozen.end);
}

/** A decision as one version of its record: a later version of it is another decision. */
export function decisionName(decision: Decision | undefined): string {
  return decision === undefined ? '' : `${decision.decisionId}@${decision.registeredAtMicros}`;
}

/**
 * The decision that beats the automatic outcome, if any (rulebook 4.3 point 5, 15.4): it belongs to the WEO end that
 * held when it was registered, counts for nothing when there was none, and is void once the end moved, also when it
 * moved back. Of several the last registered.
 */
export function decisionInForce(facts: TrajectoryFacts, measurement: 1 | 2): Decision | undefined {
  return facts.decisions.findLast((decision) => {
    if (decision.measurement !== measurement) return false;
    const heldThen = facts.weoEnds.findLastIndex((end) => end.registeredAtMicros <= decision.registeredAtMicros);
    const end = facts.weoEnds[heldThen]?.end;
    if (end === undefined || end === OPEN_END) return false;
    return facts.weoEnds.slice(heldThen + 1).every((version) => version.end === end);
  });
}

/**
 * Rulebook 4.2 on one date: a positive job, then self-employed (pending), else negative (15.4). An art. 60 contract is
 * the subsidised step itself and changes nothing.
 */
export function outcomeByRecords(facts: TrajectoryFacts, date: Day, law: Law): AutomaticOutcome {
  const jobs = knownJobs(facts.jobs, date + law.measurementGraceDays, law).filter(
    (job) => job.start <= date && date <= job.end && !job.withdrawn,
  );
  const positive = evidenceAmong(jobs.filter((job) => isRegularJob(job, law)));
  if (positive) return { outcome: 'POSITIVE', evidenceId: positive.employmentId };
  const undecided = evidenceAmong(jobs.filter((job) => law.posKind[job.kind] === 'MANUAL'));
  if (undecided) return { outcome: 'PENDING', evidenceId: undecided.employmentId };
  return { outcome: 'NEGATIVE', evidenceId: '' };
}

/** `m.recheck_until = NONE`: only what was known on the evening of the measurement (plus grace) decides. */
function knownJobs(versions: readonly Job[], evening: Day, law: Law): readonly Job[] {
  if (law.measurementRecheck === 'FINAL') return versions;
  const known = new Map<string, Job>();
  for (const version of versions) if (version.knownOn <= evening) known.set(version.employmentId, version);
  return [...known.values()];
}

/** Dimona worker types of an ordinary job; a REGULAR record with another type is negative (rulebook 4.2, 15.4). */
const ORDINARY_DIMONA_TYPES: ReadonlySet<string> = new Set(['OTH', 'BCW', 'EXT', '']);

/** Whether a record counts as a job in the regular economy, by the `pos.*` keys. */
export function isRegularJob(job: Job, law: Law): boolean {
  if (job.kind !== 'REGULAR') return law.posKind[job.kind] === true;
  if (!ORDINARY_DIMONA_TYPES.has(job.dimonaType)) return false;
  // An FTE that is not known shows no minimum.
  if (Math.max(0, job.ftePermille) < law.posMinFtePermille) return false;
  return law.posPublic || !job.employerIsOcmw;
}

/** Several records: the earliest start, then the lowest id (rulebook 15.4). */
function evidenceAmong(jobs: readonly Job[]): Job | undefined {
  let best: Job | undefined;
  for (const job of jobs) {
    if (
      best === undefined ||
      job.start < best.start ||
      (job.start === best.start && job.employmentId < best.employmentId)
    ) {
      best = job;
    }
  }
  return best;
}
