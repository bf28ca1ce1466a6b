/** Records of one client at one OCMW, straight into the tables: a line of a test for each. Registered when they begin. */

import { LET_CHANGE } from '../support/let-change.js';

export const OCMW = '0212214917';
const CLIENT = 1;

/** A text as an SQL literal. */
function literal(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'string' ? `'${value}'` : String(value);
}

let line = 1;

function insert(table: string, row: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const all = { counted_on: '2017-01-01', delivery_id: 1, line: (line += 1), ...row };
  const names = Object.keys(all);
  return `insert into twe.${table} (${names.join(', ')}) values (${Object.values(all).map(literal).join(', ')});`;
}

/** A delivery, two clients and an OCMW with an account. */
export const BACKGROUND =
  `insert into twe.delivery (name, digest, delivered_on, counted_on, state, run_id)
   values ('2017-01-01', repeat('0', 64), '2017-01-01', '2017-01-01', 'TAKEN', '2017-01-01/nightly');
   insert into twe.identity (person_id, insz) overriding system value values (1, '85073003328'), (2, '17073003384');` +
  ocmw(OCMW, { iban: 'BE32123456789002' });

export interface OcmwOptions {
  readonly iban?: string;
  readonly from?: string;
  readonly to?: string;
  readonly successor?: string;
}

export function ocmw(id: string, { iban, from, to, successor }: OcmwOptions = {}): string {
  const row = { ocmw_id: id, name: `OCMW ${id}`, nis_code: '24033', iban, valid_from: from ?? '2017-01-01' };
  return insert('ocmw_version', { ...row, valid_to: to, successor_id: successor });
}

export interface RecordOptions {
  readonly client?: number;
  /** Day of registration; the start without it. */
  readonly registered?: string;
  readonly withdrawn?: boolean;
}

function registered(start: string, options: RecordOptions) {
  const { registered: on = start, withdrawn = false } = options;
  return { registered_at: `${on}T09:00:00Z`, withdrawn };
}

export function weo(
  id: string,
  start: string,
  end: string | null,
  options: RecordOptions & { ocmw?: string } = {},
): string {
  return insert('weo_version', {
    ...{ weo_id: id, ocmw_id: options.ocmw ?? OCMW, person_id: options.client ?? CLIENT },
    ...{ start_date: start, end_date: end, ...registered(start, options) },
  });
}

export interface Art60Options extends RecordOptions {
  readonly reference?: string | null;
  readonly increased?: boolean;
  readonly socialEconomy?: boolean;
  readonly employer?: string;
}

export function art60(
  id: string,
  weoId: string,
  start: string,
  end: string | null,
  options: Art60Options = {},
): string {
  const { reference = 'NP-1', increased = false, socialEconomy = increased, employer } = options;
  return insert('employment_version', {
    ...{
      employment_id: id,
      weo_id: weoId,
      person_id: options.client ?? CLIENT,
      kind: 'ART60',
      nova_prima_ref: reference,
    },
    ...{ social_economy: socialEconomy, increased_requested: increased, employer_id: employer },
    ...{ start_date: start, end_date: end, ...registered(start, options) },
  });
}

export function job(
  id: string,
  kind: string,
  start: string,
  end: string | null,
  options: RecordOptions & { dimona?: string } = {},
): string {
  return insert('employment_version', {
    ...{ employment_id: id, person_id: options.client ?? CLIENT, kind, dimona_type: options.dimona },
    ...{ start_date: start, end_date: end, ...registered(start, options) },
  });
}

export function category(
  id: string,
  code: string,
  from: string,
  to: string | null,
  options: RecordOptions = {},
): string {
  return insert('category_version', {
    ...{ category_id: id, person_id: options.client ?? CLIENT, code },
    ...{ from_date: from, to_date: to, ...registered(from, options) },
  });
}

export function evaluation(weoId: string, on: string, kind = 'PHASE'): string {
  return insert('evaluation_version', {
    ...{ evaluation_id: `${weoId}/${on}`, weo_id: weoId, evaluated_on: on, kind, ...registered(on, {}) },
  });
}

export function replacement(client: number, by: number, on: string): string {
  return insert('replacement_version', { person_id: client, replaced_by_person_id: by, ...registered(on, {}) });
}

export interface PaymentOptions {
  readonly ocmw?: string;
  readonly reference?: string;
  readonly weo?: string;
  readonly component?: string;
  /** First day. */
  readonly month?: string;
}

export function payment(id: string, on: string, cents: number, options: PaymentOptions = {}): string {
  return insert('payment_version', {
    ...{ payment_id: id, ocmw_id: options.ocmw ?? OCMW, paid_on: on, cents, reference: options.reference },
    ...{ weo_id: options.weo, component: options.component, month: options.month, ...registered(on, {}) },
  });
}

export interface MeasuredOptions {
  readonly evidence?: string;
  readonly source?: string;
}

/** A measurement as a night stored it. */
export function measured(
  weoId: string,
  measurement: 1 | 2,
  on: string,
  outcome: string,
  { evidence, source = 'RECORDS' }: MeasuredOptions = {},
): string {
  return `insert into twe.measurement_version (weo_id, measurement, measured_on, outcome, employment_id, source, cents, run_no)
    values ('${weoId}', ${measurement}, '${on}', '${outcome}', ${literal(evidence)}, '${source}', 0, 1);`;
}

/** A batch of one OCMW that pays one amount for January 2024 of an agreement. */
export function batch(
  no: number,
  day: string,
  cents: number,
  reference: string,
  options: { decision?: 'APPROVED' | 'REJECTED' | null; ocmw?: string } = {},
): string {
  const { decision = 'APPROVED', ocmw: ocmwId = OCMW } = options;
  const direction = cents < 0 ? 'CLAIM' : 'PAY';
  return `
    ${LET_CHANGE}
    insert into twe.batch (batch_id, batch_no, job, period, run_day, registered_until, delivered_until, booked_run_id, digest)
    overriding system value
    values ('${day}/quarterly-payment', ${no}, 'quarterly-payment', '${day}', '${day}', '${day}', '${day}', 'x', repeat('0', 64));
    insert into twe.batch_line (batch_no, kind, ocmw_id, weo_id, component, month, due_cents, before_cents, cents, reason)
    values (${no}, 'QUARTER', '${ocmwId}', 'W1', 0, 24288, ${cents}, 0, ${cents}, 0);
    insert into twe.batch_claim (batch_no, ocmw_id, direction, cents, reference)
    values (${no}, '${ocmwId}', '${direction}', ${Math.abs(cents)}, '${reference}');
    ${
      decision === null
        ? ''
        : `insert into twe.batch_decision (batch_no, decision, decided_by, decided_on)
           values (${no}, '${decision}', 'run', '${day}');`
    }`;
}

/** A final settlement (batch 1) that froze both outcomes of an agreement. */
export function frozen(weoId: string, weoEnd: string, on: string): string {
  return (
    batch(1, on, 25000, '+++202/4000/00138+++') +
    `insert into twe.measurement_freeze (batch_no, weo_id, frozen_on, weo_end, outcome1, evidence1, decision1, outcome2,
       evidence2, decision2)
     values (1, '${weoId}', '${on}', '${weoEnd}', 'POSITIVE', '', '', 'POSITIVE', '', '');`
  );
}

/** Gross wage cost of a month, `YYYY-MM`. */
export function wage(employmentId: string, month: string, cents: number, options: RecordOptions = {}): string {
  return insert('wage_version', {
    ...{
      wage_id: `${employmentId}-${month}`,
      employment_id: employmentId,
      month: `${month}-01`,
      gross_wage_cents: cents,
    },
    ...registered(`${month}-28`, options),
  });
}

/** A ledger entry; months count from year 0. */
export function posted(
  no: number,
  weoId: string,
  component: number,
  first: number,
  last: number,
  cents: number,
  rule = 0,
): string {
  return `insert into twe.ledger_entry (entry_no, run_no, ocmw_id, weo_id, component, first_month, last_month, cents, rule, reason)
    values (${no}, 1, '${OCMW}', '${weoId}', ${component}, ${first}, ${last}, ${cents}, ${rule}, 0);`;
}
