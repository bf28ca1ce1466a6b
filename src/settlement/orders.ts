/** What was ordered and paid up to an evening: `before` of a batch line, `ordered` and `paid` of a position (15.2). */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { COMPONENTS } from '../law/codes.js';
import { fillPayee } from '../records/payee.js';

/** Fills the temporary tables of `fill_orders.sql` for an evening; what this transaction has for it already stays. */
export async function fillOrders(session: Session, evening: Day): Promise<void> {
  if ((await filledEvening(session)) === formatDay(evening)) return;
  const components = `array[${COMPONENTS.map((name) => `'${name}'`).join(', ')}]`;
  const text = sql('settlement/fill_orders')
    .replaceAll(':evening', `date '${formatDay(evening)}'`)
    .replaceAll(':components', components);
  await session.client.query(
    `${text};
     drop table if exists orders_evening;
     create temporary table orders_evening on commit drop as select date '${formatDay(evening)}' as evening`,
  );
}

async function filledEvening(session: Session): Promise<string | undefined> {
  const [table] = await session.rows<{ there: boolean }>(
    `select to_regclass('pg_temp.orders_evening') is not null as there`,
  );
  if (!table!.there) return undefined;
  const [row] = await session.rows<{ evening: string }>('select evening from orders_evening');
  return row?.evening;
}

/** Fills `payee`, `before_packed` and `come_again` for a batch booked on `runDay`. */
export async function fillBefore(session: Session, runDay: Day): Promise<void> {
  await fillPayee(session, runDay);
  await fillOrders(session, runDay);
  await session.client.query(sql('settlement/fill_before'));
}

/** Fills the temporary table `ordered_line` that the position export reads: per payee of the day, WEO, component, month. */
export async function fillOrderedLines(session: Session, evening: Day): Promise<void> {
  await fillPayee(session, evening);
  await fillOrders(session, evening);
  await session.client.query(`
    drop table if exists ordered_line;
    create temporary table ordered_line on commit drop as
    select
      coalesce(p.payee_id, o.ocmw_id) as ocmw_id, o.weo_id, o.component, o.month,
      sum(o.ordered_cents)::bigint as ordered_cents, sum(o.paid_cents)::bigint as paid_cents
    from ordered_entry o
    left join payee p on p.ocmw_id = o.ocmw_id
    group by 1, 2, 3, 4;
    analyze ordered_line`);
}

/**
 * Fills `ordered_line` for tonight and the temporary table `changed_order` with its lines whose order or payment differ
 * from those of an earlier evening, also when nothing is left of them. Returns false when the comparison cannot tell all:
 * somebody else is paid for an OCMW than on that evening.
 */
export async function fillChangedOrders(session: Session, evening: Day, earlier: Day): Promise<boolean> {
  await fillOrderedLines(session, earlier);
  await session.client.query(`
    drop table if exists earlier_line, earlier_payee;
    create temporary table earlier_line on commit drop as select * from ordered_line;
    create temporary table earlier_payee on commit drop as select * from payee`);
  await fillOrderedLines(session, evening);
  await session.client.query(`
    drop table if exists changed_order;
    create temporary table changed_order on commit drop as
    select distinct ocmw_id, weo_id, component, month
    from (
      (table ordered_line except table earlier_line) union all (table earlier_line except table ordered_line)
    ) difference`);
  const [payees] = await session.rows<{ same: boolean }>(
    `select not exists (
       (select ocmw_id, payee_id from payee except select ocmw_id, payee_id from earlier_payee)
       union all
       (select ocmw_id, payee_id from earlier_payee except select ocmw_id, payee_id from payee)
     ) as same`,
  );
  return payees!.same;
}

/** One line of `before`, rulebook 15.2. */
export interface BeforeLine {
  /** Who is paid for it on the run day. */
  readonly ocmwId: string;
  readonly component: number;
  readonly month: number;
  readonly cents: number;
  /** Number of the last batch that ordered it, 0 for an opening balance. */
  readonly lastBatch: number;
}

/** Reads the text of `before_packed`. */
export function unpackBefore(text: string): BeforeLine[] {
  const lines: BeforeLine[] = [];
  const fields = text.split('\x1f');
  for (let i = 0; i + 4 < fields.length; i += 5) {
    lines.push({
      ocmwId: fields[i]!,
      component: Number(fields[i + 1]),
      month: Number(fields[i + 2]),
      cents: Number(fields[i + 3]),
      lastBatch: Number(fields[i + 4]),
    });
  }
  return lines;
}
