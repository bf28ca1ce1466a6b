/** `twe simulate` from the command line: table, JSON, CSV and workbook, and what it refuses. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { centsOf, formulaResults, readWorkbook, xmlParts } from '../exports/read-workbook.js';
import { elements, inSchemaOrder } from '../exports/sheet-order.js';
import { callTwe } from '../night/called-twe.js';
import { writeFeed } from '../night/feed.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { OCMW, STORY } from './simulate-story.js';

let folder: string;
let test: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-simulate-command-'));
  test = await createTestDatabase();
  writeFeed(join(folder, 'feeds'), STORY);
  const law = { 'amount.ORD': 1000, 'amount.INC': 1500 };
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify({ 'feeds.source': 'feeds', law }));
  writeFileSync(join(folder, 'proposal.json'), JSON.stringify({ 'amount.EFF': 260, 'a60.late_policy': 'EFF_ONLY' }));
});

afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const twe = (...args: string[]) => callTwe(args, { cwd: folder, env: { DATABASE_URL: test.url } });
const simulate = (...args: string[]) => twe('simulate', '--law', 'proposal.json', ...args);

it('is refused before the first night', async () => {
  const { exitCode, stdout, stderr } = await simulate('--from', '2024-Q1');
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    'No night has finished on this database yet, so there is nothing to simulate with. Run `twe run nightly` first.\n',
  );
});

describe('after a night', () => {
  beforeAll(async () => {
    expect((await twe('run', 'nightly', '--date', '2024-04-16', '--quiet')).exitCode).toBe(0);
  });

  it('shows the OCMWs that change, the totals and what changes of the law', async () => {
    const { exitCode, stdout } = await simulate('--from', '2024-03');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'SIMULATION of 2024-03 to 2024-03: nothing was booked or changed.',
      'Known on the evening of 2024-04-16 (2024-04-16/nightly). Amounts in euro; a measurement counts in its month.',
      'Other law:',
      '  amount.EFF: 250.00 (from 2017-01-01) -> 260.00   [R-EFF-1, R-EFF-3, R-PAY-3, R-PAY-5]',
      '  a60.late_policy: FORFEIT_ALL -> EFF_ONLY   [R-LATE-1, R-EFF-4, R-C-6, R-F-8]',
    ]);
    // W1: EFF + 10. W3, late: C1 of March.
    expect(stdout).toMatch(/All OCMWs +EFF +250\.00 +260\.00 +10\.00 +1\n +C1 +150\.00 +300\.00 +150\.00 +1\n/);
    expect(stdout).toContain('2 of 3 trajectories change; difference 160.00 euro.');
    expect(stdout).not.toMatch(/\bdue\b/);
  });

  it('leaves out OCMWs in which nothing changes, unless --all', async () => {
    writeFileSync(
      join(folder, 'c1.json'),
      '{"amount.C1": [{"from": "2017-01-01", "value": 150}, {"from": "2024-03-01", "value": 155}]}',
    );
    const some = await twe('simulate', '--law', 'c1.json', '--from', '2024-Q1');
    expect(some.stdout).toContain('(OCMWs in which nothing changes: 1, shown with --all)');
    expect(some.stdout).not.toContain('OCMW Twee');
    const all = await twe('simulate', '--law', 'c1.json', '--from', '2024-Q1', '--all');
    expect(all.stdout).toContain('OCMW Twee');
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await simulate('--from', '2024-03', '--json');
    const json = JSON.parse(stdout) as Record<string, unknown>;
    expect(json).toMatchObject({
      version: 1,
      from: '2024-03',
      to: '2024-03',
      night: { runId: '2024-04-16/nightly', businessDate: '2024-04-16' },
      trajectories: 3,
      total: { presentCents: 178710, otherCents: 194710, differenceCents: 16000, changedTrajectories: 2 },
      parameters: [{ key: 'amount.EFF' }, { key: 'a60.late_policy' }],
      notes: [],
      files: [],
    });
  });

  it('writes a CSV and a workbook that says SIMULATIE on every sheet', async () => {
    const { stdout } = await simulate('--from', '2024-01', '--to', '2024-03', '--out', 'documents');
    const names = ['simulatie-2024-01-2024-03.csv', 'simulatie-2024-01-2024-03.xlsx'];
    expect(readdirSync(join(folder, 'documents')).sort()).toEqual(names);
    for (const name of names) expect(stdout).toContain(`Written: ${join(folder, 'documents', name)}`);
    expect(
      readFileSync(join(folder, 'documents', names[0]!), 'utf8')
        .split('\n')
        .slice(0, 4),
    ).toEqual([
      'ocmw_id,name,component,present,other,difference,trajectories',
      `${OCMW},OCMW,C1,150.00,150.00,0.00,0`,
      `${OCMW},OCMW,EFF,750.00,780.00,30.00,1`,
      `${OCMW},OCMW,ORD,1000.00,1000.00,0.00,0`,
    ]);
    await expectWorkbook(join(folder, 'documents', names[1]!));
  });

  it('writes the same bytes again, over what stands there', async () => {
    const path = join(folder, 'documents', 'simulatie-2024-01-2024-03.xlsx');
    const before = readFileSync(path);
    await simulate('--from', '2024-Q1', '--out', 'documents');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('refuses wrong months, a wrong file and a folder that cannot be made, and writes nothing', async () => {
    writeFileSync(join(folder, 'wrong.json'), '{"amount.EF": 1, "run.day": 29}');
    const refused = [
      await simulate('--from', '2024-Q2'),
      await simulate('--from', '2024-04', '--to', '2024-01'),
      await simulate('--from', 'spring'),
      await simulate(),
      await twe('simulate', '--from', '2024-Q1'),
      await twe('simulate', '--law', 'missing.json', '--from', '2024-Q1'),
      await twe('simulate', '--law', 'wrong.json', '--from', '2024-Q1', '--out', 'nothing'),
      await simulate('--from', '2024-Q1', '--out', 'proposal.json/inside'),
    ];
    expect(refused.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(refused.map(() => [2, '']));
    expect(refused[6]!.stderr).toMatch(/amount\.EF: unknown key\..*\nrun\.day: 29 is not allowed\./);
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
  });
});

async function expectWorkbook(path: string): Promise<void> {
  const sheets = await readWorkbook(path);
  expect([...sheets.keys()]).toEqual([
    'Overzicht',
    'Per OCMW',
    'Per OCMW en onderdeel',
    'Gewijzigde parameters',
    'Controle',
    'Uitleg',
  ]);
  for (const { worksheet } of sheets.values()) {
    expect(worksheet.getCell('A3').value).toBe('SIMULATIE');
    expect(worksheet.getCell('B3').value).toBe(
      'Rekenoefening met een andere wet. Niets hiervan is geboekt, en niets hiervan wordt geboekt.',
    );
    expect(worksheet.headerFooter.oddHeader).toContain('SIMULATIE');
    expect(JSON.stringify(worksheet.getSheetValues())).not.toMatch(/VOORLOPIG|DEFINITIEF|verschuldigd/i);
  }
  const ocmws = sheets.get('Per OCMW')!;
  expect(centsOf(ocmws, 'Verschil')).toBe(3000 + 1000 + 15000);
  expect(centsOf(ocmws, 'Trajecten die wijzigen')).toBe(300);
  expect(sheets.get('Controle')!.rows.map((row) => row['Oordeel'])).toEqual(Array(7).fill('OK'));
  expect(sheets.get('Gewijzigde parameters')!.rows.map((row) => Object.values(row))).toEqual([
    [
      'amount.EFF',
      expect.anything(),
      '250,00 vanaf 01/01/2017',
      '260,00',
      expect.stringContaining('R-EFF-1'),
      expect.stringContaining('VDAB'),
      'opgegeven in het bestand met de andere wet',
    ],
    [
      'a60.late_policy',
      expect.anything(),
      'FORFEIT_ALL',
      'EFF_ONLY',
      expect.stringContaining('R-LATE-1'),
      expect.anything(),
      'opgegeven in het bestand met de andere wet',
    ],
  ]);
  expect((await formulaResults(path)).get('Per OCMW!F5')).toBe(190);
  for (const [name, xml] of await xmlParts(path)) {
    if (!name.startsWith('xl/worksheets/sheet')) continue;
    expect(elements(xml), name).toEqual(inSchemaOrder(elements(xml)));
  }
}
