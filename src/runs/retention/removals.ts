/** What went is written down before it goes: how many of what, never who. */
import { formatDay, type Day } from '../../calendar.js';
import { copyField, copyIn } from '../../db/copy.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';

export type RemovalKind = 'CLIENTS' | 'SET_ASIDE' | 'ORIGINALS' | 'EXPORTS';

export interface Removal {
  readonly runId: string;
  readonly kind: RemovalKind;
  /** What was of before this day. */
  readonly olderThan: Day;
}

/** Writes down how many items go; returns the number of the removal, undefined when none do. */
export async function noteRemoval(session: Session, removal: Removal, items: number): Promise<number | undefined> {
  if (items === 0) return undefined;
  const { runId, kind, olderThan } = removal;
  const [row] = await session.rows<{ removalNo: number }>(sql('runs/add_removal'), [
    runId,
    kind,
    formatDay(olderThan),
    items,
  ]);
  return row!.removalNo;
}

/** The same for files, by name. What a killed run wrote down and did not get to is not counted twice. */
export async function noteRemovedFiles(session: Session, removal: Removal, names: readonly string[]): Promise<void> {
  const fresh = await session.rows<{ name: string }>(sql('runs/list_unnoted_items'), [removal.kind, names]);
  const removalNo = await noteRemoval(session, removal, fresh.length);
  if (removalNo === undefined) return;
  const copy = copyIn(session, 'twe.removed_item (kind, name, removal_no)');
  for (const { name } of fresh) {
    const wait = copy.write(`${removal.kind}\t${copyField(name)}\t${removalNo}`);
    if (wait) await wait;
  }
  await copy.end();
}
