/** One run at a time, with real processes: paused, killed, many at once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT } from '../../src/errors.js';
import { readLease, withLease } from '../../src/runs/lease.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
const children: ChildProcess[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.rows('create table public.ran (worker int not null, run text not null)');
  await test.database.rows('create table public.week (began timestamptz not null)');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await test.drop();
});
beforeEach(() => test.database.rows('truncate public.ran, public.week'));

interface Worker {
  readonly child: ChildProcess;
  said(text: string): Promise<void>;
  readonly ended: Promise<string>;
}

function work(mode: string, seconds: number): Worker {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const args = ['--import', loader, join(import.meta.dirname, 'worker.ts'), test.url, mode, String(seconds)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return {
    child,
    async said(text) {
      while (!output.includes(text)) {
        if (child.exitCode !== null) throw new Error(`ended without saying ${text}: ${output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    ended: new Promise((resolve) => child.once('close', () => resolve(output))),
  };
}

const ran = () => test.database.rows<{ run: string }>('select run from public.ran order by run');
const nothing = () => Promise.resolve('done');
const isRenewed = async () =>
  (await test.database.rows(`select 1 from twe.lease where renewed_at <= clock_timestamp()`)).length > 0;

describe('the lease', () => {
  it('is held by one, who is named to the others, and free afterwards', async () => {
    await withLease(test.database, { doing: '2024-04-15/nightly' }, async () => {
      const lease = await test.database.session(readLease);
      expect(lease.holder).toContain(`2024-04-15/nightly on `);
      await expect(withLease(test.database, { doing: 'another' }, nothing)).rejects.toMatchObject({
        exitCode: EXIT.lease,
        message: expect.stringMatching(
          /^another run is at work on this database \(2024-04-15\/nightly on \S+, process \d+, since \d{4}-.*, last sign of life \d s ago\)/,
        ) as string,
      });
    });
    expect(await test.database.session(readLease)).toMatchObject({ holder: null });
    expect(await withLease(test.database, { doing: 'next' }, nothing)).toBe('done');
  });

  it('is asked for before each commit', async () => {
    const losing = withLease(test.database, { doing: 'loser' }, (fenced) =>
      fenced.transaction(async (session) => {
        await session.rows(`insert into public.ran values (1, 'lost')`);
        await test.database.rows(`update twe.lease set fencing = fencing + 1 where name = 'run'`);
      }),
    );
    await expect(losing).rejects.toMatchObject({
      exitCode: EXIT.lease,
      message: expect.stringContaining('was undone') as string,
    });
    expect(await ran()).toEqual([]);
  });

  it('is taken over at once from who was killed', async () => {
    const killed = work('hold', 60);
    await killed.said('held');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const again = async (): Promise<string> => {
      for (let tries = 0; ; tries++) {
        try {
          return await withLease(test.database, { doing: 'next' }, nothing);
        } catch (error) {
          if (tries === 50) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    };
    expect(await again()).toBe('done');
    expect(await ran()).toEqual([]);
  });

  it('is taken over from who is paused for too long, and who comes back commits nothing', async () => {
    const paused = work('hold', 60);
    await paused.said('held');
    paused.child.kill('SIGSTOP');
    // Whoever is more impatient than the holder promised takes nothing over.
    await test.database.rows(`update twe.lease set renewed_at = renewed_at - interval '20 s' where name = 'run'`);
    await expect(withLease(test.database, { doing: 'early', seconds: 2 }, nothing)).rejects.toMatchObject({
      exitCode: EXIT.lease,
    });
    await test.database.rows(`update twe.lease set renewed_at = renewed_at - interval '61 s' where name = 'run'`);
    expect(
      await withLease(test.database, { doing: 'next' }, (fenced) =>
        fenced.transaction((session) => session.rows(`insert into public.ran values (2, 'next')`)),
      ),
    ).toEqual([]);
    paused.child.kill('SIGCONT');
    paused.child.stdin!.end('go on\n');
    expect(await paused.ended).toContain('failed');
    expect(await ran()).toEqual([{ run: 'next' }]);
  });

  it('goes by the clock of the server: that of its holder may be set back or forward', async () => {
    const refused = () =>
      expect(withLease(test.database, { doing: 'other' }, nothing)).rejects.toMatchObject({ exitCode: EXIT.lease });
    const state = () => test.database.session(readLease);
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await withLease(test.database, { doing: 'holder', seconds: 2 }, async () => {
        for (const hours of [-2, 26]) {
          vi.setSystemTime(Date.now() + hours * 3_600_000);
          await refused();
          expect((await state()).secondsSilent).toBeLessThanOrEqual(2);
        }
        // The clock of the server is set back: nobody is silent for less than nothing, and the next sign puts it right.
        await test.database.rows(`update twe.lease set renewed_at = renewed_at + interval '2 h' where name = 'run'`);
        expect((await state()).secondsSilent).toBe(0);
        await refused();
        await vi.waitUntil(() => isRenewed(), { timeout: 10_000 });
      });
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets two schedulers live through a week, one of them paused now and then: each night once', async () => {
    await test.database.rows("insert into public.week values (clock_timestamp() + interval '3 s')");
    const one = work('week', 2);
    const two = work('week', 2);
    const pauses = setInterval(() => {
      two.child.kill('SIGSTOP');
      setTimeout(() => two.child.kill('SIGCONT'), 700);
    }, 1_500);
    const said = await Promise.all([one.ended, two.ended]).finally(() => clearInterval(pauses));
    for (const text of said) expect(text).toContain('end of week');
    expect((await ran()).map(({ run }) => run)).toEqual([
      '2024-10-24 nightly',
      '2024-10-25 nightly',
      '2024-10-26 nightly',
      '2024-10-27 nightly',
      '2024-10-28 nightly',
      '2024-10-29 nightly',
      '2024-10-30 nightly',
      '2024-10-31 monthly-statement',
      '2024-10-31 nightly',
    ]);
  }, 60_000);
});
