/** No line is lost and none counts twice: checked on the orders of an evening, whatever was decided, paid and returned. */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { EXIT, Failure } from '../errors.js';

interface WrongPart {
  readonly batch_no: number;
  readonly ocmw_id: string;
  readonly booked_cents: number;
  readonly counted_cents: number | null;
  readonly released_cents: number | null;
}

/** Throws a Failure (exit 4) that names the first parts that do not add up. Needs the tables of `fillOrders`. */
export async function refuseLostLines(session: Session, evening: Day): Promise<void> {
  const wrong = await session.rows<WrongPart>(sql('settlement/find_lines_counted_wrongly'), [formatDay(evening)]);
  if (wrong.length === 0) return;
  const named = wrong.map(
    (part) =>
      `batch number ${part.batch_no}, OCMW ${part.ocmw_id}: ${part.booked_cents} cents booked, ${part.counted_cents ?? 0} count ` +
      `as ordered and ${part.released_cents ?? 0} were released`,
  );
  throw new Failure(
    EXIT.check,
    `the orders of ${formatDay(evening)} do not add up: ${named.join('; ')}. Nothing was exported; call whoever maintains the program.`,
  );
}
