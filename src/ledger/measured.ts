/** Versions of measurements: a change of date, outcome, evidence or amount is a new version; a moved end voids (4.3). */
import { formatDay, type Day } from '../calendar.js';
import { copyRow } from '../db/copy.js';
import type { Session } from '../db/database.js';
import type { Result } from '../law/result.js';

export interface StoredMeasurement {
  readonly measurement: number;
  readonly measuredOn: string;
  readonly outcome: string;
  readonly employmentId: string | null;
  readonly cents: number;
  readonly source: string;
}

/** Present versions that are not voided, per WEO. */
export async function storedMeasurements(
  session: Session,
  weoIds: readonly string[],
): Promise<Map<string, StoredMeasurement[]>> {
  const rows = await session.rows<{
    weo_id: string;
    measurement: number;
    measured_on: string;
    outcome: string;
    employment_id: string | null;
    cents: number;
    source: string;
    voided: boolean;
  }>(
    `select distinct on (weo_id, measurement)
       weo_id, measurement, measured_on, outcome, employment_id, cents, source, voided
     from twe.measurement_version
     where weo_id = any ($1)
     order by weo_id, measurement, version_no desc`,
    [weoIds],
  );
  const byWeo = new Map<string, StoredMeasurement[]>();
  for (const row of rows) {
    if (row.voided) continue;
    const list = byWeo.get(row.weo_id) ?? [];
    list.push({ ...row, measuredOn: row.measured_on, employmentId: row.employment_id });
    byWeo.set(row.weo_id, list);
  }
  return byWeo;
}

/** New versions in COPY form (`SEALED_COLUMNS`): first what is voided, then what holds now. */
export function measurementRows(
  weoId: string,
  results: readonly Result[],
  stored: readonly StoredMeasurement[],
): string[] {
  const rows: string[] = [];
  const add = (m: StoredMeasurement, voided: boolean) =>
    rows.push(copyRow([weoId, m.measurement, m.measuredOn, m.outcome, m.employmentId, m.source, m.cents, voided]));
  const now = results.map(asStored);
  for (const before of stored) {
    const same = now.find((each) => each.measurement === before.measurement);
    if (same?.measuredOn !== before.measuredOn) add(before, true);
  }
  for (const each of now) {
    const before = stored.find((other) => other.measurement === each.measurement);
    if (before === undefined || !isSame(before, each)) add(each, false);
  }
  return rows;
}

function asStored({ measurement, cents }: Result): StoredMeasurement {
  return {
    measurement: measurement.measurement,
    measuredOn: formatDay(measurement.measuredOn satisfies Day),
    outcome: measurement.outcome,
    employmentId: measurement.evidenceId === '' ? null : measurement.evidenceId,
    cents,
    // Frozen or not depends on when somebody looks; what decided does not.
    source: measurement.decisionId === '' ? 'RECORDS' : 'DECISION',
  };
}

function isSame(a: StoredMeasurement, b: StoredMeasurement): boolean {
  return (
    a.measuredOn === b.measuredOn && a.outcome === b.outcome && a.employmentId === b.employmentId && a.cents === b.cents
  );
}
