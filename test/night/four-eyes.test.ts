/** A second person signs: recognised by an account, for exactly the batch and the documents that were written. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { nationalNumber } from '../support/random-feed/identifiers.js';
import { callTwe } from './called-twe.js';
import { readCsv } from './documents.js';
import { art60, category, ocmw, OCMW, OCMW_2, weo, writeFeed } from './feed.js';
import { everythingKept } from './kept.js';

const BATCH = '2024-04-15/quarterly-payment';
const NEXT = '2024-07-15/quarterly-payment';
const PREPARER = `twe_preparer_${process.pid}`;
const SIGNER = `twe_signer_${process.pid}`;
const OTHER_CLIENT = { insz: nationalNumber(2) };

let folder: string;
let test: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-four-eyes-'));
  test = await createTestDatabase();
  for (const role of [PREPARER, SIGNER]) {
    await test.database.rows(
      `do $$ begin execute 'create role ${role} login in role ' || quote_ident(current_user); end $$`,
    );
  }
  const config = { 'feeds.source': 'feeds', 'approval.approvers': [PREPARER, SIGNER] };
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(config));
  writeFeed(join(folder, 'feeds'), {
    '2024-03-01': [
      ocmw(),
      ocmw(OCMW_2),
      weo('2024-01-15', '2024-12-31'),
      art60('2024-03-01', '2024-12-31'),
      category('2024-03-01'),
      weo('2024-01-15', '2024-12-31', { weo_id: 'V', ocmw_id: OCMW_2, ...OTHER_CLIENT }),
      art60('2024-03-01', '2024-12-31', { weo_id: 'V', employer_id: OCMW_2, ...OTHER_CLIENT }),
      category('2024-03-01', { category_id: 'C-V', ...OTHER_CLIENT }),
    ],
  });
  expect(await as(PREPARER, 'run', 'nightly', '--date', '2024-04-15', '--quiet')).toMatchObject({ exitCode: 0 });
});

afterAll(async () => {
  await test.database.rows(`drop role ${PREPARER}, ${SIGNER}`);
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The command line of somebody with an account of their own in the database. */
const as = (role: string, ...args: string[]) =>
  callTwe(args, { cwd: folder, env: { DATABASE_URL: test.url.replace(/\/\/[^@/]*@/, `//${role}@`) } });
const document = (name: string, batch = BATCH) => join(folder, 'out', batch, name);
const claims = (batch: string) =>
  readCsv(document('claims.csv', batch)).map(({ ocmw_id, amount, direction }) => [ocmw_id, amount, direction]);

async function refused(sentence: RegExp, exitCode: number, who: string, ...args: string[]): Promise<void> {
  const before = await everythingKept(test.database);
  const ended = await as(who, ...args);
  expect(ended).toMatchObject({ exitCode, stdout: '' });
  expect(ended.stderr).toMatch(sentence);
  expect(await everythingKept(test.database)).toEqual(before);
}

describe('a batch that waits for a second person', () => {
  it('is not decided by the one who had it prepared, nor in the name of somebody else', async () => {
    await refused(
      /had batch .* prepared: somebody else decides on it/,
      2,
      PREPARER,
      'approve',
      BATCH,
      '--by',
      PREPARER,
    );
    await refused(
      /^you are \S+ on this machine and \S+ in the database, not /,
      2,
      PREPARER,
      'approve',
      BATCH,
      '--by',
      SIGNER,
    );
    await refused(/is not one of the approvers/, 2, SIGNER, 'approve', BATCH, '--by', 'somebody');
  });

  it('is not decided when it is not the one that was reviewed', async () => {
    await refused(
      /it is not the batch that was reviewed/,
      4,
      SIGNER,
      'approve',
      BATCH,
      '--by',
      SIGNER,
      '--digest',
      '0123456789',
    );
    await refused(/--digest needs at least 8/, 2, SIGNER, 'approve', BATCH, '--by', SIGNER, '--digest', '0');
  });

  it('is not decided when a document of it was altered', async () => {
    const written = readFileSync(document('claims.csv'));
    appendFileSync(document('claims.csv'), 'one more line\n');
    await refused(/claims\.csv was altered after it was written/, 4, SIGNER, 'approve', BATCH, '--by', SIGNER);
    writeFileSync(document('claims.csv'), written);
  });

  it('takes no line more, and no decision that names another digest, whoever asks the database', async () => {
    const line = `insert into twe.batch_line
      select batch_no, kind, ocmw_id, weo_id, component, month + 99, 1, 0, 1, 0 from twe.batch_line limit 1`;
    await expect(test.database.rows(line)).rejects.toThrow(/is sealed/);
    const decision = (digest: string, how = 'TYPED') =>
      test.database.rows(
        `insert into twe.batch_decision (batch_no, decision, decided_by, decided_on, batch_digest, documents_digest, recognised_by)
         select batch_no, 'APPROVED', 'x', run_day, ${digest}, twe.documents_digest(batch_no), '${how}' from twe.batch`,
      );
    await expect(decision(`repeat('0', 64)`)).rejects.toThrow(/not about batch/);
    await expect(decision('digest', 'RUN')).rejects.toThrow(/only the run that books/);
    await expect(test.database.rows('truncate twe.batch_decision')).rejects.toThrow(/append-only/);
  });

  it('lets one OCMW be held out, with a reason; the documents follow', async () => {
    expect(
      claims(BATCH)
        .map(([id]) => id)
        .sort(),
    ).toEqual([OCMW, OCMW_2].sort());
    const hold = [
      'hold',
      BATCH,
      '--ocmw',
      OCMW_2,
      '--by',
      SIGNER,
      '--reason',
      'account in doubt',
      '--date',
      '2024-04-16',
    ];
    // Its documents cannot be written, as when it is killed in between; the same once more does it.
    const path = join(folder, 'out', BATCH);
    renameSync(path, `${path}.aside`);
    writeFileSync(path, 'a file');
    expect((await as(SIGNER, ...hold)).stderr).toMatch(/^The decision stands, but its documents could not be written/);
    rmSync(path);
    renameSync(`${path}.aside`, path);
    expect((await as(SIGNER, 'status')).stdout).toMatch(/^The documents of \S+ do not show the last decision yet/m);
    expect(await as(SIGNER, ...hold)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(claims(BATCH)).toEqual([[OCMW, '900.00', 'PAY']]);
    expect((await as(SIGNER, 'status')).stdout).not.toContain('do not show');
    await refused(/is held out of batch .* already/, 2, SIGNER, ...hold);
    await refused(/has no line in batch/, 2, SIGNER, ...hold.with(3, '0123456789'));
    expect((await as(SIGNER, 'batches')).stdout).toMatch(new RegExp(`pay +900\\.00 .*held out: ${OCMW_2}`));
  });

  it('is decided by the second person; who, how and from where is kept, and the documents are final', async () => {
    const { batches } = JSON.parse((await as(SIGNER, 'batches', '--json')).stdout) as { batches: { digest: string }[] };
    const digest = batches[0]!.digest;
    const approve = ['approve', BATCH, '--by', SIGNER, '--date', '2024-04-16', '--digest', digest.slice(0, 12)];
    expect(await as(SIGNER, ...approve)).toMatchObject({ exitCode: 0, stderr: '' });
    const [kept] = await test.database.rows(
      `select decision, decided_by, decided_by_role, recognised_by, batch_digest, decided_from is not null as from_where
       from twe.batch_decision`,
    );
    expect(kept).toEqual({
      decision: 'APPROVED',
      decided_by: SIGNER,
      decided_by_role: SIGNER,
      recognised_by: 'DATABASE_ROLE',
      batch_digest: digest,
      from_where: true,
    });
    const rewritten = await test.database.rows<{ name: string; times: number }>(
      `select name, count(*)::int as times from twe.batch_document where name like 'afrekening%' group by name`,
    );
    expect(rewritten).toEqual([{ name: 'afrekening-2024-Q1.xlsx', times: 3 }]);
    expect(existsSync(document('entitlements.csv'))).toBe(true);
    await refused(
      /was approved before by/,
      2,
      SIGNER,
      'hold',
      BATCH,
      '--ocmw',
      OCMW,
      '--by',
      SIGNER,
      '--reason',
      'late',
    );
  });

  it('names a document that was altered after the decision, the night after', async () => {
    const written = readFileSync(document('claims.csv'));
    appendFileSync(document('claims.csv'), 'one more line\n');
    await as(PREPARER, 'run', 'nightly', '--date', '2024-04-17', '--quiet');
    const findings = readFileSync(join(folder, 'out', '2024-04-17', 'nightly', 'findings.csv'), 'utf8');
    expect(findings).toMatch(
      new RegExp(`^ERROR,DOCUMENT_ALTERED,,,${BATCH},.*claims\\.csv is not what was written`, 'm'),
    );
    writeFileSync(document('claims.csv'), written);
  });

  it('gives what was held out to the next run that books, and nothing twice', async () => {
    expect(await as(PREPARER, 'run', 'nightly', '--date', '2024-07-15', '--quiet')).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    const months = (id: string) =>
      readCsv(document('batch.csv', NEXT))
        .filter((row) => row['ocmw_id'] === id && row['component'] === 'EFF')
        .map((row) => row['month']);
    expect(months(OCMW)).toEqual(['2024-04', '2024-05', '2024-06']);
    expect(months(OCMW_2)).toEqual(['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06']);
    expect(await as(SIGNER, 'verify')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });
});
