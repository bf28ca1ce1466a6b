/** The payment note (betaalnota) as PDF: what one OCMW is paid or asked back in one batch, and how that comes about. */
import type { Column, Content, TableCell } from 'pdfmake/interfaces.js';
import { formatDay, type Month } from '../../../calendar.js';
import type { Lang } from '../../workbook/look.js';
import { TEXT } from '../../workbook/texts.js';
import { assertBalanced, type NoteAmount, type PaymentNote } from '../note.js';
import { sumByGuidanceStart, sumByMonth, sumByReason } from '../note-sums.js';
import { enterpriseNumber, euroSign, iban, longDate, nameOf, occasion, periodInWords, shortMonth } from './format.js';
import { firstHeader, footer, rule } from './frame.js';
import { kindsInWords, kindTable, reasonTable, shownKinds, trajectoryTable } from './line-tables.js';
import { BLOCK, COLOUR, euroCell, facts, FIGURES, PAGE_MARGINS } from './look.js';
import { JOB_TEXT, NOTE_TEXT, PDF_TEXT } from './texts.js';
import { writePdf } from './write-pdf.js';

const STATUS_COLOUR = {
  FINAL: { fillColor: COLOUR.final, color: COLOUR.finalInk },
  FOR_APPROVAL: { fillColor: COLOUR.waiting, color: COLOUR.waitingInk },
} as const;

/** `betaalnota-2024-Q1-2024-04-15-quarterly-payment.pdf`: one name for each batch. */
export function paymentNoteName(note: PaymentNote): string {
  return `betaalnota-${note.period}-${formatDay(note.runDay)}-${note.job}.pdf`;
}

/** Writes the note. Plain data in, a file out; throws when the note does not add up. */
export async function writePaymentNote(path: string, note: PaymentNote, { lang }: { lang: Lang }): Promise<void> {
  assertBalanced(note);
  const title = `${NOTE_TEXT.title[lang]} ${nameOf(note.payee)}, ${occasion(note, lang)}`;
  await writePdf(path, {
    title,
    lang,
    createdOn: note.runDay,
    pageMargins: PAGE_MARGINS,
    header: (page) => (page === 1 ? firstHeader(lang) : nextHeader(title, note, lang)),
    footer: (page, pages) => footer(note.batchId, page, pages, lang),
    content: [titleBlock(note, lang), ...amountBlocks(note, lang), bridge(note, lang), ...tables(note, lang)],
  });
}

function status(note: PaymentNote): keyof typeof STATUS_COLOUR {
  return note.approvedOn === undefined ? 'FOR_APPROVAL' : 'FINAL';
}

function statusPill(note: PaymentNote, lang: Lang, fontSize: number): Column {
  const text = TEXT.status[status(note)][lang];
  const cell: TableCell = { text, bold: true, fontSize, alignment: 'center', ...STATUS_COLOUR[status(note)] };
  return {
    width: 'auto',
    margin: [0, fontSize / 2, 0, 0],
    layout: { ...BLOCK, paddingTop: () => 3, paddingBottom: () => 2 },
    table: { body: [[cell]] },
  };
}

function nextHeader(title: string, note: PaymentNote, lang: Lang): Content {
  return {
    margin: [36, 26, 36, 0],
    stack: [
      {
        columns: [{ text: title, fontSize: 8, color: COLOUR.quiet, margin: [0, 3, 0, 0] }, statusPill(note, lang, 7)],
      },
      rule(0.5, COLOUR.line),
    ],
  };
}

function titleBlock(note: PaymentNote, lang: Lang): Content {
  const { payee, batchId, runDay, approvedOn } = note;
  const approved = approvedOn === undefined ? PDF_TEXT.notApproved[lang] : longDate(approvedOn, lang);
  return [
    {
      columns: [
        { text: NOTE_TEXT.title[lang], fontSize: 22, bold: true, color: COLOUR.header },
        statusPill(note, lang, 10),
      ],
    },
    { text: `${JOB_TEXT[note.job][lang]}, ${periodInWords(note.period, lang)}`, fontSize: 12, margin: [0, 0, 0, 12] },
    {
      columnGap: 24,
      columns: [
        facts(
          [
            [PDF_TEXT.ocmw[lang], { text: nameOf(payee), bold: true }],
            [PDF_TEXT.enterpriseNumber[lang], enterpriseNumber(payee.ocmwId)],
            [PDF_TEXT.nisCode[lang], payee.nisCode],
          ],
          96,
        ),
        facts(
          [
            [PDF_TEXT.batch[lang], batchId],
            [PDF_TEXT.runDay[lang], longDate(runDay, lang)],
            [PDF_TEXT.approvedOn[lang], approved],
          ],
          80,
        ),
      ],
    },
  ];
}

/** What is to be paid, by whom and how; each in a block of its own. */
function amountBlocks(note: PaymentNote, lang: Lang): Content[] {
  const blocks = note.amounts.map((amount) => amountBlock(amount, note, lang));
  if (blocks.length === 0) blocks.push(nothingBlock(note, lang));
  if (note.approvedOn === undefined) blocks.push({ text: NOTE_TEXT.waits[lang], style: 'quiet', margin: [0, 5, 0, 0] });
  return blocks;
}

function amountBlock({ direction, cents, reference }: NoteAmount, note: PaymentNote, lang: Lang): Content {
  const isClaim = direction === 'CLAIM';
  const account = note.iban === undefined ? NOTE_TEXT.noAccount[lang] : iban(note.iban);
  const second: readonly [string, string] = isClaim
    ? ['', NOTE_TEXT.howToPay[lang]]
    : [PDF_TEXT.account[lang], account];
  return block(
    isClaim ? NOTE_TEXT.claim[lang] : NOTE_TEXT.pay[lang],
    { text: euroSign(isClaim ? -cents : cents, lang), color: isClaim ? COLOUR.negative : COLOUR.header },
    facts([[PDF_TEXT.reference[lang], { text: reference, bold: true }], second], 66),
  );
}

function nothingBlock(note: PaymentNote, lang: Lang): Content {
  const isCarried = note.offsetCents !== 0 || note.carriedCents !== 0;
  const why = (isCarried ? NOTE_TEXT.nothingCarried : NOTE_TEXT.nothingCancels)[lang];
  return block(NOTE_TEXT.nothing[lang], { text: euroSign(0, lang), color: COLOUR.header }, why);
}

function block(label: string, amount: { readonly text: string; readonly color: string }, beside: Content): Content {
  const left: Content = {
    stack: [
      { text: label, color: COLOUR.quiet },
      { ...amount, fontSize: 19, bold: true },
    ],
  };
  const right: Content = { stack: [beside], margin: [0, 5, 0, 0] };
  return {
    margin: [0, 14, 0, 0],
    layout: BLOCK,
    table: { widths: [200, '*'], body: [[left, right].map((cell) => ({ ...cell, fillColor: COLOUR.band }))] },
  };
}

/** From the lines to the payments and claims: every cent in between. */
function bridge(note: PaymentNote, lang: Lang): Content {
  const sums = sumByReason(note.lines);
  const { offsetCents, carriedCents } = note;
  const rows: [string, number][] = [
    [NOTE_TEXT.added[lang], sums.reduce((total, sum) => total + sum.addedCents, 0)],
    [NOTE_TEXT.takenBack[lang], sums.reduce((total, sum) => total + sum.takenBackCents, 0)],
  ];
  if (offsetCents !== 0) {
    rows.push([(offsetCents < 0 ? NOTE_TEXT.offsetNegative : NOTE_TEXT.offsetPositive)[lang], offsetCents]);
  }
  if (carriedCents !== 0) {
    rows.push([(carriedCents < 0 ? NOTE_TEXT.carriedNegative : NOTE_TEXT.carriedPositive)[lang], -carriedCents]);
  }
  const result = rows.reduce((total, [, cents]) => total + cents, 0);
  const label = (note.amounts.length > 1 ? NOTE_TEXT.balance : result < 0 ? NOTE_TEXT.claim : NOTE_TEXT.pay)[lang];
  return {
    margin: [0, 16, 0, 0],
    unbreakable: true,
    stack: [
      { text: NOTE_TEXT.howItAddsUp[lang], style: 'section', margin: [0, 0, 0, 4] },
      {
        layout: FIGURES,
        table: {
          widths: ['*', 90],
          body: [
            ...rows.map(([name, cents]) => [name, euroCell(cents, lang)]),
            [{ text: label, bold: true }, euroCell(result, lang, { bold: true })],
          ],
        },
      },
    ],
  };
}

function tables({ lines }: PaymentNote, lang: Lang): Content[] {
  if (lines.length === 0) return [{ text: NOTE_TEXT.noLines[lang], margin: [0, 16, 0, 0] }];
  const monthName = (month: Month | undefined) =>
    month === undefined ? PDF_TEXT.unknownStart[lang] : shortMonth(month, lang);
  const kinds = kindsInWords(shownKinds(lines), lang);
  return [
    kindTable(
      {
        title: NOTE_TEXT.byMonth[lang],
        meaning: NOTE_TEXT.byMonthMeaning[lang],
        head: NOTE_TEXT.month[lang],
        rows: sumByMonth(lines),
        nameOf: monthName,
        lines,
      },
      lang,
    ),
    { text: `${kinds}. ${NOTE_TEXT.numberMeaning[lang]}`, style: 'quiet', fontSize: 7, margin: [0, 4, 0, 0] },
    kindTable(
      {
        title: NOTE_TEXT.byStart[lang],
        meaning: NOTE_TEXT.byStartMeaning[lang],
        head: NOTE_TEXT.start[lang],
        rows: sumByGuidanceStart(lines),
        nameOf: monthName,
        lines,
      },
      lang,
    ),
    reasonTable(NOTE_TEXT.byReason, NOTE_TEXT.byReasonMeaning, lines, lang),
    trajectoryTable(NOTE_TEXT.lines, NOTE_TEXT.linesMeaning, lines, lang),
  ];
}
