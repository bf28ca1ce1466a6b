/**
 * Which rows of each table were there at a moment. Every table of the schema has a rule: one that has none is refused, so
 * that nobody adds a table whose past is forgotten.
 *
 * Most rows carry what is needed: versions the day from which they count, entries their run, batches and decisions the
 * moment at which they were written. Three things are overwritten in place: until when a row was set aside (its day is
 * kept, so it is opened again) and for which of its references it waited (said again by the function of the night that
 * said it); the facts and the state of a run (built again, or taken from its steps).
 */
import { CONTRACTS } from '../../feeds/contracts.js';

/** In a rule: the evening, the moment, and the moment from which on batches are wanted. */
const EVENING = ':evening';
const UNTIL = ':until';
const FROM = ':from';

/** How the rows of a table are taken over. */
export interface TableRule {
  readonly table: string;
  /** Which rows `t` were there; undefined: the table stays empty. */
  readonly where: string | undefined;
  /** Columns that are overwritten in place, and what they held. */
  readonly columns?: Readonly<Record<string, string>>;
  /** May be large, and nothing refers to it: its indexes are made afterwards. */
  readonly isBulk?: boolean;
}

const EVERYTHING = 'true';

const stepDone = (step: string, run: string) =>
  `exists (select from twe.run_step s where s.run_id = ${run} and s.step = '${step}' and s.finished_at <= ${UNTIL})`;

/** What was delivered by hand has no step. */
const DELIVERED = `counted_on <= ${EVENING}
  and (${stepDone('take-in', 'd.run_id')} or not exists (select from twe.run r where r.run_id = d.run_id))`;
const ofDelivery = `t.delivery_id in (select d.delivery_id from twe.delivery d where ${DELIVERED})`;

const ofAccrual = `t.run_no in (
  select r.run_no from twe.run r where ${stepDone('measure-and-accrue', 'r.run_id')})`;

const within = (column: string) => `${column} > ${FROM} and ${column} <= ${UNTIL}`;
/** Batches of before migration 0003 have that of the migration: their run knows better. */
const BOOKED_AT = `least(b.booked_at, (
  select max(s.finished_at) from twe.run_step s
  where s.run_id = b.booked_run_id and s.step in ('overdue-batches', 'batches')))`;
const ofBatch = `t.batch_no in (select b.batch_no from twe.batch b where ${within(BOOKED_AT)})`;

/** What does not belong to a batch, in the order in which it can be filled. */
export const TABLES: readonly TableRule[] = [
  { table: 'law', where: EVERYTHING },
  {
    table: 'run',
    where: `t.business_date <= ${EVENING} and t.started_at <= ${UNTIL}`,
    columns: {
      state: `case when t.finished_at > ${UNTIL} or t.run_id = :run then 'RUNNING' else t.state end`,
      finished_at: `case when t.finished_at <= ${UNTIL} and t.run_id <> :run then t.finished_at end`,
      failure: `case when t.finished_at <= ${UNTIL} and t.run_id <> :run then t.failure end`,
    },
  },
  { table: 'run_step', where: `t.finished_at <= ${UNTIL}` },
  // The heads stand in the manifests; the links are about rows, which are copied without them.
  { table: 'chain_head', where: stepDone('seal', 't.run_id') },
  { table: 'chain_link', where: undefined },
  { table: 'chain_start', where: undefined },
  { table: 'exported_file', where: undefined },
  { table: 'guard_acceptance', where: `t.accepted_at <= ${UNTIL}` },
  { table: 'delivery', where: DELIVERED.replaceAll('d.run_id', 't.run_id') },
  { table: 'delivery_file', where: ofDelivery },
  {
    table: 'rejected_row',
    where: ofDelivery,
    columns: { closed_on: `case when t.closed_on <= ${EVENING} then t.closed_on end` },
    isBulk: true,
  },
  ...CONTRACTS.map(({ name }) => ({
    table: `${name}_version`,
    where: `t.counted_on <= ${EVENING} and ${ofDelivery}`,
    isBulk: true,
  })),
  { table: 'ledger_entry', where: ofAccrual, isBulk: true },
  { table: 'measurement_version', where: ofAccrual, isBulk: true },
  // Built again from the versions, and from what was computed with them.
  { table: 'trajectory_facts', where: undefined },
  { table: 'ledger_state', where: undefined },
  // No document of a night shows a national number: only statements ask for this table.
  { table: 'identity', where: undefined },
  { table: 'pseudonym_key', where: undefined },
  { table: 'identity_read', where: undefined },
  // What went is gone for every evening.
  { table: 'removal', where: undefined },
  { table: 'removed_item', where: undefined },
  // About the program at work, not about what it knows.
  { table: 'lease', where: undefined },
  { table: 'alert', where: undefined },
  { table: 'knex_migrations', where: undefined },
  { table: 'knex_migrations_lock', where: undefined },
];

/** Batches and what was said of them: rows before a batch itself, whose row seals it. */
export const BATCH_TABLES: readonly TableRule[] = [
  { table: 'batch', where: within(BOOKED_AT).replaceAll('b.', 't.') },
  { table: 'batch_line', where: ofBatch, isBulk: true },
  { table: 'batch_left_out', where: ofBatch },
  { table: 'batch_part', where: ofBatch },
  { table: 'batch_claim', where: ofBatch },
  { table: 'measurement_freeze', where: ofBatch },
  { table: 'batch_decision', where: within('t.decided_at') },
  { table: 'batch_hold', where: within('t.held_at') },
  { table: 'batch_document', where: within('t.written_at') },
  {
    // In which statements a batch stands: those of months up to the last one that was over, of what was decided by then.
    table: 'statement_batch',
    where: `${ofBatch} and coalesce(t.month <= twe.statement_month(${EVENING}), true)
      and exists (select from twe.batch_decision d where d.batch_no = t.batch_no and d.decided_at <= ${UNTIL})`,
  },
];

/** Clear national numbers, for statements. */
export const IDENTITY: TableRule = { table: 'identity', where: EVERYTHING };
