/** The claim letter as PDF: what is asked back, why, how to pay and how to contest; every trajectory in its annex. */
import type { Content } from 'pdfmake/interfaces.js';
import { formatDay, type Day } from '../../../calendar.js';
import type { Debtor, LetterSettings } from '../../../config.js';
import type { Lang } from '../../workbook/look.js';
import { REASON_TEXT } from '../../workbook/texts.js';
import { claimBasis, claimLetterFault, hasClaim, type ClaimBasis } from '../claim.js';
import { sumByComponent, sumByReason } from '../note-sums.js';
import { assertBalanced, type NoteAmount, type PaymentNote } from '../note.js';
import { capital, enterpriseNumber, euroSign, iban, longDate, nameOf, occasion } from './format.js';
import { firstHeader, footer } from './frame.js';
import { kindsInWords, reasonTable, trajectoryTable } from './line-tables.js';
import { BLOCK, COLOUR, countCell, euroCell, facts, FIGURES, headCell, PAGE_MARGINS, totalsRow } from './look.js';
import { LETTER_TEXT, PDF_TEXT } from './texts.js';
import { writePdf } from './write-pdf.js';

export interface LetterOptions {
  readonly lang: Lang;
  /** Date of the letter, from which the term of payment runs. */
  readonly datedOn: Day;
  /** Whom to pay. */
  readonly creditor: Debtor | undefined;
  readonly letter: LetterSettings;
}

/** What the letter says of the claim. */
interface Claim extends ClaimBasis {
  readonly note: PaymentNote;
  readonly amount: NoteAmount;
}

/** `terugvordering-2024-2025-02-15-yearly-settlement.pdf`: one name for each batch. */
export function claimLetterName(note: PaymentNote): string {
  return `terugvordering-${note.period}-${formatDay(note.runDay)}-${note.job}.pdf`;
}

/**
 * Writes the letter. Plain data in, a file out. Throws when the note claims nothing, is not approved or when
 * `claimLetterFault` says that settings are missing: whoever calls asks first.
 */
export async function writeClaimLetter(path: string, note: PaymentNote, options: LetterOptions): Promise<void> {
  const { lang, datedOn, creditor, letter } = options;
  const fault = claimLetterFault(creditor, letter);
  if (fault !== undefined) throw new Error(fault);
  if (!hasClaim(note)) throw new Error(`batch ${note.batchId} has no approved claim on ${note.payee.ocmwId}`);
  assertBalanced(note);
  const amount = note.amounts.find(({ direction }) => direction === 'CLAIM')!;
  const claim = { note, amount, ...claimBasis(note) };
  const title = `${LETTER_TEXT.title[lang]} ${nameOf(note.payee)}, ${occasion(note, lang)}`;
  await writePdf(path, {
    title,
    lang,
    createdOn: datedOn,
    pageMargins: PAGE_MARGINS,
    header: () => firstHeader(lang),
    footer: (page, pages) => footer(`${title}, ${amount.reference}`, page, pages, lang),
    content: [
      { margin: [26, 8, 26, 0], fontSize: 9.5, stack: letterPage(claim, options) },
      {
        pageBreak: 'before',
        stack: [
          reasonTable(LETTER_TEXT.reasonsAnnex, LETTER_TEXT.reasonsMeaning, claim.lines, lang),
          trajectoryTable(LETTER_TEXT.trajectoriesAnnex, LETTER_TEXT.trajectoriesMeaning, claim.lines, lang),
          { text: kindsInWords([...sumByComponent(claim.lines).keys()], lang), style: 'quiet', margin: [0, 4, 0, 0] },
        ],
      },
    ],
  });
}

function letterPage(claim: Claim, options: LetterOptions): Content[] {
  const { lang, creditor, letter } = options;
  return [
    address(claim, options),
    { text: `${LETTER_TEXT.greeting[lang]},`, margin: [0, 18, 0, 8] },
    { text: LETTER_TEXT.what(occasion(claim.note, lang))[lang], lineHeight: 1.3 },
    amountBlock(claim, lang),
    paragraph(LETTER_TEXT.why[lang], why(claim, lang)),
    paragraph(LETTER_TEXT.howToPay[lang], howToPay(claim, options)),
    paragraph(LETTER_TEXT.contest[lang], letter.contest!),
    paragraph(LETTER_TEXT.contact[lang], letter.contact!),
    {
      margin: [0, 18, 0, 0],
      unbreakable: true,
      stack: [`${LETTER_TEXT.closing[lang]},`, { text: creditor!.name, bold: true, margin: [0, 14, 0, 0] }],
    },
  ];
}

function address({ note, amount }: Claim, { lang, datedOn, letter }: LetterOptions): Content {
  const subject = LETTER_TEXT.subjectOf(occasion(note, lang))[lang];
  return [
    {
      columns: [
        { stack: letter.sender.map((line, index) => ({ text: line, bold: index === 0 })), color: COLOUR.quiet },
        {
          width: 230,
          stack: [
            { text: nameOf(note.payee), bold: true, fontSize: 11 },
            `${PDF_TEXT.enterpriseNumber[lang]} ${enterpriseNumber(note.payee.ocmwId)}`,
          ],
        },
      ],
      margin: [0, 0, 0, 22],
    },
    facts(
      [
        [LETTER_TEXT.date[lang], longDate(datedOn, lang)],
        [LETTER_TEXT.ourReference[lang], `${note.batchId}, ${amount.reference}`],
        [LETTER_TEXT.subject[lang], { text: subject, bold: true }],
      ],
      70,
    ),
  ];
}

function amountBlock({ amount }: Claim, lang: Lang): Content {
  return {
    margin: [0, 10, 0, 0],
    layout: BLOCK,
    table: {
      widths: ['*'],
      body: [
        [
          {
            text: euroSign(amount.cents, lang),
            fontSize: 19,
            bold: true,
            color: COLOUR.header,
            fillColor: COLOUR.band,
          },
        ],
      ],
    },
  };
}

/** The reasons, and what of other batches lies between them and the claim: each row below zero is asked back. */
function why({ lines, otherCents, amount }: Claim, lang: Lang): Content {
  const reasons = sumByReason(lines).map(({ reason, trajectories, cents }) => [
    capital(REASON_TEXT[reason][lang]),
    countCell(trajectories, lang),
    euroCell(cents, lang),
  ]);
  const other = otherCents === 0 ? [] : [[LETTER_TEXT.other[lang], '', euroCell(otherCents, lang)]];
  const total = totalsRow([LETTER_TEXT.toPayBack[lang], '', euroCell(-amount.cents, lang)]);
  const heads = [PDF_TEXT.trajectories, PDF_TEXT.euro].map((head) => headCell(head[lang], 'right'));
  return [
    { text: LETTER_TEXT.whyMeaning[lang], style: 'quiet', margin: [0, 0, 0, 3] },
    {
      fontSize: 8.5,
      layout: { ...FIGURES, paddingTop: () => 2, paddingBottom: () => 1 },
      table: {
        headerRows: 1,
        widths: ['*', 60, 80],
        body: [[headCell(PDF_TEXT.reason[lang]), ...heads], total, ...reasons, ...other],
      },
    },
  ];
}

function howToPay({ amount }: Claim, { lang, datedOn, creditor, letter }: LetterOptions): Content {
  const days = letter.paymentDays!;
  const bold = (text: string): Content => ({ text, bold: true });
  const term = `, ${LETTER_TEXT.term(days)[lang]}`;
  return [
    facts(
      [
        [LETTER_TEXT.amount[lang], bold(euroSign(amount.cents, lang))],
        [LETTER_TEXT.toAccount[lang], { text: [bold(iban(creditor!.iban)), ` (BIC ${creditor!.bic})`] }],
        [LETTER_TEXT.inNameOf[lang], creditor!.name],
        [LETTER_TEXT.structured[lang], bold(amount.reference)],
        [LETTER_TEXT.atTheLatest[lang], { text: [bold(longDate(datedOn + days, lang)), term] }],
      ],
      150,
    ),
    { text: LETTER_TEXT.structuredMeaning[lang], style: 'quiet', margin: [0, 4, 0, 0] },
  ];
}

function paragraph(title: string, content: Content): Content {
  return {
    margin: [0, 14, 0, 0],
    unbreakable: true,
    stack: [{ text: title, style: 'section', margin: [0, 0, 0, 3] }, content],
  };
}
