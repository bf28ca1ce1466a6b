/** The workbooks of a batch: what is paid and claimed, quarters, and the event behind each difference, cell by cell. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRun } from '../../src/exports/export-run.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { CARRIED, CLAIMED, fillBatchSample, HELD, NETTED, OFFSET, SMALL } from './batch-sample.js';
import { readWorkbook, type Plain, type ReadSheet } from './read-workbook.js';
import { exportOptions, fillOrderedLines } from './sample.js';

let test: TestDatabase;
let out: string;
let settlement: Map<string, ReadSheet>;
let clawback: Map<string, ReadSheet>;
beforeAll(async () => {
  test = await createTestDatabase();
  out = await mkdtemp(join(tmpdir(), 'twe-batch-'));
  const folder = await test.database.transaction(async (session) => {
    await fillBatchSample(session);
    await fillOrderedLines(session, []);
    const options = { job: 'yearly-settlement', businessDate: '2025-02-15', batchIds: ['Y'] };
    return exportRun(session, exportOptions(out, options));
  });
  settlement = await readWorkbook(join(folder.path, 'afrekening-2024.xlsx'));
  clawback = await readWorkbook(join(folder.path, 'terugvordering-2024.xlsx'));
});
afterAll(async () => {
  await test.drop();
  await rm(out, { recursive: true, force: true });
});

const shown = (id: string) => `${id.slice(0, 4)}.${id.slice(4, 7)}.${id.slice(7)}`;

/** The cells of some columns, row by row. */
function cells(sheet: ReadSheet | undefined, ...heads: string[]): Plain[][] {
  return sheet!.rows.map((row) => heads.map((head) => row[head]!));
}

/** OCMW and amounts, row by row; a formula that comes to zero is read back as nothing. */
function amounts(sheet: ReadSheet | undefined, ...heads: string[]): Plain[][] {
  return sheet!.rows.map((row) => [row['OCMW-nummer']!, ...heads.map((head) => Number(row[head]))]);
}

describe('the settlement workbook of a batch', () => {
  it('says for each OCMW what is paid, claimed, taken off, carried over and not booked', () => {
    const sheet = settlement.get('Betalingen en terugvorderingen');
    const heads = ['Lijnen te betalen', 'Lijnen te veel', 'Som van de lijnen', 'Open uit vorige batches'];
    heads.push('Blijft af te houden', 'Te betalen', 'Terug te vorderen', 'Niet in deze batch');
    expect(amounts(sheet, ...heads)).toEqual([
      [shown(NETTED), 500, -250, 250, 0, 0, 250, 0, 0],
      [shown(OFFSET), 250, 0, 250, -400, -150, 0, 0, 0],
      [shown(CLAIMED), 0, -500, -500, 0, 0, 0, 500, 0],
      [shown(HELD), 0, 0, 0, 0, 0, 0, 0, -250],
      [shown(SMALL), 0, 0, 0, 0, 0, 0, 0, -100],
      [shown(CARRIED), 0, -250, -250, 0, -250, 0, 0, 0],
    ]);
  });

  it('says it in words, with reference and whether there is an account', () => {
    const sheet = settlement.get('Betalingen en terugvorderingen');
    const heads = ['Mededeling betaling', 'Mededeling terugvordering', 'Rekening', 'Wat er gebeurt'];
    expect(cells(sheet, ...heads)).toEqual([
      ['+++1+++', null, 'gekend', 'wordt betaald'],
      [null, null, 'ontbreekt', 'afgehouden wat van vorige batches openstond'],
      [null, '+++2+++', 'gekend', 'wordt teruggevorderd'],
      [null, null, 'gekend', 'uit de batch gehouden door an op 16/02/2025: betwisting'],
      [null, null, 'gekend', 'terugvordering onder de drempel niet geboekt, komt terug'],
      [null, null, 'gekend', 'af te houden van een volgende betaling'],
    ]);
  });

  it('shows the same on the overview, and what was confirmed as paid', () => {
    expect(amounts(settlement.get('Overzicht'), 'Verschil', 'Betaald', 'Te betalen', 'Terug te vorderen')).toEqual([
      [shown(NETTED), 250, 250, 250, 0],
      [shown(OFFSET), 250, 0, 0, 0],
      [shown(CLAIMED), -500, 0, 0, 500],
      [shown(CARRIED), -250, 0, 0, 0],
    ]);
  });

  it('shows the whole year by quarter, also what does not differ', () => {
    const heads = ['OCMW-nummer', 'Kwartaal', 'Verschuldigd', 'Eerder besteld', 'Daarvan betaald'];
    heads.push('Verschil in deze batch', 'Niet in deze batch');
    expect(cells(settlement.get('Per kwartaal'), ...heads)).toEqual([
      [shown(NETTED), 'K1', 500, 750, 750, -250, 0],
      [shown(NETTED), 'K2', 500, 0, 0, 500, 0],
      [shown(OFFSET), 'K2', 250, 0, 0, 250, 0],
      [shown(CLAIMED), 'K1', 250, 750, 0, -500, 0],
      [shown(HELD), 'K1', 0, 250, 0, 0, -250],
      [shown(SMALL), 'K1', 150, 250, 0, 0, -100],
      [shown(CARRIED), 'K1', 0, 250, 0, -250, 0],
    ]);
  });

  it('explains each difference by the record that changed, what it said, when it was registered and delivered', () => {
    const sheet = settlement.get('Verschillen verklaard');
    expect(cells(sheet, 'WEO', 'Bedrag', 'Reden', 'Gegeven', 'Wat er wijzigde')).toEqual([
      ['W1', -250, 'einddatum van de WEO gewijzigd', 'WEO W1', 'einde was 31/12/2024, werd 15/03/2024'],
      [
        'W1',
        500,
        'vrijgegeven: categorie in orde gebracht',
        'categorie K1',
        'nieuw geregistreerd: 90 vanaf 01/04/2024, zonder einde',
      ],
      ['W2', 250, 'te laat geregistreerd', 'WEO W2', 'nieuw geregistreerd: van 01/01/2024 tot en met 31/12/2024'],
      [
        'W3',
        -500,
        'geen artikel 60 gestart',
        null,
        'De termijn om artikel 60 te starten verstreek zonder registratie.',
      ],
      ['W6', -250, 'registratie ingetrokken', 'WEO W6', 'ingetrokken; was van 01/01/2024 tot en met 31/12/2024'],
    ]);
    expect(sheet!.rows[1]).toMatchObject({
      Van: new Date('2024-04-01'),
      'Tot en met': new Date('2024-05-01'),
      Geregistreerd: new Date('2024-05-01'),
      Levering: '2024-05-03',
      Geleverd: new Date('2024-05-03'),
    });
  });

  it('adds up: every check of both workbooks is green', () => {
    for (const workbook of [settlement, clawback]) {
      const checks = workbook.get('Controle')!.rows;
      expect(checks.filter((row) => row['Oordeel'] !== 'OK')).toEqual([]);
    }
    const named = settlement
      .get('Controle')!
      .rows.find((row) => String(row['Controle']).startsWith('Som van de lijnen'));
    // 250 - 500 + (-150 - 250) - -400
    expect(named).toMatchObject({ Links: -250, Rechts: -250 });
  });
});

describe('the clawback workbook of a batch', () => {
  it('says what is netted, what is taken off later and what is claimed indeed', () => {
    const heads = ['Te veel besteld', 'Verrekend in deze batch', 'Later af te houden', 'Teruggevorderd'];
    const overview = clawback.get('Overzicht');
    expect(amounts(overview, ...heads)).toEqual([
      [shown(NETTED), -250, 250, 0, 0],
      [shown(CLAIMED), -500, 0, 0, 500],
      [shown(CARRIED), -250, 0, 250, 0],
    ]);
    expect(cells(overview, 'Mededeling terugvordering')).toEqual([[null], ['+++2+++'], [null]]);
    expect(overview!.worksheet.getCell('A2').value).toBe(
      'Jaarafrekening 2024, rundag 15/02/2025 – 500,00 euro wordt teruggevorderd bij 1 OCMW; de rest is verrekend of wordt later afgehouden',
    );
  });

  it('names the rule behind each reason', () => {
    expect(cells(clawback.get('Per reden'), 'Reden', 'Regel')).toEqual([
      ['einddatum van de WEO gewijzigd', 'R-M-1'],
      ['geen artikel 60 gestart', 'R-EFF-4'],
      ['registratie ingetrokken', 'R-F-9'],
    ]);
    for (const row of clawback.get('Per reden')!.rows) expect(row['Wat de regel zegt']).not.toBeNull();
  });
});
