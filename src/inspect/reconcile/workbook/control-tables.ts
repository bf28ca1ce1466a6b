/** The control table per beneficiary and month (rulebook section 9), the facts behind its answers, and its sums. */
import * as look from '../../../exports/workbook/look.js';
import type { CellValue, Column, SheetOptions } from '../../../exports/workbook/sheet.js';
import { ALLOWANCE_CHECKS } from '../allowance-checks.js';
import type { ControlRow } from '../control-table.js';
import type { Inspection } from '../reconcile.js';
import { column, sumWhere, tableOf, type Table } from './parts.js';
import { ANSWER_WORDS, CHECK_WORDS } from './words.js';

/** Index of columns in the control table. */
export const IN_CONTROL = {
  weoId: 0,
  month: 2,
  ordinary: 3,
  increased: 4,
  booked: 5,
  wage: 7,
  overCost: 8,
  firstCheck: 9,
} as const;

const WHO_COLUMNS: readonly Column[] = [
  column('WEO', 'Nummer van de werkervaringsovereenkomst.', 19, 'text'),
  column('Cliënt', 'Rijksregisternummer, enkel de laatste vijf cijfers.', 19, 'text'),
];
const MONTH_COLUMN = column('Maand', 'Maand van de toelage.', 11, 'month');
const ANSWERS = 'ja, nee of n.v.t.; het feit staat op het blad Feiten.';

const CONTROL_COLUMNS: readonly Column[] = [
  ...WHO_COLUMNS,
  MONTH_COLUMN,
  column('Toelage', 'Gewone toelage die toegekend is.', 12, 'euro', { total: true }),
  column('Verhoogde toelage', 'Verhoogde toelage die toegekend is.', 12, 'euro', { total: true }),
  column('Geboekt', 'Wat het OCMW in het boekjaar voor deze maand geboekt heeft.', 12, 'euro', { total: true }),
  column('Verschil', 'Toegekend min geboekt; moet nul zijn.', 12, 'euro', { total: true }),
  column('Loonkost', 'Brutoloonkost van de contracten van de maand; leeg als ze niet meegedeeld is.', 12, 'euro', {
    total: true,
  }),
  column('Boven loonkost', 'Wat meer toegekend is dan de loonkost.', 12, 'euro', { total: true }),
  ...ALLOWANCE_CHECKS.map((check) =>
    column(CHECK_WORDS[check].title, `${CHECK_WORDS[check].explain} Antwoord: ${ANSWERS}`, 11, 'verdict'),
  ),
  column('Feit bij nee', 'Het feit dat een nee of een verschil verklaart.', 40, 'long'),
];

export function controlTableOf({ control }: Inspection): Table {
  return tableOf('Controletabel', CONTROL_COLUMNS, control.map(controlRow));
}

function controlRow(row: ControlRow): CellValue[] {
  const { weoId, client, month, ordinaryCents, increasedCents, bookedCents, wageCents, checks } = row;
  const granted = ordinaryCents + increasedCents;
  const overCost = wageCents === undefined ? 0 : Math.max(0, granted - wageCents);
  return [
    weoId,
    client,
    month,
    ordinaryCents,
    increasedCents,
    bookedCents,
    { formula: (at) => `D${at}+E${at}-F${at}`, result: granted - bookedCents },
    wageCents ?? null,
    { formula: (at) => `IF(H${at}="",0,MAX(0,D${at}+E${at}-H${at}))`, result: overCost },
    ...checks.map(({ answer }) => ANSWER_WORDS[answer]),
    checks.flatMap(({ answer, fact }) => (answer === 'NO' ? [fact] : [])).join('; '),
  ];
}

/** "nee" stands out, and so does a difference. */
export const CONTROL_OPTIONS: SheetOptions = {
  frozenColumns: 3,
  formats: ALLOWANCE_CHECKS.map((_, index) => ({
    column: IN_CONTROL.firstCheck + index,
    rule: { type: 'cellIs', operator: 'equal', formulae: ['"nee"'], style: look.BAD_FORMAT, priority: index + 1 },
  })),
};

const FACT_COLUMNS: readonly Column[] = [
  ...WHO_COLUMNS,
  MONTH_COLUMN,
  ...ALLOWANCE_CHECKS.map((check) =>
    column(CHECK_WORDS[check].title, `Het feit dat besliste: ${CHECK_WORDS[check].explain}`, 26, 'long'),
  ),
];

/** The fact behind each answer, in the same rows as the control table. */
export function factsTable({ control }: Inspection): Table {
  const rows = control.map(({ weoId, client, month, checks }) => [
    weoId,
    client,
    month,
    ...checks.map(({ answer, fact }) => `${ANSWER_WORDS[answer]}: ${fact}`),
  ]);
  return tableOf('Feiten', FACT_COLUMNS, rows);
}

const BENEFICIARY_COLUMNS: readonly Column[] = [
  ...WHO_COLUMNS,
  column('Maanden', 'Aantal maanden in de controletabel.', 10, 'count', { total: true }),
  column('Toelage', 'Gewone toelage van het jaar.', 14, 'euro', { total: true }),
  column('Verhoogde toelage', 'Verhoogde toelage van het jaar.', 14, 'euro', { total: true }),
  column('Geboekt', 'Wat het OCMW in het boekjaar geboekt heeft.', 14, 'euro', { total: true }),
  column('Verschil', 'Toegekend min geboekt; moet nul zijn.', 14, 'euro', { total: true }),
  column('Loonkost', 'Brutoloonkost van de maanden waarvan ze meegedeeld is.', 14, 'euro', { total: true }),
  column('Boven loonkost', 'Wat meer toegekend is dan de loonkost, maand per maand.', 14, 'euro', { total: true }),
  column('Antwoorden nee', 'Hoe vaak een controle nee gaf.', 12, 'count', { total: true }),
];

/** Index of columns in the table of beneficiaries. */
export const IN_BENEFICIARIES = { months: 2, ordinary: 3, increased: 4, booked: 5 } as const;

/** One row for each beneficiary: sums of the control table. */
export function beneficiariesTable({ control }: Inspection, table: Table): Table {
  const byWeo = new Map<string, ControlRow[]>();
  for (const row of control) byWeo.set(row.weoId, [...(byWeo.get(row.weoId) ?? []), row]);
  const rows = [...byWeo].map(([weoId, months]): CellValue[] => {
    const sum = (valueOf: (row: ControlRow) => number) => months.reduce((total, row) => total + valueOf(row), 0);
    const ofWeo = (index: number, result: number) => sumWhere(table, index, [[IN_CONTROL.weoId, '$A#']], result);
    const granted = sum(({ ordinaryCents, increasedCents }) => ordinaryCents + increasedCents);
    const booked = sum(({ bookedCents }) => bookedCents);
    const overCost = sum(({ ordinaryCents, increasedCents, wageCents }) =>
      wageCents === undefined ? 0 : Math.max(0, ordinaryCents + increasedCents - wageCents),
    );
    return [
      weoId,
      months[0]!.client,
      {
        formula: (at) => `COUNTIF(${table.plan.ranges('nl', IN_CONTROL.weoId)[0]!},$A${at})`,
        result: months.length,
      },
      ofWeo(
        IN_CONTROL.ordinary,
        sum(({ ordinaryCents }) => ordinaryCents),
      ),
      ofWeo(
        IN_CONTROL.increased,
        sum(({ increasedCents }) => increasedCents),
      ),
      ofWeo(IN_CONTROL.booked, booked),
      { formula: (at) => `D${at}+E${at}-F${at}`, result: granted - booked },
      ofWeo(
        IN_CONTROL.wage,
        sum(({ wageCents }) => wageCents ?? 0),
      ),
      ofWeo(IN_CONTROL.overCost, overCost),
      sum(({ checks }) => checks.filter(({ answer }) => answer === 'NO').length),
    ];
  });
  return tableOf('Per begunstigde', BENEFICIARY_COLUMNS, rows);
}
