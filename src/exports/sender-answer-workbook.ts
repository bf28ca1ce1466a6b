/** The workbook of an answer to a sender: per OCMW what was set aside, the rows, and how to send them again. */
import { join } from 'node:path';
import { day } from '../calendar.js';
import type { Answer, AnswerRow } from './sender-answer.js';
import { AnswerSheet, type AnswerColumn } from './sender-answer-sheet.js';
import { HOW_TO_SEND_AGAIN } from './sender-answer-texts.js';
import type { Provenance, StagedFile } from './publish.js';
import { writeBook, type OpenBook } from './workbook/book.js';
import { enterpriseNumber } from './workbook/common-sheets.js';
import { belgianDate } from './workbook/document.js';

const UNKNOWN_OCMW = 'niet te bepalen';
/** Beyond it the rows stand in the CSV only; an answer with more rows is about a file that is wrong as a whole. */
const MOST_ROWS = 50_000;
const ROWS_BETWEEN_BREATHS = 500;

const OVERVIEW_COLUMNS: readonly AnswerColumn[] = [
  { title: 'OCMW-nummer', width: 22, kind: 'text' },
  { title: 'OCMW', width: 30, kind: 'text' },
  { title: 'Bestand', width: 18, kind: 'text' },
  { title: 'Kolom', width: 22, kind: 'text' },
  { title: 'Code', width: 30, kind: 'text' },
  { title: 'Rijen', width: 12, kind: 'count' },
];

const ROW_COLUMNS: readonly AnswerColumn[] = [
  { title: 'OCMW-nummer', width: 22, kind: 'text' },
  { title: 'OCMW', width: 22, kind: 'text' },
  { title: 'Bestand', width: 17, kind: 'text' },
  { title: 'Regel', width: 11, kind: 'year' },
  { title: 'Sleutel', width: 24, kind: 'text' },
  { title: 'Kolom', width: 17, kind: 'text' },
  { title: 'Wat is er mis', width: 42, kind: 'long' },
  { title: 'Wat te doen', width: 38, kind: 'long' },
  { title: 'De rij zoals ontvangen', width: 52, kind: 'long' },
];

const HOW_COLUMNS: readonly AnswerColumn[] = [
  { title: 'Onderwerp', width: 28, kind: 'text' },
  { title: 'Uitleg', width: 110, kind: 'long' },
];

/** Writes `antwoord-<delivery>.xlsx` into a folder. */
export async function writeAnswerBook(folder: string, answer: Answer, provenance: Provenance): Promise<StagedFile> {
  const name = `antwoord-${answer.delivery}.xlsx`;
  await writeBook(join(folder, name), provenance.businessDate, async (book) => {
    writeOverview(book, answer, provenance);
    await writeRows(book, answer, provenance);
    writeHow(book, answer, provenance);
  });
  return { name, rows: answer.rows.length, totalCents: 0 };
}

function titles(sheet: string, { delivery, rows }: Answer, { runId, businessDate }: Provenance) {
  const count = rows.length === 1 ? '1 rij is' : `${rows.length} rijen zijn`;
  return {
    title: `Antwoord op levering ${delivery} – ${sheet}`,
    subtitle: `${count} opzij gezet, stand van de nacht van ${belgianDate(day(businessDate))}`,
    note: 'Wat hier niet staat, is ingelezen. Zie het blad Opnieuw sturen.',
    provenance: `Run ${runId}`,
  };
}

/** How many rows for each OCMW, file, column and code, in the order of the rows. */
function writeOverview(book: OpenBook, answer: Answer, provenance: Provenance): void {
  const groups = new Map<string, { row: AnswerRow; count: number }>();
  for (const row of answer.rows) {
    const key = [row.ocmwId, row.file, row.column, row.code].join('\0');
    const group = groups.get(key) ?? { row, count: 0 };
    group.count++;
    groups.set(key, group);
  }
  const sheet = new AnswerSheet(book, 'Overzicht', OVERVIEW_COLUMNS, titles('Overzicht', answer, provenance));
  for (const { row, count } of groups.values()) sheet.add([...payee(row), row.file, row.column, row.code, count]);
  sheet.finish();
}

async function writeRows(book: OpenBook, answer: Answer, provenance: Provenance): Promise<void> {
  const sheet = new AnswerSheet(book, 'Rijen', ROW_COLUMNS, titles('Rijen', answer, provenance));
  for (const [index, row] of answer.rows.slice(0, MOST_ROWS).entries()) {
    const { file, line, recordId, column, what, advice, raw } = row;
    sheet.add([...payee(row), file, line, recordId, column, what, advice, raw]);
    if (index % ROWS_BETWEEN_BREATHS === 0) await book.drained();
  }
  if (answer.rows.length > MOST_ROWS) {
    const rest = answer.rows.length - MOST_ROWS;
    sheet.add([`Nog ${rest} rijen: zie het CSV-bestand antwoord-${answer.delivery}.csv.`]);
  }
  sheet.finish();
}

function writeHow(book: OpenBook, answer: Answer, provenance: Provenance): void {
  const sheet = new AnswerSheet(book, 'Opnieuw sturen', HOW_COLUMNS, titles('Opnieuw sturen', answer, provenance));
  for (const [what, how] of HOW_TO_SEND_AGAIN) sheet.add([what, how]);
  sheet.finish();
}

function payee({ ocmwId, ocmwName }: AnswerRow): [id: string, name: string] {
  return [ocmwId === '' ? UNKNOWN_OCMW : enterpriseNumber(ocmwId), ocmwName];
}
