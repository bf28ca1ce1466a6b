/** Another program opens the workbooks and computes every formula anew. Skipped, loudly, where LibreOffice is missing. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, OPEN_END } from '../../src/calendar.js';
import { exportRun } from '../../src/exports/export-run.js';
import type { StatedTrajectory, Statement } from '../../src/exports/statement/statement.js';
import { writeStatementBook } from '../../src/exports/statement/workbook.js';
import { COMPONENT } from '../../src/law/codes.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { formulaResults, xmlParts } from './read-workbook.js';
import { fillBatchSample } from './batch-sample.js';
import { noteLines, noteOf } from './payment-note-sample.js';
import { BUSINESS_DATE, exportOptions, fillLargeSample, fillOrderedLines, month, orderLargeSample } from './sample.js';

const run = promisify(execFile);
const soffice = findOffice();
if (soffice === undefined) {
  process.stderr.write('LibreOffice (soffice) is not installed: the workbooks are NOT opened by another program.\n');
}

function findOffice(): string | undefined {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore', timeout: 60_000 });
    return 'soffice';
  } catch {
    return undefined;
  }
}

const TRAJECTORY: StatedTrajectory = {
  ...{ weoId: 'W1', client: '**.**.**-001.02', state: 'RUNS', start: day('2024-01-01'), end: OPEN_END },
  ...{ art60: { start: day('2024-01-15'), end: OPEN_END }, category: '90', standing: 'TIMELY', measurements: [] },
  ...{ monthsUsed: 3, monthsLeft: 21, dueCents: 75_000, orderedCents: 25_000, allowanceCents: 300_000 },
  months: ['2024-01', '2024-02', '2024-03'].map((each) => ({
    ...{ month: month(each), due: [COMPONENT.EFF, COMPONENT.ORD], part2Waits: true, why: '' },
    ...{ vdabCents: 25_000, allowanceCents: 100_000 },
  })),
};
const { runId, businessDate, lawDigest, inputDigest } = exportOptions('');
const STATEMENT: Statement = {
  payee: noteOf([]).payee,
  ...{ month: month('2024-03'), since: day('2024-02-29'), isFirst: false, lang: 'nl', businessDate: BUSINESS_DATE },
  provenance: { runId, businessDate, lawDigest, inputDigest, job: 'monthly-statement' },
  trajectories: [TRAJECTORY],
  ...{ actions: [], changes: [] },
  notes: [noteOf(noteLines('W1', 'EFF', ['2024-01', '2024-03'], [250, 0]))],
  control: { dueCents: 75_000, allowanceCents: 300_000, orderedCents: 25_000, beforeCents: 375_000 },
};

describe.skipIf(soffice === undefined)('LibreOffice', () => {
  let test: TestDatabase;
  let out: string;
  const workbooks: string[] = [];
  beforeAll(async () => {
    test = await createTestDatabase();
    out = await mkdtemp(join(tmpdir(), 'twe-office-'));
    const folder = await test.database.transaction(async (session) => {
      await fillLargeSample(session, 5, 60);
      await orderLargeSample(session, '2023-12');
      return exportRun(session, exportOptions(out));
    });
    const batchFolder = await test.database.transaction(async (session) => {
      await fillBatchSample(session);
      const options = { job: 'yearly-settlement', businessDate: '2025-02-15', batchIds: ['Y'] };
      await fillOrderedLines(session, []);
      return exportRun(session, exportOptions(out, options));
    });
    workbooks.push(join(out, (await writeStatementBook(out, STATEMENT)).name));
    for (const { path } of [folder, batchFolder]) {
      const names = (await readdir(path)).filter((name) => name.endsWith('.xlsx'));
      workbooks.push(...names.map((name) => join(path, name)));
    }
  });
  afterAll(async () => {
    await test.drop();
    await rm(out, { recursive: true, force: true });
  });

  /** Opens workbooks and saves them in another form. */
  async function convert(files: readonly string[], format: string): Promise<string> {
    const target = await mkdtemp(join(out, `${format}-`));
    const profile = `-env:UserInstallation=file://${join(out, 'profile')}`;
    await run(soffice!, [profile, '--headless', '--convert-to', format, '--outdir', target, ...files], {
      timeout: 110_000,
    });
    return target;
  }

  it('computes the same results from the formulas alone, all checks green', async () => {
    const bare = join(out, 'bare');
    await mkdir(bare);
    for (const file of workbooks) await writeFile(join(bare, basename(file)), await withoutResults(file));
    const computed = await convert(
      workbooks.map((file) => join(bare, basename(file))),
      'xlsx',
    );
    for (const file of workbooks) {
      const stored = await formulaResults(file);
      const results = await formulaResults(join(computed, basename(file)));
      expect([...results.keys()].sort()).toEqual([...stored.keys()].sort());
      expect(stored.size).toBeGreaterThan(30);
      for (const [cell, result] of stored)
        expect(rounded(results.get(cell)), `${basename(file)} ${cell}`).toEqual(rounded(result));
    }
  });

  it.skipIf(process.env.TWE_LONG === undefined)('prints them', async () => {
    const printed = await convert(workbooks, 'pdf');
    expect((await readdir(printed)).length).toBe(workbooks.length);
  });
});

/** A copy of a workbook in which no formula has a stored result. */
async function withoutResults(path: string): Promise<Uint8Array> {
  const parts = [...(await xmlParts(path))].map(([name, xml]) => {
    const bare = name.startsWith('xl/worksheets/') ? xml.replace(/(<\/f>)<v>[^<]*<\/v>/g, '$1') : xml;
    expect(bare).not.toContain('</f><v>');
    return [name, strToU8(bare)] as const;
  });
  return zipSync(Object.fromEntries(parts));
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 100) : value;
}
