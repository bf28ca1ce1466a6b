/** The payment note as PDF, read back and compared with batch.csv and claims.csv to the cent. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRun } from '../../src/exports/export-run.js';
import type { PaymentNote } from '../../src/exports/statement/note.js';
import { monthRuns, sumByMonth, sumByReason } from '../../src/exports/statement/note-sums.js';
import { paymentNoteName, writePaymentNote } from '../../src/exports/statement/pdf/payment-note.js';
import { chooseStatementBatches, readNotes, readNotesOfBatch } from '../../src/exports/statement/read-notes.js';
import { parseEuro } from '../../src/money.js';
import { readCsv, type CsvRow } from '../night/documents.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { CARRIED, CLAIMED, fillBatchSample, HELD, NETTED, OFFSET, SMALL } from './batch-sample.js';
import { amountsIn, canReadPdf, noteLines, noteOf, textOf } from './payment-note-sample.js';
import { exportOptions, fillOrderedLines, month } from './sample.js';

const hasReader = canReadPdf();

let test: TestDatabase;
let out: string;
let notes: PaymentNote[];
let lines: CsvRow[];
let claims: CsvRow[];
beforeAll(async () => {
  test = await createTestDatabase();
  out = await mkdtemp(join(tmpdir(), 'twe-note-'));
  await test.database.transaction(async (session) => {
    await fillBatchSample(session);
    await fillOrderedLines(session, []);
    const options = { job: 'yearly-settlement', businessDate: '2025-02-15', batchIds: ['Y'], workbooks: false };
    const { path } = await exportRun(session, exportOptions(out, options));
    lines = readCsv(join(path, 'batch.csv'));
    claims = readCsv(join(path, 'claims.csv'));
    notes = [];
    for await (const note of readNotesOfBatch(session, 'Y')) notes.push(note);
  });
});
afterAll(async () => {
  await test.drop();
  await rm(out, { recursive: true, force: true });
});

const cents = (text: string | undefined) => parseEuro(text!)!;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const noteFor = (ocmwId: string) => notes.find((note) => note.payee.ocmwId === ocmwId)!;

async function pdfOf(note: PaymentNote, lang: 'nl' | 'en' = 'nl'): Promise<string> {
  const path = join(out, `${note.payee.ocmwId}-${paymentNoteName(note)}`);
  await writePaymentNote(path, note, { lang });
  return path;
}

describe('the notes of a batch', () => {
  it('are there for everyone who is not held out and has something booked, in byte order', () => {
    expect(notes.map((note) => note.payee.ocmwId)).toEqual([NETTED, OFFSET, CLAIMED, CARRIED]);
    expect([HELD, SMALL].map(noteFor)).toEqual([undefined, undefined]);
  });

  it('hold the lines of batch.csv and the amounts of claims.csv', () => {
    const ofNotes = notes.flatMap(({ payee, lines }) =>
      lines.map((line) => [payee.ocmwId, line.weoId, line.component, line.month, line.cents, line.reason]),
    );
    const ofCsv = lines.map((row) => [
      ...[row.ocmw_id, row.weo_id, row.component, month(row.month!)],
      ...[cents(row.amount), row.reason],
    ]);
    expect(ofNotes).toEqual(ofCsv);
    const amounts = notes.flatMap(({ payee, iban, amounts }) =>
      amounts.map((amount) => [payee.ocmwId, iban, amount.cents, amount.reference, amount.direction]),
    );
    expect(amounts).toEqual(
      claims.map((row) => [row.ocmw_id, row.iban, cents(row.amount), row.reference, row.direction]),
    );
  });

  it('know the start of guidance, but not of an agreement that was withdrawn', () => {
    expect(noteFor(NETTED).lines.map((line) => line.guidanceStart)).toEqual([1, 1, 1].map(() => month('2024-01')));
    expect(noteFor(CARRIED).lines[0]!.guidanceStart).toBeUndefined();
  });

  it('come by month of approval, with reading that may stop early', async () => {
    const read = (text: string) =>
      test.database.transaction(async (session) => {
        const seen: string[] = [];
        await chooseStatementBatches(session, month(text));
        for await (const note of readNotes(session, month(text))) {
          seen.push(`${note.payee.ocmwId} ${note.batchId}`);
          if (seen.length === 2) break;
        }
        await session.rows('select 1');
        return seen;
      });
    // The sample gives a part in the quarter to one OCMW alone; the others are no notes but a broken promise.
    await expect(read('2024-04')).rejects.toThrow(/no part of it|does not add up/);
    expect(await read('2025-02')).toEqual([`${NETTED} Y`, `${OFFSET} Y`]);
    expect(await read('2025-03')).toEqual([]);
  });

  it('stand in one statement: that of their month, or the next one when that was made without them', async () => {
    const made = (on: string) =>
      test.database.rows(
        `insert into twe.run (run_id, job, business_date, state, program_version, law_digest)
         values ($1::text || '/monthly-statement', 'monthly-statement', $1::text::date, 'DONE', '0', repeat('0', 64))`,
        [on],
      );
    const choose = async (text: string) => {
      await test.database.transaction((session) => chooseStatementBatches(session, month(text)));
      return test.database.rows<{ batch: string; month: string | null }>(
        `select batch_id as batch, to_char(month, 'YYYY-MM') as month
         from twe.statement_batch join twe.batch using (batch_no) order by 1`,
      );
    };
    const [quarter] = await test.database.rows<{ batch: string }>(
      `select batch_id as batch from twe.batch join twe.batch_decision using (batch_no)
       where decision = 'APPROVED' and decided_on < '2025-01-01'`,
    );
    await test.database.rows('delete from twe.statement_batch');
    // Begun twice, it is the same.
    expect(await choose('2024-04')).toEqual([{ batch: quarter!.batch, month: '2024-04' }]);
    expect(await choose('2024-04')).toEqual([{ batch: quarter!.batch, month: '2024-04' }]);
    await test.database.rows('delete from twe.statement_batch');
    // For the first time in February 2025: what was approved before stands in none.
    const first = [
      { batch: quarter!.batch, month: null },
      { batch: 'Y', month: '2025-02' },
    ].sort((a, b) => (a.batch < b.batch ? -1 : 1));
    expect(await choose('2025-02')).toEqual(first);
    // They were never finished: those of March are the first ones.
    expect((await choose('2025-03')).find(({ batch }) => batch === 'Y')).toEqual({ batch: 'Y', month: null });
    await test.database.rows('delete from twe.statement_batch');
    // Approved too late for its own month, the quarter stands in the next statements that are made, and stays there.
    await made('2025-01-31');
    expect(await choose('2025-02')).toEqual(first.map((each) => ({ ...each, month: '2025-02' })));
    await made('2025-02-28');
    expect(await choose('2025-03')).toEqual(first.map((each) => ({ ...each, month: '2025-02' })));
    await test.database.rows(`delete from twe.statement_batch; delete from twe.run where job = 'monthly-statement'`);
  });

  it('are refused when they do not add up', async () => {
    const wrong = { ...noteFor(CLAIMED), carriedCents: 100 };
    await expect(pdfOf(wrong)).rejects.toThrow(/does not add up: its lines come to -50100 cents/);
  });
});

describe('sums of a note', () => {
  const some = [
    ...noteLines('W1', 'EFF', ['2024-01', '2024-03'], [250, 0]),
    ...noteLines('W1', 'C1', ['2024-02', '2024-02'], [0, 150], 'A60_END_CORRECTED'),
    ...noteLines('W1', 'C1', ['2024-03', '2024-03'], [160, 150], 'LAW_CHANGED'),
  ];

  it('count a month that comes in, one that falls out and none of which only the amount changes', () => {
    expect(sumByMonth(some).map(({ total }) => [total.months, total.cents])).toEqual([
      [1, 25_000],
      [0, 10_000],
      [1, 26_000],
    ]);
  });

  it('tell what comes in and what falls out of each reason', () => {
    expect(sumByReason(some)).toMatchObject([
      { reason: 'REGULAR', trajectories: 1, addedCents: 75_000, takenBackCents: 0 },
      { reason: 'A60_END_CORRECTED', months: -1, addedCents: 0, takenBackCents: -15_000 },
      { reason: 'LAW_CHANGED', months: 0, addedCents: 1_000, takenBackCents: 0 },
    ]);
  });

  it('gather months in a row of the same amount', () => {
    expect(monthRuns(some).map((run) => [run.component, run.lastMonth - run.firstMonth, run.cents])).toEqual([
      ['EFF', 2, 75_000],
      ['C1', 0, -15_000],
      ['C1', 0, 1_000],
    ]);
  });
});

describe.skipIf(!hasReader)('the PDF of a note', () => {
  it('adds up to batch.csv and claims.csv to the cent, in each of its tables', async () => {
    for (const note of notes) {
      const text = textOf(await pdfOf(note));
      const own = lines.filter((row) => row.ocmw_id === note.payee.ocmwId).map((row) => cents(row.amount));
      const totals = text.filter((line) => /^Totaal .*\d/.test(line)).map((line) => amountsIn(line).at(-1));
      expect(totals).toEqual([1, 2, 3, 4].map(() => sum(own)));
      for (const row of claims.filter(({ ocmw_id }) => ocmw_id === note.payee.ocmwId)) {
        const paid = row.direction === 'PAY' ? cents(row.amount) : -cents(row.amount);
        const label = row.direction === 'PAY' ? 'Te betalen aan het OCMW' : 'Terug te betalen door het OCMW';
        const shown = text.filter((line) => line.startsWith(label)).flatMap(amountsIn);
        expect(shown).toEqual([paid]);
        expect(text.join('\n')).toContain(row.reference);
      }
    }
  });

  it('shows each performance month, each kind and each reason in words', async () => {
    const text = textOf(await pdfOf(noteFor(NETTED)));
    const from = text.indexOf('Per prestatiemaand');
    const rows = text.slice(from, text.indexOf('Per startmaand van de begeleiding'));
    expect(rows.filter((line) => /^(mrt|apr|mei) /.test(line))).toEqual([
      'mrt 2024 -1 -250,00 – – – – – – -1 -250,00',
      'apr 2024 1 250,00 – – – – – – 1 250,00',
      'mei 2024 1 250,00 – – – – – – 1 250,00',
    ]);
    expect(text.filter((line) => line.startsWith('jan 2024'))).toEqual(['jan 2024 1 250,00 – – – – – – 1 250,00']);
    expect(text).toContain('Einddatum van de WEO gewijzigd 1 -1 – -250,00 -250,00');
    expect(text).toContain('W1 EFF apr 2024 – mei 2024 2 500,00 – 500,00 vrijgegeven: categorie in orde');
    expect(text.join('\n')).toMatch(/DEFINITIEF[^]*Pagina 1 van \d/);
  });

  it('says what is taken off, what is carried over and that no account is known', async () => {
    const offset = textOf(await pdfOf(noteFor(OFFSET)));
    expect(offset).toContain('Nog af te houden van vorige batches -400,00');
    expect(offset).toContain('Af te houden van een volgende betaling 150,00');
    const carried = textOf(await pdfOf(noteFor(CARRIED)));
    expect(carried.join('\n')).toContain('WEO ingetrokken');
    const paid = noteOf(noteLines('W1', 'EFF', ['2024-01', '2024-01'], [250, 0]), { iban: undefined });
    expect(textOf(await pdfOf(paid)).join('\n')).toContain('niet gekend op de rundag');
  });

  it('of a waiting batch says that it waits, in English when asked, and gives the number of a nameless OCMW', async () => {
    const waiting = noteOf(noteLines('W1', 'M2', ['2024-01', '2024-01'], [600, 0]), {
      approvedOn: undefined,
      payee: { ocmwId: '0212214917', name: '', nisCode: '24033' },
    });
    const text = textOf(await pdfOf(waiting, 'en')).join('\n');
    expect(text).toMatch(/Payment note FOR APPROVAL\nQuarterly payment, 1st quarter 2024/);
    expect(text).toContain('OCMW 0212.214.917');
    expect(text).toMatch(/€ 600\.00/);
  });

  it('repeats its heads on every page of a long note and keeps every cent of it', async () => {
    const many = Array.from({ length: 200 }, (_, n) =>
      noteLines(`W${String(n).padStart(4, '0')}`, 'EFF', ['2024-01', '2024-02'], [250 + n, 0]),
    ).flat();
    const note = noteOf(many);
    const text = textOf(await pdfOf(note));
    const amounts = text.filter((line) => /^W\d{4} EFF/.test(line)).map((line) => amountsIn(line).at(-1)!);
    expect([amounts.length, sum(amounts)]).toEqual([200, note.amounts[0]!.cents]);
    const pages = Number(/Pagina 1 van (\d+)/.exec(text.join('\n'))![1]);
    expect(text.filter((line) => line.startsWith('Traject Soort Maanden')).length).toBeGreaterThanOrEqual(pages - 1);
  });

  it('has title, language and author, and the same bytes every time', async () => {
    const bytes = async () => readFile(await pdfOf(noteFor(NETTED)));
    const first = await bytes();
    expect((await bytes()).equals(first)).toBe(true);
    expect(first.toString('latin1')).toMatch(/\/Lang \(nl-BE\)/);
    const said = execFileSync('pdfinfo', [await pdfOf(noteFor(NETTED))], { encoding: 'utf8' });
    expect(said).toMatch(/Title: +Betaalnota OCMW 1, jaarafrekening 2024\n/);
    expect(said).toMatch(/Author: +VDAB\n/);
    expect(said).toMatch(/CreationDate: .*Feb 15 .*2025/);
  });
});
