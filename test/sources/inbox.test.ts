/** The inbox itself: one program at a time, and whole after a kill. */
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { Part } from '../../src/sources/part.js';
import { httpsSettings, placeForTests, sftpSettings } from './support.js';

const place = placeForTests();
const HELD = { name: 'Failure', exitCode: 5 };

/** As if a program of some machine had taken the lock and were there no more, or still. */
function lockedBy(machine: string, pid: number): void {
  mkdirSync(place.inbox, { recursive: true });
  writeFileSync(join(place.inbox, '.lock.7'), JSON.stringify({ machine, pid }));
}

it('that two databases share is filled by one program at a time', async () => {
  place.sftp.tree.put('2024-04-16', 'weo.csv', 'weo');
  place.https.tree.put('2024-04-17', 'weo.csv', 'weo');
  place.sftp.tree.delayMs = 200;
  const [first, second] = await Promise.allSettled([
    place.fetch([sftpSettings(place.sftp)]),
    place.fetch([httpsSettings(place.https)]),
  ]);
  const outcomes = [first, second].map(({ status }) => status).sort();
  expect(outcomes).toEqual(['fulfilled', 'rejected']);
  const loser = [first, second].find((each) => each.status === 'rejected')!;
  expect(loser.reason).toMatchObject({
    ...HELD,
    message:
      `Another program fills the inbox ${place.inbox} at this moment; nothing was done. Wait for it and run again, or give ` +
      'each database an inbox of its own (feeds.inbox).',
  });
  await place.fetch([sftpSettings(place.sftp), httpsSettings(place.https)]);
  expect(place.visible()).toEqual(['2024-04-16', '2024-04-17']);
  expect(readdirSync(place.inbox).filter((name) => name.startsWith('.lock'))).toHaveLength(1);
});

it('is free again when the program that filled it was killed', async () => {
  lockedBy(hostname(), 2 ** 22 - 1);
  await place.fetch([httpsSettings(place.https)]);
  lockedBy(hostname(), process.pid);
  await place.fetch([httpsSettings(place.https)]);
});

it('is not taken from a program of another machine that shows that it lives', async () => {
  lockedBy('elsewhere', 1);
  await expect(place.fetch([httpsSettings(place.https)])).rejects.toMatchObject(HELD);
});

it('keeps the earlier version of a delivery when a program was killed between the two', async () => {
  place.https.tree.put('2024-04-16', 'weo.csv', 'first');
  await place.fetch([httpsSettings(place.https)]);
  renameSync(join(place.inbox, '2024-04-16'), join(place.inbox, '.2024-04-16.replaced'));
  const nobody = sftpSettings(place.sftp, { port: 1 });
  await place.fetch([nobody]);
  expect(place.read('2024-04-16/weo.csv')).toBe('first');
  expect((await place.fetch([httpsSettings(place.https)])).fetched).toEqual([]);
});

it('takes what was sent again also when a program was killed just before it put it in its place', async () => {
  place.https.tree.put('2024-04-16', 'weo.csv', 'first');
  await place.fetch([httpsSettings(place.https)]);
  place.https.tree.put('2024-04-16', 'weo.csv', 'again');
  place.https.tellsDigests = true;
  vi.spyOn(Part.prototype, 'close').mockRejectedValueOnce(new Error('killed'));
  await expect(place.fetch([httpsSettings(place.https)])).rejects.toThrow('killed');
  expect(place.read('2024-04-16/weo.csv')).toBe('first');
  expect((await place.fetch([httpsSettings(place.https)])).fetched).toEqual(['2024-04-16']);
  expect(place.read('2024-04-16/weo.csv')).toBe('again');
  expect(JSON.parse(place.read('.archive/deliveries/2024-04-16.json'))).toHaveLength(2);
});
