/** The sheets `Uitleg` and `Betekenis velden`: for people who open this workbook for the first time. */
import { COMPONENTS } from '../../../law/codes.js';
import type { Text } from '../../../law/rulebook/sources.js';
import type { OpenBook } from '../../workbook/book.js';
import { CHECK_COLUMNS, titleBlock } from '../../workbook/common-sheets.js';
import { HEADING as COMMON_HEADING } from '../../workbook/headings.js';
import { Sheet, type Column } from '../../workbook/sheet.js';
import { COMPONENT_EXPLANATION, COMPONENT_TEXT, text } from '../../workbook/texts.js';
import { STATEMENT_HEADING as HEADING } from '../headings.js';
import type { Statement, TrajectoryState } from '../statement.js';
import { NO_RIGHT_SIGN, NO_RIGHT_TEXT, STATE_MEANING, STATE_TEXT, STATEMENT_TEXT } from '../texts.js';
import { headOf, monthInWords } from './head.js';

const EXPLANATION_COLUMNS: readonly Column[] = [
  { heading: HEADING.topic, width: 30, kind: 'text' },
  { heading: HEADING.explanation, width: 116, kind: 'long' },
];

const FIELD_COLUMNS: readonly Column[] = [
  { heading: COMMON_HEADING.sheet, width: 24, kind: 'text' },
  { heading: COMMON_HEADING.column, width: 24, kind: 'text' },
  { heading: COMMON_HEADING.meaning, width: 104, kind: 'long' },
];

type Line = readonly [topic: Text, explanation: Text];

const { sheets } = STATEMENT_TEXT;

const SHEETS: readonly Line[] = [
  [
    sheets.actions,
    text(
      'Begin hier. Wat u kunt doen zodat er geen geld verloren gaat, het dringendste eerst: tot wanneer, hoeveel euro, en wat u kunt doen.',
      'Begin here. What you can do so that no money is lost, the most urgent first: until when, how many euro, and what to do.',
    ),
  ],
  [
    sheets.trajectories,
    text(
      'Al uw trajecten tot en met de laatste dag van de maand, met hun toestand, hun metingen en het bedrag waarop u recht hebt.',
      'All your trajectories up to the last day of the month, with their state, measurements and the amount that is due.',
    ),
  ],
  [
    sheets.calendar,
    text(
      'Voor elk traject een rij per jaar: voor welke maanden u recht hebt op welke vergoeding, en waarom soms niet.',
      'For each trajectory a row per year: which payments are due for which months, and why sometimes none.',
    ),
  ],
  [
    sheets.note,
    text(
      'Wat in deze maand goedgekeurd werd om te betalen of terug te vorderen, geteld per prestatiemaand, per startmaand van de begeleiding en per reden. De betaalnota zelf zit als PDF in hetzelfde zip-bestand.',
      'What was approved this month to be paid or claimed back, counted by performance month, by first month of guidance and by reason. The note itself is a PDF in the same zip file.',
    ),
  ],
  [sheets.noteLines, text('De lijnen van die betaalnota.', 'The lines of that payment note.')],
  [
    sheets.changes,
    text(
      'Wat er in uw rechten gewijzigd is sinds het einde van de vorige maand: vroeger, nu, en waarom. Correcties staan bovenaan, nieuwe maanden onderaan.',
      'What changed in what is due since the end of the month before: before, now, and why. Corrections come first, new months after them.',
    ),
  ],
  [
    sheets.checks,
    text(
      'Of de bladen met elkaar en met de databank overeenstemmen. Alles hoort groen te zijn.',
      'Whether the sheets agree with each other and with the database. Everything should be green.',
    ),
  ],
];

const GOOD_TO_KNOW: readonly Line[] = [
  [
    text('Gegevens verbeteren', 'Correcting data'),
    text(
      'Registraties die u in de eerste twee maanden van een kwartaal verbetert, tellen mee in de betaling van dat kwartaal. Wat later komt, wordt geregeld in de jaarafrekening of de eindafrekening.',
      'What you correct in the first two months of a quarter counts in the payment of that quarter. What comes later is settled in the yearly or the final settlement.',
    ),
  ],
  [
    text('Voorlopig en definitief', 'Provisional and final'),
    text(
      'Wat op een goedgekeurde betaalnota staat is definitief. Al het andere is de stand van deze dag en kan nog wijzigen als gegevens verbeterd worden.',
      'What stands on an approved payment note is final. All the rest is the position of this day and may change when data are corrected.',
    ),
  ],
  [
    text('Privacy', 'Privacy'),
    text(
      'Van het rijksregisternummer worden enkel de laatste cijfers getoond. Het zip-bestand is versleuteld; het wachtwoord krijgt u apart.',
      'Only the last digits of the national number are shown. The zip file is encrypted; its password comes to you separately.',
    ),
  ],
];

/** Writes the sheet `Uitleg`. */
export function writeExplanation(book: OpenBook, statement: Statement): void {
  const { lang } = statement;
  const block = titleBlock(headOf(statement, 'PROVISIONAL'), STATEMENT_TEXT.title, sheets.explanation);
  const sheet = new Sheet(book, block, sheets.explanation[lang], EXPLANATION_COLUMNS, { plain: true });
  sheet.header({ rows: 0, totals: [] });
  const sections: [Text, readonly Line[]][] = [
    [text('Dit overzicht', 'This statement'), [aboutOf(statement)]],
    [text('Wat staat op welk blad', 'What stands on which sheet'), SHEETS],
    [
      text('De vergoedingen', 'The payments'),
      COMPONENTS.map((name): Line => [
        text(`${name} – ${COMPONENT_TEXT[name].nl}`, `${name} – ${COMPONENT_TEXT[name].en}`),
        COMPONENT_EXPLANATION[name],
      ]),
    ],
    [text('Goed om te weten', 'Good to know'), GOOD_TO_KNOW],
  ];
  for (const [title, lines] of sections) {
    sheet.section(title[lang]);
    for (const [topic, explanation] of lines) sheet.add([topic[lang], explanation[lang]]);
  }
  sheet.finish();
}

function aboutOf({ month, trajectories, actions }: Statement): Line {
  const runs = trajectories.filter(({ state }) => state === 'RUNS').length;
  return [
    text('In het kort', 'In short'),
    text(
      `Dit is uw maandoverzicht van ${monthInWords(month, 'nl')}: ${trajectories.length} trajecten, waarvan er ${runs} lopen, en ` +
        `${actions.length === 0 ? 'niets dat uw aandacht vraagt' : `${actions.length} punten op het blad ${sheets.actions.nl}`}.`,
      `This is your statement of ${monthInWords(month, 'en')}: ${trajectories.length} trajectories, of which ${runs} run, and ` +
        `${actions.length === 0 ? 'nothing that asks your attention' : `${actions.length} points on the sheet ${sheets.actions.en}`}.`,
    ),
  ];
}

/** Writes the sheet `Betekenis velden`: every column of every table, and what stands in their cells. */
export function writeFields(
  book: OpenBook,
  statement: Statement,
  tables: readonly { readonly name: Text; readonly columns: readonly Column[] }[],
): void {
  const { lang } = statement;
  const block = titleBlock(headOf(statement, 'PROVISIONAL'), STATEMENT_TEXT.title, sheets.fields);
  const sheet = new Sheet(book, block, sheets.fields[lang], FIELD_COLUMNS, { plain: true });
  sheet.header({ rows: 0, totals: [] });
  for (const { name, columns } of [...tables, { name: sheets.checks, columns: CHECK_COLUMNS }]) {
    sheet.section(name[lang]);
    for (const { title, meaning } of fieldsOf(columns)) sheet.add([name[lang], title[lang], meaning[lang]]);
  }
  sheet.section(HEADING.state.title[lang]);
  for (const state of Object.keys(STATE_TEXT) as TrajectoryState[]) {
    sheet.add([HEADING.state.title[lang], STATE_TEXT[state][lang], STATE_MEANING[state][lang]]);
  }
  sheet.section(text('Maanden zonder recht', 'Months without a right')[lang]);
  for (const { short, meaning } of Object.values(NO_RIGHT_TEXT)) {
    sheet.add([sheets.calendar[lang], `${NO_RIGHT_SIGN} ${short[lang]}`, meaning[lang]]);
  }
  sheet.finish();
}

/** Columns in a row that mean the same (the twelve months) are one line. */
function fieldsOf(columns: readonly Column[]): { title: Text; meaning: Text }[] {
  const fields: { title: Text; first: Text; meaning: Text }[] = [];
  for (const { heading } of columns) {
    const last = fields.at(-1);
    if (last !== undefined && last.meaning.nl === heading.explain.nl) {
      const { first } = last;
      const { title } = heading;
      last.title = { nl: `${first.nl} – ${title.nl}`, en: `${first.en} – ${title.en}` };
    } else fields.push({ title: heading.title, first: heading.title, meaning: heading.explain });
  }
  return fields;
}
