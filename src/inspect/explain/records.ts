/** The records that a trajectory rests on, with every version and where it stood in the feeds. */
import { day, formatDay, OPEN_END, type Day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { maskInszIn } from '../../identifiers.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import type { ExplainedRecord, ExplainedVersion, RecordKind } from './explanation.js';

/** Name of a record in tests and lists. */
export const ref = (kind: RecordKind, id: string): string => `${kind}/${id}`;

export class RecordBook {
  private readonly byRef: ReadonlyMap<string, ExplainedRecord>;

  constructor(readonly all: readonly ExplainedRecord[]) {
    this.byRef = new Map(all.map((record) => [record.ref, record]));
  }

  /** The version that is known, undefined when no such record is. */
  present(recordRef: string): ExplainedVersion | undefined {
    return this.byRef.get(recordRef)?.versions.at(-1);
  }

  /** Ids of the records of a kind that hold and fit. */
  idsWhere(kind: RecordKind, fits: (version: ExplainedVersion) => boolean): string[] {
    return this.all
      .filter((record) => record.kind === kind && !record.versions.at(-1)!.withdrawn && fits(record.versions.at(-1)!))
      .map((record) => record.id);
  }
}

interface VersionRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly registered_at: string;
  readonly registered_on: string;
  readonly counted_on: string;
  readonly delivery: string;
  readonly line: number;
  readonly withdrawn: boolean;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Loads the records of one trajectory as known on an evening.
 * @param withBudgets when the increased allowance is asked
 */
export async function loadRecords(
  session: Session,
  facts: TrajectoryFacts,
  personId: string,
  today: Day,
  withBudgets: boolean,
): Promise<RecordBook> {
  const rows = await session.rows<VersionRow>(sql('inspect/list_record_versions'), [
    facts.weoId,
    formatDay(today),
    personId,
    withBudgets,
    facts.ocmwId,
  ]);
  const records = new Map<string, { kind: RecordKind; id: string; ref: string; versions: ExplainedVersion[] }>();
  for (const row of rows) {
    const key = ref(row.kind, row.id);
    let record = records.get(key);
    if (record === undefined) records.set(key, (record = { ref: key, kind: row.kind, id: row.id, versions: [] }));
    record.versions.push(versionOf(row));
  }
  return new RecordBook([...records.values()].filter((record) => concerns(record, facts)));
}

function versionOf(row: VersionRow): ExplainedVersion {
  return {
    delivery: row.delivery,
    file: `${row.kind}.csv`,
    line: row.line,
    registeredAt: row.registered_at,
    registeredOn: row.registered_on,
    countedOn: row.counted_on,
    withdrawn: row.withdrawn,
    fields: Object.fromEntries(
      Object.entries(row.fields).map(([name, value]) => [name, typeof value === 'string' ? maskInszIn(value) : value]),
    ),
  };
}

/** Of the client's employments and categories: those in the facts, that name the agreement, or that touch its time. */
function concerns(record: ExplainedRecord, facts: TrajectoryFacts): boolean {
  const { kind, id, versions } = record;
  if (kind !== 'employment' && kind !== 'category') return true;
  if (facts.contracts.some((each) => each.employmentId === id)) return true;
  if (facts.jobs.some((each) => each.employmentId === id)) return true;
  if (facts.categories.some((each) => each.categoryId === id)) return true;
  if (versions.some(({ fields }) => fields['weo_id'] === facts.weoId)) return true;
  const { fields } = versions.at(-1)!;
  if (fields['weo_id'] !== undefined) return false;
  const from = dayOf(fields['start_date'] ?? fields['from_date']) ?? 0;
  const until = dayOf(fields['end_date'] ?? fields['to_date']) ?? OPEN_END;
  return until >= facts.start && (facts.end >= OPEN_END || from <= facts.end + DAYS_UNTIL_MEASURED);
}

/** Three months and a day: the last day on which measurement 2 can fall. */
const DAYS_UNTIL_MEASURED = 94;

function dayOf(value: string | number | boolean | undefined): Day | undefined {
  return typeof value === 'string' ? day(value) : undefined;
}
