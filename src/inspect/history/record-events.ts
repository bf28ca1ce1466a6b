/** Which records of a trajectory said something else from one night to a later one. */
import { day, formatDay, type Day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import type { RecordChange, RecordKind, Said } from '../../exports/workbook/record-change.js';

/** A change of a record, and the line that brought it. */
export interface LocatedChange extends RecordChange {
  readonly file: string;
  /** Null for what stands in no file: a decision made by hand. */
  readonly line: number | null;
}

interface Version {
  readonly kind: RecordKind;
  readonly recordId: string;
  readonly said: string;
  readonly knownOn: Day;
  readonly registeredOn: Day;
  readonly deliveredOn: Day;
  readonly delivery: string;
  readonly line: number | null;
}

interface VersionRow {
  readonly weo_id: string;
  readonly kind: RecordKind;
  readonly record_id: string;
  readonly said: string;
  readonly registered_on: string;
  readonly known_on: string;
  readonly counted_on: string;
  readonly delivery: string;
  readonly line: number | null;
}

const FILE: Readonly<Record<RecordKind, string>> = {
  WEO: 'weo.csv',
  OTHER_WEO: 'weo.csv',
  EMPLOYMENT: 'employment.csv',
  CATEGORY: 'category.csv',
  DECISION: 'decision.csv',
};

/** The records around some trajectories, with all their versions up to an evening. */
export class RecordEvents {
  private constructor(private readonly byWeo: ReadonlyMap<string, readonly (readonly Version[])[]>) {}

  static async read(session: Session, weoIds: readonly string[], until: Day): Promise<RecordEvents> {
    await session.client.query('drop table if exists batch_difference, record_knowledge');
    await session.client.query(
      'create temporary table batch_difference (weo_id text collate "C" primary key) on commit drop',
    );
    await session.rows('insert into batch_difference select distinct unnest($1::text[])', [weoIds]);
    await session.client.query(
      `create temporary table record_knowledge on commit drop as
       select date '${formatDay(until)}' as registered_until, date '${formatDay(until)}' as delivered_until`,
    );
    await session.client.query(sql('exports/fill_batch_record'));
    const rows = await session.rows<VersionRow>(sql('inspect/list_versions_around'));
    const records = new Map<string, Map<string, Version[]>>();
    for (const row of rows) {
      const ofWeo = records.get(row.weo_id) ?? new Map<string, Version[]>();
      records.set(row.weo_id, ofWeo);
      const key = `${row.kind} ${row.record_id}`;
      ofWeo.set(key, [...(ofWeo.get(key) ?? []), versionOf(row)]);
    }
    return new RecordEvents(new Map([...records].map(([weoId, ofWeo]) => [weoId, [...ofWeo.values()]])));
  }

  /** What changed for a WEO after the evening `from` and up to `to`, newest first; everything known without `from`. */
  between(weoId: string, from: Day | undefined, to: Day): LocatedChange[] {
    const changes = (this.byWeo.get(weoId) ?? []).flatMap((versions) => {
      const now = versions.find(({ knownOn }) => knownOn <= to);
      const before = from === undefined ? undefined : versions.find(({ knownOn }) => knownOn <= from);
      return now === undefined || now.said === before?.said ? [] : [changeOf(before, now)];
    });
    return changes.sort((a, b) => b.registeredOn - a.registeredOn || (a.recordId < b.recordId ? -1 : 1));
  }
}

function versionOf(row: VersionRow): Version {
  return {
    kind: row.kind,
    recordId: row.record_id,
    said: row.said,
    knownOn: day(row.known_on),
    registeredOn: day(row.registered_on),
    deliveredOn: day(row.counted_on),
    delivery: row.delivery,
    line: row.line,
  };
}

function changeOf(before: Version | undefined, now: Version): LocatedChange {
  const { kind, recordId, registeredOn, deliveredOn, delivery, line } = now;
  return {
    ...{ kind, recordId, registeredOn, deliveredOn, delivery, line },
    file: FILE[kind],
    before: before === undefined ? undefined : (JSON.parse(before.said) as Said),
    now: JSON.parse(now.said) as Said,
  };
}
