/** What changed in what is due since the end of the month before, months in a row told as one. */
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { REASONS } from '../../law/codes.js';
import { readTextRows } from '../copy-text.js';
import type { Change } from './statement.js';

/** Changes by payee, in byte order of WEO, then by component and month. Needs `statement_since` and the tables of `prepareExport`. */
export async function readChanges(
  session: Session,
  clientOf: (weoId: string) => string,
): Promise<Map<string, readonly Change[]>> {
  const changes = new Map<string, Change[]>();
  let last: { readonly change: Change; readonly before: number; readonly now: number } | undefined;
  for await (const row of readTextRows(session, sql('exports/list_statement_changes'))) {
    const [ocmwId, weoId, ...numbers] = row;
    const [component, month, before, now, reason] = numbers.map(Number) as [number, number, number, number, number];
    let ofPayee = changes.get(ocmwId!);
    if (!ofPayee) changes.set(ocmwId!, (ofPayee = []));
    const next: Change = {
      weoId: weoId!,
      client: clientOf(weoId!),
      component,
      firstMonth: month,
      lastMonth: month,
      beforeCents: before,
      nowCents: now,
      reason: REASONS[reason]!,
    };
    const isSame =
      last !== undefined &&
      last.change === ofPayee.at(-1) &&
      last.before === before &&
      last.now === now &&
      last.change.weoId === weoId &&
      last.change.component === component &&
      last.change.lastMonth + 1 === month &&
      last.change.reason === next.reason;
    const change = isSame ? joined(ofPayee.pop()!, next) : next;
    ofPayee.push(change);
    last = { change, before, now };
  }
  return changes;
}

function joined(first: Change, next: Change): Change {
  return {
    ...first,
    lastMonth: next.lastMonth,
    beforeCents: first.beforeCents + next.beforeCents,
    nowCents: first.nowCents + next.nowCents,
  };
}
