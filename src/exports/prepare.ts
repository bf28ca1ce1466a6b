/** The temporary tables that the statements of an export read: the day, the names of codes, who is paid, what is listed. */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { COMPONENTS, REASONS } from '../law/codes.js';
import { fillPayee } from '../records/payee.js';

/** What the sorts of an export may take of the server's memory; with the default they spill to disk at 40,000 lines. */
const WORK_MEMORY = '64MB';

/**
 * Makes the tables of sql/queries/exports/create_export_tables.sql for one day. Needs the temporary table
 * `ordered_line (ocmw_id, weo_id, component, month, ordered_cents, paid_cents)` in the same session.
 * @param changedByRun number of the run whose changes alone are wanted; then the temporary table `changed_order` names
 *   the lines of `ordered_line` that changed (`fillChangedOrders`)
 */
export async function prepareExport(
  session: Session,
  businessDate: Day,
  batchIds: readonly string[],
  changedByRun?: number,
): Promise<void> {
  await session.rows(`select set_config('work_mem', $1, true)`, [WORK_MEMORY]);
  await fillPayee(session, businessDate);
  await session.rows(sql('exports/create_export_tables'));
  await session.rows('insert into export_run (business_date, changed_by_run) values ($1, $2)', [
    formatDay(businessDate),
    changedByRun ?? null,
  ]);
  await session.rows(sql('exports/fill_export_component'), [COMPONENTS]);
  await session.rows(sql('exports/fill_export_reason'), [REASONS]);
  await session.rows(sql('exports/fill_export_batch'), [batchIds]);
  await session.rows('analyze ordered_line');
  await session.rows(sql('exports/fill_export_trajectory'));
  await session.rows('analyze export_trajectory');
}
