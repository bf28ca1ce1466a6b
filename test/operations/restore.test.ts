/**
 * The page for operators, done as it is written: database and roles, backup, the loss of a server, restore on another one.
 * Afterwards ledger, batches and documents are those of a history in which nothing was lost.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectTo } from '../../src/db/database.js';
import { packageRoot } from '../../src/db/package-root.js';
import { callTwe } from '../night/called-twe.js';
import { digests } from '../night/documents.js';
import { art60, category, changed, ocmw, weo, writeFeed } from '../night/feed.js';
import { everythingKept, type Kept } from '../night/kept.js';
import type { Ended } from '../night/started-twe.js';
import { commandsOf } from './page.js';
import { hasSecondServer, PG_BIN, startServers, type SecondServer } from './second-server.js';
import { keyOfTests } from '../support/key.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const BATCH = '2024-04-15/quarterly-payment';
const NIGHT_OF_BACKUP = '2024-04-15';
const LAST_NIGHT = '2024-04-17';

if (!hasSecondServer) {
  process.stderr.write(
    `Backup and restore were NOT tested: there is no PostgreSQL with its tools in ${PG_BIN}; name a folder with TWE_TEST_PG_BIN.\n`,
  );
}

interface After {
  readonly kept: Kept;
  readonly documents: Readonly<Record<string, string>>;
}

describe.skipIf(!hasSecondServer)('the page for operators', () => {
  const [makeDatabase, makeTables] = commandsOf('Database †') as [string[], string[]];
  const [backUp] = commandsOf('Backup †') as [string[]];
  const [restore] = commandsOf('Restore †') as [string[]];

  let folder: string;
  let servers: SecondServer[];
  let undisturbed: After;

  const path = (name: string) => join(folder, name);
  const environment = (server: SecondServer, role: string) => ({
    ...keyOfTests(),
    DATABASE_URL: server.urlOf(role),
    TWE_HOME: path('home'),
    TWE_LOG_LEVEL: 'silent',
    BACKUP: path('backup'),
    TWE: packageRoot,
    ADMIN_URL: server.urlOf('twe_admin'),
  });

  /** What an operator does in a shell, in the folder of the configuration. */
  async function typed(lines: readonly string[], server: SecondServer): Promise<void> {
    for (const line of lines) {
      const env = environment(server, 'twe');
      const [, asAdmin, command] = /^(DATABASE_URL="\$ADMIN_URL" )?twe (.*)$/.exec(line) ?? [];
      const role = asAdmin === undefined ? 'twe' : 'twe_admin';
      if (command !== undefined) expect(await twe(server, role, ...command.split(' '))).toBe('');
      else execFileSync('sh', ['-ec', line], { cwd: path('etc'), stdio: 'pipe', env: { ...server.adminEnv, ...env } });
    }
  }

  /** What the program said of faults; nothing when all went well. */
  async function twe(server: SecondServer, role: string, ...args: string[]): Promise<string> {
    const quiet = ['catch-up', 'run'].includes(args[0]!) ? ['--quiet'] : [];
    const { exitCode, stderr }: Ended = await callTwe([...args, ...quiet], {
      cwd: path('etc'),
      env: environment(server, role),
    });
    return exitCode === 0 ? '' : `exit ${exitCode}: ${stderr}`;
  }

  async function after(server: SecondServer): Promise<After> {
    const database = connectTo(server.urlOf('twe_admin'));
    const kept = await everythingKept(database).finally(() => database.close());
    return { kept, documents: digests(path('home')) };
  }

  const approve = (server: SecondServer) => twe(server, 'finance_2', 'approve', BATCH, '--by', 'finance_2');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'twe-restore-'));
    for (const name of ['etc', 'home', 'backup']) mkdirSync(path(name));
    const config = {
      ...{ 'feeds.source': '../home/feeds', out: '../home/out', 'approval.approvers': ['finance_2'] },
      law: { 'amount.ORD': 1000 },
    };
    writeFileSync(path('etc/twe.config.json'), JSON.stringify(config));
    const agreement = weo('2024-01-15', '2024-12-31');
    writeFeed(path('home/feeds'), {
      '2024-03-01': [ocmw(), agreement, art60('2024-03-01', '2024-12-31'), category('2024-03-01')],
      // Ends earlier than was paid for.
      '2024-04-17': [changed(agreement, { end_date: '2024-02-10' })],
    });
    // Only what the program takes for today; everything that waits goes on.
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${LAST_NIGHT}T20:00:00Z`) });
    servers = startServers(LONG ? 3 : 2);
    const [first] = servers as [SecondServer];
    await typed([...makeDatabase, ...makeTables], first);
    expect(await twe(first, 'twe', 'run', 'nightly', '--date', NIGHT_OF_BACKUP)).toBe('');
    await typed(backUp, first);

    expect(await twe(first, 'twe', 'catch-up')).toBe('');
    expect(await approve(first)).toBe('');
    undisturbed = await after(first);
  });

  afterAll(() => {
    vi.useRealTimers();
    for (const server of servers) server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives those who approve no other right, and those who read none', async () => {
    const [first] = servers as [SecondServer];
    const denied = /exit 2: .*does not give this user the rights/;
    expect(await twe(first, 'finance_2', 'run', 'nightly')).toMatch(denied);
    expect(await twe(first, 'inspector_1', 'run', 'nightly')).toMatch(denied);
    for (const command of ['status', 'verify', 'batches']) expect(await twe(first, 'inspector_1', command)).toBe('');
    expect(await after(first)).toEqual(undisturbed);
  });

  it('brings everything back on another server, and the nights since then end as if nothing had been lost', async () => {
    const second = servers[1]!;
    rmSync(path('home'), { recursive: true });
    mkdirSync(path('home'));
    await typed([...makeDatabase, ...restore], second);
    expect(await approve(second)).toBe('');
    expect(await after(second)).toEqual(undisturbed);
    expect(undisturbed.kept['runs']).toHaveLength(3);
    expect(undisturbed.kept['batch decisions']).toHaveLength(1);
  });

  it.skipIf(!LONG)(
    'does so too when only the database was lost, over files that are newer than the backup',
    async () => {
      const third = servers[2]!;
      await typed([...makeDatabase, ...restore], third);
      expect(await approve(third)).toBe('');
      expect(await after(third)).toEqual(undisturbed);
    },
  );
});
