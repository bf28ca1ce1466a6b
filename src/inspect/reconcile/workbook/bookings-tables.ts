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

function saidBy({ reference, text }: Booking): CellValue[] {
  return [shownText(reference), shownText(text)];
}

/** Index of columns in the table of differences. */
export const IN_DIFFERENCES = { number: 0, kind: 1, matter: 2, effect: 13 } as const;

/** Every difference with the lines on both sides; what is said once stands in its first row. */
export function differencesTable({ year, settings, reconciliation }: Inspection): Table {
  const rows = reconciliation.differences.flatMap((difference, index) => {
    const { kind, matter, expected, bookings, effectCents } = difference;
    const [first, ...others] = bookings;
    const head = [
      index + 1,
      KIND_WORDS[kind],
      matter === undefined ? NO_MATTER : MATTER_WORDS[matter],
      expectedWords(expected),
      expected[0]?.day ?? null,
      expected.length === 0 ? null : sumOf(expected),
    ];
    const sideOf = (line: Booking | undefined): CellValue[] =>
      line === undefined ? Array<CellValue>(7).fill(null) : [...placeOf(line), line.cents, ...saidBy(line)];
    return [
      [...head, ...sideOf(first), effectCents, differenceWords(difference, year, settings.ledgerMap)],
      ...others.map((line) => [null, null, null, null, null, null, ...sideOf(line), null, null]),
    ];
  });
  return tableOf('Verschillen', DIFFERENCE_COLUMNS, rows);
}

const DIFFERENCE_COLUMNS = [
  column(
    'Nr.',
    'Nummer van het verschil. Volgende rijen zonder nummer zijn andere boekingen van hetzelfde verschil.',
    8,
    'year',
  ),
  column('Soort', 'Soort van verschil.', 20, 'text'),
  column('Materie', 'Waarover het verschil gaat.', 18, 'text'),
  column(
    'Verwacht',
    'Wat in de rekening moet staan: betaling of terugvordering met mededeling, of toelage van een begunstigde.',
    34,
    'long',
  ),
  column('Verwacht op', 'Dag van betaling, anders betaaldag; bij een toelage de laatste dag van de maand.', 12, 'date'),
  column('Verwacht bedrag', 'Bedrag dat moet geboekt zijn.', 14, 'euro'),
  ...LINE_COLUMNS,
  column('Geboekt bedrag', 'Bedrag van de boeking.', 14, 'euro'),
  ...SAID_COLUMNS.map((each) => ({ ...each, width: 24 })),
  column('Gevolg', 'Wat het verschil doet met de rekening van het boekjaar: geboekt min verwacht.', 14, 'euro', {
    total: true,
  }),
  column('Vaststelling', 'Wat er verschilt.', 44, 'long'),
];
