/** The first sheet: general analysis of the inspection, its results and what is recommended. */
import type { OpenBook } from '../../../exports/workbook/book.js';
import { enterpriseNumber, sumOf as sumColumn, type HeadOfDocument } from '../../../exports/workbook/common-sheets.js';
import { belgianDate } from '../../../exports/workbook/document.js';
import { Sheet, type CellValue, type Column, type Formula } from '../../../exports/workbook/sheet.js';
import { needsAttention } from '../control-table.js';
import { DIFFERENCE_KINDS, type Matter } from '../model.js';
import type { Inspection } from '../reconcile.js';
import { IN_ALLOWANCES, IN_VDAB } from './annexes.js';
import { IN_BOOKINGS, IN_DIFFERENCES } from './bookings-tables.js';
import { addText, block, column, countWhere, minus, sumWhere, type Table } from './parts.js';
import { notChecked } from './procedures.js';
import { ADVICE_WORDS, euro, KIND_WORDS, MATTER_WORDS, NO_MATTER } from './words.js';

export const ANALYSIS = 'Algemene analyse';

export const ANALYSIS_COLUMNS: readonly Column[] = [
  column('Materie', 'Waarover het gaat.', 36, 'text'),
  column('Verwacht', 'Wat de rekening van het boekjaar moet bevatten.', 24, 'euro'),
  column('Geboekt', 'Wat het OCMW in het boekjaar geboekt heeft.', 24, 'euro'),
  column('Verschil', 'Verwacht min geboekt. Rood en negatief: er is te veel geboekt.', 24, 'euro'),
  column('Verschillen', 'Aantal verschillen.', 18, 'count'),
  column('Oordeel', 'In orde als er geen enkel verschil is.', 22, 'verdict'),
];

export interface AnalysedTables {
  readonly vdab: Table;
  readonly allowances: Table;
  readonly differences: Table;
  readonly bookings: Table;
}

/** Index from 0 of the rows in the table of results. */
const MATTER_ROWS = 3;

export function writeAnalysis(
  book: OpenBook,
  head: HeadOfDocument,
  inspection: Inspection,
  tables: AnalysedTables,
): void {
  const rows = [
    matterRow(inspection, tables, 'VDAB', sumColumn(tables.vdab.plan, 'nl', IN_VDAB.expected)),
    matterRow(inspection, tables, 'ALLOWANCE', allowancesGranted(tables)),
    matterRow(inspection, tables, undefined, 0),
  ];
  const sheet = new Sheet(book, block(head, ANALYSIS), ANALYSIS, ANALYSIS_COLUMNS, { plain: true });
  sheet.header({ rows: rows.length, totals: [] });
  for (const row of rows) sheet.add(row);
  sheet.addTotals(totalRow(inspection, rows));
  addKinds(sheet, inspection, tables);
  addText(sheet, 'Vaststellingen', results(inspection));
  addText(sheet, 'Aanbevelingen', recommendations(inspection));
  addText(sheet, 'Wat niet of niet volledig nagekeken is', notChecked(inspection));
  addText(sheet, 'Gegevens van de inspectie', particulars(inspection, head));
  sheet.finish();
}

function allowancesGranted({ allowances }: AnalysedTables): Formula {
  const columns = [IN_ALLOWANCES.ordinary, IN_ALLOWANCES.increased].map((index) =>
    sumColumn(allowances.plan, 'nl', index),
  );
  return {
    formula: (row) => columns.map(({ formula }) => formula(row)).join('+'),
    result: columns.reduce((sum, { result }) => sum + Number(result), 0),
  };
}

function matterRow(
  { reconciliation }: Inspection,
  { bookings, differences }: AnalysedTables,
  matter: Matter | undefined,
  expected: Formula | number,
): CellValue[] {
  const name = matter === undefined ? NO_MATTER : MATTER_WORDS[matter];
  const booked = bookings.rows.reduce(
    (sum, row) => sum + (row[IN_BOOKINGS.matter] === name ? Number(row[IN_BOOKINGS.cents]) : 0),
    0,
  );
  const count = reconciliation.differences.filter((each) => each.matter === matter).length;
  const expectedCents = typeof expected === 'number' ? expected : Number(expected.result);
  return [
    name,
    expected,
    sumWhere(bookings, IN_BOOKINGS.cents, [[IN_BOOKINGS.matter, '$A#']], booked),
    minus('B', 'C', expectedCents - booked),
    countWhere(differences, IN_DIFFERENCES.matter, '$A#', count),
    verdict(count),
  ];
}

function verdict(count: number): Formula {
  const word = (good: boolean) => (good ? 'in orde' : 'te bespreken');
  return { formula: (row) => `IF(E${row}=0,"${word(true)}","${word(false)}")`, result: word(count === 0) };
}

function totalRow({ reconciliation }: Inspection, rows: readonly (readonly CellValue[])[]): CellValue[] {
  const sum = (index: number): Formula => {
    const letter = 'ABCDEF'[index]!;
    const valueOf = (value: CellValue | undefined) =>
      typeof value === 'number' ? value : Number((value as Formula).result);
    return {
      formula: (row) => `SUM(${letter}${row - MATTER_ROWS}:${letter}${row - 1})`,
      result: rows.reduce((total, row) => total + valueOf(row[index]), 0),
    };
  };
  return ['Totaal', sum(1), sum(2), sum(3), sum(4), verdict(reconciliation.differences.length)];
}

function addKinds(sheet: Sheet, { reconciliation }: Inspection, { differences }: AnalysedTables): void {
  sheet.note('');
  sheet.section('Verschillen per soort');
  for (const kind of DIFFERENCE_KINDS) {
    const found = reconciliation.differences.filter((each) => each.kind === kind);
    const difference = found.reduce((sum, { effectCents }) => sum - effectCents, 0);
    sheet.add(
      [
        KIND_WORDS[kind],
        null,
        null,
        sumWhere(differences, IN_DIFFERENCES.difference, [[IN_DIFFERENCES.kind, '$A#']], difference),
        countWhere(differences, IN_DIFFERENCES.kind, '$A#', found.length),
      ],
      ['text', 'text', 'text', 'euro', 'count', 'text'],
    );
  }
}

function results({ reconciliation, control, expected }: Inspection): string[] {
  const { differences, expectedCents, bookedCents } = reconciliation;
  const months = control.filter(needsAttention).length;
  const attention = months === 0 ? 'geen enkele vraagt' : months === 1 ? '1 vraagt' : `${months} vragen`;
  const over = control.filter(({ checks }) =>
    checks.some(({ check, answer }) => check === 'WAGE_COST' && answer === 'NO'),
  );
  const distance = bookedCents - expectedCents;
  return [
    differences.length === 0
      ? `De rekening stemt volledig overeen met de ${expected.length} betalingen, terugvorderingen en toelagen van het jaar.`
      : `Er ${differences.length === 1 ? 'is 1 verschil' : `zijn ${differences.length} verschillen`} tussen de rekening en de ` +
        `${expected.length} betalingen, terugvorderingen en toelagen van het jaar. ` +
        (distance === 0
          ? 'Samen heffen ze elkaar op.'
          : `Er is ${euro(Math.abs(distance))} euro te ${distance > 0 ? 'veel' : 'weinig'} geboekt.`),
    `De controletabel telt ${control.length} maanden van begunstigden; ${attention} aandacht ` +
      '(een verschil of een controle met antwoord nee).',
    ...(over.length === 0 ? [] : [`In ${over.length} maanden ligt de toelage boven de meegedeelde loonkost.`]),
  ];
}

function recommendations({ reconciliation }: Inspection): string[] {
  const kinds = DIFFERENCE_KINDS.filter((kind) => reconciliation.differences.some((each) => each.kind === kind));
  if (kinds.length === 0) return ['Geen.'];
  return kinds.map((kind) =>
    `${KIND_WORDS[kind]}: ${ADVICE_WORDS[kind]}`.replace(/^./, (letter) => letter.toUpperCase()),
  );
}

function particulars({ ocmw, year, night, bookings }: Inspection, { provenance }: HeadOfDocument): string[] {
  return [
    `Kenmerk: ${ocmw.name.replace(/^OCMW /, '')}/TWE/${year}. Ondernemingsnummer ${enterpriseNumber(ocmw.ocmwId)}.`,
    `Vergeleken met wat bekend was op de avond van ${belgianDate(night.today)} (${night.runId}).`,
    `Bestand van het OCMW: ${bookings.length} boekingen, sha256 ${provenance.inputDigest.slice(0, 16)}.`,
    'Antwoordtermijn: een inspectieverslag uit 2019 vraagt een akkoord binnen 15 dagen na ontvangst (R-INSP-4).',
  ];
}
