/**
 * The answer to the sender: for each delivery that a night took in and of which rows are set aside, a small workbook and
 * the same as CSV, in Dutch: what was set aside, why, and how to send it again. National numbers are masked.
 */
import { join } from 'node:path';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { shownValue } from '../feeds/shown.js';
import { writeCsvRows } from './csv.js';
import { publishFolder, type Provenance, type PublishedFolder, type StagedFile } from './publish.js';
import { whatIsWrong, whatToDo, type FaultyRow } from './sender-answer-texts.js';
import { writeAnswerBook } from './sender-answer-workbook.js';

/** Folder of the answers of a night: `<out>/<business date>/antwoorden/`. */
export const ANSWER_FOLDER = 'antwoorden';

/** A row of an answer. */
export interface AnswerRow {
  /** '' when it cannot be known which OCMW the row is about. */
  readonly ocmwId: string;
  readonly ocmwName: string;
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly code: string;
  /** Id of the record, '' when it could not be read. */
  readonly recordId: string;
  readonly what: string;
  readonly advice: string;
  /** The row as it came. */
  readonly raw: string;
}

/** What one delivery is answered. */
export interface Answer {
  readonly delivery: string;
  readonly rows: readonly AnswerRow[];
}

interface ListedRow extends FaultyRow {
  readonly deliveryName: string;
  readonly raw: string;
  readonly recordId: string | null;
  readonly ocmwId: string;
  readonly ocmwName: string;
}

const CSV_COLUMNS = [
  'levering',
  'bestand',
  'regel',
  'kolom',
  'code',
  'wat_is_er_mis',
  'wat_te_doen',
  'ocmw_nummer',
  'ocmw',
  'sleutel',
  'rij',
];

/**
 * Publishes the answers of the run in `provenance`, undefined when nothing was set aside. Throws like `publishFolder`.
 * @param workbooks false leaves the workbooks out
 */
export async function publishAnswers(
  session: Session,
  out: string,
  provenance: Provenance,
  { workbooks }: { readonly workbooks: boolean },
): Promise<PublishedFolder | undefined> {
  const answers = await listAnswers(session, provenance);
  if (answers.length === 0) return undefined;
  return publishFolder(out, { ...provenance, job: ANSWER_FOLDER }, async (folder) => {
    const files: StagedFile[] = [];
    for (const answer of answers) {
      files.push(await writeAnswerCsv(folder, answer));
      if (workbooks) files.push(await writeAnswerBook(folder, answer, provenance));
    }
    return files;
  });
}

/** What the senders of the deliveries of a run must hear, in order of delivery. */
export async function listAnswers(
  session: Session,
  { runId, businessDate }: Pick<Provenance, 'runId' | 'businessDate'>,
): Promise<Answer[]> {
  const answers = new Map<string, AnswerRow[]>();
  await session.rows(sql('exports/create_answers'));
  await session.rows(sql('exports/fill_answers'), [runId, businessDate]);
  // Of numbers alone: a sample of what senders wrote would stay in the server's statistics.
  await session.rows('analyze answered (delivery_id, line, no)');
  for (const listed of await session.rows<ListedRow>(sql('exports/list_answers'), [businessDate])) {
    const rows = answers.get(listed.deliveryName) ?? [];
    rows.push(answerRow(listed));
    answers.set(listed.deliveryName, rows);
  }
  return [...answers].map(([delivery, rows]) => ({ delivery, rows }));
}

function answerRow(listed: ListedRow): AnswerRow {
  const { ocmwId, ocmwName, file, line, column, code, raw, recordId } = listed;
  return {
    ...{ ocmwId, ocmwName, file, line, column, code, raw },
    recordId: recordId === null ? '' : shownValue(recordId, false),
    what: whatIsWrong(listed),
    advice: whatToDo(listed),
  };
}

async function writeAnswerCsv(folder: string, { delivery, rows }: Answer): Promise<StagedFile> {
  const name = `antwoord-${delivery}.csv`;
  const lines = rows.map((row) =>
    [
      ...[delivery, row.file, String(row.line), row.column, row.code, row.what, row.advice],
      ...[row.ocmwId, row.ocmwName, row.recordId, row.raw],
    ].map(noFormula),
  );
  await writeCsvRows(join(folder, name), CSV_COLUMNS, lines);
  return { name, rows: rows.length, totalCents: 0 };
}

/** What a spreadsheet would take for a formula gets an apostrophe before it: the sender opens this file with one. */
function noFormula(text: string): string {
  return /^\s*[=+@\t\r-]/.test(text) ? `'${text}` : text;
}
