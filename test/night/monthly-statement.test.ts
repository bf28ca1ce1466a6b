/** `twe run monthly-statement`: protected archives whose sums are those of the machine files, for OCMWs with a password. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/runs/run-job.js';
import { centsOf, readWorkbook, xmlParts, type ReadSheet } from '../exports/read-workbook.js';
import { elements, inSchemaOrder } from '../exports/sheet-order.js';
import { iban, nationalNumber } from '../support/random-feed/identifiers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { cents, readCsv } from './documents.js';
import { art60, category, CLIENT, ocmw, OCMW, OCMW_2, weo, withdrawn, writeFeed } from './feed.js';

const CLIENT_2 = nationalNumber(2);
const CLIENT_3 = nationalNumber(3);
const PASSWORD = 'lezen met plezier 1';
const AT_ONCE = { registered_at: '2023-10-02T12:00:00+02:00' };
const LETTER = {
  ...{ 'payment.debtor_name': 'VDAB', 'payment.debtor_iban': iban(7), 'payment.debtor_bic': 'GKCCBEBB' },
  ...{
    'letter.payment_days': 30,
    'letter.contact': 'finance@example.be',
    'letter.contest': 'Schrijf ons binnen 30 dagen.',
  },
};

const first = weo('2023-10-02', '', AT_ONCE);
const second = { weo_id: 'W2', ocmw_id: OCMW, insz: CLIENT_2, ...AT_ONCE };
const STORY = {
  // W is paid for the last quarter of 2023 and withdrawn afterwards: claimed back with the next quarter
  '2023-10-03': [
    ...[ocmw(OCMW, { name: '=1+1 Testgem' }), ocmw(OCMW_2), first],
    ...[art60('2023-10-02', '', AT_ONCE), category('2023-10-02', AT_ONCE)],
    ...[
      weo('2024-03-20', '', {
        weo_id: 'W3',
        ocmw_id: OCMW_2,
        insz: CLIENT_3,
        registered_at: '2023-10-02T12:00:00+02:00',
      }),
    ],
  ],
  '2024-02-20': [withdrawn({ ...first, cells: { ...first.cells, registered_at: '2024-02-19T12:00:00+01:00' } })],
  '2024-03-26': [weo('2024-03-20', '', { ...second, registered_at: '2024-03-25T12:00:00+01:00' })],
};

let test: TestDatabase;
let folder = '';
let feedsDir = '';
let passwords = '';
let summary: RunSummary;

const night = (date: string, job: string, keys: Readonly<Record<string, unknown>> = {}) =>
  runNight(test.database, {
    feedsDir,
    out: join(folder, 'out'),
    date,
    job,
    documents: job === 'nightly' ? 'CSV' : 'ALL',
    keys,
  });
const published = (date = '2024-04-30') => join(folder, 'out', date, 'monthly-statement');
const withPasswords = () => ({ 'statement.passwords_file': passwords, ...LETTER });

/** The files of an archive, unpacked into a folder. */
async function unpack(archive: string, into: string): Promise<string[]> {
  const reader = new ZipReader(new BlobReader(new Blob([readFileSync(archive)])), { useWebWorkers: false });
  mkdirSync(into, { recursive: true });
  const names: string[] = [];
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    expect(entry.encrypted).toBe(true);
    writeFileSync(join(into, entry.filename), await entry.getData(new Uint8ArrayWriter(), { password: PASSWORD }));
    names.push(entry.filename);
  }
  return names;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-statement-'));
  feedsDir = join(folder, 'feeds');
  passwords = join(folder, 'passwords.csv');
  test = await createTestDatabase();
  writeFeed(feedsDir, STORY);
  writeFileSync(passwords, `ocmw_id,password\n${OCMW},${PASSWORD}\n`, { mode: 0o600 });
  await night('2023-10-03', 'nightly');
  await night('2024-01-31', 'nightly');
  await night('2024-03-31', 'nightly');
  summary = await night('2024-04-30', 'monthly-statement', withPasswords());
  await night('2024-04-30', 'nightly');
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});

describe('the monthly statement', () => {
  it('does the night before it when that was not done', () => {
    expect(summary.steps['measure-and-accrue']!['trajectories']).toBe(3);
    expect(summary.steps['statements']).toEqual({ statements: 1, pdfs: 2, leftOut: 1, passwordsMade: 0 });
  });

  it('makes an archive only for an OCMW with a password, and says who has none', () => {
    const names = readdirSync(published()).sort();
    expect(names).toEqual(['findings.csv', 'manifest.json', `overzicht-${OCMW}-2024-04.zip`]);
    const findings = readCsv(join(published(), 'findings.csv'));
    expect(findings.map(({ code, ocmw_id }) => [code, ocmw_id])).toEqual([['STATEMENT_PASSWORD_MISSING', OCMW_2]]);
  });

  describe('its archive', () => {
    let names: string[] = [];
    let book: Map<string, ReadSheet>;
    const unpacked = () => join(folder, 'unpacked');
    beforeAll(async () => {
      names = await unpack(join(published(), `overzicht-${OCMW}-2024-04.zip`), unpacked());
      book = await readWorkbook(join(unpacked(), names[0]!));
    });

    it('holds the workbook, the payment note and the letter about the claim', () => {
      expect(names[0]).toBe(`overzicht-${OCMW}-2024-04.xlsx`);
      expect(names.slice(1).map((name) => name.split('-')[0])).toEqual(['betaalnota', 'terugvordering']);
    });

    it('has the sheets that people know', () => {
      expect([...book.keys()]).toEqual([
        ...['Uitleg', 'Betekenis velden', 'Trajecten', 'Maanden', 'BETAALNOTA', 'BETAALNOTA lijnen'],
        ...['Actie nodig', 'Gewijzigd', 'Controle'],
      ]);
    });

    it('has its parts in the order of the format', async () => {
      for (const [name, xml] of await xmlParts(join(unpacked(), names[0]!))) {
        if (!name.startsWith('xl/worksheets/')) continue;
        const order = elements(xml);
        expect(order, name).toEqual(inSchemaOrder(order));
      }
    });

    it('adds up to the machine files of the night, to the cent', () => {
      const mine = readCsv(join(folder, 'out', '2024-04-30', 'nightly', 'position.csv')).filter(
        (row) => row['ocmw_id'] === OCMW,
      );
      const sum = (column: string) => mine.reduce((total, row) => total + cents(row[column]), 0);
      expect(centsOf(book.get('Trajecten')!, 'Recht tot nu')).toBe(sum('due'));
      expect(centsOf(book.get('Trajecten')!, 'Besteld')).toBe(sum('ordered'));
      expect(centsOf(book.get('Maanden')!, 'Jaartotaal VDAB')).toBe(sum('due'));
      expect(sum('due')).toBe(50_000);
    });

    it('adds up to the lines of the batch, to the cent', () => {
      const runs = readdirSync(join(folder, 'out')).filter((day) =>
        existsSync(join(folder, 'out', day, 'quarterly-payment')),
      );
      const lines = readCsv(join(folder, 'out', runs.at(-1)!, 'quarterly-payment', 'batch.csv'));
      const mine = lines.filter((row) => row['ocmw_id'] === OCMW);
      const total = mine.reduce((sum, row) => sum + cents(row['amount']), 0);
      expect(centsOf(book.get('BETAALNOTA lijnen')!, 'Verschil')).toBe(total);
      expect(total).toBeLessThan(0);
    });

    it('finds every check in order', () => {
      const verdicts = book.get('Controle')!.rows.map((row) => row['Oordeel']);
      expect(verdicts.length).toBeGreaterThan(8);
      expect(new Set(verdicts)).toEqual(new Set(['OK']));
    });

    it('says what will be lost: art. 60 must begin within two months', () => {
      const action = book.get('Actie nodig')!.rows.find((row) => row['WEO'] === 'W2')!;
      expect(action).toMatchObject({ Wanneer: 'binnenkort', Datum: new Date('2024-05-20T00:00:00Z'), Bedrag: 500 });
    });

    it('shows of a national number only its last digits', () => {
      const text = JSON.stringify([...book.values()].flatMap(({ rows }) => rows));
      expect(text).toContain(`**.**.**-${CLIENT_2.slice(6, 9)}.${CLIENT_2.slice(9)}`);
      for (const insz of [CLIENT, CLIENT_2]) expect(text).not.toContain(insz.slice(0, 8));
    });

    it('is the same workbook, byte for byte, when it is made again', async () => {
      const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
      const again = await night('2024-04-30', 'monthly-statement', withPasswords());
      expect(again.repeated).toBe(true);
      const twice = join(folder, 'again');
      await unpack(join(published(), `overzicht-${OCMW}-2024-04.zip`), twice);
      for (const name of names) expect(digest(join(twice, name))).toBe(digest(join(unpacked(), name)));
    });
  });

  it('asks for passwords when none are configured, and publishes nothing', async () => {
    const run = night('2024-05-31', 'monthly-statement', LETTER);
    await expect(run).rejects.toMatchObject({ exitCode: 2, message: /statement\.passwords_file/ });
    expect(existsSync(published('2024-05-31'))).toBe(false);
  });

  it('stops between two archives when it is asked to, and leaves nothing unprotected', async () => {
    const stop = new AbortController();
    const out = join(folder, 'stopped');
    const run = runNight(test.database, {
      feedsDir,
      out,
      date: '2024-05-31',
      job: 'monthly-statement',
      keys: withPasswords(),
      progress: (step) => (step === 'statements' ? stop.abort() : undefined),
      stop: stop.signal,
    });
    await expect(run).rejects.toMatchObject({ exitCode: 143 });
    expect(readdirSync(join(out, '2024-05-31')).filter((name) => name.includes('monthly-statement'))).toEqual([]);
  });

  it('says in a sentence when the folder cannot be made, and leaves nothing', async () => {
    const out = join(folder, 'blocked');
    mkdirSync(out);
    writeFileSync(join(out, '2024-05-31'), 'in the way');
    const run = runNight(test.database, {
      feedsDir,
      out,
      date: '2024-05-31',
      job: 'monthly-statement',
      keys: withPasswords(),
    });
    await expect(run).rejects.toMatchObject({ exitCode: 2, message: /is a file, not a folder/ });
    expect(readdirSync(out)).toEqual(['2024-05-31']);
  });
});
