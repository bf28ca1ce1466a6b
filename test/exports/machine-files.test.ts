import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/db/database.js';
import { CsvTally, sortByBytes } from '../../src/exports/csv.js';
import { exportRun } from '../../src/exports/export-run.js';
import type { PublishedFolder } from '../../src/exports/publish.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { exportOptions } from './sample.js';
import { fillSmallSample, GENT } from './small-sample.js';
import { LET_CHANGE } from '../support/let-change.js';

let test: TestDatabase;
let out: string;
beforeAll(async () => {
  test = await createTestDatabase();
  out = await mkdtemp(join(tmpdir(), 'twe-csv-'));
});
afterAll(async () => {
  await test.drop();
  await rm(out, { recursive: true, force: true });
});

/** Exports the small sample in a transaction that is rolled back. */
async function exported(
  overrides: Parameters<typeof exportOptions>[1] = {},
  prepare: (session: Session) => Promise<unknown> = () => Promise.resolve(),
): Promise<PublishedFolder> {
  const undo = new Error('undo');
  let folder: PublishedFolder | undefined;
  const running = test.database.transaction(async (session) => {
    await fillSmallSample(session);
    await prepare(session);
    folder = await exportRun(session, exportOptions(out, { workbooks: false, ...overrides }));
    throw undo;
  });
  await expect(running).rejects.toBe(undo);
  return folder!;
}

const read = (folder: PublishedFolder, name: string) => readFile(join(folder.path, name), 'utf8');
const fileOf = (folder: PublishedFolder, name: string) => folder.files.find((file) => file.name === name)!;

describe('the machine CSVs of a run', () => {
  it('hold what is due, with the rule of the newest entry that gave money, under who is paid', async () => {
    const folder = await exported();
    expect(await read(folder, 'entitlements.csv')).toBe(
      [
        'ocmw_id,weo_id,component,month,due,rule',
        `${GENT},=W3,ORD,2024-01,1200.50,R-A-3`,
        `${GENT},"W,""2""",EFF,2022-12,250.00,R-EFF-1`,
        `${GENT},"W,""2""",EFF,2023-01,250.00,R-EFF-1`,
        `${GENT},"W,""2""",M1,2023-12,300.00,R-RES-1`,
        `${GENT},W1,C1,2024-01,150.00,R-C-1`,
        `${GENT},W1,C1,2024-02,150.00,R-C-1`,
        `${GENT},W1,C1,2024-03,150.00,R-C-1`,
        `${GENT},W1,EFF,2023-11,250.00,R-EFF-1`,
        `${GENT},W1,EFF,2023-12,250.00,R-EFF-1`,
        `${GENT},W1,EFF,2024-01,250.00,R-EFF-1`,
        `${GENT},W1,EFF,2024-02,250.00,R-EFF-1`,
        '',
      ].join('\n'),
    );
    expect(fileOf(folder, 'entitlements.csv')).toMatchObject({ rows: 11, totalCents: 345_050 });
  });

  it('hold due, ordered, paid and open, also of lines that are no longer due', async () => {
    const folder = await exported();
    expect(await read(folder, 'position.csv')).toBe(
      [
        'ocmw_id,weo_id,component,month,due,ordered,paid,open',
        `${GENT},=W3,ORD,2024-01,1200.50,0.00,0.00,1200.50`,
        `${GENT},"W,""2""",EFF,2022-12,250.00,250.00,250.00,0.00`,
        `${GENT},"W,""2""",EFF,2023-01,250.00,0.00,0.00,250.00`,
        `${GENT},"W,""2""",M1,2023-12,300.00,0.00,0.00,300.00`,
        `${GENT},W1,C1,2024-01,150.00,0.00,0.00,150.00`,
        `${GENT},W1,C1,2024-02,150.00,0.00,0.00,150.00`,
        `${GENT},W1,C1,2024-03,150.00,0.00,0.00,150.00`,
        `${GENT},W1,EFF,2023-11,250.00,250.00,250.00,0.00`,
        `${GENT},W1,EFF,2023-12,250.00,250.00,250.00,0.00`,
        `${GENT},W1,EFF,2024-01,250.00,0.00,0.00,250.00`,
        `${GENT},W1,EFF,2024-02,250.00,0.00,0.00,250.00`,
        `${GENT},W1,EFF,2024-03,0.00,250.00,0.00,-250.00`,
        `${GENT},W4,EFF,2024-01,0.00,250.00,0.00,-250.00`,
        '',
      ].join('\n'),
    );
    expect(fileOf(folder, 'position.csv')).toMatchObject({ rows: 13, totalCents: 220_050 });
  });

  it('hold the present version of the measurements whose date has come, voided ones left out', async () => {
    const folder = await exported();
    expect(await read(folder, 'measurements.csv')).toBe(
      'ocmw_id,weo_id,measurement,measured_on,outcome,employment_id,amount\n' +
        `${GENT},"W,""2""",1,2023-12-01,POSITIVE,E7,300.00\n`,
    );
    expect(fileOf(folder, 'measurements.csv')).toMatchObject({ rows: 1, totalCents: 30_000 });
  });

  it('hold the rows set aside on the evening of the day, by number of line', async () => {
    const folder = await exported({}, (session) =>
      session.rows(`
        insert into twe.rejected_row (delivery_id, file, line, column_name, code, message, raw, closed_on) values
          (1, 'weo.csv', 10, 'end_date', 'E-DATE', 'not a date, sorry', E'"a\nb"', null),
          (1, 'weo.csv', 9, 'end_date', 'E-DATE', 'closed later', 'x', '2024-04-17'),
          (1, 'weo.csv', 8, 'end_date', 'E-DATE', 'closed', 'x', '2024-04-16')`),
    );
    expect(await read(folder, 'rejects.csv')).toBe(
      'delivery,file,line,column,code,message,raw\n' +
        '2020-01-01,weo.csv,9,end_date,E-DATE,closed later,x\n' +
        '2020-01-01,weo.csv,10,end_date,E-DATE,"not a date, sorry","""a\nb"""\n',
    );
    expect(fileOf(folder, 'rejects.csv')).toMatchObject({ rows: 2, totalCents: 0 });
  });

  it('hold the findings in byte order', async () => {
    const finding = { severity: 'WARNING', code: 'X', ocmwId: '', weoId: '', subject: '', message: 'later, perhaps' };
    const folder = await exported({ findings: [finding, { ...finding, severity: 'ERROR', message: 'now' }] });
    expect(await read(folder, 'findings.csv')).toBe(
      'severity,code,ocmw_id,weo_id,subject,message\nERROR,X,,,,now\nWARNING,X,,,,"later, perhaps"\n',
    );
  });

  it('are the same bytes when they are made again', async () => {
    await exported();
    expect((await exported()).changed).toBe(false);
  });
});

describe('the machine CSVs of a batch', () => {
  it('hold its lines, and its claims with name and account as valid on the run day', async () => {
    const folder = await exported({ job: 'quarterly-payment', batchIds: ['B1'] }, async (session) => {
      await session.rows(LET_CHANGE);
      await session.rows(
        `insert into twe.batch
          (batch_id, job, period, run_day, registered_until, delivered_until, booked_run_id, digest)
        values ('B1', 'quarterly-payment', '2024-Q1', '2024-04-15', '2024-03-31', '2024-04-15', 'r', $1)`,
        ['d'.repeat(64)],
      );
      await session.rows(
        `insert into twe.batch_line
        select batch_no, 'QUARTER', $1, 'W1', 1, 2024 * 12 + m, 15000, 0, 15000, 0
        from twe.batch, generate_series(0, 1) as m where batch_id = 'B1'`,
        [GENT],
      );
      await session.rows(
        `insert into twe.batch_part select batch_no, $1, 30000, 0, 0, 0 from twe.batch where batch_id = 'B1'`,
        [GENT],
      );
      await session.rows(
        `insert into twe.batch_claim select batch_no, $1, 'PAY', 30000, '+++010/8068/17183+++' from twe.batch where batch_id = 'B1'`,
        [GENT],
      );
    });
    expect(await read(folder, 'batch.csv')).toBe(
      'batch_id,kind,period,ocmw_id,weo_id,component,month,due,before,amount,reason\n' +
        `B1,QUARTER,2024-Q1,${GENT},W1,C1,2024-01,150.00,0.00,150.00,REGULAR\n` +
        `B1,QUARTER,2024-Q1,${GENT},W1,C1,2024-02,150.00,0.00,150.00,REGULAR\n`,
    );
    expect(fileOf(folder, 'batch.csv')).toMatchObject({ rows: 2, totalCents: 30_000 });
    expect(await read(folder, 'claims.csv')).toBe(
      'batch_id,ocmw_id,name,iban,amount,reference,direction\n' +
        `B1,${GENT},"'=HYPERLINK(""http://x"",""Gent"")",BE32123456789002,300.00,+++010/8068/17183+++,PAY\n`,
    );
    expect(folder.files.map(({ name }) => name)).toContain('position.csv');
  });
});

describe('counting a CSV on its way', () => {
  async function tally(text: string, amountColumn: number | undefined) {
    const counter = new CsvTally(amountColumn);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    // one byte at a time: a number may be cut anywhere
    await pipeline(
      [...Buffer.from(text)].map((byte) => Buffer.of(byte)),
      counter,
      nowhere,
    );
    return { rows: counter.rows, totalCents: counter.totalCents };
  }

  it('adds up a column to the cent, over quotes, line ends in quotes and negative amounts', async () => {
    const text = 'id,amount,text\n"a,1",12.05,"line\nend, 99.99"\n"b""",-0.06,\n';
    expect(await tally(text, 1)).toEqual({ rows: 2, totalCents: 1199 });
  });

  it('counts rows alone when nothing is to be added', async () => {
    expect(await tally('a,b\nx,y\n', undefined)).toEqual({ rows: 1, totalCents: 0 });
    expect(await tally('a,b\n', 0)).toEqual({ rows: 0, totalCents: 0 });
  });

  it('refuses an amount that is none', async () => {
    await expect(tally('a\n1e5\n', 0)).rejects.toThrow('in an amount');
  });
});

it('sorts by bytes of UTF-8, column by column', () => {
  const rows = [['b'], ['a', 'z'], ['\u{1F600}'], ['\uFF5E'], ['a']];
  expect(sortByBytes(rows)).toEqual([['a'], ['a', 'z'], ['b'], ['\uFF5E'], ['\u{1F600}']]);
});
