/** Payment notes from the database, one at a time: what an approved batch, or one that waits, comes to for each OCMW. */
import { firstDayOf, formatDay, type Day, type Month } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { COMPONENTS, REASONS } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import { readTextRows } from '../copy-text.js';
import { assertBalanced, type BatchJob, type NoteAmount, type NoteLine, type PaymentNote } from './note.js';

/**
 * Chooses the batches that stand in the statements about a month: approved up to its end and in none before. What was
 * chosen stays chosen once the statements of that month are done.
 */
export async function chooseStatementBatches(session: Session, month: Month): Promise<void> {
  const first = [formatDay(firstDayOf(month))];
  await session.rows(sql('exports/free_statement_batches'), first);
  await session.rows(sql('exports/choose_statement_batches'), first);
}

/**
 * The notes of the batches chosen for the statements about a month, in byte order of OCMW, then by run day and batch. An OCMW
 * that is held out of a batch has no note of it. Needs a transaction of its own while it is read: rows come by COPY.
 */
export async function* readNotes(session: Session, month: Month): AsyncGenerator<PaymentNote, void, void> {
  yield* readNotesOf(session, 'select batch_no from twe.statement_batch where month = $1', [
    formatDay(firstDayOf(month)),
  ]);
}

/** The notes of one batch, approved or waiting; none of a rejected one. Otherwise as `readNotes`. */
export async function* readNotesOfBatch(session: Session, batchId: string): AsyncGenerator<PaymentNote, void, void> {
  yield* readNotesOf(
    session,
    `select batch_no from twe.batch left join twe.batch_decision using (batch_no)
     where batch_id = $1 and decision is distinct from 'REJECTED'`,
    [batchId],
  );
}

/** A row of list_note_heads.sql. */
interface Head {
  readonly ocmwId: string;
  /** Of the batch among those that are read. */
  readonly place: number;
  readonly batchId: string;
  readonly job: BatchJob;
  readonly period: string;
  readonly runDay: Day;
  readonly approvedOn: Day | null;
  readonly name: string;
  readonly nisCode: string;
  readonly iban: string | null;
  readonly offsetCents: Cents;
  readonly carriedCents: Cents;
  readonly amounts: readonly NoteAmount[] | null;
}

/** @param batches selects the numbers of the batches */
async function* readNotesOf(
  session: Session,
  batches: string,
  values: readonly string[],
): AsyncGenerator<PaymentNote, void, void> {
  await session.rows('drop table if exists note_batch');
  await session.rows('create temporary table note_batch (batch_no integer, place integer) on commit drop');
  await session.rows(
    `insert into note_batch
     select batch_no, row_number() over (order by run_day, batch_id)
     from twe.batch where batch_no in (${batches})`,
    values,
  );
  await session.rows('analyze note_batch');
  await session.rows(sql('exports/fill_note_start'));
  const heads = await session.rows<Head>(sql('exports/list_note_heads'));
  yield* withLines(heads, readTextRows(session, sql('exports/list_note_lines')));
}

/** Both come in order of OCMW and batch; a head without lines is one that only settles what was carried over. */
async function* withLines(
  heads: readonly Head[],
  rows: AsyncGenerator<string[], void, void>,
): AsyncGenerator<PaymentNote, void, void> {
  try {
    let next = await rows.next();
    for (const head of heads) {
      const lines: NoteLine[] = [];
      while (!next.done && next.value[0] === head.ocmwId && Number(next.value[1]) === head.place) {
        lines.push(noteLine(next.value, head.period));
        next = await rows.next();
      }
      const note = noteOf(head, lines);
      assertBalanced(note);
      yield note;
    }
    if (!next.done) throw new Error(`lines of ${next.value[0]} stand in a batch that has no part of it`);
  } finally {
    await rows.return();
  }
}

/** A row of list_note_lines.sql. */
function noteLine(row: readonly string[], period: string): NoteLine {
  const [, , weoId, start, component, month, kind, due, before, cents, reason] = row;
  return {
    weoId: weoId!,
    guidanceStart: start === '-1' ? undefined : Number(start),
    component: COMPONENTS[Number(component)]!,
    month: Number(month),
    kind: kind as NoteLine['kind'],
    period,
    dueCents: Number(due),
    beforeCents: Number(before),
    cents: Number(cents),
    reason: REASONS[Number(reason)]!,
  };
}

function noteOf(head: Head, lines: readonly NoteLine[]): PaymentNote {
  const { batchId, job, period, runDay, offsetCents, carriedCents } = head;
  return {
    batchId,
    job,
    period,
    payee: { ocmwId: head.ocmwId, name: head.name, nisCode: head.nisCode },
    runDay,
    approvedOn: head.approvedOn ?? undefined,
    amounts: head.amounts ?? [],
    offsetCents,
    carriedCents,
    iban: head.iban ?? undefined,
    lines,
  };
}
