/**
 * What the law gets to see of one trajectory: plain values, no database, no clock. Built by `records/` for one
 * knowledge K (rulebook 15.1), so the same law computes tonight, a batch of last quarter and an explanation.
 */
import type { Day } from '../calendar.js';
import type { EMPLOYMENT_KINDS } from '../feeds/contracts.js';

export type EmploymentKind = (typeof EMPLOYMENT_KINDS)[number];

/** An employment under art. 60 that names this WEO. */
export interface Art60Contract {
  readonly employmentId: string;
  readonly start: Day;
  /** Last day covered; OPEN_END when open. */
  readonly end: Day;
  readonly socialEconomy: boolean;
  readonly increasedRequested: boolean;
  readonly hasNovaPrimaReference: boolean;
}

/** An employment of the client, other than art. 60, that touches the months after the WEO (rulebook 4.2). */
export interface Job {
  readonly employmentId: string;
  readonly kind: EmploymentKind;
  /** Dimona worker type as delivered, '' when absent. */
  readonly dimonaType: string;
  readonly start: Day;
  readonly end: Day;
  /** Thousandths of full time; -1 when absent. */
  readonly ftePermille: number;
  /** The employer is an OCMW of ocmw.csv (`pos.public`). */
  readonly employerIsOcmw: boolean;
  /** Day on which this version became known; with `m.recheck_until = NONE` all versions are carried, in their order. */
  readonly knownOn: Day;
  readonly withdrawn: boolean;
}

/** One category record of the client. In facts they stand in order of precedence: later from, then later registered. */
export interface CategoryPeriod {
  readonly categoryId: string;
  readonly code: string;
  readonly from: Day;
  readonly to: Day;
}

/** A version of a category record; only carried when `category.policy = FORFEIT` asks what was known earlier. */
export interface CategoryVersion extends CategoryPeriod {
  readonly registeredOn: Day;
  readonly deliveredOn: Day;
  readonly withdrawn: boolean;
}

/** A manual decision on a measurement, rulebook 4.3 point 5 and 15.4. */
export interface Decision {
  readonly decisionId: string;
  readonly measurement: 1 | 2;
  readonly outcome: 'POSITIVE' | 'NEGATIVE';
  /** Microseconds since 1970. */
  readonly registeredAtMicros: number;
}

/** The WEO end as one version of the record had it; all versions, only carried where it moved about or a decision exists. */
export interface WeoEndVersion {
  readonly registeredAtMicros: number;
  /** Day on which this version became known (registered and delivered). */
  readonly knownOn: Day;
  /** OPEN_END when the version has no end. */
  readonly end: Day;
}

export type Outcome = 'POSITIVE' | 'NEGATIVE' | 'PENDING';

/** Outcomes frozen by a final settlement (rulebook 4.3 point 3). */
export interface FrozenMeasurements {
  /** Run day of the final settlement whose evening's knowledge decided. */
  readonly frozenOn: Day;
  /** WEO end that held then. */
  readonly end: Day;
  readonly outcomes: readonly [Outcome, Outcome];
  readonly evidence: readonly [string, string];
  /** The decisions that were in force then (`decisionName`), '' without one. */
  readonly decisions: readonly [string, string];
}

/** Everything the law needs of one work experience agreement (WEO), as known in K. */
export interface TrajectoryFacts {
  readonly ocmwId: string;
  readonly weoId: string;
  readonly withdrawn: boolean;
  readonly start: Day;
  /** Last day covered; OPEN_END when open. */
  readonly end: Day;
  /** `weo.extended_for_rights`; undefined when empty (rulebook 15.3: true while art. 60 runs). */
  readonly extendedForRights: boolean | undefined;
  /** Order in which the WEOs of this client were first registered (1 = first); decides an overlap. */
  readonly registrationRank: number;
  /** In order of start, then employment id. */
  readonly contracts: readonly Art60Contract[];
  readonly jobs: readonly Job[];
  readonly categories: readonly CategoryPeriod[];
  readonly categoryVersions: readonly CategoryVersion[];
  /** In order of version. */
  readonly decisions: readonly Decision[];
  readonly weoEnds: readonly WeoEndVersion[];
  readonly frozen: FrozenMeasurements | undefined;
  /** The other WEOs of the same client that are not withdrawn, without siblings of their own. */
  readonly siblings: readonly TrajectoryFacts[];
}
