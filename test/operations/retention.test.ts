/**
 * Retention: who a client was goes after the term, from the database and its files, and so do originals and documents; what
 * stays reconciles. One small history: A is over and paid, B is over and not paid, C still runs.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/sql.js';
import { Pseudonyms } from '../../src/feeds/pseudonyms.js';
import type { RunSummary } from '../../src/runs/run-job.js';
import { brokenChecks } from '../../src/runs/verify.js';
import { callTwe } from '../night/called-twe.js';
import { readCsv } from '../night/documents.js';
import { art60, category, ocmw, OCMW, weo, writeFeed, type FeedRow } from '../night/feed.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { keyOfTests } from '../support/key.js';
import { runNight } from '../support/night.js';
import { enterpriseNumber, nationalNumber } from '../support/random-feed/identifiers.js';

const [A, A_BEFORE, B, C] = [11, 12, 13, 14].map(nationalNumber) as [string, string, string, string];
const B_OCMW = enterpriseNumber(2);
const NAME = 'Jan Peeters';
const TERMS = { 'retention.identity_months': 12, 'retention.originals_months': 6, 'retention.exports_months': 6 };

let folder: string;
let test: TestDatabase;

const place = (...names: string[]) => join(folder, ...names);
const sources = () => ({
  'feeds.source': undefined,
  'feeds.sources': [{ kind: 'folder', path: place('source'), settle_seconds: 0 }],
  'feeds.inbox': place('inbox'),
});

function run(job: string, date: string, keys: Readonly<Record<string, unknown>> = {}): Promise<RunSummary> {
  const options = { feedsDir: '', out: place('out'), date, job, documents: 'CSV' as const };
  return runNight(test.database, { ...options, keys: { ...sources(), ...keys } });
}

/** The command line, with what the last `run` wrote as configuration. */
const twe = (...args: string[]) =>
  callTwe([...args, '--config', place('out.config.json')], { cwd: folder, env: { DATABASE_URL: test.url } });

/** An agreement of half a year with everything that it takes to be paid. */
function agreement(weoId: string, insz: string, ocmwId: string): FeedRow[] {
  const whose = { weo_id: weoId, insz };
  return [
    weo('2020-01-15', '2020-06-30', { ...whose, ocmw_id: ocmwId }),
    art60('2020-02-01', '2020-06-30', { ...whose, employer_id: ocmwId }),
    category('2020-02-01', { insz, category_id: `C-${weoId}` }),
  ];
}

const DECISION = {
  decision_id: 'DECISION',
  weo_id: 'WEO-A',
  measurement: '1',
  outcome: 'POSITIVE',
  decided_by: 'team',
};
const STORY: Readonly<Record<string, FeedRow[]>> = {
  '2020-02-03': [
    ...[ocmw(), ocmw(B_OCMW)],
    ...agreement('WEO-A', A, OCMW),
    ...agreement('WEO-B', B, B_OCMW),
    { file: 'replacement.csv', cells: { insz: A_BEFORE, replaced_by: A } },
    // a row that is never put right, and one that is
    category('2020-02-30', { insz: A, category_id: NAME }),
    category('2020-02-30', { insz: A, category_id: 'PUT-RIGHT' }),
  ],
  '2020-08-03': [
    category('2020-02-01', { insz: A, category_id: 'PUT-RIGHT' }),
    { file: 'decision.csv', cells: { ...DECISION, reason: `payslip of ${NAME} seen` } },
  ],
  '2022-01-17': [weo('2022-01-15', '', { weo_id: 'WEO-C', insz: C })],
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-retention-'));
  mkdirSync(place('source'));
  test = await createTestDatabase();
  writeFeed(place('source'), STORY);
  await run('nightly', '2021-03-01');
  await confirmPayments('2021-03-02');
  await run('nightly', '2022-06-30');
}, 120_000);

afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The bank confirms everything but what B_OCMW got. */
async function confirmPayments(date: string): Promise<void> {
  const claims = await test.database.rows<{ reference: string; cents: number; direction: string }>(
    'select reference, cents, direction from twe.batch_claim where ocmw_id = $1',
    [OCMW],
  );
  const payments = claims.map(({ reference, cents, direction }, index): FeedRow => {
    const amount = ((direction === 'PAY' ? cents : -cents) / 100).toFixed(2);
    return { file: 'payment.csv', cells: { payment_id: `P${index}`, ocmw_id: OCMW, paid_on: date, amount, reference } };
  });
  writeFeed(place('source'), { [date]: payments });
}

/** Files of the database in which a text or the bytes of a pseudonym stand: tables, indexes, TOAST, and the catalogs. */
async function filesWith(...wanted: readonly (string | Buffer)[]): Promise<string[]> {
  await test.database.rows('checkpoint');
  const rows = await test.database.rows<{ name: string }>(
    `select distinct relname as name
     from pg_class
     cross join lateral pg_read_binary_file(pg_relation_filepath(oid)) as bytes
     join unnest($1::bytea[]) as wanted (text) on position(text in bytes) > 0
     where pg_relation_filepath(oid) is not null
     order by 1`,
    [wanted.map((each) => Buffer.from(each))],
  );
  return rows.map(({ name }) => name);
}

function pseudonymOf(insz: string): Buffer {
  const pseudonyms = new Pseudonyms(Buffer.from(keyOfTests().TWE_PSEUDONYM_KEY, 'hex'));
  return Buffer.from(pseudonyms.of([Number(insz)])[0]!, 'hex');
}

const ledger = () => test.database.rows('select * from twe.ledger_entry order by entry_no');
const removals = () =>
  test.database.rows<unknown>('select kind, run_id, item_count from twe.removal order by removal_no');
const isLeft = async (insz: string) =>
  (await test.database.rows('select 1 from twe.identity where insz = $1', [insz])).length === 1;
const shownClients = () =>
  test.database.rows<{ weo_id: string; client: string }>(sql('exports/list_statement_clients'));
const originals = () =>
  readdirSync(place('inbox', '.archive'), { recursive: true }).filter((name) => /[0-9a-f]{64}$/.test(String(name)));
const documents = () =>
  readdirSync(place('out')).flatMap((date) => readdirSync(place('out', date)).map((name) => `${date}/${name}`));
const position = (date: string) => readCsv(place('out', date, 'nightly', 'position.csv'));

describe('retention', () => {
  it('does nothing without a term, and says which are missing', async () => {
    const { steps, findings } = await run('retention', '2022-06-30');
    expect(Object.keys(steps)).toEqual(['remove-clients']);
    expect(findings.map(({ code, subject }) => [code, subject])).toEqual([
      ['RETENTION_TERM_MISSING', Object.keys(TERMS).join(', ')],
    ]);
    expect(await removals()).toEqual([]);
    expect(await isLeft(A)).toBe(true);
  });

  it('is refused for a day before the last night', async () => {
    await expect(run('retention', '2022-06-29', TERMS)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('says with --dry-run what would go, and does nothing', async () => {
    const before = [readdirSync(place('inbox')), originals(), documents()];
    const { stdout, exitCode, stderr } = await twe('run', 'retention', '--date', '2022-06-30', '--dry-run');
    expect([exitCode, stderr, stdout.split('\n')]).toEqual([
      0,
      '',
      [
        '2022-06-30/retention (dry run: nothing was removed)',
        '  would go    1 clients, 2 rows set aside, 3 deliveries, 9 folders of documents',
        '  kept        clients: 0 open, 0 with a pending measurement, 0 in a batch that is undecided or held, 1 with open money',
        '              0 deliveries and 2 folders of what is not over',
        '',
      ],
    ]);
    expect([readdirSync(place('inbox')), originals(), documents()]).toEqual(before);
    expect(await removals()).toEqual([]);
    expect(await isLeft(A)).toBe(true);
  });

  describe('after the term', () => {
    let before: unknown;
    let summary: RunSummary;

    beforeAll(async () => {
      before = await ledger();
      cpSync(place('inbox'), place('backup', 'inbox'), { recursive: true });
      cpSync(place('out'), place('backup', 'out'), { recursive: true });
      await test.database.rows('analyze');
      // What a test can find before can also be missed after.
      expect(await filesWith(A, A_BEFORE, NAME)).toEqual([
        ...['decision_version', 'identity', 'rejected_row', 'rejected_row_is_open'],
      ]);
      expect(await filesWith(pseudonymOf(A))).toEqual(['identity', 'identity_pseudonym_key']);
      summary = await run('retention', '2022-06-30', TERMS);
    }, 120_000);

    it('knows neither number, pseudonym nor name of who went, in no file of the database; others stay', async () => {
      expect(await filesWith(A, A_BEFORE, NAME, pseudonymOf(A), pseudonymOf(A_BEFORE))).toEqual([]);
      expect([await isLeft(B), await isLeft(C)]).toEqual([true, true]);
      expect(await test.database.rows('select removed_on::text from twe.removed_client')).toEqual([
        ...[{ removed_on: '2022-06-30' }, { removed_on: '2022-06-30' }],
      ]);
    });

    it('writes down how many of what went', async () => {
      expect(summary.steps).toMatchObject({
        'remove-clients': { clients: 1, keptMoney: 1, rowsSetAside: 2 },
        'remove-originals': { deliveries: 3 },
        'remove-exports': { folders: 9, keptNeeded: 2 },
      });
      expect(await removals()).toEqual(
        Object.entries({ CLIENTS: 1, SET_ASIDE: 2, ORIGINALS: 3, EXPORTS: 9 }).map(([kind, count]) => ({
          ...{ kind, run_id: '2022-06-30/retention', item_count: count },
        })),
      );
    });

    it('holds every check and every amount, and the next night goes on with the same', async () => {
      expect(await brokenChecks(test.database)).toEqual([]);
      expect(await twe('verify', '--full')).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await ledger()).toEqual(before);
      const { steps } = await run('nightly', '2022-07-01', TERMS);
      expect(steps['take-in']).toMatchObject({ deliveries: 0 });
      expect(steps['measure-and-accrue']).toMatchObject({ trajectories: 3, changed: 0, ledgerEntries: 0 });
      expect(position('2022-07-01')).toEqual(position('2022-06-30'));
      expect(await filesWith(A, A_BEFORE, NAME)).toEqual([]);
    });

    it('explains as before, and shows that the client was removed', async () => {
      const { stdout, exitCode } = await twe('explain', 'WEO-A', '--json');
      const told = JSON.parse(stdout) as { client: unknown; totals: { dueCents: number }[] };
      expect([exitCode, told.client]).toEqual([0, { insz: null, removedOn: '2022-06-30' }]);
      expect(told.totals.reduce((sum, { dueCents }) => sum + dueCents, 0)).toBe(277_500);
      expect((await twe('explain', 'WEO-A')).stdout).toContain(
        'Client: removed on 2022-06-30, after the retention term; the amounts stay.\n',
      );
      expect((await twe('explain', 'WEO-C', '--json')).stdout).not.toContain('"client"');
    });

    it('shows no number of the client in statements', async () => {
      expect(await shownClients()).toEqual([
        { weo_id: 'WEO-A', client: '' },
        { weo_id: 'WEO-B', client: `**.**.**-${B.slice(6, 9)}.${B.slice(9)}` },
        { weo_id: 'WEO-C', client: `**.**.**-${C.slice(6, 9)}.${C.slice(9)}` },
      ]);
    });

    it('keeps no original of that age, and documents only of batches that are not confirmed', () => {
      expect(readdirSync(place('inbox')).filter((name) => !name.startsWith('.'))).toEqual(['2022-01-17']);
      expect(originals()).toHaveLength(1);
      expect(documents().filter((name) => name < '2021-12-30')).toEqual(
        ['2020-04-15', '2020-07-15'].map((date) => `${date}/quarterly-payment`),
      );
    });

    it('removes again what came back with a backup of files or was left by a run that was killed, and counts it once', async () => {
      const counted = await removals();
      for (const name of ['inbox', 'out']) cpSync(place('backup', name), place(name), { recursive: true });
      mkdirSync(place('inbox', '.2020-02-03.removed'), { recursive: true });
      mkdirSync(place('out', '2021-03-01', '.antwoorden.removed'), { recursive: true });
      const { steps } = await run('retention', '2022-07-01', TERMS);
      expect(steps['remove-clients']).toMatchObject({ clients: 0, rowsSetAside: 0 });
      expect(originals()).toHaveLength(1);
      expect(readdirSync(place('inbox')).filter((name) => !name.startsWith('.lock'))).toEqual([
        '.archive',
        '2022-01-17',
      ]);
      expect(existsSync(place('out', '2021-03-01'))).toBe(false);
      expect(await removals()).toEqual(counted);
    });

    it('does not take a delivery again of which the originals went', async () => {
      cpSync(place('source', '2020-02-03'), place('inbox', '2020-02-03'), { recursive: true });
      cpSync(place('source', '2020-02-03'), place('source', '2022-07-02'), { recursive: true });
      const { steps, findings } = await run('nightly', '2022-07-02', TERMS);
      expect(steps['take-in']).toMatchObject({ deliveries: 0, rows: 0 });
      expect(findings.map(({ code, subject }) => [code, subject])).toContainEqual(['DELIVERY_DUPLICATE', '2022-07-02']);
      expect(await isLeft(A)).toBe(false);
    });

    it('takes who is delivered again for somebody new', async () => {
      writeFeed(place('source'), { '2022-07-03': agreement('WEO-AGAIN', A, OCMW) });
      await run('nightly', '2022-07-03', TERMS);
      expect(await isLeft(A)).toBe(true);
      const [row] = await test.database.rows<{ clients: number }>(
        `select count(distinct person_id)::integer as clients from twe.weo_version where weo_id in ('WEO-A', 'WEO-AGAIN')`,
      );
      expect(row).toEqual({ clients: 2 });
    });
  });
});

describe('a national number', () => {
  it.each([
    [['--show-insz'], '--show-insz needs --reason TEXT: who reads a national number and why stays written down.'],
    [['--reason', 'inspection'], '--reason says why a national number is read: give it together with --show-insz.'],
    [['--show-insz', '--reason', ' '], '--reason is empty'],
    [['--show-insz', '--reason', `about ${B}`], '--reason holds a national number'],
  ])('is not shown for %j', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await twe('explain', 'WEO-B', ...args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(await test.database.rows('select * from twe.identity_read')).toEqual([]);
  });

  it('is shown to who says why, and that stays written down', async () => {
    const why = ['--show-insz', '--reason', 'inspection of 12 July'];
    const shown = `${B.slice(0, 2)}.${B.slice(2, 4)}.${B.slice(4, 6)}-${B.slice(6, 9)}.${B.slice(9)}`;
    expect((await twe('explain', 'WEO-B', ...why)).stdout).toContain(`Client: ${shown} (this reading is noted`);
    expect(JSON.parse((await twe('explain', 'WEO-B', '--json', ...why)).stdout)).toMatchObject({ client: { insz: B } });
    const { stdout } = await twe('identity-reads', '--json', '--since', '2024-01-01');
    const { reads } = JSON.parse(stdout) as { reads: Record<string, unknown>[] };
    expect(reads).toHaveLength(2);
    expect(reads[0]).toMatchObject({ weoId: 'WEO-B', reason: 'inspection of 12 July', readNo: 1 });
    expect(stdout).not.toContain(B);
    expect((await twe('identity-reads')).stdout).toContain('WEO WEO-B: inspection of 12 July\n');
  });

  it('is not read when the client was removed, and a WEO that nobody knows is none', async () => {
    const why = ['--show-insz', '--reason', 'inspection'];
    expect((await twe('explain', 'WEO-A', ...why)).stdout).toContain('Client: removed on 2022-06-30');
    expect(await twe('explain', 'NOBODY', ...why)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await test.database.rows('select distinct weo_id from twe.identity_read')).toEqual([{ weo_id: 'WEO-B' }]);
  });

  it('is given to no role that may not read it, and written down as who is connected', async () => {
    const role = `twe_nobody_${process.pid}`;
    const asNobody = (grants: string, statement: string) =>
      test.database
        .transaction(async (session) => {
          await session.client.query(`create role ${role}; grant usage on schema twe to ${role}; ${grants}`);
          await session.client.query(`set local role ${role}`);
          await session.rows(statement);
          throw new Error('allowed');
        })
        .catch((error: unknown) => (error as Error).message);
    const read = `select * from twe.read_insz('WEO-B', 'why', 'somebody')`;
    expect(await asNobody('', read)).toContain('rights');
    expect(await asNobody('', 'select insz from twe.identity')).toContain('rights');
    const reader = `grant execute on function twe.read_insz(text, text, text) to ${role};`;
    expect(await asNobody(reader, read)).toBe('allowed');
    expect(await asNobody(reader, 'select insz from twe.identity')).toContain('rights');
    const removing = sql('runs/remove_clients').slice(sql('runs/remove_clients').indexOf('alter table'));
    expect(await asNobody(`grant all on all tables in schema twe to ${role};`, removing)).toContain('rights');
  });
});
