/** A small ledger written by hand, straight into the tables: exports read them, whatever filled them. */
import { day, parseMonth, type Month } from '../../src/calendar.js';
import type { Session } from '../../src/db/database.js';
import { COMPONENT, reasonNumber, ruleNumber, type Component, type Reason, type RuleId } from '../../src/law/codes.js';
import type { ExportOptions } from '../../src/exports/export-run.js';

export const GENT = '0212214125';
export const AALST = '0212237186';
export const DIGEST = 'a'.repeat(64);

export const month = (text: string): Month => parseMonth(text)!;

let line = 0;
let entryNo = 0;

/** A delivery that counts from its day; everything below belongs to it. */
export async function insertDelivery(session: Session, date = '2020-01-01'): Promise<void> {
  await session.rows(
    `insert into twe.delivery (name, digest, delivered_on, counted_on, state, run_id) values ($1::text, $2, $1::text::date, $1::text::date, 'TAKEN', 'r')`,
    [date, DIGEST],
  );
}

export interface SampleOcmw {
  readonly id: string;
  readonly name: string;
  readonly nis?: string;
  readonly iban?: string;
  readonly from?: string;
  readonly to?: string;
  readonly successor?: string;
  readonly countedOn?: string;
}

export async function insertOcmw(session: Session, ocmw: SampleOcmw): Promise<void> {
  await session.rows(
    `insert into twe.ocmw_version
      (ocmw_id, name, nis_code, iban, valid_from, valid_to, successor_id, counted_on, delivery_id, line)
    values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)`,
    [
      ocmw.id,
      ocmw.name,
      ocmw.nis ?? '44021',
      ocmw.iban ?? 'BE32123456789002',
      ocmw.from ?? '2017-01-01',
      ocmw.to ?? null,
      ocmw.successor ?? null,
      ocmw.countedOn ?? '2020-01-01',
      ++line,
    ],
  );
}

export async function insertWeo(
  session: Session,
  weo: { readonly id: string; readonly ocmw: string; readonly start: string; readonly end?: string },
): Promise<void> {
  await session.rows(
    `insert into twe.weo_version
      (weo_id, ocmw_id, person_id, start_date, end_date, registered_at, withdrawn, counted_on, delivery_id, line)
    values ($1, $2, 1, $3::date, $4, $3::date, false, $3::date, 1, $5)`,
    [weo.id, weo.ocmw, weo.start, weo.end ?? null, ++line],
  );
  await session.rows(`insert into twe.trajectory_facts (ocmw_id, weo_id, person_id, facts) values ($1, $2, 1, '')`, [
    weo.ocmw,
    weo.id,
  ]);
}

export interface SampleEntry {
  readonly ocmw: string;
  readonly weo: string;
  readonly component: Component;
  readonly from: string;
  readonly to?: string;
  readonly euro: number;
  readonly rule?: RuleId;
  readonly reason?: Reason;
}

export async function insertEntry(session: Session, entry: SampleEntry): Promise<void> {
  await session.rows(
    `insert into twe.ledger_entry
      (entry_no, run_no, ocmw_id, weo_id, component, first_month, last_month, cents, rule, reason)
    values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ++entryNo,
      entry.ocmw,
      entry.weo,
      COMPONENT[entry.component],
      month(entry.from),
      month(entry.to ?? entry.from),
      Math.round(entry.euro * 100),
      ruleNumber(entry.rule ?? 'R-EFF-1'),
      reasonNumber(entry.reason ?? 'REGULAR'),
    ],
  );
}

export async function insertMeasurement(
  session: Session,
  measurement: {
    readonly weo: string;
    readonly number: 1 | 2;
    readonly on: string;
    readonly outcome: string;
    readonly evidence?: string;
    readonly euro?: number;
    readonly voided?: boolean;
  },
): Promise<void> {
  await session.rows(
    `insert into twe.measurement_version
      (weo_id, measurement, measured_on, outcome, employment_id, source, cents, voided, run_no)
    values ($1, $2, $3, $4, $5, 'RECORDS', $6, $7, 1)`,
    [
      measurement.weo,
      measurement.number,
      measurement.on,
      measurement.outcome,
      measurement.evidence ?? null,
      Math.round((measurement.euro ?? 0) * 100),
      measurement.voided ?? false,
    ],
  );
}

export interface SampleOrder {
  readonly ocmw: string;
  readonly weo: string;
  readonly component: Component;
  readonly month: string;
  readonly ordered: number;
  readonly paid?: number;
}

/** The temporary table that settlement fills before an export. */
export async function fillOrderedLines(session: Session, orders: readonly SampleOrder[]): Promise<void> {
  await session.rows(`
    create temporary table ordered_line (
      ocmw_id text collate "C", weo_id text collate "C", component smallint, month integer,
      ordered_cents bigint, paid_cents bigint
    ) on commit drop`);
  for (const order of orders) {
    await session.rows('insert into ordered_line values ($1, $2, $3, $4, $5, $6)', [
      order.ocmw,
      order.weo,
      COMPONENT[order.component],
      month(order.month),
      Math.round(order.ordered * 100),
      Math.round((order.paid ?? 0) * 100),
    ]);
  }
}

/** A believable ledger of many trajectories, made by the database in a second. */
export async function fillLargeSample(session: Session, ocmws: number, trajectories: number): Promise<void> {
  await insertDelivery(session);
  await session.rows(
    `insert into twe.ocmw_version (ocmw_id, name, nis_code, iban, valid_from, counted_on, delivery_id, line)
    select lpad((200000000 + i)::text, 10, '0'), 'OCMW Voorbeeld ' || i, (11000 + i)::text, 'BE32123456789002',
      '2017-01-01', '2020-01-01', 1, i
    from generate_series(1, $1::integer) as i`,
    [ocmws],
  );
  await session.rows(
    `insert into twe.weo_version
      (weo_id, ocmw_id, person_id, start_date, end_date, registered_at, withdrawn, counted_on, delivery_id, line)
    select 'WEO-' || lpad(t::text, 6, '0'), lpad((200000001 + t % $1)::text, 10, '0'), t, date '2023-01-01' + t % 400,
      case when t % 3 = 0 then date '2023-01-01' + t % 400 + 330 end, '2023-01-01', false, '2023-01-01', 1, t
    from generate_series(1, $2::integer) as t`,
    [ocmws, trajectories],
  );
  await session.rows(
    `insert into twe.trajectory_facts (ocmw_id, weo_id, person_id, facts)
    select ocmw_id, weo_id, person_id, '' from twe.weo_version`,
  );
  await session.rows(
    `insert into twe.ledger_entry
    select row_number() over (order by t, c), 1, lpad((200000001 + t % $1)::text, 10, '0'),
      'WEO-' || lpad(t::text, 6, '0'), c, $3 + t % 13, $3 + t % 13 + case when c in (4, 5) then 0 else 10 end,
      (array[25000, 15000, 4500, 25000, 30000, 60000, 91234, 120050])[c + 1],
      (array[1, 5, 5, 10, 21, 22, 15, 18])[c + 1], 0
    from generate_series(1, $2::integer) as t, (values (0), (1), (2), (4), (5), (6)) as component (c)
    where not (c in (4, 5) and t % 3 <> 0) and not (c = 6 and t % 4 <> 0)`,
    [ocmws, trajectories, month('2023-01')],
  );
  // one in ten loses its last two months again
  await session.rows(
    `insert into twe.ledger_entry
    select 10000000 + row_number() over (order by t), 2, lpad((200000001 + t % $1)::text, 10, '0'),
      'WEO-' || lpad(t::text, 6, '0'), 0, $3 + t % 13 + 9, $3 + t % 13 + 10, -25000, 4 - t % 2, 3 + t % 5
    from generate_series(1, $2::integer, 9) as t`,
    [ocmws, trajectories, month('2023-01')],
  );
  await session.rows(
    `insert into twe.measurement_version
      (weo_id, measurement, measured_on, outcome, employment_id, source, cents, run_no)
    select weo_id, m, end_date + 1 + (m - 1) * 92, (array['POSITIVE', 'NEGATIVE', 'PENDING'])[1 + (person_id / 3 + m) % 3],
      case when (person_id / 3 + m) % 3 = 0 then 'EMP-' || person_id end, 'RECORDS',
      case when (person_id / 3 + m) % 3 = 0 then m * 30000 else 0 end, 1
    from twe.weo_version, generate_series(1, 2) as m
    where end_date is not null
    order by 1, 2`,
  );
}

/** Orders everything up to a month as it was first posted, and confirms half of it as paid. */
export async function orderLargeSample(session: Session, until: string): Promise<void> {
  await fillOrderedLines(session, []);
  await session.rows(
    `insert into ordered_line
    select ocmw_id, weo_id, component, m, cents, case when m % 2 = 0 then cents else 0 end
    from twe.ledger_entry, generate_series(first_month, last_month) as m
    where run_no = 1 and component < 6 and m <= $1`,
    [month(until)],
  );
}

/** Options of an export in a test. */
export function exportOptions(out: string, overrides: Partial<ExportOptions> = {}): ExportOptions {
  return {
    out,
    businessDate: '2024-04-16',
    job: 'nightly',
    runId: '2024-04-16/nightly',
    lawDigest: 'b'.repeat(64),
    inputDigest: 'c'.repeat(64),
    lang: 'nl',
    lawOverrides: {},
    findings: [],
    batchIds: [],
    ...overrides,
  };
}

export const BUSINESS_DATE = day('2024-04-16');
