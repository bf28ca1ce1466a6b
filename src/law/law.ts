/**
 * The law in force for a computation: amounts and policies of rulebook section 12, resolved and dated. Built once by
 * `resolve.ts` from the law files and the overrides of the configuration; the rules only read it.
 */
import type { Component } from './codes.js';
import type { DatedAmount } from './dated.js';
import type { Day } from '../calendar.js';
import type { EmploymentKind } from '../records/facts.js';

export interface Law {
  /** `amount.*`: in cents, by date. M1 and M2 are only present when the configuration gives them. ORD, INC: no default. */
  readonly amount: Readonly<Record<Component, DatedAmount | undefined>>;
  /** The two result amounts of rulebook 3.6 (300 and 600), which `result.scheme` gives to M1 and M2. */
  readonly resultLower: DatedAmount;
  readonly resultHigher: DatedAmount;
  readonly resultScheme: 'M1_300_M2_600' | 'M1_600_M2_300' | 'TRACK';
  readonly effMaxMonths: number;
  readonly effCapCounts: 'ACTIVE' | 'PAID';
  readonly effCapScope: 'TRAJECTORY' | 'PERSON';
  readonly a60DeadlineMonths: number;
  readonly a60DeadlineInclusive: boolean;
  readonly a60LatePolicy: 'FORFEIT_ALL' | 'PAY_FROM_START' | 'EFF_ONLY';
  readonly a60PendingPolicy: 'PAY_PROVISIONAL' | 'HOLD';
  readonly categoryPolicy: 'WITHHOLD' | 'WARN_ONLY' | 'FORFEIT';
  readonly compPresence: 'LAST_DAY' | 'ANY_DAY';
  readonly c3ValidFrom: Day;
  /** undefined: no upper bound (R-C3-5). */
  readonly c3MaxMonths: number | undefined;
  readonly m2Anchor: 'M1' | 'WEO_END' | 'WEO_END_PLUS_1';
  readonly measurementGraceDays: number;
  readonly measurementRecheck: 'FINAL' | 'NONE';
  readonly resultCumulative: boolean;
  readonly resultClawbackM1: boolean;
  readonly resultRequiresTimely: boolean;
  /** Thousandths of full time. */
  readonly posMinFtePermille: number;
  /** `pos.*` of the kinds that a key decides; REGULAR is positive, ART60 never is. SELF_EMPLOYED may be MANUAL. */
  readonly posKind: Readonly<Record<EmploymentKind, boolean | 'MANUAL'>>;
  /** `pos.public`: a regular job at an OCMW counts. */
  readonly posPublic: boolean;
  readonly incCountUnit: 'GRANT_MONTHS' | 'CALENDAR_SPAN';
  readonly incScope: 'TRAJECTORY' | 'CONTRACT' | 'PERSON';
  readonly incMode: 'REPLACE' | 'TOP_UP';
  readonly incAfterMax: 'ORDINARY' | 'NOTHING';
  readonly incPartial: boolean;
  readonly allowPartialMonth: 'CALENDAR_DAYS' | 'FULL_IF_LAST_DAY' | 'FULL_IF_ANY_DAY';
  readonly transitionTimely: boolean;
  /** `run.day`, 1 to 28. */
  readonly runDay: number;
  readonly runCutoff: 'QUARTER_END' | 'RUN_DATE';
  /** `year.cutoff` as month (1 to 12) and day of the month. */
  readonly yearCutoff: { readonly month: number; readonly day: number };
  readonly finalWhen: 'QUARTERLY' | 'NIGHTLY';
  readonly finalIncludeAllowances: boolean;
  readonly clawbackNetting: 'PER_OCMW' | 'NONE';
  readonly clawbackMethod: 'CLAIM' | 'OFFSET_NEXT';
  readonly clawbackThresholdCents: number;
}
