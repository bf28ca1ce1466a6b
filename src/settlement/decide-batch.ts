/** Approving and rejecting a batch: a second person's word, once, for good. */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';

export interface BatchDecision {
  readonly batchId: string;
  readonly decision: 'APPROVED' | 'REJECTED';
  readonly by: string;
  /** Day from which it counts (rulebook 15.2). */
  readonly from: Day;
  readonly reason?: string;
}

/** Records the decision. Throws a Failure (exit 2) for an unknown batch, one decided before, or a day before its run day. */
export async function decideBatch(
  session: Session,
  { batchId, decision, by, from, reason }: BatchDecision,
): Promise<void> {
  const [batch] = await session.rows<{
    batch_no: number;
    run_day: string;
    decision: string | null;
    decided_by: string;
  }>(
    `select b.batch_no, b.run_day, d.decision, d.decided_by
     from twe.batch b left join twe.batch_decision d using (batch_no) where b.batch_id = $1`,
    [batchId],
  );
  if (batch === undefined) {
    throw new Failure(EXIT.usage, `there is no batch ${batchId}. \`twe batches\` lists them; nothing was changed.`);
  }
  if (batch.decision !== null) {
    throw new Failure(
      EXIT.usage,
      `batch ${batchId} was ${batch.decision.toLowerCase()} before by ${batch.decided_by}; a decision is final, nothing was changed.`,
    );
  }
  if (formatDay(from) < batch.run_day) {
    throw new Failure(
      EXIT.usage,
      `batch ${batchId} was booked on ${batch.run_day}; it cannot be decided from ${formatDay(from)}. Nothing was changed.`,
    );
  }
  await session.rows(
    `insert into twe.batch_decision (batch_no, decision, decided_by, decided_on, reason) values ($1, $2, $3, $4, $5)`,
    [batch.batch_no, decision, by, formatDay(from), reason ?? null],
  );
}
