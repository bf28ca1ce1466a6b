/** Clients: found by a pseudonym under a key, however many they are, with every key and after every change of it. */
import { createCipheriv } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { pseudonymKey, withNewKey } from '../../src/config/pseudonym-key.js';
import { EXIT } from '../../src/errors.js';
import { NumberMap } from '../../src/feeds/number-map.js';
import { adoptKey, People } from '../../src/feeds/people.js';
import { KEY_BYTES, Pseudonyms } from '../../src/feeds/pseudonyms.js';
import { callTwe } from '../night/called-twe.js';
import { feedsForTests, OTHER_PERSON, PERSON, PSEUDONYMS } from './support.js';

const feeds = feedsForTests();
const OTHER_KEY = new Pseudonyms(Buffer.alloc(KEY_BYTES, 'other'));
const folder = mkdtempSync(join(tmpdir(), 'twe-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

const identities = () =>
  feeds.database.rows<{ personId: number; insz: string; pseudonym: string }>(
    `select person_id as "personId", insz, replace(pseudonym::text, '-', '') as pseudonym from twe.identity order by insz`,
  );

describe('a pseudonym', () => {
  it('is AES-256 of the eleven digits, one block each', () => {
    const one = (number: string) => {
      const cipher = createCipheriv('aes-256-cbc', Buffer.alloc(KEY_BYTES, 'key'), Buffer.alloc(16)).setAutoPadding(
        false,
      );
      return Buffer.concat([cipher.update(Buffer.from(`${number}\0\0\0\0\0`, 'latin1')), cipher.final()]).toString(
        'hex',
      );
    };
    const numbers = [PERSON, OTHER_PERSON, '00010100105'];
    expect(PSEUDONYMS.of(numbers.map(Number))).toEqual(numbers.map(one));
    expect(PSEUDONYMS.fingerprint).not.toBe(OTHER_KEY.fingerprint);
    expect(PSEUDONYMS.fingerprint).not.toContain('key');
  });
});

describe('a map of numbers', () => {
  it('holds what a Map holds', () => {
    const key = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 99_999_999_999 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat()), { maxLength: 3000 }), (pairs) => {
        const map = new NumberMap();
        for (const [from, to] of pairs) map.set(from, to);
        const expected = new Map(pairs);
        expect(map.size).toBe(expected.size);
        for (const [from, to] of expected) expect(map.get(from)).toBe(to);
        expect(map.get(-1)).toBeNaN();
      }),
      { numRuns: 30 },
    );
  });
});

describe('clients', () => {
  it('keep their number of ours from night to night and get none twice, also when an earlier night was rolled back', async () => {
    const ids = (numbers: readonly string[]) =>
      feeds.database.transaction(async (session) => [
        ...(await (await People.open(session, PSEUDONYMS)).idsOf(numbers.map(Number))),
      ]);
    const [first] = await ids([PERSON]);
    const rolledBack = feeds.database.transaction(async (session) => {
      await (await People.open(session, PSEUDONYMS)).idsOf([Number(OTHER_PERSON)]);
      throw new Error('stop');
    });
    await expect(rolledBack).rejects.toThrow('stop');
    const [again, other, twice] = await ids([PERSON, OTHER_PERSON, OTHER_PERSON]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(twice).toBe(other);
    expect(await identities()).toEqual(
      [PERSON, OTHER_PERSON].map((insz) => ({
        personId: insz === PERSON ? first : other,
        insz,
        pseudonym: PSEUDONYMS.of([Number(insz)])[0],
      })),
    );
  });

  it('of before the first key get their pseudonyms with it; another key is refused until it is rotated', async () => {
    await feeds.database.rows(`insert into twe.identity (insz) values ('${PERSON}')`);
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}], weo: [{}] });
    await feeds.night();
    const [known] = await identities();
    expect(known!.pseudonym).toBe(PSEUDONYMS.of([Number(PERSON)])[0]);

    await feeds.folder.deliver('2024-01-02', { weo: [{ weo_id: 'W2' }] });
    await expect(feeds.night({ pseudonyms: OTHER_KEY })).rejects.toMatchObject({
      exitCode: EXIT.usage,
      message: expect.stringMatching(/^The pseudonym key is not the one .* run `twe rotate-key`/) as string,
    });
    await feeds.database.transaction((session) => adoptKey(session, OTHER_KEY));
    await feeds.night({ pseudonyms: OTHER_KEY });
    expect(await identities()).toEqual([{ ...known, pseudonym: OTHER_KEY.of([Number(PERSON)])[0] }]);
    expect(await feeds.database.rows('select distinct person_id as "personId" from twe.weo_version')).toEqual([
      { personId: known!.personId },
    ]);
  });
});

describe('the key', () => {
  const ofHome = (home: string) => pseudonymKey({ pseudonymKey: undefined, databaseUrl: undefined, home });

  it('is made once for an embedded database, for its owner only, and can be made anew', async () => {
    // A program with the same number was killed while it made one.
    writeFileSync(join(folder, `pseudonym.key.${process.pid}`), 'half');
    const key = ofHome(folder);
    expect([key.length, ofHome(folder).equals(key)]).toEqual([KEY_BYTES, true]);
    const file = join(folder, 'pseudonym.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(withNewKey(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(ofHome(folder).equals(key)).toBe(true);
    const next = await withNewKey(folder, (made) => Promise.resolve(made));
    expect([next.equals(key), ofHome(folder).equals(next)]).toEqual([false, true]);
    writeFileSync(file, 'x'.repeat(64));
    expect(() => ofHome(folder)).toThrow(`${file} does not hold a pseudonym key`);
    expect(readFileSync(file, 'utf8')).toBe('x'.repeat(64));
  });

  it('must be given to a server, and is rotated by a command', async () => {
    const env = (key: string) => ({ DATABASE_URL: feeds.url, TWE_PSEUDONYM_KEY: key, TWE_LOG_LEVEL: 'silent' });
    const twe = (key: string, ...args: string[]) => callTwe(args, { cwd: folder, env: env(key) });
    await feeds.database.rows(`insert into twe.identity (insz) values ('${PERSON}')`);
    const missing = await twe('', 'run', 'nightly', '--feeds', feeds.folder.path);
    expect([missing.exitCode, missing.stderr]).toEqual([
      EXIT.usage,
      expect.stringMatching(/TWE_PSEUDONYM_KEY: missing, .*`openssl rand -hex 32` makes them/) as string,
    ]);
    const wrong = await twe('geheim', 'rotate-key');
    expect([wrong.exitCode, wrong.stderr.includes('geheim')]).toEqual([EXIT.usage, false]);
    const key = 'ab'.repeat(KEY_BYTES);
    const rotated = await twe(key, 'rotate-key');
    expect([rotated.exitCode, rotated.stdout]).toEqual([
      0,
      '1 clients have their pseudonyms from the key of the environment.\n',
    ]);
    const [client] = await identities();
    expect(client!.pseudonym).toBe(new Pseudonyms(Buffer.from(key, 'hex')).of([Number(PERSON)])[0]);
  });
});
