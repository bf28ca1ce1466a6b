import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/db/database.js';
import { exportRun } from '../../src/exports/export-run.js';
import { prepareExport } from '../../src/exports/prepare.js';
import { previewDocument } from '../../src/exports/workbook/document.js';
import { writeSettlement } from '../../src/exports/workbook/settlement.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { centsOf, readWorkbook, xmlParts, type ReadSheet } from './read-workbook.js';
import { BUSINESS_DATE, exportOptions, fillLargeSample, orderLargeSample } from './sample.js';
import { elements, inSchemaOrder } from './sheet-order.js';
import { fillSmallSample, GENT } from './small-sample.js';
import { LET_CHANGE } from '../support/let-change.js';

const GENT_SHOWN = '0212.214.125';

let test: TestDatabase;
let out: string;
beforeAll(async () => {
  test = await createTestDatabase();
  out = await mkdtemp(join(tmpdir(), 'twe-workbook-'));
});
afterAll(async () => {
  await test.drop();
  await rm(out, { recursive: true, force: true });
});

/** Work on a database that is rolled back. */
async function rolledBack(work: (session: Session) => Promise<void>): Promise<void> {
  const undo = new Error('undo');
  const running = test.database.transaction(async (session) => {
    await work(session);
    throw undo;
  });
  await expect(running).rejects.toBe(undo);
}

/** Exports and returns a function that reads a workbook of the folder. */
async function exportSample(
  name: string,
  fill: (session: Session) => Promise<unknown>,
  overrides: Parameters<typeof exportOptions>[1] = {},
): Promise<string> {
  let path = '';
  await rolledBack(async (session) => {
    await fill(session);
    path = (await exportRun(session, exportOptions(join(out, name), overrides))).path;
  });
  return path;
}

const large = async (session: Session) => {
  await session.rows('truncate twe.delivery restart identity cascade');
  await fillLargeSample(session, 7, 90);
  await orderLargeSample(session, '2023-12');
};

async function csv(path: string): Promise<Record<string, string>[]> {
  return parse<Record<string, string>>(await readFile(path), { columns: true });
}

const cents = (text: string | undefined) => Math.round(Number(text) * 100);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Verdicts of a control sheet. */
const verdicts = (sheet: ReadSheet | undefined) => new Set(sheet!.rows.map((row) => row['Oordeel']));

describe('the settlement workbook', () => {
  it('adds up to the machine CSVs to the cent', async () => {
    const folder = await exportSample('sums', large);
    const sheets = await readWorkbook(join(folder, 'afrekening-2024-04-16.xlsx'));
    const entitlements = await csv(join(folder, 'entitlements.csv'));
    const position = await csv(join(folder, 'position.csv'));
    const dueOf = (component: string) =>
      sum(entitlements.filter((row) => row.component === component).map((row) => cents(row.due)));
    for (const sheet of ['Overzicht', 'Per traject']) {
      for (const component of ['EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC']) {
        expect(centsOf(sheets.get(sheet)!, component), `${sheet} ${component}`).toBe(dueOf(component));
      }
      expect(centsOf(sheets.get(sheet)!, 'Besteld')).toBe(sum(position.map((row) => cents(row.ordered))));
      expect(centsOf(sheets.get(sheet)!, 'Betaald')).toBe(sum(position.map((row) => cents(row.paid))));
      expect(centsOf(sheets.get(sheet)!, 'Verschil')).toBe(
        sum(position.filter((row) => row.component !== 'ORD').map((row) => cents(row.open))),
      );
    }
    expect(centsOf(sheets.get('Per maand')!, 'Jaartotaal')).toBe(sum(entitlements.map((row) => cents(row.due))));
    const measurements = await csv(join(folder, 'measurements.csv'));
    expect(centsOf(sheets.get('Metingen')!, 'Bedrag')).toBe(sum(measurements.map((row) => cents(row.amount))));
    expect(verdicts(sheets.get('Controle'))).toEqual(new Set(['OK']));
  });

  it('shows the months of a trajectory across, one row for each year and channel', async () => {
    const folder = await exportSample('calendar', fillSmallSample);
    const sheets = await readWorkbook(join(folder, 'afrekening-2024-04-16.xlsx'));
    const rows = sheets.get('Per maand')!.rows;
    expect(
      rows.map((row) => [
        row['WEO'],
        row['Jaar'],
        row['Kanaal'],
        row['jan'],
        row['feb'],
        row['nov'],
        row['Jaartotaal'],
      ]),
    ).toEqual([
      ['=W3', 2024, 'Toelagen', 1200.5, null, null, 1200.5],
      ['W,"2"', 2023, 'VDAB', 250, null, null, 550],
      ['W1', 2023, 'VDAB', null, null, 250, 500],
      ['W1', 2024, 'VDAB', 400, 400, null, 950],
    ]);
  });

  it('holds dates as dates, reasons and outcomes in words, and no national number', async () => {
    const folder = await exportSample('words', fillSmallSample);
    const sheets = await readWorkbook(join(folder, 'afrekening-2024-04-16.xlsx'));
    const w1 = sheets.get('Per traject')!.rows.find((row) => row['WEO'] === 'W1')!;
    expect(w1).toMatchObject({ Begin: new Date('2023-11-15'), Einde: null, EFF: 1000, Verschil: 700 });
    expect(w1['Waarom een verschil']).toBe('gewone betaling; categorie niet op 90 of 93');
    expect(sheets.get('Metingen')!.rows).toMatchObject([
      { 'OCMW-nummer': GENT_SHOWN, Datum: new Date('2023-12-01'), Uitkomst: 'positief', Bewijs: 'E7', Bedrag: 300 },
    ]);
    expect(sheets.get('Parameters')!.rows.find((row) => row['Parameter'] === 'amount.EFF')).toMatchObject({
      Bedrag: 250,
    });
  });

  it('keeps a text that looks like a formula a text', async () => {
    const folder = await exportSample('injection', fillSmallSample);
    const sheets = await readWorkbook(join(folder, 'afrekening-2024-04-16.xlsx'));
    const [overview] = sheets.get('Overzicht')!.rows;
    expect(overview!['OCMW']).toBe('=HYPERLINK("http://x","Gent")');
    for (const { worksheet } of sheets.values()) {
      worksheet.eachRow((row) =>
        row.eachCell((cell) => {
          if (typeof cell.value === 'string' && /^[=+\-@]/.test(cell.value)) expect(cell.numFmt).toBe('@');
          if (cell.formula) expect(cell.formula).not.toContain('http');
        }),
      );
    }
  });

  it('splits a sheet that would be too long, says so, and still adds up', async () => {
    await rolledBack(async (session) => {
      await large(session);
      await prepareExport(session, BUSINESS_DATE, []);
      const document = await previewDocument(session, BUSINESS_DATE, {
        provenance: exportOptions(out),
        lang: 'nl',
        parameters: [],
        whyUnpaid: () => undefined,
      });
      const staged = await writeSettlement(out, document, 40);
      const sheets = await readWorkbook(join(out, staged.name));
      expect([...sheets.keys()].filter((name) => name.startsWith('Per traject'))).toEqual([
        'Per traject',
        'Per traject (2)',
        'Per traject (3)',
      ]);
      expect(sheets.get('Per traject (2)')!.worksheet.getCell('A1').value).toBe(
        'Afrekening TWE – Per traject (deel 2 van 3)',
      );
      expect(
        sum(['Per traject', 'Per traject (2)', 'Per traject (3)'].map((name) => sheets.get(name)!.rows.length)),
      ).toBe(90);
      expect(verdicts(sheets.get('Controle'))).toEqual(new Set(['OK']));
    });
  });

  it('says so when there is nothing', async () => {
    const folder = await exportSample('empty', async (session) => {
      await large(session);
      await session.rows(LET_CHANGE);
      await session.rows('truncate twe.ledger_entry, twe.measurement_version');
      await session.rows('truncate ordered_line');
    });
    const sheets = await readWorkbook(join(folder, 'afrekening-2024-04-16.xlsx'));
    expect(sheets.get('Per traject')!.rows[0]!['OCMW-nummer']).toBe('Geen lijnen in deze periode.');
    expect(verdicts(sheets.get('Controle'))).toEqual(new Set(['OK']));
  });
});

describe('the clawback workbook', () => {
  it('lists what was ordered too much, with reason and rule in words', async () => {
    const folder = await exportSample('clawback', fillSmallSample);
    const sheets = await readWorkbook(join(folder, 'terugvordering-2024-04-16.xlsx'));
    expect(sheets.get('Lijnen')!.rows).toMatchObject([
      {
        WEO: 'W1',
        Maand: new Date('2024-03-01'),
        Verschuldigd: 0,
        Besteld: 250,
        Reden: 'categorie niet op 90 of 93',
        Regel: 'R-EFF-5',
      },
      {
        WEO: 'W4',
        Maand: new Date('2024-01-01'),
        'Te veel besteld': -250,
        Reden: 'besteld of betaald zonder recht',
        Regel: '–',
      },
    ]);
    const [category] = sheets.get('Per reden')!.rows;
    expect(category).toMatchObject({
      Lijnen: 1,
      'Te veel besteld': -250,
      'Wat de regel zegt': expect.stringContaining('90 of 93') as string,
    });
    expect(sheets.get('Overzicht')!.rows).toMatchObject([
      { 'OCMW-nummer': GENT_SHOWN, Lijnen: 2, 'Te veel besteld': -500 },
    ]);
    expect(verdicts(sheets.get('Controle'))).toEqual(new Set(['OK']));
  });
});

describe('both workbooks', () => {
  const names = ['afrekening-2024-04-16.xlsx', 'terugvordering-2024-04-16.xlsx'];

  it('are the same bytes when they are made again at another moment', async () => {
    const first = await exportSample('again', fillSmallSample);
    const second = await exportSample('once-more', fillSmallSample);
    for (const name of names) {
      expect((await readFile(join(first, name))).equals(await readFile(join(second, name))), name).toBe(true);
    }
  });

  it('have the elements of each sheet in the order that the format asks', async () => {
    const folder = await exportSample('order', fillSmallSample);
    for (const name of names) {
      for (const [part, xml] of await xmlParts(join(folder, name))) {
        if (part.startsWith('xl/worksheets/sheet')) expect(elements(xml), part).toEqual(inSchemaOrder(elements(xml)));
        expect(xml).not.toContain('x14:id');
      }
    }
  });

  it('say their status, print on A4 with repeated heads and exist in English', async () => {
    const folder = await exportSample('english', fillSmallSample, { lang: 'en' });
    const sheets = await readWorkbook(join(folder, 'afrekening-2024-04-16.xlsx'));
    const { worksheet } = sheets.get('Overview')!;
    expect(worksheet.getCell('A3').value).toBe('PROVISIONAL');
    expect(worksheet.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToWidth: 1,
      printTitlesRow: '6:6',
    });
    expect(worksheet.headerFooter.oddFooter).toContain('Page &P of &N');
    expect(worksheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 6 });
  });

  it('are the document of a batch when a run booked one', async () => {
    const folder = await exportSample(
      'batch',
      async (session) => {
        await fillSmallSample(session);
        await insertBatch(session);
      },
      { job: 'quarterly-payment', batchIds: ['B1'] },
    );
    const sheets = await readWorkbook(join(folder, 'afrekening-2024-Q1.xlsx'));
    expect(sheets.get('Overzicht')!.worksheet.getCell('A3').value).toBe('TER GOEDKEURING');
    expect(sheets.get('Per traject')!.rows).toMatchObject([{ WEO: 'W1', C1: 300, Besteld: 250, Verschil: 50 }]);
    expect(verdicts(sheets.get('Controle'))).toEqual(new Set(['OK']));
    const clawback = await readWorkbook(join(folder, 'terugvordering-2024-Q1.xlsx'));
    expect(clawback.get('Lijnen')!.rows).toMatchObject([{ 'Te veel besteld': -250, Reden: 'geen artikel 60 gestart' }]);
    expect(verdicts(clawback.get('Controle'))).toEqual(new Set(['OK']));
  });
});

/** Two payments of 150 and one of 250 taken back: 50 to pay. */
async function insertBatch(session: Session): Promise<void> {
  await session.rows(LET_CHANGE);
  await session.rows(
    `insert into twe.batch (batch_id, job, period, run_day, registered_until, delivered_until, booked_run_id, digest)
    values ('B1', 'quarterly-payment', '2024-Q1', '2024-04-15', '2024-03-31', '2024-04-15', 'r', $1)`,
    ['d'.repeat(64)],
  );
  await session.rows(
    `insert into twe.batch_line
    select batch_no, 'QUARTER', $1, 'W1', component, 2024 * 12 + m, due, before, due - before, reason
    from twe.batch, (values (1, 0, 15000, 0, 0), (1, 1, 15000, 0, 0), (0, 2, 0, 25000, 4)) as l (component, m, due, before, reason)`,
    [GENT],
  );
  await session.rows(`insert into twe.batch_part select batch_no, $1, 30000, -25000, 0, 0 from twe.batch`, [GENT]);
  await session.rows(
    `insert into twe.batch_claim select batch_no, $1, 'PAY', 5000, '+++010/8068/17183+++' from twe.batch`,
    [GENT],
  );
}
