/** What a sender reads of a row that was set aside, in Dutch: what is wrong and what to do, by stable code and column. */
import { contractOf, type ColumnContract } from '../feeds/contracts.js';

/** A row that was set aside, as far as its sentence needs it. */
export interface FaultyRow {
  readonly file: string;
  readonly line: number;
  /** '' when the fault is of the row as a whole. */
  readonly column: string;
  readonly code: string;
  /** The English sentence of rejects.csv; the value that was sent stands in it, without national numbers. */
  readonly message: string;
  /** The only fault is a reference that may still be delivered. */
  readonly waits: boolean;
}

/** The values that a choice leaves are the end of its English sentence. */
const CHOICE = 'is none of ';

type Sentence = (subject: string, column: ColumnContract | undefined, row: FaultyRow) => string;

/** `subject` is the value that was sent, or `de waarde` where it is not shown. */
const WHAT: Readonly<Record<string, Sentence>> = {
  MISSING_VALUE: () => 'De waarde ontbreekt; deze kolom moet ingevuld zijn.',
  WRONG_FIELD_COUNT: (_subject, _column, row) => {
    const counts = /the row has (\d+) fields, the header (\d+)/.exec(row.message);
    if (counts === null) return 'De rij heeft niet evenveel velden als de kopregel.';
    return `De rij heeft ${counts[1]!} velden, de kopregel ${counts[2]!}.`;
  },
  INVALID_TEXT: (subject) => `${subject} bevat een stuurteken of is te lang.`,
  INVALID_INSZ: () => 'De waarde is geen rijksregisternummer (INSZ, 11 cijfers met juist controlegetal).',
  INVALID_ENTERPRISE_NUMBER: (subject) =>
    `${subject} is geen ondernemingsnummer (10 cijfers met juist controlegetal, zonder punten).`,
  INVALID_NIS_CODE: (subject) => `${subject} is geen NIS-code (5 cijfers).`,
  INVALID_IBAN: (subject) => `${subject} is geen Belgisch IBAN (BE en 14 cijfers met juist controlegetal).`,
  INVALID_DATE: (subject) => `${subject} is geen datum (jjjj-mm-dd).`,
  INVALID_TIMESTAMP: (subject) => `${subject} is geen tijdstip met tijdzone (2024-04-16T10:00:00+02:00).`,
  INVALID_MONTH: (subject) => `${subject} is geen maand (jjjj-mm).`,
  INVALID_AMOUNT: (subject) => `${subject} is geen bedrag (met een punt en hoogstens twee decimalen: 1234.56).`,
  INVALID_FTE: (subject) => `${subject} is geen deel van een voltijdse (0 tot 1, met een punt).`,
  INVALID_YEAR: (subject) => `${subject} is geen jaartal (4 cijfers).`,
  INVALID_CATEGORY: (subject) => `${subject} is geen categorie (2 cijfers).`,
  INVALID_BOOLEAN: (subject) => `${subject} is niet true of false.`,
  INVALID_CHOICE: (subject, column) => {
    const fault = column?.kind.fault ?? '';
    const values = fault.startsWith(CHOICE) ? fault.slice(CHOICE.length) : '';
    return `${subject} is geen van de toegelaten waarden${values === '' ? '' : `: ${values}`}.`;
  },
  END_BEFORE_START: (_subject, _column, row) => {
    const days = /: (\S+) lies before the \S+ (\S+)\. The row/.exec(row.message);
    return days === null
      ? 'Het einde ligt voor het begin.'
      : `Het einde (${days[1]!}) ligt voor het begin (${days[2]!}).`;
  },
  WEO_MISSING: () => 'Een tewerkstelling ART60 moet haar WEO noemen.',
  WEO_NOT_ALLOWED: () => 'Alleen een tewerkstelling ART60 heeft een WEO; laat deze kolom leeg.',
  UNKNOWN_OCMW: (_subject, _column, row) => `OCMW ${unknownOf(row)}is niet gekend.`,
  UNKNOWN_WEO: (_subject, _column, row) => `WEO ${unknownOf(row)}is niet gekend.`,
};

/** The codes that have a sentence of their own; any other shows the English one. */
export const ANSWERED_CODES: readonly string[] = Object.keys(WHAT);

/** What is wrong with a row, one Dutch sentence. */
export function whatIsWrong(row: FaultyRow): string {
  const column = contractOf(row.file)?.columns.find(({ name }) => name === row.column);
  const sentence = WHAT[row.code];
  if (sentence === undefined) return `Niet aanvaard (${row.code}): ${row.message}`;
  const value = sentValue(row, column);
  return sentence(value === undefined ? 'De waarde' : `"${value}"`, column, row);
}

/** What the sender can do about it, one Dutch sentence. */
export function whatToDo(row: FaultyRow): string {
  if (!row.waits) return 'Verbeter de rij en stuur ze opnieuw.';
  const noun = row.code === 'UNKNOWN_WEO' ? 'die WEO' : 'dat OCMW';
  return `Niets, als ${noun} nog geleverd wordt: de rij komt dan vanzelf terug. Anders: verbeter ze en stuur ze opnieuw.`;
}

/** The value as the English sentence shows it: `weo.csv line 5, column start_date: 2024-02-31 is not a date. The row ...` */
function sentValue(row: FaultyRow, column: ColumnContract | undefined): string | undefined {
  if (column === undefined || column.kind.hidden) return undefined;
  const begin = `${row.file} line ${row.line}, column ${row.column}: `;
  const end = row.message.indexOf(` ${column.kind.fault}. The row was set aside;`);
  return row.message.startsWith(begin) && end > begin.length ? row.message.slice(begin.length, end) : undefined;
}

/** `W9 `, or nothing when the sentence does not show it. */
function unknownOf({ message }: FaultyRow): string {
  const found = /: (?:OCMW|WEO) (.+) is not known\. The row was set aside;/.exec(message);
  return found === null ? '' : `${found[1]!} `;
}

/** The sheet that says how to send again: what, and how. */
export const HOW_TO_SEND_AGAIN: readonly (readonly [what: string, how: string])[] = [
  ['Wat is verwerkt', 'Alle rijen van de levering die hier niet staan, zijn ingelezen. Stuur die niet opnieuw.'],
  [
    'Wat opnieuw sturen',
    'De verbeterde rijen alleen, elk met dezelfde sleutel (bijvoorbeeld weo_id) en met de volledige rij, niet alleen de ' +
      'verbeterde kolom.',
  ],
  [
    'Waar',
    'In een nieuwe levering: een map met de datum als naam (jjjj-mm-dd; voor een tweede levering op dezelfde dag ' +
      'jjjj-mm-dd.2). De naam van deze levering kan niet opnieuw gebruikt worden.',
  ],
  [
    'Hoe',
    'Dezelfde bestandsnaam en dezelfde kopregel. Is er een manifest.json, dan met "mode": "delta", en met de nieuwe ' +
      'aantallen en controlesommen.',
  ],
  [
    'Rijen die wachten',
    'Een rij waarvan alleen het OCMW of de WEO nog niet gekend is, komt vanzelf terug zodra die geleverd wordt.',
  ],
  [
    'Wanneer is het in orde',
    'De rij verdwijnt uit rejects.csv in de nacht waarin ze verbeterd wordt ingelezen. Wat dan verschuldigd is, wordt ' +
      'dezelfde nacht berekend.',
  ],
  [
    'Rijksregisternummers',
    'Ze staan hier als [INSZ]. Zoek de rij op met bestand, regel en sleutel. De kopregel is regel 1.',
  ],
];
