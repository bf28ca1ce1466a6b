/** What the ledger holds of trajectories that it saw before. */
import type { Session } from '../db/database.js';
import type { PostedSegment } from './difference.js';
import type { StoredMeasurement } from './measured.js';
import type { Seen } from './reason.js';

export interface Past {
  /** Net posted segments by WEO, then by OCMW. */
  readonly posted: ReadonlyMap<string, Map<string, PostedSegment[]>>;
  readonly measurements: ReadonlyMap<string, StoredMeasurement[]>;
  /** Facts as they were known on the previous night. */
  readonly seen: ReadonlyMap<string, Seen>;
}

/** For trajectories that the ledger never saw. */
export const NO_PAST: Past = { posted: new Map(), measurements: new Map(), seen: new Map() };

/** Net posted segments of these WEOs, by WEO and OCMW. */
export async function postedSegments(session: Session, weoIds: readonly string[]): Promise<Past['posted']> {
  const rows = await session.rows<{
    weo_id: string;
    ocmw_id: string;
    component: number;
    first_month: number;
    last_month: number;
    cents: number;
  }>(
    `select weo_id, ocmw_id, component, first_month, last_month, cents
     from twe.ledger_entry where weo_id = any ($1) order by weo_id, entry_no`,
    [weoIds],
  );
  const posted = new Map<string, Map<string, PostedSegment[]>>();
  for (const row of rows) {
    const ofWeo = posted.get(row.weo_id) ?? new Map<string, PostedSegment[]>();
    const list = ofWeo.get(row.ocmw_id) ?? [];
    list.push({
      component: row.component,
      firstMonth: row.first_month,
      lastMonth: row.last_month,
      cents: row.cents,
    });
    ofWeo.set(row.ocmw_id, list);
    posted.set(row.weo_id, ofWeo);
  }
  return posted;
}
