/** The workbook of an answer to a sender: per OCMW what was set aside, the rows, and how to send them again. */
import { join } from 'node:path';
import { day } from '../calendar.js';
import type { Answer, AnswerRow } from './sender-answer.js';
import { HOW_TO_SEND_AGAIN } from './sender-answer-texts.js';
import type { Provenance, StagedFile } from './publish.js';
import { writeBook, type OpenBook } from './workbook/book.js';
import { enterpriseNumber } from './workbook/common-sheets.js';
import { belgianDate } from './workbook/document.js';
import type { ColumnKind } from './workbook/look.js';
import { Sheet, type Column } from './workbook/sheet.js';
import { text } from './workbook/texts.js';

const UNKNOWN_OCMW = 'niet te bepalen';
/** Beyond it the rows stand in the CSV only; an answer with more rows is about a file that is wrong as a whole. */
const MOST_ROWS = 50_000;
const ROWS_BETWEEN_BREATHS = 500;

/** Senders read Dutch, whatever language the workbooks of the night have. */
const dutch = (words: string) => text(words, words);
const column = (title: string, width: number, kind: ColumnKind): Column => ({
  heading: { title: dutch(title), explain: dutch('') },
  width,
  kind,
});

const OVERVIEW_COLUMNS: readonly Column[] = [
  column('OCMW-nummer', 22, 'text'),
  column('OCMW', 30, 'long'),
  column('Bestand', 18, 'text'),
  column('Kolom', 22, 'text'),
  column('Code', 30, 'text'),
  { ...column('Rijen', 12, 'count'), total: true },
];

const ROW_COLUMNS: readonly Column[] = [
  column('OCMW-nummer', 22, 'text'),
  column('OCMW', 22, 'long'),
  column('Bestand', 17, 'text'),
  column('Regel', 11, 'year'),
  column('Sleutel', 24, 'text'),
  column('Kolom', 17, 'text'),
  column('Wat is er mis', 42, 'long'),
  column('Wat te doen', 38, 'long'),
  column('De rij zoals ontvangen', 52, 'long'),
];

const HOW_COLUMNS: readonly Column[] = [column('Onderwerp', 28, 'text'), column('Uitleg', 110, 'long')];

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

function openSheet(
  book: OpenBook,
  name: string,
  columns: readonly Column[],
  { delivery, rows }: Answer,
  { runId, businessDate }: Provenance,
): Sheet {
  const count = rows.length === 1 ? '1 rij is' : `${rows.length} rijen zijn`;
  const block = {
    lang: 'nl',
    title: dutch(`Antwoord op levering ${delivery} – ${name}`),
    period: dutch(`${count} opzij gezet, stand van de nacht van ${belgianDate(day(businessDate))}`),
    status: 'ANSWER',
    provenance: `Run ${runId}`,
  } as const;
  return new Sheet(book, block, name, columns, { plain: columns === HOW_COLUMNS });
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
  const sheet = openSheet(book, 'Overzicht', OVERVIEW_COLUMNS, answer, provenance);
  sheet.header({ rows: groups.size, totals: OVERVIEW_COLUMNS.map(({ total }) => (total ? answer.rows.length : 0)) });
  for (const { row, count } of groups.values()) sheet.add([...payee(row), row.file, row.column, row.code, count]);
  sheet.finish();
}

async function writeRows(book: OpenBook, answer: Answer, provenance: Provenance): Promise<void> {
  const sheet = openSheet(book, 'Rijen', ROW_COLUMNS, answer, provenance);
  sheet.header({ rows: answer.rows.length, totals: [] });
  for (const [index, row] of answer.rows.slice(0, MOST_ROWS).entries()) {
    const { file, line, recordId, what, advice, raw } = row;
    sheet.add([...payee(row), file, line, recordId, row.column, what, advice, raw]);
    if (index % ROWS_BETWEEN_BREATHS === 0) await book.drained();
  }
  if (answer.rows.length > MOST_ROWS) {
    const rest = answer.rows.length - MOST_ROWS;
    sheet.add([`Nog ${rest} rijen: zie het CSV-bestand antwoord-${answer.delivery}.csv.`]);
  }
  sheet.finish();
}

function writeHow(book: OpenBook, answer: Answer, provenance: Provenance): void {
  const sheet = openSheet(book, 'Opnieuw sturen', HOW_COLUMNS, answer, provenance);
  sheet.header({ rows: HOW_TO_SEND_AGAIN.length, totals: [] });
  for (const [what, how] of HOW_TO_SEND_AGAIN) sheet.add([what, how]);
  sheet.finish();
}

function payee({ ocmwId, ocmwName }: AnswerRow): [id: string, name: string] {
  return [ocmwId === '' ? UNKNOWN_OCMW : enterpriseNumber(ocmwId), ocmwName];
}
