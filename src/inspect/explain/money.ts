/** What was posted, booked and stored of a trajectory up to an evening. */
import { formatDay, formatMonth } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { COMPONENTS, REASONS, RULES } from '../../law/codes.js';
import type { ExplainedBatchLine, ExplainedBatchPart, ExplainedEntry, StoredVersion } from './explanation.js';
import type { Night } from './known.js';

export interface StoredMeasurement {
  readonly measurement: 1 | 2;
  readonly version: StoredVersion;
}

/** Ledger entries of the WEO, in order of posting. */
export async function ledgerOf(session: Session, weoId: string, { today }: Night): Promise<ExplainedEntry[]> {
  const rows = await session.rows<{
    entry_no: number;
    run_id: string;
    ocmw_id: string;
    component: number;
    first_month: number;
    last_month: number;
    cents: number;
    rule: number;
    reason: number;
  }>(sql('inspect/list_ledger_entries'), [weoId, formatDay(today)]);
  return rows.map((row) => ({
    entryNo: row.entry_no,
    runId: row.run_id,
    ocmwId: row.ocmw_id,
    component: COMPONENTS[row.component]!,
    firstMonth: formatMonth(row.first_month),
    lastMonth: formatMonth(row.last_month),
    cents: row.cents,
    rule: RULES[row.rule]!,
    reason: REASONS[row.reason]!,
  }));
}

/** Its lines in batches that were booked. */
export async function batchLinesOf(session: Session, weoId: string, { until }: Night): Promise<ExplainedBatchLine[]> {
  const rows = await session.rows<{
    batch_id: string;
    period: string;
    run_day: string;
    decision: 'APPROVED' | 'REJECTED' | 'HELD' | null;
    kind: string;
    ocmw_id: string;
    component: number;
    month: number;
    due_cents: number;
    before_cents: number;
    cents: number;
    reason: number;
  }>(sql('inspect/list_booked_lines'), [weoId, formatDay(until)]);
  return rows.map((row) => ({
    batchId: row.batch_id,
    period: row.period,
    runDay: row.run_day,
    state: row.decision ?? 'WAITING',
    kind: row.kind,
    ocmwId: row.ocmw_id,
    component: COMPONENTS[row.component]!,
    month: formatMonth(row.month),
    dueCents: row.due_cents,
    beforeCents: row.before_cents,
    cents: row.cents,
    reason: REASONS[row.reason]!,
  }));
}

/** The OCMWs of those lines in each batch, with their payments and claims. */
export async function batchPartsOf(session: Session, weoId: string, { until }: Night): Promise<ExplainedBatchPart[]> {
  const rows = await session.rows<{
    batch_id: string;
    ocmw_id: string;
    ocmw_name: string | null;
    claims: ExplainedBatchPart['claims'];
  }>(sql('inspect/list_booked_parts'), [weoId, formatDay(until)]);
  return rows.map((row) => ({
    batchId: row.batch_id,
    ocmwId: row.ocmw_id,
    ocmwName: row.ocmw_name,
    claims: row.claims,
  }));
}

/** What runs stored of its measurements. */
export async function storedOf(session: Session, weoId: string, { today }: Night): Promise<StoredMeasurement[]> {
  const rows = await session.rows<{
    measurement: 1 | 2;
    measured_on: string;
    outcome: string;
    employment_id: string | null;
    source: string;
    cents: number;
    voided: boolean;
    run_id: string;
  }>(sql('inspect/list_measurement_versions'), [weoId, formatDay(today)]);
  return rows.map((row) => ({
    measurement: row.measurement,
    version: {
      measuredOn: row.measured_on,
      outcome: row.outcome,
      employmentId: row.employment_id,
      source: row.source,
      cents: row.cents,
      voided: row.voided,
      runId: row.run_id,
    },
  }));
}
