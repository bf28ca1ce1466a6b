/** Guards: what looks wrong as a whole stops the night before anything is booked, until an operator accepts it by name. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nightly } from '../../jobs/nightly.js';
import { day } from '../../src/calendar.js';
import { loadConfig } from '../../src/config.js';
import { createLogger } from '../../src/log.js';
import { runJob, type RunSummary } from '../../src/runs/run-job.js';
import { FeedFolder, insz, type Delivery, type Row } from '../feeds/support.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { LAW } from './nights.js';
import { keyOfTests } from '../support/key.js';

let test: TestDatabase;
let feed: FeedFolder;
let folder: string;
beforeEach(async () => {
  test = await createTestDatabase();
  feed = await FeedFolder.make();
  folder = mkdtempSync(join(tmpdir(), 'twe-guards-'));
});
afterEach(async () => {
  await test.drop();
  await feed.remove();
  rmSync(folder, { recursive: true });
});

interface Asked {
  readonly accept?: readonly string[];
  readonly keys?: Readonly<Record<string, unknown>>;
  readonly law?: Readonly<Record<string, unknown>>;
}

/** A night on which guards look from ten rows on, unless said otherwise. */
async function night(date: string, { accept = [], keys = {}, law = {} }: Asked = {}): Promise<RunSummary> {
  const configFile = join(folder, 'config.json');
  const limits = { 'guard.min_rows': 10, ...keys };
  const places = { 'feeds.source': feed.path, out: join(folder, 'out'), 'approval.required': false };
  writeFileSync(configFile, JSON.stringify({ ...places, ...limits, law: { ...LAW, ...law } }));
  return runJob(test.database, nightly, {
    config: loadConfig({ configFile, cwd: folder, env: keyOfTests() }),
    today: day(date),
    skipDeliveries: [],
    acceptGuards: accept,
    lang: 'nl',
    documents: 'CSV',
    progress: () => undefined,
    log: createLogger({ level: 'silent' }),
  });
}

const failureOf = async (run: Promise<unknown>) => {
  const failure = await run.then(
    () => ({ exitCode: 0, message: '' }),
    (error: unknown) => error as { exitCode: number; message: string },
  );
  return [failure.exitCode, failure.message];
};
const count = async (table: string) =>
  (await test.database.rows<{ count: number }>(`select count(*)::integer as count from twe.${table}`))[0]!.count;
const guardFindings = ({ findings }: RunSummary) =>
  findings
    .filter(({ code }) => code.startsWith('GUARD'))
    .map(({ code, subject, message }) => `${code} ${subject}: ${message}`);
const accepted = () =>
  test.database.rows<{ run_id: string; guard: string }>(
    'select run_id, guard from twe.guard_acceptance order by acceptance_no',
  );

/** Agreements of as many clients. */
const agreements = (number: number, change: Row = {}, from = 1): Row[] =>
  Array.from({ length: number }, (_, index) => ({
    weo_id: `W${from + index}`,
    insz: insz(`8001010${String((from + index) % 100).padStart(2, '0')}`),
    ...change,
  }));
const manifest = (name: string, delivery: Delivery) =>
  JSON.stringify({
    delivery: name,
    mode: 'full',
    files: Object.keys(delivery).map((each) => ({ name: `${each}.csv` })),
  });
const deliverFull = (name: string, delivery: Delivery) =>
  feed.deliver(name, { ...delivery, 'manifest.json': manifest(name, delivery) });

describe('the guard over rejected rows', () => {
  it('refuses a delivery with too many, with the numbers; accepted, they are set aside', async () => {
    await feed.deliver('2024-01-10', {
      ocmw: [{}],
      weo: [...agreements(15), ...agreements(4, { start_date: 'x' }, 20)],
    });
    expect(await failureOf(night('2024-01-10'))).toEqual([
      3,
      'Delivery 2024-01-10 was refused: 4 of its 20 rows (20.00 %) must be set aside, more than guard.max_reject_ratio allows ' +
        '(2.00 %); most of them: weo.csv INVALID_DATE 4. Nothing of it was kept; send it again corrected, pass it over with ' +
        '--skip-delivery 2024-01-10, or take it as it is with --accept-guard reject-ratio:2024-01-10.',
    ]);
    expect([await count('delivery'), await count('ledger_entry')]).toEqual([0, 0]);
    const done = await night('2024-01-10', { accept: ['reject-ratio:2024-01-10'] });
    expect(done.steps['take-in']).toMatchObject({ rows: 20, setAside: 4 });
    expect(guardFindings(done)).toEqual([
      expect.stringMatching(
        /^GUARD_ACCEPTED reject-ratio:2024-01-10: Delivery 2024-01-10: 4 of its 20 rows.+\. \S+ accepted it with --accept-guard/,
      ),
    ]);
    expect(await accepted()).toEqual([{ run_id: '2024-01-10/nightly', guard: 'reject-ratio:2024-01-10' }]);
    await expect(test.database.rows('delete from twe.guard_acceptance')).rejects.toThrow('append-only');
  });

  it('does not look at fewer rows than guard.min_rows, by default 500, nor at as many as allowed', async () => {
    await feed.deliver('2024-01-10', { ocmw: [{}], weo: agreements(50, { start_date: 'x' }) });
    await night('2024-01-10', { keys: { 'guard.min_rows': 500 } });
    await feed.deliver('2024-01-11', {
      ocmw: [{}],
      weo: [...agreements(15), ...agreements(4, { start_date: 'x' }, 20)],
    });
    await night('2024-01-11', { keys: { 'guard.max_reject_ratio': 0.2 } });
    expect(await count('delivery')).toBe(2);
  });
});

describe('the guard over full deliveries', () => {
  it('refuses one that shrinks against the last full one, also when almost nothing is left', async () => {
    await deliverFull('2024-01-10', { ocmw: [{}], weo: agreements(29) });
    await night('2024-01-10');
    await feed.deliver('2024-01-11', { weo: agreements(1) });
    await night('2024-01-11');
    await deliverFull('2024-01-12', { ocmw: [{}], weo: agreements(3) });
    expect(await failureOf(night('2024-01-12'))).toEqual([
      3,
      'Delivery 2024-01-12 was refused: it is full and shrinks against 2024-01-10, the full delivery before it: it has 4 rows ' +
        'instead of 30 (-86.67 %), weo.csv has 3 rows instead of 29 (-89.66 %); guard.max_shrink_ratio allows 20.00 %. ' +
        'Nothing of it was kept; send it again corrected, pass it over with --skip-delivery 2024-01-12, or take it as it is ' +
        'with --accept-guard shrink:2024-01-12.',
    ]);
    expect(await count('delivery')).toBe(2);
    const done = await night('2024-01-12', { accept: ['shrink:2024-01-12'] });
    expect(guardFindings(done)).toHaveLength(1);
    // The accepted one is what the next is compared with.
    await deliverFull('2024-01-13', { ocmw: [{}], weo: agreements(3, { end_reason: 'OTHER' }) });
    await night('2024-01-13');
  });

  it('lets one pass that shrinks by what is allowed', async () => {
    await deliverFull('2024-01-10', { ocmw: [{}], weo: agreements(19) });
    await deliverFull('2024-01-11', { ocmw: [{}], weo: agreements(16) });
    await night('2024-01-11');
    expect(await count('delivery')).toBe(2);
  });
});

describe('the guard over open trajectories', () => {
  it('stops the night when their number jumps, and not when time ends them', async () => {
    await feed.deliver('2024-01-15', {
      ocmw: [{}],
      weo: [...agreements(20), ...agreements(10, { end_date: '2024-01-31' }, 30)],
    });
    await night('2024-01-15');
    await night('2024-02-01');
    await feed.deliver('2024-02-02', {
      weo: agreements(5, { end_date: '2024-01-20', registered_at: '2024-02-02T10:00:00+01:00' }),
    });
    expect(await failureOf(night('2024-02-02'))).toEqual([
      3,
      'The night of 2024-02-02 was stopped before anything was booked: 20 trajectories ran on 2024-02-02 by what was known on ' +
        '2024-02-01, 15 by what was delivered since (-25.00 %, guard.max_open_change_ratio allows 20.00 %). Nothing that was ' +
        'delivered was kept; look at the deliveries since 2024-02-01, have them corrected or pass them over with ' +
        '--skip-delivery, or go on with --accept-guard open-change.',
    ]);
    expect(await count('delivery')).toBe(1);
    const done = await night('2024-02-02', { accept: ['open-change'] });
    expect(guardFindings(done)).toHaveLength(1);
    expect(await accepted()).toEqual([{ run_id: '2024-02-02/nightly', guard: 'open-change' }]);
  });

  it('has nothing to say of a first import', async () => {
    await feed.deliver('2024-01-15', { ocmw: [{}], weo: agreements(40) });
    expect(guardFindings(await night('2024-01-15', { accept: ['open-change'] }))).toEqual([
      'GUARD_NOT_NEEDED open-change: --accept-guard open-change was not needed: that guard found nothing.',
    ]);
  });
});

describe('the guard over a change of the law', () => {
  const art60 = Array.from({ length: 12 }, (_, index) => ({
    employment_id: `E${index + 1}`,
    weo_id: `W${index + 1}`,
    insz: agreements(12)[index]!['insz']!,
    start_date: '2024-01-10',
    nova_prima_ref: 'NP',
  }));
  const dearer = { 'amount.EFF': 400 };
  beforeEach(async () => {
    const category = agreements(12).map(({ insz: client }, index) => ({
      category_id: `C${index + 1}`,
      insz: client!,
      code: '90',
      from_date: '2024-01-10',
    }));
    await feed.deliver('2024-03-01', { ocmw: [{}], weo: agreements(12), employment: art60, category });
    await night('2024-03-01');
  });

  it('stops the night with the sums; the law can be put back, or accepted', async () => {
    const entries = await count('ledger_entry');
    const [exitCode, message] = await failureOf(night('2024-03-02', { law: dearer }));
    expect(exitCode).toBe(3);
    expect(message).toMatch(
      /^The night of 2024-03-02 was stopped before anything was booked: the law is not that of the night of 2024-03-01 \(digest [0-9a-f]{12}, now [0-9a-f]{12}\) and what is due for the months up to 2024-02 goes from [\d.]+ to [\d.]+ euro: EFF 6000\.00 to 9600\.00; together 3600\.00 moves \([\d.]+ %\), more than guard\.max_law_change_ratio allows \(5\.00 %\)\. Nothing of it was accrued; look at the effect with `twe simulate`, put the law back as it was, or go on with --accept-guard law-change\.$/,
    );
    expect(await count('ledger_entry')).toBe(entries);
    await night('2024-03-02');
    expect(await count('ledger_entry')).toBe(entries);
    const done = await night('2024-03-03', { law: dearer, accept: ['law-change'] });
    expect(guardFindings(done)).toHaveLength(1);
    expect(done.steps['measure-and-accrue']).toMatchObject({ accruedCents: 360_000 });
    expect(await accepted()).toEqual([{ run_id: '2024-03-03/nightly', guard: 'law-change' }]);
    // The law of the last finished night is the present one again.
    await night('2024-03-04', { law: dearer });
  });

  it('lets pass what moves little, what only holds later, and a small database', async () => {
    await night('2024-03-02', { law: { 'amount.EFF': 255 } });
    const later = [
      { from: '2017-01-01', value: 255 },
      { from: '2025-01-01', value: 500 },
    ];
    await night('2024-03-03', { law: { 'amount.EFF': later } });
    await night('2024-03-04', { law: dearer, keys: { 'guard.min_rows': 500 } });
    expect(await accepted()).toEqual([]);
  });
});

describe('the names of guards', () => {
  it('must be known, and those of deliveries must lie in the feed folder (exit code 2)', async () => {
    await feed.deliver('2024-01-10', { ocmw: [{}] });
    for (const name of ['everything', 'shrink', 'reject-ratio:', 'law-change:2024-01-10', 'shrink:2024-01-11']) {
      const [exitCode, message] = await failureOf(night('2024-01-10', { accept: [name] }));
      expect([exitCode, message]).toEqual([2, expect.stringContaining(`--accept-guard ${name}: `)]);
    }
  });
});
