/** Who is paid for an OCMW on a day: itself, or the successor once it has ended (rulebook 15.6). */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';

/**
 * Makes the temporary table `payee (ocmw_id, payee_id, name, nis_code, iban)` of this session: one row for each OCMW
 * known on an evening (that of the day itself unless said otherwise), with the one who is paid on the day. Filling it again
 * for another day replaces it.
 */
export async function fillPayee(session: Session, day: Day, known: Day = day): Promise<void> {
  await session.rows(sql('records/create_payee'));
  await session.rows(sql('records/fill_payee'), [formatDay(day), formatDay(known)]);
  await session.rows('analyze payee');
}
