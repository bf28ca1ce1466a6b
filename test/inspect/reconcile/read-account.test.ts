/** The export of an account: what is read, and how it is refused. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDay } from '../../../src/calendar.js';
import { accountMapping, PLAIN_ACCOUNT, type AccountMapping } from '../../../src/config/account-mapping.js';
import { EXIT, Failure } from '../../../src/errors.js';
import { readAccount } from '../../../src/inspect/reconcile/account/read-account.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-account-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function mappingOf(json: unknown): AccountMapping {
  const read = accountMapping.read(json);
  if (!read.ok) throw new Error(read.problem);
  return read.value;
}

const DUTCH = mappingOf({
  ...{ separator: ';', encoding: 'windows-1252', decimal: ',', thousands: '.', date_format: 'DD/MM/YYYY' },
  columns: {
    ...{ date: 'Boekdatum', account: 'Rekening', field: 'Beleidsveld' },
    ...{ amount: 'Bedrag', reference: 'Mededeling', text: 'Omschrijving' },
  },
  received: 'negative',
});
const HEADER = 'Stuk;Boekdatum;Rekening;Beleidsveld;Bedrag;Mededeling;Omschrijving';

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function refusalOf(path: string, mapping = PLAIN_ACCOUNT): Promise<[exitCode: number, message: string]> {
  try {
    await readAccount(path, mapping);
  } catch (error) {
    if (error instanceof Failure) return [error.exitCode, error.message.replaceAll(folder, '')];
    throw error;
  }
  return [EXIT.done, ''];
}

describe('an account as CSV', () => {
  it('is read by its own names, signs and days; other columns are passed over', async () => {
    const rows = [
      HEADER,
      'A1;31/01/2024;7405/9;0900;-1.234,50;+++202/4000/02057+++;Toelage café',
      'A2;01/02/2024;;;0,00;;',
    ];
    const path = file('dutch.csv', Buffer.from(rows.slice(0, 2).join('\r\n'), 'latin1'));
    const { bookings } = await readAccount(path, DUTCH);
    expect(bookings.map(({ bookedOn, ...rest }) => ({ bookedOn: formatDay(bookedOn), ...rest }))).toEqual([
      {
        ...{ line: 2, bookedOn: '2024-01-31', account: '7405/9', field: '0900', cents: 123450 },
        ...{ reference: '+++202/4000/02057+++', text: 'Toelage café' },
      },
    ]);
  });

  it('without policy fields says so by having none', async () => {
    const path = file('plain.csv', 'date,account,amount\n2024-01-31,7405,10.00\n');
    const { bookings } = await readAccount(path, PLAIN_ACCOUNT);
    expect(bookings[0]).toMatchObject({ field: undefined, reference: '', text: '', cents: 1000 });
  });

  it('tells every fault by line and column, together', async () => {
    const rows = [
      HEADER,
      'A1;2024-01-31;7405;0900;12,3x;;',
      'A2;31/02/2024;;0900;1,234;;',
      'A3;01/02/2024;7405;0900;1,00;',
    ];
    const [exitCode, message] = await refusalOf(file('faults.csv', rows.join('\n')), DUTCH);
    expect(exitCode).toBe(EXIT.refused);
    expect(message.split('\n  ')).toEqual([
      'The account /faults.csv cannot be read as reconcile.account says; nothing was compared. Correct the file or the mapping:',
      'line 2, column "Boekdatum": 2024-01-31 is not a date (DD/MM/YYYY)',
      'line 2, column "Bedrag": 12,3x is not an amount with at most two decimals (1.234,56)',
      'line 3, column "Boekdatum": 31/02/2024 is not a date (DD/MM/YYYY)',
      'line 3, column "Rekening": must be filled',
      'line 3, column "Bedrag": 1,234 is not an amount with at most two decimals (1.234,56)',
      'line 4: 6 fields, the header has 7',
    ]);
  });

  it('counts what comes after the twentieth fault', async () => {
    const rows = Array.from({ length: 30 }, () => 'x,7405,10.00');
    const [, message] = await refusalOf(file('many.csv', ['date,account,amount', ...rows].join('\n')));
    expect(message.split('\n')).toHaveLength(22);
    expect(message).toMatch(/and 10 more$/);
  });

  it('names the columns that are missing, and shows no national number that stands in the place of a name', async () => {
    const [exitCode, message] = await refusalOf(file('names.csv', 'Datum,85073003328\n2024-01-31,1\n'));
    expect(exitCode).toBe(EXIT.refused);
    expect(message).toContain('line 1: columns "date", "account", "amount" are missing');
    expect(message).not.toContain('85073003328');
  });

  it.each([
    ['nothing', '', 'is empty'],
    ['a header alone', 'date,account,amount\n', 'has a header and no lines'],
    ['another encoding', Buffer.from('date,account,amount\n2024-01-31,caf\xe9,1.00\n', 'latin1'), 'is not UTF-8 (byte'],
    ['a quote that never closes', 'date,account,amount\n2024-01-31,"7405,1.00\n', 'a quote'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'is an old workbook (.xls)'],
    ['a broken workbook', Buffer.from('PK\u0003\u0004 nothing'), 'is no workbook that can be read'],
  ])('is refused when it is %s', async (name, content, says) => {
    const [exitCode, message] = await refusalOf(file(`${name}.csv`, content));
    expect([exitCode, message]).toEqual([EXIT.refused, expect.stringContaining(says)]);
  });

  it('that is not there, or is a folder, is wrong usage', async () => {
    mkdirSync(join(folder, 'sub'));
    expect(await refusalOf(join(folder, 'none.csv'))).toEqual([
      EXIT.usage,
      '--account /none.csv does not exist; nothing was compared.',
    ]);
    expect((await refusalOf(join(folder, 'sub')))[1]).toContain('is a folder');
  });
});

describe('an account as a workbook', () => {
  async function workbook(name: string, rows: readonly unknown[][], sheets = ['Historiek']): Promise<string> {
    const book = new ExcelJS.Workbook();
    for (const sheet of sheets) book.addWorksheet(sheet).addRows(rows as unknown[][]);
    const path = join(folder, name);
    await book.xlsx.writeFile(path);
    return path;
  }
  const NAMES = ['Boekdatum', 'Rekening', 'Beleidsveld', 'Bedrag', 'Mededeling', 'Omschrijving'];
  const DATE = new Date(Date.UTC(2024, 0, 31));

  it('is read below its title; dates and numbers are what the cell holds', async () => {
    const rows = [
      ['Grootboek 2024'],
      [],
      NAMES,
      [DATE, 7405, '0900', -1234.5, 202400002057, { richText: [{ text: 'Toe' }, { text: 'lage' }] }],
      [],
      ['01/02/2024', '7405', '0900', '-1.000,10', '', { formula: 'A1', result: 'x' }],
      [DATE, '7405', '', 0.1 + 0.2, '', ''],
    ];
    const { bookings } = await readAccount(await workbook('book.xlsx', rows), DUTCH);
    expect(
      bookings.map(({ line, cents, account, reference, text }) => [line, cents, account, reference, text]),
    ).toEqual([
      [4, 123450, '7405', '202400002057', 'Toelage'],
      [6, 100010, '7405', '', 'x'],
      [7, -30, '7405', '', ''],
    ]);
  });

  it('tells every fault by line and column', async () => {
    const rows = [NAMES, [45000, '7405', '', 'veel', '', ''], [DATE, '7405', '', 1.005, '', '']];
    const [exitCode, message] = await refusalOf(await workbook('wrong.xlsx', rows), DUTCH);
    expect(exitCode).toBe(EXIT.refused);
    expect(message.split('\n  ').slice(1)).toEqual([
      'line 2, column "Boekdatum": 45000 is not a date (DD/MM/YYYY)',
      'line 2, column "Bedrag": veel is not an amount with at most two decimals (1.234,56)',
      'line 3, column "Bedrag": 1.005 is not an amount with at most two decimals (1.234,56)',
    ]);
  });

  it('says which sheets there are when the one that is asked is missing', async () => {
    const path = await workbook('sheets.xlsx', [NAMES], ['Blad1', 'Blad2']);
    const [exitCode, message] = await refusalOf(path, { ...DUTCH, sheet: 'Historiek' });
    expect([exitCode, message]).toEqual([EXIT.refused, expect.stringContaining('(it has "Blad1", "Blad2")')]);
  });
});

describe('a bank statement', () => {
  const entry = (amount: string, direction: string, details: string, status = 'BOOK') =>
    `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts><Cd>${status}</Cd></Sts>` +
    `<BookgDt><Dt>2024-04-16</Dt></BookgDt><NtryDtls>${details}</NtryDtls></Ntry>`;
  const payment = (amount: string, reference: string) =>
    `<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls><RmtInf><Strd><CdtrRefInf><Ref>${reference}</Ref>` +
    '</CdtrRefInf></Strd></RmtInf></TxDtls>';
  const statement = (count: number, ...entries: string[]) =>
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>' +
    `<TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries></TtlNtries></TxsSummry>${entries.join('')}</Stmt></BkToCstmrStmt></Document>`;

  it('gives its booked entries, those that were put together each on its own', async () => {
    const text = '<TxDtls><RmtInf><Ustrd>Toelage &amp; co</Ustrd></RmtInf></TxDtls>';
    const entries = [
      entry('2000.00', 'CRDT', payment('1500.00', '202400002057') + payment('500.00', '010806817183')),
      entry('12.50', 'DBIT', text),
      entry('1.00', 'CRDT', '', 'PDNG'),
    ];
    const read = await readAccount(file('statement.xml', statement(3, ...entries)), PLAIN_ACCOUNT);
    expect(read.isStatement).toBe(true);
    expect(
      read.bookings.map(({ line, cents, account, reference, text }) => [line, cents, account, reference, text]),
    ).toEqual([
      [1, 150000, undefined, '202400002057', ''],
      [1, 50000, undefined, '010806817183', ''],
      [2, -1250, undefined, '', 'Toelage & co'],
    ]);
  });

  it.each([
    ['other XML', '<?xml version="1.0"?><Document/>', 'is XML and no camt.053'],
    ['one that is cut off', statement(1, entry('1.00', 'CRDT', '')).slice(0, -20), 'is cut off'],
    ['one that lacks entries', statement(2, entry('1.00', 'CRDT', '')), 'holds 1 entries and says that there are 2'],
    ['an amount that is none', statement(1, entry('1,00', 'CRDT', '')), 'entry 1, Amt: is not an amount in euro'],
    ['a direction that is none', statement(1, entry('1.00', 'UP', '')), 'entry 1, Amt: is not an amount in euro'],
  ])('is refused when it is %s', async (name, content, says) => {
    const [exitCode, message] = await refusalOf(file(`${name}.xml`, content));
    expect([exitCode, message]).toEqual([EXIT.refused, expect.stringContaining(says)]);
  });
});
