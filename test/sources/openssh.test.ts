/**
 * The same against OpenSSH itself, where it is installed (`/usr/sbin/sshd`, or what `TWE_TEST_SSHD` names). It runs as an
 * ordinary user: as root it would ask for an account of its own.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { placeForTests, QUICK, settings } from './support.js';
import { LONG_AGO_MS } from './tree.js';

const SSHD = process.env['TWE_TEST_SSHD'] ?? '/usr/sbin/sshd';
const NOBODY = 65_534;
const isRoot = userInfo().uid === 0;

if (!existsSync(SSHD))
  process.stderr.write(`OpenSSH was NOT tested: there is no ${SSHD}; name one with TWE_TEST_SSHD.\n`);

const place = placeForTests();
let server: ChildProcess | undefined;

afterEach(() => {
  server?.kill();
  server = undefined;
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** Starts OpenSSH over the folder of the test. Returns the settings of a source for it. */
async function startOpenSsh(): Promise<Record<string, unknown>> {
  const { folder } = place;
  chmodSync(folder, 0o755);
  for (const name of ['host', 'user']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
    if (isRoot) execFileSync('chown', [String(NOBODY), join(folder, name)]);
  }
  const port = await freePort();
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'user.pub')}`,
    'PidFile none',
    'StrictModes no',
    // PAM lets in an account without a password; without it such an account is locked.
    isRoot ? 'UsePAM yes' : 'UsePAM no',
    'PasswordAuthentication no',
    'Subsystem sftp internal-sftp',
    'ForceCommand internal-sftp',
  ];
  writeFileSync(join(folder, 'sshd_config'), `${config.join('\n')}\n`);
  const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  server = spawn(SSHD, ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: 'ignore', ...identity });
  for (let waited = 0; !(await answers(port)) && waited < 50; waited++) await wait(100);
  const hostKey = Buffer.from(readFileSync(join(folder, 'host.pub'), 'utf8').split(' ')[1]!, 'base64');
  return {
    kind: 'sftp',
    host: '127.0.0.1',
    port,
    user: isRoot ? 'nobody' : userInfo().username,
    path: join(folder, 'out'),
    host_key: `SHA256:${createHash('sha256').update(hostKey).digest('base64')}`,
    key_file: join(folder, 'user'),
    ...QUICK,
    timeout_seconds: 10,
  };
}

function put(delivery: string, name: string, content: string | Buffer): void {
  const folder = join(place.folder, 'out', delivery);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  utimesSync(join(folder, name), LONG_AGO_MS / 1000, LONG_AGO_MS / 1000);
}

describe.skipIf(!existsSync(SSHD))('OpenSSH', () => {
  it('gives deliveries, also large ones, and each once', async () => {
    const source = settings(await startOpenSsh());
    const content = randomBytes(5_000_000);
    put('2024-04-16', 'weo.csv', content);
    put('2024-04-16', 'empty.csv', '');
    put('2024-04-17', 'weo.csv', 'small');
    const { fetched, findings } = await place.fetch([source]);
    expect({ fetched, findings }).toEqual({ fetched: ['2024-04-16', '2024-04-17'], findings: [] });
    expect(readFileSync(join(place.inbox, '2024-04-16', 'weo.csv')).equals(content)).toBe(true);
    expect((await place.fetch([source])).fetched).toEqual([]);
  });

  it('with another host key than the pinned one gives nothing', async () => {
    const source = settings({ ...(await startOpenSsh()), host_key: `SHA256:${'A'.repeat(43)}` });
    put('2024-04-16', 'weo.csv', 'weo');
    const { fetched, findings } = await place.fetch([source]);
    expect([fetched, findings.map(({ code }) => code)]).toEqual([[], ['SOURCE_DENIED']]);
  });

  it('that is down ends in one finding', async () => {
    const json = await startOpenSsh();
    put('2024-04-16', 'weo.csv', 'weo');
    server!.kill();
    await wait(300);
    const { findings } = await place.fetch([settings(json)]);
    expect(findings.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
  });
});
