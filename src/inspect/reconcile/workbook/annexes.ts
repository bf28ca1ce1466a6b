/** An annex for each matter, as in an integrated inspection report: its accounting table, and the procedure that was followed. */
import type { OpenBook } from '../../../exports/workbook/book.js';
import type { HeadOfDocument } from '../../../exports/workbook/common-sheets.js';
import { Sheet, type CellValue, type Column } from '../../../exports/workbook/sheet.js';
import type { Cents } from '../../../money.js';
import { ALLOWANCE_CHECKS } from '../allowance-checks.js';
import { yearOfBooking, sumOf } from '../match/matching.js';
import type { Booking, Expected, Link } from '../model.js';
import type { Inspection } from '../reconcile.js';
import { IN_CONTROL } from './control-tables.js';
import { addText, block, column, countWhere, minus, sumWhere, tableOf, type Table } from './parts.js';
import { allowanceProcedure, vdabProcedure } from './procedures.js';
import { CHECK_WORDS, expectedWords, lineNumbers, standingWords } from './words.js';

const VDAB_COLUMNS: readonly Column[] = [
  column('Mededeling', 'Gestructureerde mededeling van de betaling of terugvordering.', 24, 'text'),
  column('Periode', 'Kwartaal of jaar van de batch, of de maanden van een betaling buiten dit programma.', 18, 'text'),
  column('Dag', 'Dag van betaling, anders de betaaldag van de batch.', 12, 'date'),
  column('Toestand', 'Betaald: bevestigd door VDAB. Goedgekeurd: nog niet bevestigd.', 20, 'text'),
  column('Verwacht', 'Wat de rekening van dit boekjaar moet bevatten; een terugvordering is negatief.', 18, 'euro', {
    total: true,
  }),
  column('Geboekt', 'Wat in dit boekjaar ervoor geboekt is.', 18, 'euro', { total: true }),
  column('Verschil', 'Verwacht min geboekt. Rood en negatief: er is te veel geboekt.', 18, 'euro', { total: true }),
  column('Boekingen', 'Aantal regels.', 11, 'count', { total: true }),
  column('Regels', 'Plaats van de boekingen in het bestand van het OCMW.', 30, 'long'),
];
/** Index of columns in the annexes. */
export const IN_VDAB = { expected: 4, booked: 5 } as const;
export const IN_ALLOWANCES = { ordinary: 1, increased: 2, booked: 4 } as const;

/** Payments and claims of the year, and those of other years of which a line stands in this one. */
export function vdabTable({ expected, year, reconciliation }: Inspection): Table {
  const found = linesByExpected(reconciliation.links, year);
  const ofYear = expected.filter(({ matter }) => matter === 'VDAB');
  const others = [...found.keys()].filter((each) => each.matter === 'VDAB' && each.year !== year);
  const all = [...ofYear, ...others.sort((a, b) => a.day - b.day)];
  const rows = all
    .filter((each) => each.cents !== 0 || found.has(each))
    .map((each): CellValue[] => {
      const lines = found.get(each) ?? [];
      const isOther = each.year !== year;
      const [expectedCents, bookedCents] = [isOther ? 0 : each.cents, sumOf(lines)];
      return [
        each.reference === '' ? 'zonder mededeling' : each.reference,
        each.period,
        each.day,
        isOther ? `hoort bij ${each.year}` : standingWords(each),
        expectedCents,
        bookedCents,
        minus('E', 'F', expectedCents - bookedCents),
        lines.length,
        lineNumbers(lines),
      ];
    });
  return tableOf('Bijlage 1 Betalingen VDAB', VDAB_COLUMNS, rows);
}

function linesByExpected(links: readonly Link[], year: number): Map<Expected, Booking[]> {
  const found = new Map<Expected, Booking[]>();
  for (const { expected, bookings, repeats } of links) {
    const lines = [...bookings, ...repeats].filter((line) => yearOfBooking(line) === year);
    if (lines.length > 0) found.set(expected[0]!, lines);
  }
  return found;
}

const ALLOWANCE_COLUMNS: readonly Column[] = [
  column('Maand', 'Maand waarover de toelage gaat.', 26, 'month'),
  column('Toelage', 'Gewone toelage die toegekend is.', 22, 'euro', { total: true }),
  column('Verhoogde toelage', 'Verhoogde toelage die toegekend is.', 22, 'euro', { total: true }),
  column('Toegekend', 'Gewone en verhoogde toelage samen.', 22, 'euro', { total: true }),
  column('Geboekt', 'Wat het OCMW in het boekjaar voor die maand geboekt heeft.', 22, 'euro', { total: true }),
  column('Verschil', 'Toegekend min geboekt.', 22, 'euro', { total: true }),
  column('Boven loonkost', 'Wat meer toegekend is dan de loonkost, waar die meegedeeld is.', 22, 'euro', {
    total: true,
  }),
];

/** The twelve months as sums of the control table, and what was booked in this year for another one. */
export function allowancesTable({ year, control, reconciliation }: Inspection, table: Table): Table {
  const months = Array.from({ length: 12 }, (_, index) => year * 12 + index);
  const rows = months.map((month): CellValue[] => {
    const own = control.filter((row) => row.month === month);
    const sum = (valueOf: (row: (typeof own)[number]) => Cents) => own.reduce((total, row) => total + valueOf(row), 0);
    const ofMonth = (index: number, result: Cents) => sumWhere(table, index, [[IN_CONTROL.month, '$A#']], result);
    const [ordinary, increased] = [sum((row) => row.ordinaryCents), sum((row) => row.increasedCents)];
    const booked = sum((row) => row.bookedCents);
    const overCost = sum(({ ordinaryCents, increasedCents, wageCents }) =>
      wageCents === undefined ? 0 : Math.max(0, ordinaryCents + increasedCents - wageCents),
    );
    return [
      month,
      ofMonth(IN_CONTROL.ordinary, ordinary),
      ofMonth(IN_CONTROL.increased, increased),
      { formula: (at) => `B${at}+C${at}`, result: ordinary + increased },
      ofMonth(IN_CONTROL.booked, booked),
      minus('D', 'E', ordinary + increased - booked),
      ofMonth(IN_CONTROL.overCost, overCost),
    ];
  });
  const elsewhere = reconciliation.links
    .filter(({ expected }) => expected[0]!.kind === 'ALLOWANCE' && expected[0]!.year !== year)
    .flatMap(({ bookings, repeats }) => [...bookings, ...repeats].filter((line) => yearOfBooking(line) === year));
  const other = sumOf(elsewhere);
  rows.push(['andere jaren', 0, 0, { formula: (at) => `B${at}+C${at}`, result: 0 }, other, minus('D', 'E', -other), 0]);
  return tableOf('Bijlage 2 Toelagen', ALLOWANCE_COLUMNS, rows);
}

const NO_FILTER = { plain: true } as const;
const CHECK_KINDS = ['text', 'text', 'text', 'text', 'count', 'count', 'count'] as const;

export function writeVdabAnnex(book: OpenBook, head: HeadOfDocument, inspection: Inspection, table: Table): void {
  const sheet = openAnnex(book, head, table);
  for (const row of table.rows) sheet.add(row);
  addText(sheet, 'Gevolgde werkwijze', vdabProcedure(inspection));
  const missing = inspection.expected.filter(({ matter, standing }) => matter === 'VDAB' && standing !== 'STANDS');
  if (missing.length > 0) {
    const words = missing.map((each) => `${expectedWords([each])}: ${standingWords(each)}, dus niet verwacht.`);
    addText(sheet, 'Wat niet verwacht wordt', words);
  }
  sheet.finish();
}

/** With the result of each check on paper: how often it gave yes, no, or did not apply. */
export function writeAllowancesAnnex(
  book: OpenBook,
  head: HeadOfDocument,
  inspection: Inspection,
  table: Table,
  control: Table,
): void {
  const sheet = openAnnex(book, head, table);
  for (const [index, row] of table.rows.entries()) {
    if (index < 12) sheet.add(row);
    else sheet.add(row, ['text', 'euro', 'euro', 'euro', 'euro', 'euro', 'euro']);
  }
  sheet.note('');
  sheet.section('Administratieve en wettelijke controle (aantal maanden van begunstigden)');
  sheet.addTotals(['Controle', '', '', '', 'ja', 'nee', 'n.v.t.'], CHECK_KINDS);
  for (const [index, check] of ALLOWANCE_CHECKS.entries()) {
    const counted = (answer: string, result: number) =>
      countWhere(control, IN_CONTROL.firstCheck + index, `"${answer}"`, result);
    const times = (answer: string) =>
      inspection.control.filter(({ checks }) => checks[index]!.answer === answer).length;
    sheet.add(
      [
        CHECK_WORDS[check].title,
        CHECK_WORDS[check].explain,
        null,
        null,
        counted('ja', times('YES')),
        counted('nee', times('NO')),
        counted('n.v.t.', times('NOT_APPLICABLE')),
      ],
      CHECK_KINDS,
    );
  }
  addText(sheet, 'Gevolgde werkwijze', allowanceProcedure(inspection));
  sheet.finish();
}

function openAnnex(book: OpenBook, head: HeadOfDocument, { plan }: Table): Sheet {
  const sheet = new Sheet(book, block(head, plan.name.nl), plan.name.nl, plan.columns, NO_FILTER);
  sheet.header(plan.parts[0]!);
  return sheet;
}
