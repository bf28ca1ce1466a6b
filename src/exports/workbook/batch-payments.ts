/** The sheet "Betalingen en terugvorderingen": what a batch comes to for each OCMW, and the controls on it. */
import type { Cents } from '../../money.js';
import type { Text } from '../../law/rulebook/sources.js';
import { BATCH_HEADING } from './batch-headings.js';
import type { BatchOutcome } from './batch-parts.js';
import { addUp, enterpriseNumber, sumOf, type Check } from './common-sheets.js';
import { belgianDate, type WorkbookDocument } from './document.js';
import { HEADING } from './headings.js';
import type { Lang } from './look.js';
import type { CellValue, Column, Formula } from './sheet.js';
import { TablePlan } from './table.js';
import { TEXT, text } from './texts.js';

const PAYMENT_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 28, kind: 'text' },
  euro(BATCH_HEADING.positive),
  euro(BATCH_HEADING.negative),
  euro(BATCH_HEADING.sum),
  euro(BATCH_HEADING.offset),
  euro(BATCH_HEADING.carried),
  euro(BATCH_HEADING.pay),
  { heading: BATCH_HEADING.payReference, width: 24, kind: 'text' },
  euro(BATCH_HEADING.claim),
  { heading: BATCH_HEADING.claimReference, width: 24, kind: 'text' },
  euro(BATCH_HEADING.notBooked),
  { heading: BATCH_HEADING.account, width: 12, kind: 'text' },
  { heading: BATCH_HEADING.result, width: 52, kind: 'long' },
];
/** Columns of the sheet. */
export const IN_PAYMENTS = {
  ocmw: 0,
  positive: 2,
  negative: 3,
  sum: 4,
  offset: 5,
  carried: 6,
  pay: 7,
  claim: 9,
  notBooked: 11,
} as const;

function euro(heading: Column['heading']): Column {
  return { heading, width: 15, kind: 'euro', total: true };
}

/** The planned table of a batch. */
export function planPayments(document: WorkbookDocument): TablePlan {
  const plan = new TablePlan(TEXT.sheets.payments, PAYMENT_COLUMNS);
  for (const row of paymentRows(document)) plan.add(row);
  return plan;
}

/** One row for each OCMW of the batch. */
export function paymentRows(document: WorkbookDocument): CellValue[][] {
  const { lang, payees, batch } = document;
  return batch!.outcomes.map((outcome) => [
    enterpriseNumber(outcome.ocmwId),
    payees.get(outcome.ocmwId)?.name ?? '',
    outcome.positiveCents,
    outcome.negativeCents,
    { formula: (row) => `C${row}+D${row}`, result: outcome.positiveCents + outcome.negativeCents },
    outcome.offsetCents,
    outcome.carriedCents,
    outcome.payCents,
    outcome.payReference,
    outcome.claimCents,
    outcome.claimReference,
    outcome.leftOutCents + outcome.heldCents,
    TEXT[outcome.hasIban ? 'accountKnown' : 'accountMissing'][lang],
    outcomeText(document, outcome),
  ]);
}

/** What happens to the money of an OCMW, in words. */
export function outcomeText({ lang, status }: WorkbookDocument, outcome: BatchOutcome): string {
  const { payCents, claimCents, offsetCents, carriedCents, leftOutCents, heldReason, heldBy, heldOn } = outcome;
  if (status === 'REJECTED') return TEXT.isRejected[lang];
  if (heldReason !== null) {
    const on = heldOn === null ? '' : belgianDate(heldOn);
    return text(
      `uit de batch gehouden door ${heldBy} op ${on}: ${heldReason}`,
      `held out of the batch by ${heldBy} on ${on}: ${heldReason}`,
    )[lang];
  }
  const said: Text[] = [];
  if (payCents > 0) said.push(outcome.hasIban ? TEXT.isPaid : TEXT.isPaidLater);
  if (claimCents > 0) said.push(TEXT.isClaimed);
  if (payCents === 0 && claimCents === 0 && outcome.negativeCents < 0 && carriedCents >= offsetCents) {
    said.push(TEXT.isNetted);
  }
  if (carriedCents > offsetCents) said.push(TEXT.isTakenOff);
  if (carriedCents < offsetCents) said.push(TEXT.isCarried);
  if (leftOutCents !== 0) said.push(TEXT.isBelowThreshold);
  return said.map((each) => each[lang]).join('; ');
}

/** SUMIFS of a column of the sheet for the OCMW in column A of the row that asks. */
export function ofOcmw(payments: TablePlan, lang: Lang, column: number, result: Cents): Formula {
  const ids = payments.ranges(lang, IN_PAYMENTS.ocmw);
  const amounts = payments.ranges(lang, column);
  return { formula: (row) => amounts.map((range, i) => `SUMIFS(${range},${ids[i]},$A${row})`).join('+'), result };
}

/** Payments - claims + carried over - taken over: what the lines must come to, and each part against the database. */
export function paymentChecks({ lang, batch }: WorkbookDocument, payments: TablePlan, lines: Formula): Check[] {
  const { totals } = batch!;
  const sum = (column: number) => sumOf(payments, lang, column);
  const check = (nl: string, en: string, left: Check['left'], right: Check['right']): Check => ({
    what: { nl, en },
    unit: 'euro',
    left,
    right,
  });
  return [
    check(
      'Lijnen van de trajecten = som van de lijnen per OCMW',
      'Lines of the trajectories = sum of the lines per OCMW',
      lines,
      sum(IN_PAYMENTS.sum),
    ),
    check(
      'Som van de lijnen = te betalen − terug te vorderen + blijft af te houden − open uit vorige batches',
      'Sum of the lines = to pay − to claim + left to take off − open from earlier batches',
      sum(IN_PAYMENTS.sum),
      addUp([
        sum(IN_PAYMENTS.pay),
        negative(sum(IN_PAYMENTS.claim)),
        sum(IN_PAYMENTS.carried),
        negative(sum(IN_PAYMENTS.offset)),
      ]),
    ),
    { ...unbalanced(payments, lang), right: 0 },
    check('Te betalen: dit blad = databank', 'To pay: this sheet = database', sum(IN_PAYMENTS.pay), totals.payCents),
    check(
      'Terug te vorderen: dit blad = databank',
      'To claim: this sheet = database',
      sum(IN_PAYMENTS.claim),
      totals.claimCents,
    ),
    check(
      'Open uit vorige batches: dit blad = databank',
      'Open from earlier batches: this sheet = database',
      sum(IN_PAYMENTS.offset),
      totals.offsetCents,
    ),
    check(
      'Blijft af te houden: dit blad = databank',
      'Left to take off: this sheet = database',
      sum(IN_PAYMENTS.carried),
      totals.carriedCents,
    ),
  ];
}

/** The same equation for each OCMW by itself. */
function unbalanced(payments: TablePlan, lang: Lang): Pick<Check, 'what' | 'unit' | 'left'> {
  const cells = (column: number) => payments.ranges(lang, column)[0]!;
  const { sum, pay, claim, carried, offset } = IN_PAYMENTS;
  const rest = `${cells(sum)}-${cells(pay)}+${cells(claim)}-${cells(carried)}+${cells(offset)}`;
  return {
    what: {
      nl: 'OCMW’s waarvoor die gelijkheid niet klopt',
      en: 'OCMWs for which that equation does not hold',
    },
    unit: 'count',
    left: { formula: () => `SUMPRODUCT(--(ROUND(${rest},2)<>0))`, result: 0 },
  };
}

function negative({ formula, result }: Formula): Formula {
  return { formula: (row) => `-${formula(row)}`, result: -Number(result) };
}
