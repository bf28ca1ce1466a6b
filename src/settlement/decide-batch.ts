/**
 * Four eyes: a second person approves or rejects a batch, once and for good, or holds one OCMW out of it while it waits.
 * The decision is about the digest of the batch and of its documents; the database refuses any other.
 */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';

/** Who decides, and how we know. */
export interface Person {
  /** As typed. */
  readonly name: string;
  readonly systemUser: string;
  readonly machine: string;
  /** Names that may decide: database roles or system users. Empty: the name that is typed counts. */
  readonly approvers: readonly string[];
}

export interface BatchDecision {
  readonly batchId: string;
  readonly decision: 'APPROVED' | 'REJECTED';
  readonly by: Person;
  /** Day from which it counts (rulebook 15.2). */
  readonly from: Day;
  readonly reason?: string;
  /** Digest that was reviewed, whole or its beginning; checked when given. */
  readonly digest?: string;
}

export interface Hold {
  readonly batchId: string;
  readonly ocmwId: string;
  readonly by: Person;
  /** Day from which its lines count no more. */
  readonly from: Day;
  readonly reason: string;
}

interface WaitingBatch {
  readonly batch_no: number;
  readonly run_day: string;
  readonly digest: string;
  readonly present_digest: string;
  readonly prepared_by_role: string | null;
  readonly prepared_by_system_user: string | null;
  readonly decision: string | null;
  readonly decided_by: string | null;
}

type Recognition = 'DATABASE_ROLE' | 'SYSTEM_USER' | 'TYPED';

/** Shortest beginning of a digest that names it. */
const SHORTEST_DIGEST = 8;

/**
 * Records the decision. Throws a Failure (exit 2) for an unknown batch, one decided before, a day before its run day, a
 * person who may not decide or who prepared the batch; (exit 4) when the batch is not what was sealed or reviewed.
 */
export async function decideBatch(session: Session, decision: BatchDecision): Promise<void> {
  const { batchId, by, from, reason } = decision;
  const batch = await findWaiting(session, batchId, from);
  const recognised = await recognise(session, by);
  refusePreparer(batchId, batch, by, recognised);
  refuseOtherDigest(batch, decision);
  await session.rows(
    `insert into twe.batch_decision (batch_no, decision, decided_by, decided_on, reason, batch_digest, documents_digest,
       recognised_by, decided_by_system_user, decided_from)
     values ($1, $2, $3, $4, $5, $6, twe.documents_digest($1), $7, $8, $9)`,
    [
      batch.batch_no,
      decision.decision,
      by.name,
      formatDay(from),
      reason ?? null,
      batch.digest,
      recognised.how,
      by.systemUser,
      by.machine,
    ],
  );
}

/** Holds one OCMW out of a batch. Throws a Failure (exit 2) like `decideBatch`, or when the OCMW has nothing in the batch. */
export async function holdOut(session: Session, { batchId, ocmwId, by, from, reason }: Hold): Promise<void> {
  const batch = await findWaiting(session, batchId, from);
  await recognise(session, by);
  const [part] = await session.rows<{ held_by: string | null }>(
    `select h.held_by
     from twe.batch_part p left join twe.batch_hold h using (batch_no, ocmw_id)
     where p.batch_no = $1 and p.ocmw_id = $2`,
    [batch.batch_no, ocmwId],
  );
  if (part === undefined) {
    throw new Failure(EXIT.usage, `OCMW ${ocmwId} has no line in batch ${batchId}; nothing was changed.`);
  }
  if (part.held_by !== null) {
    throw new Failure(
      EXIT.usage,
      `OCMW ${ocmwId} is held out of batch ${batchId} already, by ${part.held_by}; nothing was changed.`,
    );
  }
  await session.rows(
    `insert into twe.batch_hold (batch_no, ocmw_id, held_by, held_by_role, held_by_system_user, held_on, reason)
     values ($1, $2, $3, session_user, $4, $5, $6)`,
    [batch.batch_no, ocmwId, by.name, by.systemUser, formatDay(from), reason],
  );
}

/** Whether just that was decided before. */
export async function wasDecided(
  session: Session,
  { batchId, decision }: Pick<BatchDecision, 'batchId' | 'decision'>,
): Promise<boolean> {
  const rows = await session.rows(
    'select 1 from twe.batch_decision join twe.batch using (batch_no) where batch_id = $1 and decision = $2',
    [batchId, decision],
  );
  return rows.length > 0;
}

/** Whether an OCMW was held out of a batch before. */
export async function wasHeldOut(
  session: Session,
  { batchId, ocmwId }: Pick<Hold, 'batchId' | 'ocmwId'>,
): Promise<boolean> {
  const rows = await session.rows(
    'select 1 from twe.batch_hold join twe.batch using (batch_no) where batch_id = $1 and ocmw_id = $2',
    [batchId, ocmwId],
  );
  return rows.length > 0;
}

async function findWaiting(session: Session, batchId: string, from: Day): Promise<WaitingBatch> {
  const [batch] = await session.rows<WaitingBatch>(
    `select b.batch_no, b.run_day, b.digest, twe.batch_digest(b.batch_no) as present_digest, b.prepared_by_role,
       b.prepared_by_system_user, d.decision, d.decided_by
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
  return batch;
}

interface Recognised {
  readonly how: Recognition;
  readonly role: string;
}

/** An approver is who the database or the system says, not who the command line says. */
async function recognise(session: Session, { name, systemUser, approvers }: Person): Promise<Recognised> {
  const [row] = await session.rows<{ role: string }>('select session_user::text as role');
  const { role } = row!;
  if (approvers.length === 0) return { how: 'TYPED', role };
  if (!approvers.includes(name)) {
    throw new Failure(
      EXIT.usage,
      `${name} is not one of the approvers in the configuration (approval.approvers); nothing was changed.`,
    );
  }
  if (role === name) return { how: 'DATABASE_ROLE', role };
  if (systemUser === name) return { how: 'SYSTEM_USER', role };
  throw new Failure(
    EXIT.usage,
    `you are ${systemUser} on this machine and ${role} in the database, not ${name}: an approver works under an own ` +
      'account. Nothing was changed.',
  );
}

function refusePreparer(batchId: string, batch: WaitingBatch, { name }: Person, { how, role }: Recognised): void {
  const isPreparer = how === 'DATABASE_ROLE' ? role === batch.prepared_by_role : name === batch.prepared_by_system_user;
  if (!isPreparer) return;
  throw new Failure(
    EXIT.usage,
    `${name} had batch ${batchId} prepared: somebody else decides on it. Nothing was changed.`,
  );
}

function refuseOtherDigest(batch: WaitingBatch, { batchId, digest }: BatchDecision): void {
  if (batch.digest !== batch.present_digest) {
    throw new Failure(
      EXIT.check,
      `batch ${batchId} is not what was booked: its lines do not match its digest. Nothing was changed; run ` +
        '`twe verify` and call whoever maintains the database.',
    );
  }
  if (digest === undefined) return;
  if (digest.length < SHORTEST_DIGEST) {
    throw new Failure(EXIT.usage, `--digest needs at least ${SHORTEST_DIGEST} characters; nothing was changed.`);
  }
  if (!batch.digest.startsWith(digest.toLowerCase())) {
    throw new Failure(
      EXIT.check,
      `batch ${batchId} has digest ${batch.digest.slice(0, 16)}, not ${digest}: it is not the batch that was reviewed. ` +
        'Nothing was changed.',
    );
  }
}
