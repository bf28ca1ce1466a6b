/**
 * The packed program, as `npm install -g` puts it there: it holds what it reads, and started by a service (no terminal, no
 * HOME, code that may not be written, another language and time zone of the machine, a narrow umask, current folder /)
 * it writes the same bytes as in the hands of a person.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/db/package-root.js';
import { digests, filesBelow } from '../night/documents.js';
import { art60, category, ocmw, OCMW, weo, writeFeed } from '../night/feed.js';
import type { Ended } from '../night/started-twe.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { copyCheckout, folderFor, packTwe, runPacked, type Conditions, type PackedTwe } from './packed-twe.js';
import { keyOfTests } from '../support/key.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const NOBODY = 65_534;
const { PATH } = process.env as { PATH: string };

let folder: string;
let twe: PackedTwe;
let test: TestDatabase;

beforeAll(async () => {
  folder = folderFor(undefined, mkdtempSync(join(tmpdir(), 'twe-operations-')));
  execFileSync('chmod', ['755', folder]);
  twe = packTwe();
  test = await createTestDatabase();
});

afterAll(async () => {
  twe.remove();
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the package', () => {
  const inCheckout = (part: string) =>
    readdirSync(join(packageRoot, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(packageRoot.length + 1));
  const compiled = (part: string) =>
    inCheckout(part)
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `dist/${path.replace(/\.ts$/, '.js')}`);

  it('holds what the program reads, what operators need, and nothing else', () => {
    const needed = [
      ...['package.json', 'README.md', 'fixtures/twe.config.json'],
      ...['sql', 'fixtures/feeds', 'jobs/deploy'].flatMap(inCheckout),
      ...['src', 'jobs'].flatMap(compiled),
    ];
    expect(twe.files).toEqual(needed.sort());
  });

  it('asks for every package that the program uses, and for no other', () => {
    const manifest = JSON.parse(readFileSync(join(twe.folder, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const asked = Object.keys(manifest.dependencies).sort();
    const code = filesBelow(join(twe.folder, 'dist'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const imported = [...code.matchAll(/^(?:(?:import|export) (?:.* from )?|} from )'([^']+)'|\bimport\('([^']+)'\)/gm)]
      .map((match) => match[1] ?? match[2]!)
      .filter((name) => !/^(\.|node:)/.test(name) && !builtinModules.includes(name))
      .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    expect(asked).toEqual(expect.arrayContaining([...new Set(imported)]));
    expect(asked.filter((name) => !code.includes(`'${name}'`) && !code.includes(`'${name}/`))).toEqual([]);
  });
});

const RUN_DAY = '2024-04-15';
const PASSWORD = 'Correct-Horse-42';

/** A folder with a configuration and a delivery, whose documents and embedded database belong to a user. */
function place(name: string, uid: number | undefined): string {
  const here = folderFor(uid, join(folder, name));
  const config = { 'feeds.source': 'feeds', 'approval.required': false, law: { 'amount.ORD': 1000 } };
  writeFileSync(join(here, 'twe.config.json'), JSON.stringify(config));
  writeFeed(join(here, 'feeds'), {
    '2024-03-01': [
      ocmw(OCMW, { name: 'OCMW Ieper (Ypres), İstanbulstraat' }),
      weo('2024-01-15', '2024-12-31'),
      art60('2024-03-01', '2024-12-31'),
      category('2024-03-01'),
    ],
  });
  return here;
}

/** A user without rights when we are root; undefined when there is nobody else to be. */
function otherUser(): number | undefined {
  if (userInfo().uid !== 0) return undefined;
  const mayRead = spawnSync(process.execPath, [twe.script, '--version'], { uid: NOBODY, gid: NOBODY, cwd: '/' });
  return mayRead.status === 0 ? NOBODY : undefined;
}

describe('a night and a statement', () => {
  const commands = [
    ['run', 'nightly', '--date', RUN_DAY],
    // Of April, in which is paid: with a note.
    ['run', 'monthly-statement', '--date', '2024-05-01'],
  ];

  async function all(conditions: Conditions, ...more: string[]): Promise<Ended[]> {
    const ended: Ended[] = [];
    for (const command of commands) ended.push(await runPacked(twe, [...command, ...more], conditions));
    return ended;
  }

  /** Digests by path. An archive of statements has a salt of its own: what is in it counts, not the digest in its manifest. */
  async function documents(here: string): Promise<unknown[]> {
    const out = join(here, 'out');
    const found: unknown[] = [];
    for (const [path, digest] of Object.entries(digests(out))) {
      const isSalted = path.includes('monthly-statement') && /\.zip$|manifest\.json$/.test(path);
      found.push(isSalted ? [path] : [path, digest]);
      if (path.endsWith('.zip')) found.push(...(await unpacked(join(out, path))));
    }
    return found;
  }

  async function unpacked(archive: string): Promise<unknown[]> {
    const zip = new ZipReader(new BlobReader(new Blob([readFileSync(archive)])), { useWebWorkers: false });
    const files: unknown[] = [];
    for (const entry of await zip.getEntries()) {
      const content = entry.directory ? '' : await entry.getData(new Uint8ArrayWriter(), { password: PASSWORD });
      files.push([entry.filename, createHash('sha256').update(content).digest('hex')]);
    }
    return files;
  }

  it('started by a service are to the byte those of a person, and the code folder stays as it was', async () => {
    const passwords = `ocmw_id,password\n${OCMW},${PASSWORD}\n`;
    const common = { PATH, TWE_STATEMENT_PASSWORDS: passwords };
    const byHand = place('by-hand', undefined);
    const ofPerson = await all({
      cwd: byHand,
      umask: '022',
      env: {
        ...common,
        ...keyOfTests(),
        DATABASE_URL: test.url,
        HOME: folder,
        LANG: 'nl_BE.UTF-8',
        TZ: 'Europe/Brussels',
        TERM: 'xterm',
      },
    });

    const uid = otherUser();
    const service = place('service', uid);
    const before = JSON.stringify(codeFolder());
    const home = folderFor(uid, join(service, 'home'));
    const machine = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };
    const ofService = await all(
      { cwd: '/', umask: '077', uid, env: { ...common, ...machine, TWE_HOME: home } },
      ...['--config', join(service, 'twe.config.json')],
    );

    expect(ofService.map(({ exitCode }) => exitCode)).toEqual(commands.map(() => 0));
    const said = (ended: readonly Ended[], here: string) => ended.map(({ stdout }) => stdout.replaceAll(here, ''));
    expect(said(ofService, service)).toEqual(said(ofPerson, byHand));
    expect(await documents(service)).toEqual(await documents(byHand));
    expect(JSON.stringify(await documents(service))).toContain('.pdf');
    expect(JSON.stringify(codeFolder())).toBe(before);
    // A narrow umask of the machine is kept: others read nothing of it.
    for (const path of filesBelow(join(service, 'out'))) expect(statSync(path).mode & 0o077).toBe(0);
  });

  /** Names, sizes and times of change. */
  const codeFolder = () => filesBelow(twe.folder).map((path) => [path, statSync(path).size, statSync(path).mtimeMs]);
});

describe.skipIf(!LONG)('npm', () => {
  it('installs the package globally from an empty folder, and it runs from any folder on the fixtures', async () => {
    const checkout = join(folder, 'checkout');
    copyCheckout(checkout);
    const shell = (command: string, cwd: string) =>
      execFileSync('sh', ['-ec', command], { cwd, encoding: 'utf8', stdio: 'pipe' });
    shell('npm pack --pack-destination ..', checkout);
    const empty = folderFor(undefined, join(folder, 'empty'));
    shell('npm install --global --prefix ../global ../twe-settlement-*.tgz', empty);
    const installed = { ...twe, script: join(folder, 'global/lib/node_modules/twe-settlement/dist/src/cli.js') };
    expect(shell('../global/bin/twe --version', empty)).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const job of ['nightly', 'monthly-statement']) {
      const ended = await runPacked(installed, ['run', job], { cwd: empty, umask: '022', env: { PATH } });
      expect([ended.exitCode, ended.stdout]).toEqual([0, expect.stringContaining(job)]);
    }
    expect(existsSync(join(empty, 'out'))).toBe(true);
  }, 600_000);
});
