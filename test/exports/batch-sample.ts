/** A yearly batch with something of everything that can happen to the money of an OCMW, written by hand. */
import type { Session } from '../../src/db/database.js';
import { COMPONENT, reasonNumber, type Component, type Reason } from '../../src/law/codes.js';
import { LET_CHANGE } from '../support/let-change.js';
import { DIGEST, insertDelivery, insertOcmw, insertWeo, month } from './sample.js';

export const NETTED = '0200000001';
export const OFFSET = '0200000002';
export const CLAIMED = '0200000003';
export const HELD = '0200000004';
export const SMALL = '0200000005';
export const CARRIED = '0200000006';
/** Approved on its own run day, so that payments confirm it. */
const QUARTER = { id: 'Q', day: '2024-04-15', until: '2024-03-31', period: '2024-Q1', job: 'quarterly-payment' };
const YEAR = { id: 'Y', day: '2025-02-15', until: '2025-02-15', period: '2024', job: 'yearly-settlement' };

interface SampleLine {
  readonly ocmw: string;
  readonly month: string;
  readonly due: number;
  readonly before: number;
  readonly reason?: Reason;
  readonly component?: Component;
}

const ordered = (ocmw: string, ...months: string[]): SampleLine[] =>
  months.map((each) => ({ ocmw, month: each, due: 250, before: 0 }));

/** The agreement of an OCMW is named after it. */
const weoOf = (ocmw: string): string => `W${ocmw.slice(-1)}`;

/** Fills the database; the batch is `Y`. */
export async function fillBatchSample(session: Session): Promise<void> {
  await session.rows(LET_CHANGE);
  await session.rows('truncate twe.delivery restart identity cascade');
  await insertDelivery(session);
  await insertDelivery(session, '2024-05-03');
  for (const id of [NETTED, OFFSET, CLAIMED, HELD, SMALL, CARRIED]) {
    await insertOcmw(session, { id, name: `OCMW ${id.slice(-1)}` });
    await insertWeo(session, { id: weoOf(id), ocmw: id, start: '2024-01-01', end: '2024-12-31' });
  }
  await session.rows('update twe.ocmw_version set iban = null where ocmw_id = $1', [OFFSET]);
  await correctRecords(session);
  await insertBatch(session, QUARTER, [
    ...ordered(NETTED, '2024-01', '2024-02', '2024-03'),
    ...ordered(CLAIMED, '2024-01', '2024-02', '2024-03'),
    ...ordered(HELD, '2024-01'),
    ...ordered(SMALL, '2024-01'),
    ...ordered(CARRIED, '2024-01'),
  ]);
  await insertPart(session, NETTED, 750, 0, 0, 0, [['PAY', 750, '+++010/8068/17183+++']], 'Q');
  await confirm(session, NETTED, 750, '+++010/8068/17183+++');
  await insertBatch(session, YEAR, [
    { ocmw: NETTED, month: '2024-03', due: 0, before: 250, reason: 'WEO_END_CORRECTED' },
    { ocmw: NETTED, month: '2024-04', due: 250, before: 0, reason: 'RELEASED' },
    { ocmw: NETTED, month: '2024-05', due: 250, before: 0, reason: 'RELEASED' },
    { ocmw: OFFSET, month: '2024-04', due: 250, before: 0, reason: 'LATE_REGISTRATION' },
    { ocmw: CLAIMED, month: '2024-02', due: 0, before: 250, reason: 'NO_A60' },
    { ocmw: CLAIMED, month: '2024-03', due: 0, before: 250, reason: 'NO_A60' },
    { ocmw: HELD, month: '2024-01', due: 0, before: 250, reason: 'OTHER' },
    { ocmw: CARRIED, month: '2024-01', due: 0, before: 250, reason: 'WITHDRAWN' },
  ]);
  await insertPart(session, NETTED, 500, -250, 0, 0, [['PAY', 250, '+++1+++']], 'Y');
  await insertPart(session, OFFSET, 250, 0, -400, -150, [], 'Y');
  await insertPart(session, CLAIMED, 0, -500, 0, 0, [['CLAIM', 500, '+++2+++']], 'Y');
  await insertPart(session, HELD, 0, -250, 0, 0, [['CLAIM', 250, '+++3+++']], 'Y');
  await insertPart(session, CARRIED, 0, -250, 0, -250, [], 'Y');
  await session.rows(
    `insert into twe.batch_left_out select batch_no, 'YEAR', $1, 'W5', 0, $2, -10000, 'BELOW_THRESHOLD'
     from twe.batch where batch_id = 'Y'`,
    [SMALL, month('2024-01')],
  );
  await session.rows(
    `insert into twe.batch_hold (batch_no, ocmw_id, held_by, held_by_role, held_by_system_user, held_on, reason)
     select batch_no, $1, 'an', 'an', 'an', '2025-02-16', 'betwisting' from twe.batch where batch_id = 'Y'`,
    [HELD],
  );
}

/** After the quarter: another end, a withdrawal, and a category that came late. */
async function correctRecords(session: Session): Promise<void> {
  await session.rows(`
    insert into twe.weo_version
      (weo_id, ocmw_id, person_id, start_date, end_date, registered_at, withdrawn, counted_on, delivery_id, line)
    values
      ('W1', '${NETTED}', 1, '2024-01-01', '2024-03-15', '2024-05-02', false, '2024-05-03', 2, 1),
      ('W6', '${CARRIED}', 1, '2024-01-01', '2024-12-31', '2024-05-02', true, '2024-05-03', 2, 2)`);
  await session.rows(`
    insert into twe.category_version
      (category_id, person_id, code, from_date, registered_at, withdrawn, counted_on, delivery_id, line)
    values ('K1', 1, '90', '2024-04-01', '2024-05-01', false, '2024-05-03', 2, 1)`);
}

async function insertBatch(session: Session, batch: typeof QUARTER, lines: readonly SampleLine[]): Promise<void> {
  await session.rows(
    `insert into twe.batch (batch_id, job, period, run_day, registered_until, delivered_until, booked_run_id, digest)
     values ($1, $2, $3, $4, $5, $4, 'r', $6)`,
    [batch.id, batch.job, batch.period, batch.day, batch.until, DIGEST],
  );
  await session.rows(
    `insert into twe.batch_decision (batch_no, decision, decided_by, decided_on)
     select batch_no, 'APPROVED', 'an', run_day from twe.batch where batch_id = $1`,
    [batch.id],
  );
  for (const line of lines) {
    await session.rows(
      `insert into twe.batch_line
       select batch_no, $2, $3, $4, $5, $6, $7::integer, $8::integer, $7::integer - $8::integer, $9
       from twe.batch where batch_id = $1`,
      [
        batch.id,
        batch.job === YEAR.job ? 'YEAR' : 'QUARTER',
        line.ocmw,
        weoOf(line.ocmw),
        COMPONENT[line.component ?? 'EFF'],
        month(line.month),
        line.due * 100,
        line.before * 100,
        reasonNumber(line.reason ?? 'REGULAR'),
      ],
    );
  }
}

/** Part of an OCMW, in euro: positive, negative, taken over, carried; and its payments and claims. */
async function insertPart(
  session: Session,
  ocmw: string,
  positive: number,
  negative: number,
  offset: number,
  carried: number,
  claims: readonly (readonly ['PAY' | 'CLAIM', number, string])[],
  batchId: string,
): Promise<void> {
  const cents = [positive, negative, offset, carried].map((euro) => euro * 100);
  await session.rows(
    `insert into twe.batch_part select batch_no, $2, $3, $4, $5, $6 from twe.batch where batch_id = $1`,
    [batchId, ocmw, ...cents],
  );
  for (const [direction, euro, reference] of claims) {
    await session.rows(
      `insert into twe.batch_claim select batch_no, $2, $3, $4, $5 from twe.batch where batch_id = $1`,
      [batchId, ocmw, direction, euro * 100, reference],
    );
  }
}

async function confirm(session: Session, ocmw: string, euro: number, reference: string): Promise<void> {
  await session.rows(
    `insert into twe.payment_version
       (payment_id, ocmw_id, paid_on, cents, reference, registered_at, withdrawn, counted_on, delivery_id, line)
     values ('P1', $1, '2024-04-20', $2, $3, '2024-04-20', false, '2024-05-03', 2, 1)`,
    [ocmw, euro * 100, reference],
  );
}
