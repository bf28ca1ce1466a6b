/** The sheets `Actie nodig` and `Gewijzigd`: what nobody tells an OCMW today. */
import { COMPONENTS } from '../../../law/codes.js';
import { enterpriseNumber } from '../../workbook/common-sheets.js';
import type { Lang } from '../../workbook/look.js';
import type { CellValue, Column } from '../../workbook/sheet.js';
import { COMPONENT_TEXT, REASON_TEXT } from '../../workbook/texts.js';
import { ACTION_TEXT } from '../action-texts.js';
import { STATEMENT_HEADING as HEADING } from '../headings.js';
import type { Action, Change, Statement } from '../statement.js';
import { STAKE_TEXT, STATEMENT_TEXT, URGENCY_TEXT } from '../texts.js';
import { tableOf, type StatementTable } from './table.js';

const ACTION_COLUMNS: readonly Column[] = [
  { heading: HEADING.urgency, width: 13, kind: 'text' },
  { heading: HEADING.weoId, width: 20, kind: 'text' },
  { heading: HEADING.client, width: 17, kind: 'text' },
  { heading: HEADING.what, width: 40, kind: 'long' },
  { heading: HEADING.by, width: 12, kind: 'date' },
  { heading: HEADING.stakeCents, width: 13, kind: 'euro' },
  { heading: HEADING.stake, width: 24, kind: 'text' },
  { heading: HEADING.subject, width: 24, kind: 'text' },
  { heading: HEADING.advice, width: 74, kind: 'long' },
];

/** Plans the sheet `Actie nodig`. */
export function actionTable({ lang, actions }: Statement): StatementTable {
  const rows = actions.map((action) => actionRow(action, lang));
  return tableOf('actions', ACTION_COLUMNS, rows, { frozenColumns: 3 });
}

function actionRow(action: Action, lang: Lang): CellValue[] {
  const { code, by, cents, stake, subject, message } = action;
  const told = ACTION_TEXT[code];
  return [
    URGENCY_TEXT[action.urgency][lang],
    action.weoId,
    action.client,
    told?.what[lang] ?? code,
    by ?? null,
    cents ?? null,
    stake === undefined ? null : STAKE_TEXT[stake][lang],
    enterpriseNumber(subject),
    told?.advice[lang] ?? message,
  ];
}

const CHANGE_COLUMNS: readonly Column[] = [
  { heading: HEADING.weoId, width: 20, kind: 'text' },
  { heading: HEADING.client, width: 17, kind: 'text' },
  { heading: HEADING.component, width: 36, kind: 'text' },
  { heading: HEADING.firstMonth, width: 12, kind: 'month' },
  { heading: HEADING.lastMonth, width: 12, kind: 'month' },
  { heading: HEADING.before, width: 14, kind: 'euro', total: true },
  { heading: HEADING.now, width: 14, kind: 'euro', total: true },
  { heading: HEADING.changed, width: 14, kind: 'euro', total: true },
  { heading: HEADING.reason, width: 44, kind: 'long' },
];
/** Columns of the sheet `Gewijzigd` that are added up. */
export const IN_CHANGES = { before: 5, now: 6, changed: 7 } as const;

/** Plans the sheet `Gewijzigd`: first what became another amount, then what is new. */
export function changeTable({ lang, changes, isFirst }: Statement): StatementTable {
  const corrected = changes.filter((change) => !isNew(change));
  const rows = [...corrected, ...changes.filter(isNew)].map((change) => changeRow(change, lang));
  const remark = isFirst && changes.length > 0 ? STATEMENT_TEXT.isFirst : undefined;
  return tableOf('changes', CHANGE_COLUMNS, rows, { frozenColumns: 2, remark });
}

function isNew({ beforeCents, reason }: Change): boolean {
  return beforeCents === 0 && reason === 'REGULAR';
}

function changeRow(change: Change, lang: Lang): CellValue[] {
  const component = COMPONENTS[change.component]!;
  return [
    change.weoId,
    change.client,
    `${component} – ${COMPONENT_TEXT[component][lang]}`,
    change.firstMonth,
    change.lastMonth,
    change.beforeCents,
    change.nowCents,
    { formula: (row) => `G${row}-F${row}`, result: change.nowCents - change.beforeCents },
    (isNew(change) ? STATEMENT_TEXT.newRight : REASON_TEXT[change.reason])[lang],
  ];
}
