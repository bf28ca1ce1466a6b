/** Servers that are not who they should be, that do not know us, or that answer something else than agreed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceSettings } from '../../src/config/sources.js';
import { httpsSettings, placeForTests, SECRETS, settings, sftpSettings } from './support.js';
import { PASSWORD } from './sftp-server.js';
import { TOKEN } from './https-server.js';

const place = placeForTests();
const OTHER_KEY = `SHA256:${'A'.repeat(43)}`;

/** The one finding of a night that fetched nothing, as `SEVERITY CODE` and what was wrong. */
async function problemOf(source: SourceSettings, env: Record<string, string> = SECRETS): Promise<string> {
  const { fetched, findings } = await place.fetch([source], { env });
  expect(fetched).toEqual([]);
  expect(findings).toHaveLength(1);
  const { severity, code, message } = findings[0]!;
  const told = JSON.stringify(findings) + place.logged.join('');
  for (const secret of [PASSWORD, TOKEN, 'guessed']) expect(told).not.toContain(secret);
  return `${severity} ${code}: ${/ could not be [a-z]+: (.*)\. The night went on/.exec(message)![1]}`;
}

describe('a server by SFTP', () => {
  it('with another host key is told nothing, not even the user', async () => {
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'weo');
    expect(await problemOf(sftpSettings(place.sftp, { host_key: OTHER_KEY }))).toBe(
      `ERROR SOURCE_DENIED: the server shows the host key ${place.sftp.fingerprint}, not ${OTHER_KEY}; nothing was sent to it. ` +
        'Ask its operator whether the key was changed before you change host_key',
    );
    expect(place.sftp.tree.connections).toBe(1);
  });

  it('may have one of several host keys, while it changes them', async () => {
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'weo');
    const source = sftpSettings(place.sftp, { host_key: [OTHER_KEY, place.sftp.fingerprint] });
    expect((await place.fetch([source])).fetched).toEqual(['2024-04-16']);
  });

  it('that refuses the password is asked once: nobody gets locked out', async () => {
    expect(await problemOf(sftpSettings(place.sftp), { TWE_TEST_PASSWORD: 'guessed' })).toBe(
      'ERROR SOURCE_DENIED: the server refused the login of twe',
    );
    expect(place.sftp.tree.connections).toBe(1);
  });

  it('lets a key with a passphrase in, and no other', async () => {
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'weo');
    const keyFile = join(place.folder, 'id_ed25519');
    writeFileSync(keyFile, place.sftp.userKey);
    const { port, fingerprint } = place.sftp;
    const server = { kind: 'sftp', host: '127.0.0.1', port, path: '/out', host_key: fingerprint };
    const source = settings({ ...server, user: 'twe', key_file: keyFile, passphrase_env: 'TWE_TEST_PASSWORD' });
    expect(await problemOf(source, { TWE_TEST_PASSWORD: 'guessed' })).toBe(
      'ERROR SOURCE_DENIED: the file that key_file names holds no private key, or has another passphrase',
    );
    expect((await place.fetch([source])).fetched).toEqual(['2024-04-16']);
  });

  it('is not asked when a secret is missing', async () => {
    expect(await problemOf(sftpSettings(place.sftp), {})).toBe(
      'ERROR SOURCE_DENIED: the environment variable TWE_TEST_PASSWORD that the configuration names is not set',
    );
    expect(place.sftp.tree.connections).toBe(0);
  });

  it('without the folder says so', async () => {
    expect(await problemOf(sftpSettings(place.sftp, { path: '/elsewhere' }))).toBe(
      'WARNING SOURCE_UNREADABLE: the folder does not exist on the server',
    );
  });
});

describe('a server by HTTPS', () => {
  it('that refuses the token is asked once', async () => {
    expect(await problemOf(httpsSettings(place.https), { TWE_TEST_TOKEN: 'guessed' })).toBe(
      'ERROR SOURCE_DENIED: the server refused the token (status 401)',
    );
    expect(place.https.tree.connections).toBe(1);
  });

  it('with a certificate of nobody we trust is told nothing', async () => {
    const source = settings({ kind: 'https', url: place.https.url, token_env: 'TWE_TEST_TOKEN' });
    expect(await problemOf(source)).toBe(
      'ERROR SOURCE_DENIED: the certificate of the server is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); name its authority in ca_file',
    );
    expect(place.https.tree.listings).toBe(0);
  });

  it('that is busy is asked again, one that stays busy is left', async () => {
    place.https.tree.put('2024-04-16', 'weo.csv', 'weo');
    place.https.statuses.push(503, 429);
    expect((await place.fetch([httpsSettings(place.https)])).fetched).toEqual(['2024-04-16']);
    place.https.statuses.push(503, 503, 503);
    expect(await problemOf(httpsSettings(place.https))).toBe(
      'WARNING SOURCE_UNREACHABLE: the server answers with status 503, after 3 attempts',
    );
  });

  it('that sends us elsewhere is not followed: the token is for it alone', async () => {
    place.https.statuses.push(302);
    expect(await problemOf(httpsSettings(place.https))).toBe(
      'WARNING SOURCE_UNREADABLE: the server answers with status 302',
    );
  });

  it.each([
    ['<html>', 'the listing is no JSON'],
    ['{}', 'the listing is no list'],
    ['[3]', 'the listing item 1 is no object'],
    ['[{"delivery": "2024-04-16"}]', 'the listing item 1 has no delivery with files'],
    ['[{"delivery": "2024-04-16", "files": [{"name": "weo.csv", "size": -1}]}]', 'item 1, file 1 has no size in bytes'],
    ['[{"delivery": "2024-04-16", "files": [{"name": "weo.csv", "size": 1, "sha256": "x"}]}]', '64 hexadecimal digits'],
    ['[{"delivery": "2024-04-16", "files": []}, {"delivery": "2024-04-16", "files": []}]', 'item 2 repeats a delivery'],
  ])('with the listing %s says what is wrong', async (listing, problem) => {
    place.https.listing = listing;
    const told = await problemOf(httpsSettings(place.https));
    expect(told).toMatch(/^WARNING SOURCE_UNREADABLE: the listing .*; it must look like \[\{"delivery"/);
    expect(told).toContain(problem);
  });

  it('without ranges sends a file that was cut from its begin', async () => {
    const content = 'abc'.repeat(500_000);
    place.https.tree.put('2024-04-16', 'weo.csv', content);
    place.https.tree.cutAfterBytes = 700_000;
    place.https.hasRanges = false;
    expect((await place.fetch([httpsSettings(place.https)])).fetched).toEqual(['2024-04-16']);
    expect(place.read('2024-04-16/weo.csv')).toBe(content);
    expect(place.https.tree.reads.map(({ fromByte }) => fromByte)).toEqual([0, 0]);
  });

  it('whose file is not what its digest says loses that delivery, after a second try', async () => {
    const file = (digit: string) => `{"name": "weo.csv", "size": 3, "sha256": "${digit.repeat(64)}"}`;
    place.https.tree.put('2024-04-16', 'weo.csv', 'weo');
    place.https.listing = `[{"delivery": "2024-04-16", "files": [${file('a')}]}]`;
    const { findings } = await place.fetch([httpsSettings(place.https)]);
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['WARNING DELIVERY_DAMAGED']);
    expect(findings[0]!.message).toMatch(
      /weo\.csv has the digest [0-9a-f]{64}, the source announced a{64}; correct it/,
    );
    expect(place.https.tree.reads).toHaveLength(2);
    place.https.listing = undefined;
    place.https.tellsDigests = true;
    expect((await place.fetch([httpsSettings(place.https)])).fetched).toEqual(['2024-04-16']);
  });

  it('that is too slow for one night is left where it is', async () => {
    place.https.tree.put('2024-04-16', 'weo.csv', 'weo');
    place.https.tree.put('2024-04-17', 'weo.csv', 'weo');
    place.https.tree.delayMs = 600;
    const { fetched, findings } = await place.fetch([httpsSettings(place.https, { night_seconds: 1 })]);
    expect(fetched).toEqual([]);
    expect(findings[0]!.message).toContain('it took longer than 1 seconds (night_seconds). The night went on');
  });
});

describe('a delivery that changed a moment ago', () => {
  const now = Date.UTC(2024, 3, 16, 20);
  const young = now - 5_000;
  const night = () => place.fetch([sftpSettings(place.sftp)], { now: new Date(now) });
  const manifest = (sha256: string) => JSON.stringify({ files: [{ name: 'weo.csv', rows: 1, sha256 }] });
  const SHA_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  it('waits until it has settled', async () => {
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'abc', young);
    const { fetched, findings } = await night();
    expect(fetched).toEqual([]);
    expect(findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      `NOTICE Delivery 2024-04-16 was left at the sftp source sftp://127.0.0.1:${place.sftp.port}/out: a file changed less ` +
        'than 60 seconds ago and there is no manifest.json.',
    ]);
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'abc', now - 60_000);
    expect((await night()).fetched).toEqual(['2024-04-16']);
  });

  it('comes at once when its manifest says that it is whole', async () => {
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'abc', young);
    place.sftp.tree.put('2024-04-16', 'manifest.json', manifest(SHA_OF_ABC), young);
    expect((await night()).fetched).toEqual(['2024-04-16']);
  });

  it('waits while its manifest promises more', async () => {
    place.sftp.tree.put('2024-04-16', 'manifest.json', manifest(SHA_OF_ABC), young);
    expect((await night()).findings[0]!.message).toContain('it does not hold yet what its manifest.json names.');
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'ab', young);
    expect((await night()).findings[0]!.code).toBe('DELIVERY_GROWING');
    expect(place.visible()).toEqual([]);
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'abc', young);
    expect((await night()).fetched).toEqual(['2024-04-16']);
  });
});
