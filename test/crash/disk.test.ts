/**
 * A server whose disk is full in earnest: on a file system of its own, in memory, that others have filled but for some kilobytes.
 * Needs root, to mount it, and PostgreSQL of the distribution.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasSecondServer, startServers, type SecondServer } from '../operations/second-server.js';
import { groundOf } from './grounds.js';
import { prepareHistory, type History } from './history.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const TIMEOUT_MS = 3_600_000;
const SIZE = '300m';
/** What is left when the night begins. */
const LEFT_KB = [0, 8, 64, 512, 2_048, 8_192];

let disk = '';

function mountDisk(): boolean {
  disk = mkdtempSync(join(tmpdir(), 'twe-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'tmpfs', disk]).status === 0) return true;
  rmSync(disk, { recursive: true });
  return false;
}

const filler = () => join(disk, 'filler');

function fillBut(kilobytes: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler(), Buffer.alloc(Math.max(0, bavail * bsize - kilobytes * 1024)));
}

describe.skipIf(!LONG || !hasSecondServer || !mountDisk())('a server whose disk is full', () => {
  let server: SecondServer;
  let history: History;

  beforeAll(async () => {
    chmodSync(disk, 0o755);
    [server] = startServers(1, disk) as [SecondServer];
    history = await prepareHistory(groundOf(server), 'QUARTER');
  }, TIMEOUT_MS);

  afterAll(async () => {
    await history.remove();
    server.stop();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }, TIMEOUT_MS);

  it.each(LEFT_KB)(
    'but for %s kB ends the night with a sentence; with room again the next one is as if nothing had happened',
    async (left) => {
      await history.inCopy(async (copy) => {
        fillBut(left);
        const { exitCode, stderr } = await copy.catchUp({ TWE_LOG_LEVEL: 'silent' }).ended;
        rmSync(filler());
        expect([0, 1, 2]).toContain(exitCode);
        if (exitCode !== 0) expect(stderr).toMatch(/^[^\n]+\.\n$/);
        if (left === 0) expect(exitCode).not.toBe(0);
        // It may have stopped, which an administrator sees to.
        server.restart();
        await copy.expectAsUndisturbed();
      });
    },
    TIMEOUT_MS,
  );
});
