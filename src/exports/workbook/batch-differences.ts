/** The sheet "Verschillen verklaard" of a batch: each difference with its reason and the event behind it. */
import { BATCH_HEADING } from './batch-headings.js';
import type { Difference } from './batch-parts.js';
import { componentName } from './batch-quarters.js';
import { enterpriseNumber } from './common-sheets.js';
import type { WorkbookDocument } from './document.js';
import { HEADING } from './headings.js';
import { changeText, eventWithoutRecord, recordText } from './record-change-texts.js';
import type { CellValue, Column } from './sheet.js';
import { TablePlan } from './table.js';
import { REASON_TEXT, TEXT } from './texts.js';

const DIFFERENCE_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 26, kind: 'text' },
  { heading: HEADING.weoId, width: 18, kind: 'text' },
  { heading: HEADING.component, width: 34, kind: 'text' },
  { heading: BATCH_HEADING.firstMonth, width: 11, kind: 'month' },
  { heading: BATCH_HEADING.lastMonth, width: 11, kind: 'month' },
  { heading: BATCH_HEADING.differenceAmount, width: 14, kind: 'euro', total: true },
  { heading: BATCH_HEADING.reasonInWords, width: 36, kind: 'text' },
  { heading: BATCH_HEADING.record, width: 26, kind: 'text' },
  { heading: BATCH_HEADING.event, width: 66, kind: 'long' },
  { heading: BATCH_HEADING.registeredOn, width: 13, kind: 'date' },
  { heading: BATCH_HEADING.delivery, width: 14, kind: 'text' },
  { heading: BATCH_HEADING.deliveredOn, width: 12, kind: 'date' },
];
/** Column of the amount. */
export const DIFFERENCE_AMOUNT = 6;

/** The planned table of a batch; reads its differences once. */
export async function planDifferences(document: WorkbookDocument, rowsPerSheet?: number): Promise<TablePlan> {
  const plan = new TablePlan(TEXT.sheets.differences, DIFFERENCE_COLUMNS, rowsPerSheet);
  for await (const row of differenceRows(document)) plan.add(row);
  return plan;
}

/** One row for each difference: months in a row with the same reason and the same event. */
export async function* differenceRows(document: WorkbookDocument): AsyncGenerator<CellValue[]> {
  for await (const difference of document.batch!.differences()) yield differenceRow(document, difference);
}

function differenceRow({ lang, payees }: WorkbookDocument, difference: Difference): CellValue[] {
  const { ocmwId, weoId, component, firstMonth, lastMonth, cents, reason, change, againBatch } = difference;
  return [
    enterpriseNumber(ocmwId),
    payees.get(ocmwId)?.name ?? '',
    weoId,
    componentName(component, lang),
    firstMonth,
    lastMonth,
    cents,
    REASON_TEXT[reason][lang],
    change === undefined ? '' : recordText(change)[lang],
    (change === undefined ? eventWithoutRecord(reason, againBatch) : changeText(change))[lang],
    change?.registeredOn ?? null,
    change?.delivery ?? '',
    change?.deliveredOn ?? null,
  ];
}
