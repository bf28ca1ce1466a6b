/** Many programs at the same moment on an empty database: one migrates, one works, the others say who does (exit 5). */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { packageRoot } from '../../src/db/package-root.js';
import { digests, faultsOfPublished } from '../night/documents.js';
import { art60, category, ocmw, weo, writeFeed } from '../night/feed.js';
import { everythingKept } from '../night/kept.js';
import { installTwe, type InstalledTwe, type Started } from '../night/started-twe.js';
import { hasSecondServer } from '../operations/second-server.js';
import { debianGround, embeddedGround, serverGround, type Ground, type World } from './grounds.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const PROGRAMS = LONG ? 20 : 4;
const TIMEOUT_MS = 600_000;
const NIGHT = '2024-04-15';
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'crash-at.mjs')).href;

const GROUNDS: [string, () => Ground][] = [['a server', () => serverGround(inject('adminUrl'))]];
if (LONG) GROUNDS.push(['the embedded server', embeddedGround]);
if (LONG && hasSecondServer) GROUNDS.push(['PostgreSQL 15', debianGround]);

let twe: InstalledTwe;
let folder: string;

beforeAll(() => {
  twe = installTwe();
  folder = mkdtempSync(join(tmpdir(), 'twe-at-once-'));
  // One that stands still for the test is not taken over from.
  writeFileSync(join(folder, 'twe.config.json'), '{ "feeds.source": "feeds", "lease.seconds": 3600 }');
  writeFeed(join(folder, 'feeds'), {
    '2024-03-01': [ocmw(), weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31'), category('2024-03-01')],
  });
});

afterAll(() => {
  twe.remove();
  rmSync(folder, { recursive: true, force: true });
});

function start(world: World, out: string, wait: string): Started {
  return twe.start(['run', 'nightly', '--date', NIGHT, '--out', join(folder, out)], {
    cwd: folder,
    env: { ...world.env, NODE_OPTIONS: `--import ${PRELOAD}`, CRASH_ROOT: packageRoot, WAIT: wait },
  });
}

/** Until so many programs stand still before a file. */
async function standing(count: number, file: string): Promise<void> {
  while (readdirSync(folder).filter((name) => name.startsWith(`${file}.`)).length < count) await sleep(20);
}

/** What an ordinary night leads to. */
async function ordinary(ground: Ground): Promise<unknown[]> {
  const world = await ground.make();
  const { exitCode } = await start(world, 'ordinary', '').ended;
  expect(exitCode).toBe(0);
  const kept = await world.use(everythingKept);
  await world.drop();
  return [kept, digests(join(folder, 'ordinary'))];
}

describe.each(GROUNDS)('%s', (place, groundOf) => {
  let ground: Ground;
  beforeAll(() => {
    ground = groundOf();
  });
  afterAll(() => ground.remove());

  it(
    `on which ${PROGRAMS} programs begin at the same moment, is migrated once and has one night`,
    async () => {
      const expected = await ordinary(ground);
      const world = await ground.make();
      // The embedded server is begun by them as well: there is nothing to connect to before.
      const together = place === 'the embedded server' ? '' : `before connect 1>${join(folder, 'go')};`;
      const wait = `${together}before step 1>${join(folder, 'finish')}`;
      const programs = Array.from({ length: PROGRAMS }, () => start(world, 'at-once', wait));
      if (together !== '') await standing(PROGRAMS, 'go');
      writeFileSync(join(folder, 'go'), '');
      await standing(1, 'finish');
      // The one that works waits until the others have seen it.
      let ended = 0;
      for (const program of programs) void program.ended.then(() => (ended += 1));
      while (ended < PROGRAMS - 1) await sleep(20);
      writeFileSync(join(folder, 'finish'), '');

      const all = await Promise.all(programs.map((program) => program.ended));
      const worked = all.filter(({ exitCode }) => exitCode === 0);
      expect(all.map(({ exitCode }) => exitCode).sort()).toEqual([0, ...Array<number>(PROGRAMS - 1).fill(5)]);
      expect(worked[0]!.stdout).toMatch(/^2024-04-15\/nightly\n/);
      for (const { stdout, stderr } of all.filter((each) => each !== worked[0])) {
        expect(stdout).toBe('');
        expect(stderr).toMatch(/^another run is at work on this database \(2024-04-15\/nightly on \S+, process \d+, /m);
      }
      expect(all.filter(({ stderr }) => stderr.includes('database schema brought to'))).toHaveLength(1);
      expect(faultsOfPublished(join(folder, 'at-once'))).toEqual([]);
      expect([await world.use(everythingKept), digests(join(folder, 'at-once'))]).toEqual(expected);
      await world.drop();
      for (const name of readdirSync(folder).filter((each) => /^(go|finish)/.test(each))) rmSync(join(folder, name));
      for (const name of ['at-once', 'ordinary']) rmSync(join(folder, name), { recursive: true });
    },
    TIMEOUT_MS,
  );
});
