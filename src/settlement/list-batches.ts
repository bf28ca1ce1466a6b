/** All batches with their totals, oldest first. */
import type { Session } from '../db/database.js';
import type { Cents } from '../money.js';

export interface ListedBatch {
  readonly batchId: string;
  readonly period: string;
  readonly lines: number;
  readonly payCents: Cents;
  readonly claimCents: Cents;
  readonly decision: 'APPROVED' | 'REJECTED' | null;
  readonly decidedBy: string | null;
  readonly decidedOn: string | null;
  /** sha256 over everything in the batch. */
  readonly digest: string;
  /** OCMWs that were held out of it; not in the totals. */
  readonly held: readonly string[];
}

export async function listBatches(session: Session): Promise<ListedBatch[]> {
  return session.rows<ListedBatch>(
    `select
       b.batch_id as "batchId", b.period,
       (select count(*)::int from twe.standing_batch_line l where l.batch_no = b.batch_no) as lines,
       coalesce((select sum(cents) from twe.standing_batch_claim c where c.batch_no = b.batch_no and direction = 'PAY'), 0)::bigint
         as "payCents",
       coalesce((select sum(cents) from twe.standing_batch_claim c where c.batch_no = b.batch_no and direction = 'CLAIM'), 0)::bigint
         as "claimCents",
       d.decision, d.decided_by as "decidedBy", d.decided_on as "decidedOn", b.digest,
       array(select ocmw_id from twe.batch_hold h where h.batch_no = b.batch_no order by ocmw_id) as held
     from twe.batch b
     left join twe.batch_decision d using (batch_no)
     order by b.batch_no`,
  );
}
