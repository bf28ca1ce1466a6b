/** The tables of lines: every line of the account with what it was found to be about, and every difference. */
import type { CellValue } from '../../../exports/workbook/sheet.js';
import type { Booking, Link } from '../model.js';
import { sumOf, yearOfBooking } from '../match/matching.js';
import type { Inspection } from '../reconcile.js';
import { column, tableOf, type Table } from './parts.js';
import {
  differenceWords,
  expectedWords,
  FOUND_WORDS,
  KIND_WORDS,
  MATTER_WORDS,
  NO_MATTER,
  shownText,
} from './words.js';

const LINE_COLUMNS = [
  column('Regel', 'Plaats van de boeking in het bestand van het OCMW.', 9, 'year'),
  column('Boekdatum', 'Datum van de boeking.', 12, 'date'),
  column('Rekening', 'Algemene rekening.', 13, 'text'),
  column('Beleidsveld', 'Beleidsveld.', 12, 'text'),
];
const SAID_COLUMNS = [
  column('Mededeling', 'Mededeling of referentie van de boeking.', 24, 'long'),
  column('Omschrijving', 'Omschrijving van de boeking. Rijksregisternummers zijn verborgen.', 34, 'long'),
];

/** Index of columns in the table of bookings. */
export const IN_BOOKINGS = { line: 0, cents: 4, matter: 7 } as const;

/** Lines of the year, each with what it is about and the number of its difference. */
export function bookingsTable({ bookings, year, reconciliation }: Inspection): Table {
  const links = new Map<Booking, Link>();
  for (const link of reconciliation.links) {
    for (const line of [...link.bookings, ...link.repeats]) links.set(line, link);
  }
  const numbers = new Map<Booking, number[]>();
  for (const [index, { bookings: lines }] of reconciliation.differences.entries()) {
    for (const line of lines) numbers.set(line, [...(numbers.get(line) ?? []), index + 1]);
  }
  const aside = new Set(reconciliation.leftAside);
  const rows = bookings
    .filter((line) => yearOfBooking(line) === year && !aside.has(line))
    .sort((a, b) => a.line - b.line)
    .map((line) => {
      const link = links.get(line);
      return [
        ...placeOf(line),
        line.cents,
        ...saidBy(line),
        link === undefined ? NO_MATTER : MATTER_WORDS[link.expected[0]!.matter],
        link === undefined ? '' : expectedWords(link.expected),
        link === undefined ? '' : FOUND_WORDS[link.by],
        (numbers.get(line) ?? []).join(', '),
      ];
    });
  const columns = [
    ...LINE_COLUMNS,
    column('Bedrag', 'Bedrag; wat het OCMW ontvangt is positief.', 14, 'euro', { total: true }),
    ...SAID_COLUMNS,
    column('Materie', 'Waarover de boeking gaat.', 18, 'text'),
    column('Hoort bij', 'Betaling, terugvordering of toelage waarbij de boeking hoort.', 40, 'long'),
    column('Gevonden op', 'Waaraan dat te zien was.', 17, 'text'),
    column('Verschil', 'Nummer op het blad Verschillen.', 10, 'text'),
  ];
  return tableOf('Boekingen', columns, rows);
}

function placeOf({ line, bookedOn, account, field }: Booking): CellValue[] {
  return [line, bookedOn, account ?? '', field ?? ''];
}

function saidBy({ reference, text }: Booking): string[] {
  return [shownText(reference), shownText(text)];
}

/** Index of columns in the table of differences. */
export const IN_DIFFERENCES = { kind: 0, number: 1, matter: 2, difference: 10 } as const;

const DIFFERENCE_COLUMNS = [
  column('Soort', 'Soort van verschil. Rijen zonder soort zijn andere boekingen van het verschil erboven.', 19, 'text'),
  column('Nr.', 'Nummer van het verschil.', 7, 'year'),
  column('Materie', 'Waarover het verschil gaat.', 18, 'text'),
  column(
    'Verwacht',
    'Wat in de rekening moet staan: betaling of terugvordering, of toelage van een begunstigde.',
    40,
    'long',
  ),
  column('Verwacht bedrag', 'Bedrag dat geboekt moet zijn.', 13, 'euro'),
  LINE_COLUMNS[0]!,
  LINE_COLUMNS[1]!,
  column('Rekening / veld', 'Algemene rekening en beleidsveld van de boeking.', 17, 'text'),
  column('Geboekt bedrag', 'Bedrag van de boeking.', 13, 'euro'),
  column('Mededeling en omschrijving', 'Wat de boeking zelf zegt. Rijksregisternummers zijn verborgen.', 32, 'long'),
  column('Verschil', 'Verwacht min geboekt. Rood en negatief: er is te veel geboekt.', 13, 'euro', { total: true }),
  column('Vaststelling', 'Wat er verschilt.', 40, 'long'),
];

/** Every difference with the lines on both sides; what is said once stands in its first row. */
export function differencesTable({ year, settings, reconciliation }: Inspection): Table {
  const rows = reconciliation.differences.flatMap((difference, index): CellValue[][] => {
    const { kind, matter, expected, bookings, effectCents } = difference;
    const [first, ...others] = bookings;
    const head = [
      KIND_WORDS[kind],
      index + 1,
      matter === undefined ? NO_MATTER : MATTER_WORDS[matter],
      expectedWords(expected),
      expected.length === 0 ? null : sumOf(expected),
    ];
    return [
      // not -effectCents: there is no -0 in a cell
      [...head, ...sideOf(first), 0 - effectCents, differenceWords(difference, year, settings.ledgerMap)],
      ...others.map((line) => [null, null, null, null, null, ...sideOf(line), null, null]),
    ];
  });
  return tableOf('Verschillen', DIFFERENCE_COLUMNS, rows);
}

/** A line of the account in the table of differences. */
function sideOf(line: Booking | undefined): CellValue[] {
  if (line === undefined) return [null, null, null, null, null];
  const { account = '', field = '' } = line;
  return [
    line.line,
    line.bookedOn,
    field === '' ? account : `${account} / ${field}`,
    line.cents,
    saidBy(line)
      .filter((said) => said !== '')
      .join(' · '),
  ];
}
