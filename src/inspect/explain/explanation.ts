/**
 * What `twe explain` answers, as data: the schema of `--json`. Amounts are integer euro cents, days `YYYY-MM-DD`, months
 * `YYYY-MM`. The client is never named: no national number gets here. A change that breaks a reader gets a new version.
 */
import type { Day } from '../../calendar.js';
import type { Component, Reason } from '../../law/codes.js';
import type { TrajectoryStatus } from '../../law/status.js';
import type { Text } from '../../law/rulebook/rulebook.js';

export const EXPLANATION_VERSION = 2;

export interface Explanation {
  readonly version: typeof EXPLANATION_VERSION;
  readonly weoId: string;
  readonly ocmw: ExplainedOcmw;
  readonly known: {
    /** The evening whose knowledge is explained. */
    readonly on: string;
    /** The night of that evening. */
    readonly runId: string;
    /** Batches and approvals are told up to this day: later than `on` when a day was asked on which no night was run. */
    readonly until: string;
  };
  /** With which law. */
  readonly law: LawSource;
  readonly asked: { readonly month: string | null; readonly component: Component | null };
  /** Whether anything can be due at all, with the test that decided. */
  readonly status: TrajectoryStatus;
  readonly statusTest: ExplainedTest;
  readonly agreement: {
    readonly start: string;
    /** Last day covered; null while it is open. */
    readonly end: string | null;
    /** null when the feed leaves it empty. */
    readonly extendedForRights: boolean | null;
    /** Last day on which an art. 60 start is timely. */
    readonly art60Deadline: string;
  };
  /** The two-month test, on which almost everything rests. */
  readonly timely: ExplainedTest;
  /** In order of component, then month. */
  readonly lines: readonly ExplainedLine[];
  readonly measurements: readonly ExplainedMeasurement[];
  /** Of the lines shown. */
  readonly totals: readonly ExplainedTotal[];
  readonly ledger: readonly ExplainedEntry[];
  readonly batchLines: readonly ExplainedBatchLine[];
  /** The OCMWs of these lines in each batch. */
  readonly batchParts: readonly ExplainedBatchPart[];
  readonly records: readonly ExplainedRecord[];
  /** Every rule that is named above, by id. */
  readonly rules: Readonly<Record<string, ExplainedRule>>;
}

/**
 * CONFIGURATION: the night was computed with the law of the configuration. NIGHT: the configuration changed since, and the
 * law of the night was kept. CONFIGURATION_INSTEAD: it was not, and that of the configuration adds up to the same ledger.
 */
export type LawSource = 'CONFIGURATION' | 'NIGHT' | 'CONFIGURATION_INSTEAD';

export interface ExplainedOcmw {
  readonly ocmwId: string;
  readonly name: string | null;
  /** Who is paid: the OCMW itself, or its successor. */
  readonly payeeId: string;
  readonly payeeName: string | null;
}

/** One component of one month: what is due, or why nothing is. */
export interface ExplainedLine {
  readonly component: Component;
  readonly month: string;
  readonly due: boolean;
  readonly dueCents: number;
  /** Sum of the ledger entries of this component and month; equal to what is due. */
  readonly ledgerCents: number;
  /** The rule that decided. */
  readonly rule: string;
  /** Stable name of the situation. */
  readonly why: string;
  readonly text: Text;
  /** In the order in which the law asked them, up to the one that decided. */
  readonly tests: readonly ExplainedTest[];
  /** null when nothing is due. */
  readonly amount: ExplainedAmount | null;
}

export interface ExplainedTest {
  readonly rule: string;
  readonly passed: boolean;
  /** The fact that answered it. */
  readonly fact: Text;
  /** `ref` of the records that hold it. */
  readonly records: readonly string[];
}

export interface ExplainedAmount {
  /** Configuration key: `amount.EFF`. */
  readonly key: string;
  /** First day on which the value holds; null when it holds for all dates. */
  readonly from: string | null;
  /** Of a whole month or a measurement; a part of it is due where a test says so. */
  readonly cents: number;
  readonly source: Text;
  /** DOC, OFF, SEC, INF, NF or CONFIG. */
  readonly confidence: string;
  readonly checkedOn: string | null;
}

export interface ExplainedMeasurement {
  readonly measurement: 1 | 2;
  /** null while the agreement has no end. */
  readonly measuredOn: string | null;
  /** null while the date has not come. */
  readonly outcome: 'POSITIVE' | 'NEGATIVE' | 'PENDING' | null;
  readonly cents: number;
  /** What runs stored of it, oldest first. */
  readonly stored: readonly StoredVersion[];
}

export interface StoredVersion {
  readonly measuredOn: string;
  readonly outcome: string;
  readonly employmentId: string | null;
  readonly source: string;
  readonly cents: number;
  readonly voided: boolean;
  readonly runId: string;
}

export interface ExplainedTotal {
  readonly component: Component;
  readonly dueCents: number;
}

export interface ExplainedEntry {
  readonly entryNo: number;
  readonly runId: string;
  readonly ocmwId: string;
  readonly component: Component;
  readonly firstMonth: string;
  readonly lastMonth: string;
  /** Per month. */
  readonly cents: number;
  readonly rule: string;
  readonly reason: Reason;
}

export interface ExplainedBatchLine {
  readonly batchId: string;
  readonly period: string;
  readonly runDay: string;
  readonly state: 'APPROVED' | 'REJECTED' | 'WAITING' | 'HELD';
  readonly kind: string;
  /** Who is paid. */
  readonly ocmwId: string;
  readonly component: Component;
  readonly month: string;
  readonly dueCents: number;
  readonly beforeCents: number;
  readonly cents: number;
  readonly reason: Reason;
}

/** All lines of one OCMW in a batch: what is paid or claimed back is their sum. */
export interface ExplainedBatchPart {
  readonly batchId: string;
  readonly ocmwId: string;
  readonly ocmwName: string | null;
  /** Empty when nothing was left to pay or to claim. */
  readonly claims: readonly ExplainedClaim[];
}

export interface ExplainedClaim {
  readonly direction: 'PAY' | 'CLAIM';
  /** Of all lines of the OCMW, those of other agreements included. */
  readonly cents: number;
  /** Structured communication. */
  readonly reference: string;
  /** Rows of payment.csv with this reference. */
  readonly payments: readonly ExplainedPayment[];
}

export interface ExplainedPayment {
  readonly paymentId: string;
  readonly paidOn: string;
  /** Positive: VDAB paid; negative: it came back, or the OCMW paid a claim. */
  readonly cents: number;
  /** Confirms a line of this agreement, not the whole. */
  readonly forLine: boolean;
}

export type RecordKind = 'weo' | 'employment' | 'category' | 'decision' | 'payment' | 'budget';

export interface ExplainedRecord {
  /** `<kind>/<id>`. */
  readonly ref: string;
  readonly kind: RecordKind;
  readonly id: string;
  /** Oldest first; the last one is what is known. */
  readonly versions: readonly ExplainedVersion[];
}

export interface ExplainedVersion {
  readonly delivery: string;
  readonly file: string;
  readonly line: number;
  readonly registeredAt: string;
  readonly registeredOn: string;
  /** Day from which its delivery counts. */
  readonly countedOn: string;
  readonly withdrawn: boolean;
  /** Columns that are filled. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

export interface ExplainedRule {
  readonly text: Text;
  readonly source: Text;
  readonly confidence: string;
}

/** Filters of the command. */
export interface Asked {
  /** `year * 12 + month - 1`. */
  readonly month?: number | undefined;
  readonly component?: Component | undefined;
  /** A past evening; undefined: that of the last finished night. */
  readonly knownOn?: Day | undefined;
}
