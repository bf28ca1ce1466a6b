/** Files as bad senders make them: good rows of a record type, spoilt in a few ways. Everything follows from the seed. */
import { gzipSync } from 'node:zlib';
import { makeRandom, type Random } from '../support/random-feed/random.js';
import { contractFiles } from './fuzz-contract.js';
import { GENT, HAACHT, OTHER_PERSON, PERSON } from './support.js';

export interface FuzzedFile {
  /** Which of the ten. */
  readonly name: string;
  readonly bytes: Buffer;
}

const NAMES = Object.keys(contractFiles(2024));
const MOST_ROWS = 12;

/** Values that are good somewhere and bad elsewhere, and values that are bad everywhere. */
const VALUES = [
  ...[
    '',
    '',
    'W1',
    '1',
    '2',
    '3',
    '90',
    '00',
    'true',
    'false',
    'TRUE',
    '0',
    '1.0',
    '0.5',
    '.5',
    '1.01',
    '1.0000000001',
  ],
  ...['2024-01-01', '2024-02-29', '2023-02-29', '2024-13-01', '24-01-01', '1899-12-31', '9999-12-31', '2023-12-31'],
  ...['2024-01', '2024-00', '2024', '0024', '24033', '240331', '250.00', '-250.5', '250,00', '1e3', '1234567890.00'],
  ...[
    '2024-01-01T10:00:00+01:00',
    '2024-01-01T10:00:00',
    '2024-01-01T24:00:00Z',
    '2024-01-01T10:00Z',
    '9999-12-31T23:00Z',
  ],
  ...[
    '2024-01-01T10:00:00.1234567891Z',
    '2024-01-01T10:00:00+16:00',
    '2024-02-30T10:00:00+01:00',
    '2024-01-01t10:00:00z',
  ],
  ...[
    HAACHT,
    GENT,
    '0212214918',
    '2212214917',
    PERSON,
    OTHER_PERSON,
    '85073003329',
    '17073003384',
    '30073003333',
    `${PERSON}1`,
  ],
  ...['BE32123456789002', 'be32 1234 5678 9002', 'BE32123456789003', 'ART60', 'REGULAR', 'ARTIST', 'PHASE', 'POSITIVE'],
  ...[
    'COMPLETED',
    'EFF',
    'M3',
    'a\tb',
    'two\nlines',
    'two\r\nlines',
    'a lone \r',
    'say "x"',
    'a,b',
    '\u00e9\u20ac\ud83d\ude00',
    '\u0085',
  ],
  ...[
    '\ufffe',
    '\ufeff',
    '__proto__',
    '=1+1',
    '\u0007',
    'x'.repeat(100),
    'x'.repeat(101),
    'y'.repeat(2_000),
    'y'.repeat(2_001),
  ],
  ...[
    '\\N',
    '\\.',
    "'; drop table x; --",
    '\u0662\u0660\u0662\u0664-\u0660\u0661-\u0660\u0661',
    ' 2024-01-01',
    '2024-01-01 ',
  ],
];

/** A good value of each column, by name; the same for all files but `kind`. */
const GOOD: Readonly<Record<string, readonly string[]>> = {
  ...{ ocmw_id: [HAACHT, GENT], successor_id: ['', GENT], employer_id: ['', HAACHT], insz: [PERSON, OTHER_PERSON] },
  ...{ replaced_by: [OTHER_PERSON], name: ['OCMW Haacht', 'OCMW "De Brug", Gent'], nis_code: ['24033'] },
  ...{ iban: ['', 'BE32123456789002'], valid_from: ['2017-01-01'], valid_to: ['', '2024-12-31'] },
  ...{
    start_date: ['2024-01-10', '2024-02-29'],
    end_date: ['', '2024-12-31', '2024-02-29'],
    from_date: ['2024-02-01'],
  },
  ...{
    to_date: ['', '2024-03-31'],
    end_reason: ['', 'STOPPED'],
    extended_for_rights: ['', 'true'],
    withdrawn: ['', 'false'],
  },
  ...{ registered_at: ['2024-01-01T10:00:00+01:00', '2024-04-16T23:59:59.123456Z'], dimona_type: ['', 'OTH'] },
  ...{ fte: ['', '1', '0.75'], social_economy: ['', 'false'], nova_prima_ref: ['NP-1'], increased_requested: [''] },
  ...{
    code: ['90', '00'],
    evaluated_on: ['2024-06-01'],
    measurement: ['1', '2'],
    outcome: ['POSITIVE'],
    year: ['2024'],
  },
  ...{ decided_by: ['', 'An\u00efs'], reason: ['', 'two\nlines', 'she said "no"'], fixed_amount: ['1000.00'] },
  ...{ flexible_amount: ['0'], paid_on: ['2024-05-01'], amount: ['250.00', '-250.5'], reference: [''] },
  ...{ component: ['', 'EFF'], month: ['2024-02'], gross_wage_cost: ['2500.50'] },
};

/** The file of a seed. */
export function fuzzedFile(seed: number): FuzzedFile {
  const random = makeRandom(seed);
  const name = random.pick(NAMES);
  const columns = random.shuffle(contractFiles(2024)[name]!.map(([column]) => column));
  const rows = Array.from({ length: random.int(0, MOST_ROWS) }, (_, i) =>
    columns.map((column) => goodValue(random, name, column, i)),
  );
  const table = [columns, ...rows];
  if (random.chance(0.7)) for (let i = random.int(1, 4); i > 0; i--) spoilTable(random, table);
  let bytes = written(random, table);
  if (random.chance(0.4)) for (let i = random.int(1, 3); i > 0; i--) bytes = spoilBytes(random, bytes);
  return { name, bytes };
}

function goodValue(random: Random, file: string, column: string, row: number): string {
  if (column === 'kind') return file === 'evaluation.csv' ? random.pick(['PHASE', 'FINAL_REPORT']) : 'ART60';
  if (column === 'weo_id') return 'W1';
  if (column.endsWith('_id') && !(column in GOOD)) return `${column[0]!.toUpperCase()}${row + 1}`;
  return random.pick(GOOD[column]!);
}

/** Spoils a cell, a row or the header. */
function spoilTable(random: Random, table: string[][]): void {
  const row = random.pick(table.length > 1 && random.chance(0.9) ? table.slice(1) : table);
  const at = random.int(0, Math.max(0, row.length - 1));
  switch (random.int(0, 9)) {
    case 0:
      row.push(random.pick(VALUES));
      break;
    case 1:
      row.splice(at, random.int(1, 2));
      break;
    case 2:
      row.splice(at, 0, random.pick(VALUES));
      break;
    case 3:
      table.push([...row]);
      break;
    case 4:
      table.push([random.pick(VALUES)]);
      break;
    default:
      row[at] = random.chance(0.4) ? random.pick(VALUES) : nearMiss(random, row[at] ?? '');
  }
}

/** Almost the value that stood there: a day that is none, a character changed, doubled or lost. */
function nearMiss(random: Random, value: string): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(value) && random.chance(0.5)) {
    const day = ['02-29', '02-30', '04-31', '12-31', '13-01', '00-10', '01-00', '12-32'];
    return `${random.pick(['1899', '1900', '2000', '2023', '2024', '9999'])}-${random.pick(day)}${value.slice(10)}`;
  }
  const at = random.int(0, Math.max(0, value.length - 1));
  const put = random.pick([
    random.pick([...'0123456789']),
    random.pick([...'-:.,TZ+ aA\t']),
    '',
    value.slice(at, at + 1).repeat(2),
  ]);
  return value.slice(0, at) + put + value.slice(at + 1);
}

/** As CSV, with the ends of lines, the quotes and the blank lines of many programs. */
function written(random: Random, table: readonly (readonly string[])[]): Buffer {
  const end = random.weighted([
    ['\n', 5],
    ['\r\n', 3],
    ['mixed', 1],
  ]);
  const quotesAll = random.chance(0.2);
  let text = random.chance(0.2) ? '\ufeff' : '';
  for (const [index, row] of table.entries()) {
    const cells = row.map((cell) => (quotesAll || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
    const isLast = index === table.length - 1;
    text += cells.join(',') + (isLast && random.chance(0.3) ? '' : end === 'mixed' ? random.pick(['\n', '\r\n']) : end);
    if (random.chance(0.03)) text += random.pick(['\n', '\r\n', '\n\n']);
  }
  return Buffer.from(text);
}

const BYTES = [0x00, 0x0a, 0x0d, 0x22, 0x2c, 0x3b, 0x5c, 0x80, 0xc3, 0xe9, 0xed, 0xf0, 0xff];

function spoilBytes(random: Random, bytes: Buffer): Buffer {
  const at = random.int(0, bytes.length);
  const to = Math.min(bytes.length, at + random.int(0, 40));
  switch (random.int(0, 9)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 3:
      return random.chance(0.2) ? wholeFile(random, bytes) : Buffer.from(bytes.toString('utf8').replaceAll(',', ';'));
    case 4:
    case 5:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from('"'), bytes.subarray(at)]);
    case 6:
      return at < bytes.length
        ? Buffer.concat([
            bytes.subarray(0, at),
            Buffer.from([bytes[at]! ^ (1 << random.int(0, 7))]),
            bytes.subarray(at + 1),
          ])
        : bytes;
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random.pick(BYTES)]), bytes.subarray(at)]);
  }
}

/** The whole in another form. */
function wholeFile(random: Random, bytes: Buffer): Buffer {
  const text = bytes.toString('utf8');
  return random.pick([
    () => Buffer.from(text, 'latin1'),
    () => Buffer.from(`\ufeff${text}`, 'utf16le'),
    () => gzipSync(bytes),
    () => Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes]),
    () => Buffer.from(text.replaceAll('\n', '\r')),
  ])();
}
