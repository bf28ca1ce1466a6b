/**
 * The inspection workbook `inspectie-<ocmw_id>-<year>.xlsx`, in the shape of an integrated inspection report: general
 * analysis; an annex for each matter with accounting table and procedure; control tables per beneficiary; every difference
 * with the lines on both sides. Checks compare the sheets with each other and with the program.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDay } from '../../../calendar.js';
import { writeBook, type OpenBook } from '../../../exports/workbook/book.js';
import {
  CHECK_COLUMNS,
  countOf,
  errorsIn,
  sumOf,
  writeChecks,
  type Check,
  type HeadOfDocument,
} from '../../../exports/workbook/common-sheets.js';
import { Sheet, type Column } from '../../../exports/workbook/sheet.js';
import { explainWriteError } from '../../../exports/publish.js';
import { readBack } from '../../../exports/read-back.js';
import type { Inspection } from '../reconcile.js';
import { ANALYSIS, ANALYSIS_COLUMNS, writeAnalysis } from './analysis.js';
import { allowancesTable, IN_ALLOWANCES, IN_VDAB, vdabTable, writeAllowancesAnnex, writeVdabAnnex } from './annexes.js';
import { bookingsTable, differencesTable, IN_BOOKINGS, IN_DIFFERENCES } from './bookings-tables.js';
import {
  beneficiariesTable,
  CONTROL_OPTIONS,
  controlTableOf,
  factsTable,
  IN_BENEFICIARIES,
  IN_CONTROL,
} from './control-tables.js';
import { block, column, dutch, headOf, TITLE, writeTable, type Table } from './parts.js';
import { KIND_MEANING, KIND_WORDS } from './words.js';
import { DIFFERENCE_KINDS } from '../model.js';

interface Tables {
  readonly vdab: Table;
  readonly allowances: Table;
  readonly differences: Table;
  readonly control: Table;
  readonly facts: Table;
  readonly beneficiaries: Table;
  readonly bookings: Table;
}

/**
 * Writes the workbook into a folder, which is made when it is missing, and returns its path. It gets its name only after it
 * was read back. Throws a Failure when the folder cannot be written (exit 2) or what was written does not hold (exit 4).
 * @param accountDigest sha256 of the account
 */
export async function writeInspection(folder: string, inspection: Inspection, accountDigest: string): Promise<string> {
  const name = `inspectie-${inspection.ocmw.ocmwId}-${inspection.year}.xlsx`;
  const path = join(folder, name);
  const temporary = `${path}.new`;
  const tables = tablesOf(inspection);
  try {
    await mkdir(folder, { recursive: true });
    await writeBook(temporary, formatDay(inspection.night.today), (book) =>
      fill(book, inspection, headOf(inspection, accountDigest), tables),
    );
    await readBack(temporary, { name, rows: tables.bookings.rows.length, totalCents: 0 });
    await rename(temporary, path);
    return path;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw explainWriteError(error, folder);
  }
}

function tablesOf(inspection: Inspection): Tables {
  const control = controlTableOf(inspection);
  return {
    vdab: vdabTable(inspection),
    allowances: allowancesTable(inspection, control),
    differences: differencesTable(inspection),
    control,
    facts: factsTable(inspection),
    beneficiaries: beneficiariesTable(inspection, control),
    bookings: bookingsTable(inspection),
  };
}

async function fill(book: OpenBook, inspection: Inspection, head: HeadOfDocument, tables: Tables): Promise<void> {
  writeAnalysis(book, head, inspection, tables);
  writeVdabAnnex(book, head, inspection, tables.vdab);
  writeAllowancesAnnex(book, head, inspection, tables.allowances, tables.control);
  await writeTable(book, head, tables.differences, { frozenColumns: 2, nothing: dutch('Er zijn geen verschillen.') });
  await writeTable(book, head, tables.beneficiaries, { frozenColumns: 2 });
  await writeTable(book, head, tables.control, CONTROL_OPTIONS);
  await writeTable(book, head, tables.facts, { frozenColumns: 3 });
  await writeTable(book, head, tables.bookings, { frozenColumns: 1 });
  writeChecks(book, head, TITLE, checksOf(inspection, tables));
  writeExplanation(book, head, tables);
}

function checksOf({ reconciliation }: Inspection, tables: Tables): Check[] {
  const { vdab, allowances, differences, control, beneficiaries, bookings } = tables;
  const sum = ({ plan }: Table, index: number) => sumOf(plan, 'nl', index);
  const all = (...formulas: ReturnType<typeof sum>[]) => ({
    formula: (row: number) => formulas.map(({ formula }) => formula(row)).join('+'),
    result: formulas.reduce((total, { result }) => total + Number(result), 0),
  });
  const granted = [sum(allowances, IN_ALLOWANCES.ordinary), sum(allowances, IN_ALLOWANCES.increased)] as const;
  const expected = all(sum(vdab, IN_VDAB.expected), ...granted);
  const check = (what: string, left: Check['left'], right: Check['right'], unit: Check['unit'] = 'euro') => ({
    ...{ what: dutch(what), unit, left, right },
  });
  return [
    check(
      'Geboekt plus alle verschillen = verwacht',
      all(sum(bookings, IN_BOOKINGS.cents), sum(differences, IN_DIFFERENCES.difference)),
      expected,
    ),
    check('Som van de bijlagen = verwacht volgens het programma', expected, reconciliation.expectedCents),
    check(
      'Som van de boekingen = geboekt volgens het programma',
      sum(bookings, IN_BOOKINGS.cents),
      reconciliation.bookedCents,
    ),
    check(
      'Controletabel: toegekend = bijlage 2',
      all(sum(control, IN_CONTROL.ordinary), sum(control, IN_CONTROL.increased)),
      all(...granted),
    ),
    check(
      'Per begunstigde: toegekend = controletabel',
      all(sum(beneficiaries, IN_BENEFICIARIES.ordinary), sum(beneficiaries, IN_BENEFICIARIES.increased)),
      all(sum(control, IN_CONTROL.ordinary), sum(control, IN_CONTROL.increased)),
    ),
    check(
      'Per begunstigde: geboekt = controletabel',
      sum(beneficiaries, IN_BENEFICIARIES.booked),
      sum(control, IN_CONTROL.booked),
    ),
    check(
      'Per begunstigde: maanden = rijen van de controletabel',
      sum(beneficiaries, IN_BENEFICIARIES.months),
      countOf(control.plan, 'nl', IN_CONTROL.weoId),
      'count',
    ),
    check(
      'Aantal verschillen = volgens het programma',
      {
        formula: () => `COUNT(${differences.plan.ranges('nl', IN_DIFFERENCES.number)[0]!})`,
        result: reconciliation.differences.length,
      },
      reconciliation.differences.length,
      'count',
    ),
    check(
      'Cellen met een fout in dit werkboek',
      errorsIn(
        Object.values(tables).map(({ plan }: Table) => plan),
        'nl',
      ),
      0,
      'count',
    ),
  ];
}

const EXPLANATION_COLUMNS: readonly Column[] = [
  column('Blad', 'Blad van dit werkboek.', 30, 'text'),
  column('Kolom', 'Kolom op dat blad.', 26, 'text'),
  column('Betekenis', 'Wat er staat.', 100, 'long'),
];

/** What every column means, and every kind of difference. */
function writeExplanation(book: OpenBook, head: HeadOfDocument, tables: Tables): void {
  const sheet = new Sheet(book, block(head, 'Uitleg'), 'Uitleg', EXPLANATION_COLUMNS, { plain: true });
  sheet.header({ rows: 0, totals: [] });
  sheet.section('Soorten van verschillen');
  for (const kind of DIFFERENCE_KINDS) sheet.add(['', KIND_WORDS[kind], KIND_MEANING[kind]]);
  const described = [
    { name: ANALYSIS, columns: ANALYSIS_COLUMNS },
    ...Object.values(tables).map(({ plan }: Table) => ({ name: plan.name.nl, columns: plan.columns })),
    { name: 'Controle', columns: CHECK_COLUMNS },
  ];
  for (const { name, columns } of described) {
    sheet.section(name);
    for (const { heading } of columns) sheet.add([name, heading.title.nl, heading.explain.nl]);
  }
  sheet.finish();
}
