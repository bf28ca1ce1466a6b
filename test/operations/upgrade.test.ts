/**
 * Upgrade and rollback by the page for operators, with the present program as the old one and, as the new one, the same with
 * one more migration. Whatever the program, every night leads to what it leads to without an upgrade.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/db/database.js';
import { digests } from '../night/documents.js';
import { art60, category, changed, ocmw, weo, writeFeed } from '../night/feed.js';
import { everythingKept } from '../night/kept.js';
import { installTwe, type Ended, type InstalledTwe } from '../night/started-twe.js';
import { commandsOf } from './page.js';
import { hasSecondServer, startServers, type SecondServer } from './second-server.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const TIMEOUT_MS = 600_000;
const NIGHTS = ['2024-04-15', '2024-04-16', '2024-04-17'] as const;
const MIGRATION = 'alter table twe.run add column later integer; update twe.run set later = 1;';

describe.skipIf(!LONG || !hasSecondServer)('the page for operators', () => {
  const [upgrade] = commandsOf('Upgrade ‡') as [string[]];
  const [rollback] = commandsOf('Rollback ‡') as [string[]];
  let folder: string;
  let server: SecondServer;
  const programs: Partial<Record<'OLD' | 'NEW', InstalledTwe>> = {};
  let installed: 'OLD' | 'NEW' = 'OLD';

  const path = (name: string) => join(folder, name);
  const env = () => ({
    DATABASE_URL: server.urlOf('twe'),
    ADMIN_URL: server.urlOf('twe'),
    TWE_HOME: path('home'),
    BACKUP: path('backup'),
  });
  const twe = (...args: string[]): Promise<Ended> =>
    programs[installed]!.start(args, { cwd: path('etc'), env: { ...server.adminEnv, ...env() } }).ended;
  const night = async (date: string) =>
    expect(await twe('run', 'nightly', '--date', date, '--quiet')).toMatchObject({ exitCode: 0, stderr: '' });

  /**
   * What root does in a shell; which package is installed is noted, and the service is the test itself. One role does
   * everything: restore.test.ts looks at roles.
   */
  async function typed(lines: readonly string[]): Promise<string> {
    let said = '';
    for (const line of lines) {
      const version = /^npm install .*-(OLD|NEW)\.tgz$/.exec(line)?.[1];
      if (version !== undefined) installed = version as 'OLD' | 'NEW';
      else if (line.startsWith('twe ')) {
        const { exitCode, stdout, stderr } = await twe(...line.replace(/ +#.*/, '').slice('twe '.length).split(' '));
        // Of the copy on which the dry run works.
        const faults = stderr.replace(/^database schema brought to .*\n/, '');
        expect([line, exitCode, faults]).toEqual([line, 0, '']);
        said += stdout;
      } else if (!/^(systemctl|export) |roles\.sql/.test(line)) {
        execFileSync('sh', ['-ec', line], { cwd: path('etc'), stdio: 'pipe', env: { ...server.adminEnv, ...env() } });
      }
    }
    return said;
  }

  async function everything(): Promise<unknown[]> {
    const database = connectTo(server.urlOf('twe'));
    const kept = await everythingKept(database).finally(() => database.close());
    const runs = kept['runs']!.map((row) => JSON.stringify({ ...(JSON.parse(row) as object), later: undefined }));
    return [{ ...kept, runs }, digests(path('home/out'))];
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'twe-upgrade-'));
    for (const name of ['etc', 'home', 'backup']) mkdirSync(path(name));
    const config = { 'feeds.source': '../home/feeds', out: '../home/out', law: { 'amount.ORD': 1000 } };
    writeFileSync(path('etc/twe.config.json'), JSON.stringify(config));
    const agreement = weo('2024-01-15', '2024-12-31');
    writeFeed(path('home/feeds'), {
      '2024-03-01': [ocmw(), agreement, art60('2024-03-01', '2024-12-31'), category('2024-03-01')],
      '2024-04-17': [changed(agreement, { end_date: '2024-02-10' })],
    });
    for (const name of ['OLD', 'NEW'] as const) programs[name] = installTwe();
    writeFileSync(join(programs.NEW!.folder, 'sql/migrations/9001_later.sql'), MIGRATION);
    [server] = startServers(1) as [SecondServer];
  }, TIMEOUT_MS);

  afterAll(() => {
    server.stop();
    for (const program of Object.values(programs)) program.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'leads through an upgrade, and back, to the same nights',
    async () => {
      const [first, second, third] = NIGHTS;
      const psql = (command: string) =>
        execFileSync('psql', ['--command', command], { stdio: 'pipe', env: { ...server.adminEnv } });
      psql('create role twe login superuser');
      const anew = () => {
        psql('drop database if exists twe');
        execFileSync('createdb', ['--owner=twe', 'twe'], { env: { ...server.adminEnv } });
        rmSync(path('home/out'), { recursive: true, force: true });
      };
      anew();
      for (const date of NIGHTS) await night(date);
      const undisturbed = await everything();

      anew();
      await night(first);
      const before = await everything();
      expect(await typed(upgrade)).toMatch(/^WARN {2}schema +1 migrations older than this program/m);
      expect(await everything()).toEqual(before);
      await night(second);
      await night(third);
      expect(await everything()).toEqual(undisturbed);

      installed = 'OLD';
      const refused = await twe('run', 'nightly', '--date', third);
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
      expect(refused.stderr).toMatch(/^The database has schema version 9001, .* it is older than the database\. .+\n$/);
      installed = 'NEW';
      await typed(rollback);
      expect(installed).toBe('OLD');
      for (const date of [second, third]) await night(date);
      expect(await everything()).toEqual(undisturbed);
    },
    TIMEOUT_MS,
  );
});
