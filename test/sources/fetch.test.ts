/** What holds for every server: fetched once, whole, in order; whatever fails ends in one finding. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tree } from './tree.js';
import { httpsSettings, placeForTests, sftpSettings } from './support.js';

const place = placeForTests();

const KINDS = {
  sftp: { tree: () => place.sftp.tree, source: (more?: object) => sftpSettings(place.sftp, more) },
  https: { tree: () => place.https.tree, source: (more?: object) => httpsSettings(place.https, more) },
} as const;

const MANY = 10_000;

describe.each(['sftp', 'https'] as const)('a source by %s', (kind) => {
  const tree = (): Tree => KINDS[kind].tree();
  const { source } = KINDS[kind];

  it('gives its deliveries to the inbox, up to the business date and in order', async () => {
    tree().put('2024-04-16.10', 'weo.csv', 'third');
    tree().put('2024-04-16.2', 'weo.csv', 'second');
    tree().put('2024-04-16', 'weo.csv', 'first');
    tree().put('2024-04-16', 'empty.csv', '');
    tree().put('2024-04-17', 'weo.csv', 'tomorrow');
    const { fetched, files, bytes, findings } = await place.fetch([source()], { businessDate: '2024-04-16' });
    expect({ fetched, files, bytes, findings }).toEqual({
      fetched: ['2024-04-16', '2024-04-16.2', '2024-04-16.10'],
      files: 4,
      bytes: 16,
      findings: [],
    });
    expect(place.read('2024-04-16/weo.csv')).toBe('first');
    expect(place.read('2024-04-16/empty.csv')).toBe('');
    expect(readdirSync(join(place.inbox, '2024-04-16'))).toEqual(['empty.csv', 'weo.csv']);
  });

  it('gives nothing a second time, neither what lies in the inbox nor what was taken in', async () => {
    tree().put('2024-04-16', 'weo.csv', 'weo');
    await place.fetch([source()]);
    const reads = tree().reads.length;
    expect((await place.fetch([source()])).fetched).toEqual([]);
    const elsewhere = join(place.folder, 'other');
    expect((await place.fetch([source()], { met: new Set(['2024-04-16']), inbox: elsewhere })).fetched).toEqual([]);
    expect(tree().reads).toHaveLength(reads);
  });

  it('gives a delivery again that was sent again before it was taken in, and keeps both originals', async () => {
    tree().put('2024-04-16', 'weo.csv', 'wrong');
    await place.fetch([source()]);
    tree().put('2024-04-16', 'weo.csv', 'put right');
    expect((await place.fetch([source()])).fetched).toEqual(['2024-04-16']);
    expect(place.read('2024-04-16/weo.csv')).toBe('put right');
    const versions = JSON.parse(place.read('.archive/deliveries/2024-04-16.json')) as { files: { sha256: string }[] }[];
    const originals = versions.map(({ files }) => files[0]!.sha256);
    expect(originals.map((sha256) => place.read(`.archive/${sha256.slice(0, 2)}/${sha256}`))).toEqual([
      'wrong',
      'put right',
    ]);
    expect(readdirSync(place.inbox).sort()).toEqual(['.archive', '.lock.2', '2024-04-16']);
  });

  it('goes on where a cut connection stopped, in the same night', async () => {
    const content = randomBytes(3_000_000).toString('base64');
    tree().put('2024-04-16', 'weo.csv', content);
    tree().cutAfterBytes = 2_000_000;
    const { fetched, findings } = await place.fetch([source()]);
    expect({ fetched, findings }).toEqual({ fetched: ['2024-04-16'], findings: [] });
    expect(place.read('2024-04-16/weo.csv')).toBe(content);
    expect(tree().reads.map(({ fromByte }) => fromByte)).toEqual([0, expect.any(Number)]);
    expect(tree().reads[1]!.fromByte).toBeGreaterThan(1_000_000);
  });

  it('goes on the next night, and shows no half of a delivery until then', async () => {
    const content = randomBytes(3_000_000).toString('base64');
    tree().put('2024-04-16', 'weo.csv', content);
    tree().put('2024-04-15', 'weo.csv', 'small');
    tree().cutAfterBytes = 2_000_000;
    const first = await place.fetch([source({ attempts: 1 })]);
    expect(first.fetched).toEqual(['2024-04-15']);
    expect(first.findings.map(({ severity, code }) => [severity, code])).toEqual([['WARNING', 'SOURCE_UNREACHABLE']]);
    expect(first.findings[0]!.message).toContain('after one attempt. The night went on with what the inbox holds');
    expect(place.visible()).toEqual(['2024-04-15']);
    expect((await place.fetch([source()])).fetched).toEqual(['2024-04-16']);
    expect(tree().reads.at(-1)!.fromByte).toBeGreaterThan(1_000_000);
    expect(place.read('2024-04-16/weo.csv')).toBe(content);
  });

  it('begins anew when the half belongs to another version', async () => {
    tree().put('2024-04-16', 'weo.csv', Buffer.alloc(3_000_000, 'a'));
    tree().cutAfterBytes = 2_000_000;
    await place.fetch([source({ attempts: 1 })]);
    tree().put('2024-04-16', 'weo.csv', Buffer.alloc(3_000_001, 'b'));
    await place.fetch([source()]);
    expect(place.read('2024-04-16/weo.csv')).toBe('b'.repeat(3_000_001));
  });

  it('leaves a file that grows while it is fetched for later, with a notice', async () => {
    tree().put('2024-04-16', 'weo.csv', 'first rows');
    let more = 0;
    tree().onRead = () => tree().put('2024-04-16', 'weo.csv', `first rows${'.'.repeat(++more)}`);
    const { fetched, findings } = await place.fetch([source()]);
    expect(fetched).toEqual([]);
    expect(findings.map(({ severity, code, subject }) => [severity, code, subject])).toEqual([
      ['NOTICE', 'DELIVERY_GROWING', '2024-04-16'],
    ]);
    expect(place.visible()).toEqual([]);
    tree().onRead = () => undefined;
    expect((await place.fetch([source()])).fetched).toEqual(['2024-04-16']);
    expect(place.read('2024-04-16/weo.csv')).toBe('first rows.');
  });

  it('leaves what is too large, and an upload that is not finished', async () => {
    tree().put('2024-04-14', 'weo.csv', 'x'.repeat(101));
    tree().put('2024-04-15', 'weo.csv', 'x'.repeat(99));
    tree().put('2024-04-15', 'ocmw.csv', 'x'.repeat(99));
    tree().put('2024-04-16', 'weo.csv.filepart', 'x');
    tree().put('2024-04-17', 'weo.csv', 'x');
    const { fetched, findings } = await place.fetch([source({ max_file_bytes: 100, max_delivery_bytes: 150 })]);
    expect(fetched).toEqual(['2024-04-17']);
    expect(findings.map(({ code, subject, message }) => [code, subject, message.replace(/^.*?: [^:]*: /, '')])).toEqual(
      [
        ['DELIVERY_TOO_LARGE', '2024-04-14', expect.stringContaining('has 101 bytes, more than 100 (max_file_bytes).')],
        ['DELIVERY_TOO_LARGE', '2024-04-15', expect.stringContaining('it has 198 bytes, more than 150')],
        ['DELIVERY_GROWING', '2024-04-16', expect.stringContaining('"weo.csv.filepart" is still being written.')],
      ],
    );
  });

  it('cannot write outside the inbox, whatever its names are', async () => {
    const tricks = [
      '../evil.csv',
      '/etc/evil.csv',
      '..\\evil.csv',
      'C:evil.csv',
      'a/b.csv',
      '..',
      'evil\u0000.csv',
      'x\n.csv',
    ];
    tricks.forEach((name, index) => tree().put(`2024-04-${index + 10}`, name, 'evil'));
    tree().put('../2024-04-30', 'weo.csv', 'evil');
    tree().put('2024-04-31', 'weo.csv', 'no such day');
    tree().put('2024-05-01', 'weo.csv', 'good');
    const { fetched, findings } = await place.fetch([source()]);
    // SFTP servers never list `..` as a file: it is passed over there.
    expect(fetched).toEqual(['2024-05-01']);
    expect(new Set(findings.map(({ code }) => code))).toEqual(
      new Set(['SOURCE_NOT_A_DELIVERY', 'DELIVERY_NAMES_REFUSED', ...(kind === 'sftp' ? ['DELIVERY_GROWING'] : [])]),
    );
    expect(findings.find(({ code }) => code === 'SOURCE_NOT_A_DELIVERY')!.message).toContain(
      '"../2024-04-30", "2024-04-31"',
    );
    expect(findings.filter(({ code }) => code === 'DELIVERY_NAMES_REFUSED')).toHaveLength(kind === 'sftp' ? 7 : 8);
    expect(place.visible()).toEqual(['2024-05-01']);
    expect(existsSync(join(place.inbox, '..', 'evil.csv'))).toBe(false);
  });

  it('that is silent ends in one finding, after its time-out', async () => {
    tree().put('2024-04-16', 'weo.csv', 'weo');
    tree().delayMs = 3_000;
    const began = performance.now();
    const { findings } = await place.fetch([source({ attempts: 2 })]);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([['WARNING', 'SOURCE_UNREACHABLE']]);
    expect(findings[0]!.message).toContain('no answer within 1 seconds, after 2 attempts.');
  });

  it('full of ten thousand deliveries is listed once, and only what is new is fetched', async () => {
    const names = Array.from(
      { length: MANY },
      (_, index) => `2024-${String(1 + Math.floor(index / 1000)).padStart(2, '0')}-01.${1 + (index % 1000)}`,
    );
    for (const name of names) tree().put(name, 'weo.csv', name);
    tree().put('2025-01-01', 'weo.csv', 'new');
    const began = performance.now();
    const { fetched, findings } = await place.fetch([source()], { met: new Set(names) });
    const seconds = (performance.now() - began) / 1000;
    expect({ fetched, findings }).toEqual({ fetched: ['2025-01-01'], findings: [] });
    expect(tree().connections).toBe(1);
    expect(tree().listings).toBeLessThanOrEqual(3);
    expect(seconds).toBeLessThan(5);
  });
});

describe('many deliveries at once', () => {
  it.each(['sftp', 'https'] as const)(
    'lie in the inbox in order, without a hole, when %s fails halfway',
    async (kind) => {
      const names = Array.from({ length: 60 }, (_, index) => `2024-04-16.${index + 1}`);
      const { tree } = place[kind];
      for (const name of names) tree.put(name, 'weo.csv', name.repeat(100));
      // The first one is the slowest of those that are fetched with it.
      tree.put(names[0]!, 'weo.csv', Buffer.alloc(2_000_000, 'x'));
      tree.cutAfterBytes = 2_040_000;
      const { source } = KINDS[kind];
      const first = await place.fetch([source({ attempts: 1 })]);
      expect(first.findings.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
      expect(first.fetched).toEqual(names.slice(0, first.fetched.length));
      expect(first.sources).toEqual([
        { label: first.findings[0]!.subject, deliveries: first.fetched.length, hasFailed: true },
      ]);
      const second = await place.fetch([source()]);
      expect([...first.fetched, ...second.fetched]).toEqual(names);
      expect(tree.reads.filter(({ path, fromByte }) => path.includes(`${names[0]!}/`) && fromByte === 0)).toHaveLength(
        1,
      );
    },
  );
});

describe('several sources', () => {
  it('are asked in order: the first that has a delivery gives it, one that fails is passed over', async () => {
    place.sftp.tree.put('2024-04-16', 'weo.csv', 'by sftp');
    place.https.tree.put('2024-04-16', 'weo.csv', 'by https');
    place.https.tree.put('2024-04-17', 'weo.csv', 'by https');
    const nobody = sftpSettings(place.sftp, { port: 1 });
    const sources = [nobody, sftpSettings(place.sftp), httpsSettings(place.https)];
    const { fetched, findings } = await place.fetch(sources);
    expect(fetched).toEqual(['2024-04-16', '2024-04-17']);
    expect(place.read('2024-04-16/weo.csv')).toBe('by sftp');
    expect(findings.map(({ code, subject }) => [code, subject])).toEqual([
      ['SOURCE_UNREACHABLE', 'sftp://127.0.0.1:1/out'],
    ]);
    expect((await place.fetch(sources)).fetched).toEqual([]);
  });

  it('never mix their halves', async () => {
    place.sftp.tree.put('2024-04-16', 'weo.csv', Buffer.alloc(1_000_000, 's'));
    place.https.tree.put('2024-04-16', 'weo.csv', Buffer.alloc(1_000_000, 'h'));
    place.sftp.tree.cutAfterBytes = 500_000;
    await place.fetch([sftpSettings(place.sftp, { attempts: 1 }), httpsSettings(place.https)]);
    expect(place.read('2024-04-16/weo.csv')).toBe('h'.repeat(1_000_000));
  });
});

describe('an inbox that cannot be written', () => {
  it('stops the night before anything is booked', async () => {
    const inbox = join(place.https.caFile, 'inbox');
    await expect(place.fetch([sftpSettings(place.sftp)], { inbox })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^The inbox .* cannot be written \(ENOTDIR\); nothing was booked\./) as string,
    });
  });
});
