import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstDeliveryDate, lastDeliveryDate, listDeliveries } from '../../src/feeds/deliveries.js';
import { csv, type Delivery, feedsForTests } from './support.js';

const feeds = feedsForTests();

const advice = (name: string) =>
  `Nothing of it was kept; send it again corrected, or pass it over with --skip-delivery ${name}.`;
const recorded = () =>
  feeds.database.rows<{ name: string; state: string; counted_on: string; mode: string; row_count: number }>(
    'select name, state, counted_on, mode, row_count from twe.delivery order by delivery_id',
  );
const findings = (result: { findings: readonly { code: string; message: string }[] }) =>
  result.findings.map(({ code, message }) => `${code}: ${message}`);

/** The sentence with which a night refuses a delivery 2024-01-02 that follows a good one. */
async function refused(delivery: Delivery): Promise<string> {
  await feeds.folder.deliver('2024-01-01', { ocmw: [{}] });
  await feeds.folder.deliver('2024-01-02', delivery);
  return (await feeds.refusal())
    .replace('Delivery 2024-01-02 was refused: ', '')
    .replace(` ${advice('2024-01-02')}`, '');
}

describe('the feed folder', () => {
  it('must exist and be a folder (exit code 2)', async () => {
    await feeds.folder.remove();
    await expect(feeds.night()).rejects.toMatchObject({
      exitCode: 2,
      message: `The feed folder ${feeds.folder.path} does not exist; set feeds.source in the configuration or give --feeds DIR.`,
    });
    await writeFile(feeds.folder.path, '');
    await expect(feeds.night()).rejects.toMatchObject({ exitCode: 2 });
  });

  it('may be empty, with a finding', async () => {
    expect(findings(await feeds.night())).toEqual(['EMPTY_FEED_FOLDER: The feed folder holds no delivery.']);
  });

  it('is read in order of day and number, whatever else lies in it', async () => {
    for (const name of ['2024-01-10', '2024-01-02.10', '2024-01-02.2', '2024-01-02'])
      await feeds.folder.deliver(name, {});
    for (const name of ['2024-02-31', 'old', '2024-01-02.0', '.hidden']) await feeds.folder.deliver(name, {});
    await writeFile(join(feeds.folder.path, '2024-01-03'), 'a file');
    const { deliveries, strangers } = await listDeliveries(feeds.folder.path);
    expect(deliveries.map(({ name }) => name)).toEqual(['2024-01-02', '2024-01-02.2', '2024-01-02.10', '2024-01-10']);
    expect(strangers).toEqual(['2024-01-02.0', '2024-01-03', '2024-02-31', 'old']);
    expect(await firstDeliveryDate(feeds.folder.path)).toBe('2024-01-02');
    expect(await lastDeliveryDate(feeds.folder.path)).toBe('2024-01-10');
    expect(findings(await feeds.night())).toContain(
      'NOT_A_DELIVERY: 2024-02-31 in the feed folder is no delivery (a folder named YYYY-MM-DD).',
    );
  });
});

describe('a delivery', () => {
  it('waits for its day', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}] });
    await feeds.folder.deliver('2024-01-05', { weo: [{}] });
    expect((await feeds.night({ businessDate: '2024-01-04' })).deliveries).toHaveLength(1);
    expect((await feeds.night({ businessDate: '2024-01-05' })).deliveries).toEqual([
      { name: '2024-01-05', countedOn: '2024-01-05', rows: 1 },
    ]);
  });

  it('is taken in once', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}], weo: [{}] });
    const first = await feeds.night();
    expect(first.files.filter(({ rows }) => rows > 0)).toEqual([
      { file: 'ocmw.csv', rows: 1, newVersions: 1, unchanged: 0, setAside: 0, cameBack: 0 },
      { file: 'weo.csv', rows: 1, newVersions: 1, unchanged: 0, setAside: 0, cameBack: 0 },
    ]);
    const second = await feeds.night();
    expect(second.deliveries).toEqual([]);
    expect(second.findings).toEqual([]);
    expect(await recorded()).toEqual([
      { name: '2024-01-01', state: 'TAKEN', counted_on: '2024-01-01', mode: 'delta', row_count: 2 },
    ]);
  });

  it('with the same content as another one is noticed and does nothing', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}] });
    await feeds.folder.deliver('2024-01-02', { ocmw: [{}] });
    const result = await feeds.night();
    expect(findings(result)).toEqual([
      'DELIVERY_DUPLICATE: Delivery 2024-01-02 has the same content as 2024-01-01; it was not taken in again.',
    ]);
    expect(result.deliveries).toHaveLength(1);
    expect((await recorded()).map(({ state }) => state)).toEqual(['TAKEN', 'DUPLICATE']);
    expect(findings(await feeds.night())).toEqual([]);
  });

  it('with other content under a name that was taken is refused', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}] });
    await feeds.night();
    await feeds.folder.deliver('2024-01-01', { ocmw: [{ name: 'Another' }] });
    await expect(feeds.night()).rejects.toMatchObject({
      exitCode: 3,
      message:
        'Delivery 2024-01-01 was refused: it was taken in before under this name, with other content. Nothing was changed; ' +
        'put back the files as they were, send what is new under another name, or pass it over with --skip-delivery 2024-01-01.',
    });
    await feeds.night({ skipDeliveries: ['2024-01-01'] });
    expect((await feeds.night()).findings).toEqual([]);
    expect(await feeds.versions('ocmw', 'v.name')).toHaveLength(1);
  });

  it('counts from the night that found it when it came too late', async () => {
    await feeds.folder.deliver('2024-01-05', { ocmw: [{}] });
    await feeds.night({ businessDate: '2024-01-05' });
    await feeds.folder.deliver('2024-01-03', { weo: [{}] });
    await feeds.folder.deliver('2024-01-07', { weo: [{ weo_id: 'W2' }] });
    const late = { businessDate: '2024-01-08', lastFinishedNight: '2024-01-05' };
    expect(findings(await feeds.night(late))).toEqual([
      'DELIVERY_LATE: Delivery 2024-01-03 came after the night of 2024-01-05; it counts from 2024-01-08.',
    ]);
    expect(await feeds.versions('weo', 'weo_id')).toEqual([
      { weo_id: 'W1', delivery: '2024-01-03', line: 2, counted_on: '2024-01-08' },
      { weo_id: 'W2', delivery: '2024-01-07', line: 2, counted_on: '2024-01-07' },
    ]);
  });

  it('that is refused can be passed over, stays so, and can be replaced', async () => {
    await feeds.folder.deliver('2024-01-01', { 'ocmw.csv': 'nonsense' });
    await feeds.folder.deliver('2024-01-02', { ocmw: [{}] });
    await expect(feeds.night()).rejects.toMatchObject({ exitCode: 3 });
    const skipped = await feeds.night({ skipDeliveries: ['2024-01-01'] });
    expect(findings(skipped)).toEqual(['DELIVERY_SKIPPED: Delivery 2024-01-01 was passed over by the operator.']);
    expect((await feeds.night()).findings).toEqual([]);
    await feeds.folder.deliver('2024-01-01', { 'ocmw.csv': csv('ocmw', [{ name: 'Replaced' }]) });
    expect((await feeds.night()).deliveries).toEqual([{ name: '2024-01-01', countedOn: '2024-01-01', rows: 1 }]);
    expect((await recorded()).map(({ name, state }) => `${name} ${state}`)).toEqual([
      '2024-01-01 SKIPPED',
      '2024-01-02 TAKEN',
      '2024-01-01 TAKEN',
    ]);
  });

  it('may hold other files, with a finding, but nothing odd in the place of a file', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}], 'README.txt': 'hello', '.DS_Store': 'x' });
    await mkdir(join(feeds.folder.path, '2024-01-01', 'archive'));
    expect(findings(await feeds.night())).toEqual([
      'UNKNOWN_FILE: README.txt in delivery 2024-01-01 is no file of the contract; it was not read.',
      'UNKNOWN_FILE: archive in delivery 2024-01-01 is no file of the contract; it was not read.',
    ]);
    await mkdir(join(feeds.folder.path, '2024-01-02', 'weo.csv'), { recursive: true });
    const failure = 'Delivery 2024-01-02 was refused: weo.csv: it is a folder, a link or a device, not a plain file. ';
    await expect(feeds.night()).rejects.toThrow(failure + advice('2024-01-02'));
    await feeds.folder.remove('2024-01-02');
    await mkdir(join(feeds.folder.path, '2024-01-02'));
    await symlink('/etc/passwd', join(feeds.folder.path, '2024-01-02', 'weo.csv'));
    await expect(feeds.night()).rejects.toThrow(failure + advice('2024-01-02'));
  });
});

describe('a bad file refuses its delivery and keeps nothing of this night', () => {
  const weo = csv('weo', [{}]);

  it('when it is empty or no CSV', async () => {
    expect(await refused({ 'weo.csv': '' })).toBe('weo.csv: the file is empty; at least a header is expected.');
    expect(await refused({ 'weo.csv': '{"weo": 1}' })).toContain(
      'weo.csv line 1: in the record that starts here a quote',
    );
    expect(await refused({ 'weo.csv': 'PK\u0003\u0004' })).toBe('weo.csv: the file is a zip file, not text.');
  });

  it('when its header is wrong', async () => {
    expect(await refused({ 'weo.csv': weo.replace('insz', 'rrn') })).toBe(
      'weo.csv line 1: column "insz" is missing; column "rrn" is unknown (expected: weo_id, ocmw_id, insz, start_date, ' +
        'end_date, end_reason, extended_for_rights, registered_at, withdrawn).',
    );
    expect(await refused({ 'weo.csv': weo.replace('insz', 'ocmw_id') })).toContain('column "ocmw_id" is there twice');
    expect(await refused({ 'weo.csv': weo.replaceAll(',', ';') })).toContain('weo.csv line 1: columns "weo_id", ');
  });

  it('when it is Latin-1, with the place', async () => {
    const latin1 = Buffer.from(csv('ocmw', [{}, { name: 'Li\u00e8ge' }]), 'latin1');
    expect(await refused({ 'ocmw.csv': latin1 })).toBe('ocmw.csv: the file is not UTF-8 (byte 117, line 3).');
  });

  it('when a quote never closes, after good rows and good files', async () => {
    const rows = weo + weo.split('\n')[1]!.replace('W1', '"W2');
    expect(await refused({ ocmw: [{}], 'weo.csv': rows })).toBe(
      'weo.csv line 3: a quote in the record that starts here is never closed.',
    );
    expect(await feeds.versions('ocmw', 'ocmw_id')).toEqual([]);
    expect(await feeds.rejects()).toEqual([]);
  });

  it('in whichever file it is, after 60,000 rows on their way', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => ({ weo_id: `W${i}` }));
    expect(await refused({ 'weo.csv': `${csv('weo', many)}W9,"` })).toContain(
      'weo.csv line 60002: a quote in the record',
    );
    expect(await feeds.database.rows('select 1 from twe.identity')).toEqual([]);
  });
});

describe('a header alone', () => {
  it('is a file without rows', async () => {
    await feeds.folder.deliver('2024-01-01', { weo: [], ocmw: [{}] });
    expect((await feeds.night()).deliveries[0]!.rows).toBe(1);
  });
});

describe('a manifest', () => {
  const weo = csv('weo', [{}, { weo_id: 'W2' }]);
  const sha256 = createHash('sha256').update(weo).digest('hex');
  const delivery = (manifest: unknown): Delivery => ({
    'weo.csv': weo,
    'manifest.json': typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  });
  const good = { delivery: '2024-01-02', mode: 'full', files: [{ name: 'weo.csv', rows: 2, sha256 }] };
  const withFile = (file: unknown) => delivery({ ...good, files: [file] });

  it('that agrees sets the mode', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}] });
    await feeds.folder.deliver('2024-01-02', delivery(good));
    await feeds.night();
    expect((await recorded()).map(({ mode }) => mode)).toEqual(['delta', 'full']);
  });

  it('that disagrees with the delivery refuses it', async () => {
    expect(await refused(withFile({ name: 'weo.csv', rows: 3 }))).toBe(
      'weo.csv: it has 2 rows, its manifest.json says 3.',
    );
    expect(await refused(withFile({ name: 'weo.csv', sha256: '0'.repeat(64) }))).toBe(
      `manifest.json: "weo.csv" is not the file that was sent: its sha256 is ${sha256}.`,
    );
    expect(await refused(delivery({ ...good, delivery: '2024-01-03' }))).toBe(
      'manifest.json: it is of delivery "2024-01-03".',
    );
    expect(await refused(delivery({ ...good, mode: 'all' }))).toBe(
      'manifest.json: mode "all" is neither "delta" nor "full".',
    );
    expect(await refused(withFile({ name: 'ocmw.csv' }))).toBe(
      'manifest.json: "ocmw.csv" is listed but is not in the delivery.',
    );
    expect(await refused(delivery({ ...good, files: [] }))).toBe(
      'manifest.json: "weo.csv" is in the delivery but is not listed.',
    );
    expect(await refused(delivery({ ...good, files: [good.files[0], good.files[0]] }))).toBe(
      'manifest.json: "weo.csv" is listed twice.',
    );
  });

  it('that is no manifest refuses it', async () => {
    expect(await refused(delivery('{'))).toBe('manifest.json: it is not a JSON object.');
    expect(await refused(delivery('[]'))).toBe('manifest.json: it is not a JSON object.');
    expect(await refused(delivery({ ...good, files: {} }))).toBe('manifest.json: "files" is not a list.');
    expect(await refused(withFile(null))).toBe('manifest.json: an entry of "files" has no name.');
    expect(await refused(withFile({ name: '../2024-01-01/ocmw.csv' }))).toBe(
      'manifest.json: "../2024-01-01/ocmw.csv" is not a file of this folder.',
    );
    expect(await refused(withFile({ name: 'weo.csv', rows: '2' }))).toBe(
      'manifest.json: rows of "weo.csv" is not a number of rows.',
    );
    expect(await refused({ 'manifest.json': 'x'.repeat(300 * 1024) })).toBe(
      'manifest.json: it is larger than 256 KiB.',
    );
  });

  it('may be asked for', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}] });
    await expect(feeds.night({ requireManifest: true })).rejects.toThrow(
      'Delivery 2024-01-01 was refused: it has no manifest.json, which feeds.require_manifest asks for. ',
    );
  });

  it('of a full delivery reports what vanished and deletes nothing', async () => {
    const weos = [{}, { weo_id: 'W2' }, { weo_id: 'W3', withdrawn: 'true' }, { weo_id: 'W4' }];
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}], weo: weos });
    await feeds.folder.deliver('2024-01-02', {
      'weo.csv': csv('weo', [{}, { weo_id: 'W4', start_date: 'x' }]),
      'manifest.json': JSON.stringify({ ...good, files: [{ name: 'weo.csv' }] }),
    });
    const result = await feeds.night();
    expect(result.findings).toEqual([
      {
        severity: 'WARNING',
        code: 'RECORD_VANISHED',
        ocmwId: '',
        weoId: 'W2',
        subject: 'W2',
        message:
          'weo.csv: W2 is not in the full delivery 2024-01-02 any more. It stays as it was; send it with withdrawn = true ' +
          'if it never was.',
      },
    ]);
    expect(await feeds.versions('weo', 'weo_id')).toHaveLength(4);
  });
});
