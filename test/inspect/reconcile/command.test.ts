/** `twe reconcile` from file to workbook: what is on the screen, in the JSON and on the sheets. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDay } from '../../../src/calendar.js';
import { nightKnown } from '../../../src/inspect/explain/known.js';
import { loadYear } from '../../../src/inspect/reconcile/load.js';
import { formatEuro } from '../../../src/money.js';
import { callTwe } from '../../night/called-twe.js';
import { centsOf, formulaResults, readWorkbook } from '../../exports/read-workbook.js';
import type { TestDatabase } from '../../support/database.js';
import { createFixturesDatabase } from '../../support/fixtures-database.js';
import { generateAccount, PLANTS, POSTINGS, type GeneratedAccount } from './account-generator.js';

const OCMW = '0900019943';
const INSZ = '85.07.30-033.28';

let test: TestDatabase;
let cwd: string;
let account: GeneratedAccount;
beforeAll(async () => {
  test = await createFixturesDatabase();
  cwd = mkdtempSync(join(tmpdir(), 'twe-reconcile-'));
  const known = await test.database.transaction(async (session) =>
    loadYear(session, OCMW, 2024, await nightKnown(session, undefined), 'PAID'),
  );
  const references = known.beneficiaries.flatMap(({ weoId, contracts }) =>
    contracts.flatMap(({ novaPrimaReference: reference }) =>
      reference === undefined ? [] : ([[reference, weoId]] as const),
    ),
  );
  account = generateAccount(known.expected, new Map(references), 2024, 4, 1);
  const rows = account.bookings.map(({ bookedOn, account, field, cents, reference, text }) =>
    [formatDay(bookedOn), account, field, formatEuro(cents), reference, text.replace('Verzekering', INSZ)].join(','),
  );
  writeFileSync(join(cwd, 'account.csv'), ['date,account,field,amount,reference,text', ...rows, ''].join('\n'));
  const law = { 'amount.ORD': 1000, 'amount.INC': 1500, 'ledger.map': POSTINGS };
  writeFileSync(join(cwd, 'twe.config.json'), JSON.stringify({ out: 'out', law }));
});
afterAll(async () => {
  await test.drop();
  rmSync(cwd, { recursive: true });
});

const twe = (...args: string[]) => callTwe(['reconcile', ...args], { cwd, env: { DATABASE_URL: test.url } });
const asked = (year = '2024', file = 'account.csv', ocmw = OCMW) => ['--ocmw', ocmw, '--year', year, '--account', file];

describe('twe reconcile', () => {
  it('shows amounts and differences, and writes a workbook of which every check holds', async () => {
    const { exitCode, stdout, stderr } = await twe(...asked());
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`OCMW Haacht (0900.019.943), 2024: ${PLANTS.length} differences.`);
    expect(
      Math.max(
        ...stdout
          .split('\n')
          .slice(0, -2)
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(120);
    expect(readdirSync(join(cwd, 'out'))).toEqual([`inspectie-${OCMW}-2024.xlsx`]);
    const path = join(cwd, 'out', `inspectie-${OCMW}-2024.xlsx`);
    const sheets = await readWorkbook(path);
    expect([...sheets.keys()]).toEqual([
      ...['Algemene analyse', 'Bijlage 1 Betalingen VDAB', 'Bijlage 2 Toelagen', 'Verschillen', 'Per begunstigde'],
      ...['Controletabel', 'Feiten', 'Boekingen', 'Controle', 'Uitleg'],
    ]);
    expect(sheets.get('Controle')!.rows.map((row) => row['Oordeel'] ?? row['Resultaat'])).not.toContain('FOUT');
    const found = sheets.get('Verschillen')!.rows.filter((row) => row['Nr.'] !== null);
    expect(found).toHaveLength(PLANTS.length);
    const [booked, listed] = [
      sheets.get('Boekingen')!,
      account.bookings.filter(({ bookedOn }) => formatDay(bookedOn).startsWith('2024')),
    ];
    expect(centsOf(booked, 'Bedrag')).toBe(listed.reduce((sum, { cents }) => sum + cents, 0));
    const results = [...(await formulaResults(path)).values()];
    expect(results.length).toBeGreaterThan(200);
    expect(JSON.stringify([...sheets.values()].map(({ rows }) => rows))).not.toContain(INSZ);
  });

  it('writes the same bytes for the same account and night', async () => {
    const path = join(cwd, 'again', `inspectie-${OCMW}-2024.xlsx`);
    await twe(...asked(), '--out', 'again');
    const first = readFileSync(path);
    await twe(...asked(), '--out', 'again');
    expect(readFileSync(path).equals(first)).toBe(true);
  });

  it('gives the same as JSON, with both sides of each difference and the fact behind each answer', async () => {
    const { stdout } = await twe(...asked(), '--json', '--out', 'again');
    const result = JSON.parse(stdout) as {
      version: number;
      expectedCents: number;
      bookedCents: number;
      differences: { effectCents: number; bookings: unknown[]; expected: unknown[] }[];
      control: { checks: { fact: string }[] }[];
    };
    expect(result.version).toBe(1);
    expect(result.differences).toHaveLength(PLANTS.length);
    const explained = result.differences.reduce((sum, { effectCents }) => sum + effectCents, 0);
    expect(result.bookedCents - result.expectedCents).toBe(explained);
    expect(result.differences.every(({ bookings, expected }) => bookings.length + expected.length > 0)).toBe(true);
    expect(result.control.flatMap(({ checks }) => checks).every(({ fact }) => fact !== '')).toBe(true);
    expect(stdout).not.toContain(INSZ);
  });

  it.each([
    ['an OCMW that is none', ['2024', 'account.csv', '123'], '--ocmw 123 is not an enterprise number'],
    [
      'an OCMW that is not known',
      ['2024', 'account.csv', '0212214917'],
      'OCMW 0212214917 is not known on the evening of',
    ],
    ['a year that is none', ['24'], '--year 24 is not a year'],
    ['a year without data', ['2015'], `Nothing is known of 2015 for OCMW ${OCMW}`],
    ['an account that is not there', ['2024', 'none.csv'], 'does not exist'],
  ])('refuses %s with one sentence (exit 2)', async (_, args, says) => {
    const { exitCode, stdout, stderr } = await twe(...asked(...(args as [string, string, string])));
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses an account that cannot be read (exit 3) and writes nothing', async () => {
    writeFileSync(join(cwd, 'wrong.csv'), 'date,account,amount\n2024-01-31,7405,veel\n');
    const { exitCode, stderr } = await twe(...asked('2024', 'wrong.csv'), '--out', 'nothing');
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('line 2, column "amount": veel is not an amount')]);
    expect(readdirSync(cwd)).not.toContain('nothing');
  });
});
