/**
 * A book whose sheets say SIMULATIE where those of a night or a batch say their status (VOORLOPIG, DEFINITIEF, ...): on
 * screen in the third row, on paper across the head of every page.
 */
import type { Row, Style, Worksheet } from 'exceljs';
import type { OpenBook } from './book.js';
import * as look from './look.js';
import { SIMULATION_TEXT } from './simulation-texts.js';
import { TEXT } from './texts.js';

/** The status that the sheets are made with, and that is replaced. */
export const MADE_AS = 'PROVISIONAL' satisfies look.Status;

const STATUS_ROW = 3;

const STATUS_STYLE: Partial<Style> = {
  font: { name: 'Calibri', bold: true, color: { argb: 'FF4A1E7A' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE4D7F5' } },
  alignment: { horizontal: 'center', vertical: 'middle' },
};

/** The same book, but every sheet that is added to it is marked as a simulation. */
export function simulationBook(book: OpenBook, lang: look.Lang): OpenBook {
  const writer = Object.create(book.writer) as OpenBook['writer'];
  writer.addWorksheet = (name, options) => {
    const { oddHeader = '', ...others } = options?.headerFooter ?? {};
    const head = oddHeader.replace(TEXT.status[MADE_AS][lang], SIMULATION_TEXT.status[lang]);
    return marked(book.writer.addWorksheet(name, { ...options, headerFooter: { ...others, oddHeader: head } }), lang);
  };
  return { ...book, writer };
}

/** The row of the status is changed at the moment in which it is written: a streamed row cannot be changed later. */
function marked(worksheet: Worksheet, lang: look.Lang): Worksheet {
  const rowOf = worksheet.getRow.bind(worksheet);
  const seen = new Set<Row>();
  worksheet.getRow = (number) => {
    const row = rowOf(number);
    if (number !== STATUS_ROW || seen.has(row)) return row;
    seen.add(row);
    const commit = row.commit.bind(row);
    row.commit = () => {
      row.getCell(1).value = SIMULATION_TEXT.status[lang];
      row.getCell(1).style = STATUS_STYLE;
      row.getCell(2).value = SIMULATION_TEXT.statusMeaning[lang];
      commit();
    };
    return row;
  };
  return worksheet;
}
