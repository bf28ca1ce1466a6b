import { describe, expect, it } from 'vitest';
import { feedsForTests, GENT, HAACHT, LEUVEN, OTHER_PERSON, PERSON, versions } from './support.js';

const feeds = feedsForTests();

const open = async () =>
  (await feeds.rejects()).filter(({ closed }) => closed === null).map((row) => `${row.delivery} ${row.message}`);
const closed = async () =>
  (await feeds.rejects())
    .filter((row) => row.closed !== null)
    .map((row) => `${row.delivery} ${row.file} ${row.line} closed ${row.closed}`);
const weos = () => feeds.versions('weo', 'weo_id');

describe('a bad row', () => {
  it('is set aside with file, line, column, code and a sentence; the rest goes on', async () => {
    await feeds.folder.deliver('2024-01-01', {
      ocmw: [{}],
      weo: [
        { weo_id: 'W1', end_date: '2024-02-31' },
        { weo_id: 'W2' },
        { weo_id: 'W3', start_date: '2024-05-01', end_date: '2024-04-01' },
        { weo_id: 'W4', ocmw_id: GENT },
        { weo_id: 'W5', insz: '85073003329' },
      ],
      budget: [{ fixed_amount: '1000,00' }],
    });
    const result = await feeds.night();
    expect(result.files.find(({ file }) => file === 'weo.csv')).toEqual({
      file: 'weo.csv',
      rows: 5,
      newVersions: 1,
      unchanged: 0,
      setAside: 4,
      cameBack: 0,
    });
    const again = 'The row was set aside; send it again corrected.';
    expect((await feeds.rejects()).map(({ code, message }) => `${code} ${message}`)).toEqual([
      `INVALID_AMOUNT budget.csv line 2, column fixed_amount: 1000,00 is not an amount (a point and at most two decimals, 1234.56). ${again}`,
      `INVALID_DATE weo.csv line 2, column end_date: 2024-02-31 is not a date. ${again}`,
      `END_BEFORE_START weo.csv line 4, column end_date: 2024-04-01 lies before the start_date 2024-05-01. ${again}`,
      `UNKNOWN_OCMW weo.csv line 5, column ocmw_id: OCMW ${GENT} is not known. The row was set aside; it comes back when that OCMW is delivered, or send it again corrected.`,
      `INVALID_INSZ weo.csv line 6, column insz: the value is not a national number (INSZ, 11 digits with its check digits). ${again}`,
    ]);
    expect((await feeds.rejects()).map(({ raw }) => raw)).toEqual([
      `B1,${HAACHT},2024,"1000,00",0,2024-01-01T10:00:00+01:00,`,
      `W1,${HAACHT},[INSZ],2024-01-10,2024-02-31,,,2024-01-01T10:00:00+01:00,`,
      `W3,${HAACHT},[INSZ],2024-05-01,2024-04-01,,,2024-01-01T10:00:00+01:00,`,
      `W4,${GENT},[INSZ],2024-01-10,,,,2024-01-01T10:00:00+01:00,`,
      `W5,${HAACHT},[INSZ],2024-01-10,,,,2024-01-01T10:00:00+01:00,`,
    ]);
  });

  it('names the first wrong column, references and values taken together', async () => {
    await feeds.folder.deliver('2024-01-01', {
      ocmw: [{}],
      weo: [{ ocmw_id: GENT, start_date: 'x' }],
      payment: [
        { payment_id: 'P1', amount: 'x', weo_id: 'W9' },
        { payment_id: 'P2', weo_id: 'W9', component: 'X' },
      ],
    });
    await feeds.night();
    expect((await feeds.rejects()).map(({ file, line, column, code }) => `${file} ${line} ${column} ${code}`)).toEqual([
      'payment.csv 2 amount INVALID_AMOUNT',
      'payment.csv 3 weo_id UNKNOWN_WEO',
      'weo.csv 2 ocmw_id UNKNOWN_OCMW',
    ]);
    await feeds.folder.deliver('2024-01-02', { ocmw: [{ ocmw_id: GENT }], weo: [{ weo_id: 'W9' }] });
    await feeds.night();
    expect(await closed()).toEqual([]);
  });

  it('goes when a later delivery brings the record right, and stays gone', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}], weo: [{ end_date: 'x' }, { weo_id: 'W2', ocmw_id: GENT }] });
    await feeds.folder.deliver('2024-01-02', { weo: [{ end_date: 'y' }] });
    await feeds.folder.deliver('2024-01-03', { weo: [{}, { weo_id: 'W2' }] });
    await feeds.folder.deliver('2024-01-04', { ocmw: [{ ocmw_id: GENT }] });
    await feeds.night();
    expect(await closed()).toEqual([
      '2024-01-01 weo.csv 2 closed 2024-01-03',
      '2024-01-01 weo.csv 3 closed 2024-01-03',
      '2024-01-02 weo.csv 2 closed 2024-01-03',
    ]);
    expect((await weos()).map(({ weo_id, delivery }) => `${weo_id} ${delivery}`)).toEqual([
      'W1 2024-01-03',
      'W2 2024-01-03',
    ]);
  });

  it('does not go by a right row of the same delivery, nor by an earlier one', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}], weo: [{}, { end_date: 'x' }] });
    await feeds.folder.deliver('2024-01-02', { weo: [{ end_date: 'y' }] });
    await feeds.night();
    expect(await open()).toHaveLength(2);
  });

  it('goes by the id of its file: ocmw_id and valid_from, or the client of a replacement', async () => {
    await feeds.folder.deliver('2024-01-01', {
      ocmw: [{ nis_code: 'x' }, { nis_code: 'x', valid_from: '2025-01-01' }],
      replacement: [{ replaced_by: '1' }, { insz: OTHER_PERSON, replaced_by: '1' }],
    });
    await feeds.folder.deliver('2024-01-02', { ocmw: [{}], replacement: [{}] });
    await feeds.night();
    expect(await closed()).toEqual([
      '2024-01-01 ocmw.csv 2 closed 2024-01-02',
      '2024-01-01 replacement.csv 2 closed 2024-01-02',
    ]);
  });
});

describe('a row that refers to something unknown', () => {
  it('comes back when it is delivered, with its own delivery and line, counting from then', async () => {
    await feeds.folder.deliver('2024-01-01', {
      weo: [{}],
      employment: [{}],
      wage: [{ month: '2024-02', gross_wage_cost: '2500.5' }],
      evaluation: [{}],
      decision: [{ reason: 'two\nlines' }],
      payment: [{ weo_id: 'W1', component: 'EFF', month: '2024-02' }],
      budget: [{}],
    });
    // A wage names an employment, not an OCMW or WEO: it waits for nothing.
    const first = await feeds.night();
    const waiting = first.files.filter(({ file }) => file !== 'wage.csv');
    expect(waiting.every(({ rows, setAside }) => rows === setAside)).toBe(true);
    await feeds.folder.deliver('2024-01-05', { ocmw: [{}] });
    const result = await feeds.night();
    expect(result.files.reduce((sum, file) => sum + file.cameBack, 0)).toBe(6);
    for (const name of ['weo', 'employment', 'evaluation', 'decision', 'payment', 'budget']) {
      const [version] = await feeds.versions(name, `${name}_id as id`);
      expect(version, name).toMatchObject({ delivery: '2024-01-01', line: 2, counted_on: '2024-01-05' });
    }
    expect(await closed()).toHaveLength(6);
    const [wage] = await feeds.versions('wage', 'gross_wage_cents, month, registered_at::text, withdrawn');
    expect(wage).toMatchObject({
      gross_wage_cents: 250050,
      month: '2024-02-01',
      registered_at: '2024-01-01 09:00:00+00',
      withdrawn: false,
    });
    const [decision] = await feeds.versions('decision', 'reason');
    expect(decision).toMatchObject({ reason: 'two\nlines' });
    const [weo] = await versions(
      feeds.database,
      'weo',
      '(select insz from twe.identity i where i.person_id = v.person_id)',
    );
    expect(weo).toMatchObject({ insz: PERSON });
  });

  it('needs nothing to wait for in the same delivery', async () => {
    await feeds.folder.deliver('2024-01-01', { wage: [{}], employment: [{}], weo: [{}], ocmw: [{}] });
    await feeds.night();
    expect(await feeds.rejects()).toEqual([]);
  });

  it('reports the second unknown record when the first one came', async () => {
    await feeds.folder.deliver('2024-01-01', { payment: [{ ocmw_id: GENT, weo_id: 'W1' }] });
    await feeds.night();
    await feeds.folder.deliver('2024-01-02', { ocmw: [{ ocmw_id: GENT }] });
    await feeds.night();
    expect(await open()).toEqual([
      '2024-01-01 payment.csv line 2, column weo_id: WEO W1 is not known. The row was set aside; it comes back when that WEO is delivered, or send it again corrected.',
    ]);
    await feeds.folder.deliver('2024-01-03', { weo: [{ ocmw_id: GENT }] });
    await feeds.night();
    expect(await open()).toEqual([]);
  });

  it('comes back as one version when it was sent three times, and replaces a worse one', async () => {
    await feeds.folder.deliver('2024-01-01', { weo: [{ start_date: 'x' }] });
    await feeds.folder.deliver('2024-01-02', { weo: [{ end_reason: '' }] });
    // The same rows in another delivery, which would be no other one without a second file.
    await feeds.folder.deliver('2024-01-03', { weo: [{ end_reason: '' }], evaluation: [] });
    await feeds.folder.deliver('2024-01-04', { weo: [{ end_reason: 'OTHER' }] });
    await feeds.folder.deliver('2024-01-05', { ocmw: [{}], weo: [{ end_reason: 'OTHER' }] });
    const result = await feeds.night();
    expect(result.files[1]).toMatchObject({ rows: 5, cameBack: 3, newVersions: 0, unchanged: 1 });
    expect((await weos()).map(({ delivery }) => delivery)).toEqual(['2024-01-02', '2024-01-04']);
    expect(await open()).toEqual([]);
  });

  it('comes back from an earlier night too, whatever the order of deliveries', async () => {
    await feeds.folder.deliver('2024-01-01', { evaluation: [{}] });
    await feeds.night();
    await feeds.folder.deliver('2024-01-02', { employment: [{}] });
    await feeds.night();
    await feeds.folder.deliver('2024-01-03', { weo: [{}] });
    await feeds.night();
    expect(await open()).toHaveLength(3);
    await feeds.folder.deliver('2024-01-04', { ocmw: [{}] });
    await feeds.night();
    expect(await open()).toEqual([]);
    expect(await feeds.versions('evaluation', 'evaluation_id')).toEqual([
      { evaluation_id: 'V1', delivery: '2024-01-01', line: 2, counted_on: '2024-01-04' },
    ]);
  });

  it('may be an OCMW: one that is named in the same delivery counts, in a ring too', async () => {
    await feeds.folder.deliver('2024-01-01', {
      ocmw: [
        { ocmw_id: HAACHT, successor_id: GENT, valid_to: '2024-12-31' },
        { ocmw_id: GENT, successor_id: HAACHT },
        { ocmw_id: LEUVEN, successor_id: LEUVEN },
      ],
    });
    await feeds.night();
    expect(await feeds.rejects()).toEqual([]);
  });

  it('may be an OCMW that waits for one that waits', async () => {
    await feeds.folder.deliver('2024-01-01', {
      ocmw: [
        { ocmw_id: HAACHT, successor_id: GENT },
        { ocmw_id: GENT, successor_id: LEUVEN },
      ],
    });
    await feeds.night();
    expect(await open()).toHaveLength(2);
    await feeds.folder.deliver('2024-01-02', { ocmw: [{ ocmw_id: LEUVEN, successor_id: 'x' }] });
    await feeds.night();
    expect(await open()).toHaveLength(3);
    await feeds.folder.deliver('2024-01-03', { ocmw: [{ ocmw_id: LEUVEN }], weo: [{ ocmw_id: HAACHT }] });
    expect((await feeds.night()).files[0]).toMatchObject({ cameBack: 3, newVersions: 1 });
    expect(await open()).toEqual([]);
    expect(await feeds.versions('ocmw', 'ocmw_id')).toEqual([
      { ocmw_id: HAACHT, delivery: '2024-01-01', line: 2, counted_on: '2024-01-03' },
      { ocmw_id: GENT, delivery: '2024-01-01', line: 3, counted_on: '2024-01-03' },
      { ocmw_id: LEUVEN, delivery: '2024-01-03', line: 2, counted_on: '2024-01-03' },
    ]);
  });
});

describe('versions', () => {
  it('are written only where a row says something new', async () => {
    const changes = [{}, {}, { end_date: '2024-12-31' }, {}, { registered_at: '2024-02-01T10:00:00+01:00' }];
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}, {}], weo: changes });
    expect((await feeds.night()).files.slice(0, 2)).toMatchObject([
      { rows: 2, newVersions: 1, unchanged: 1 },
      { rows: 5, newVersions: 4, unchanged: 1 },
    ]);
    await feeds.folder.deliver('2024-01-02', { ocmw: [{}], weo: [{}, { weo_id: 'W2' }] });
    expect((await feeds.night()).files.slice(0, 2)).toMatchObject([
      { rows: 1, newVersions: 0, unchanged: 1 },
      { rows: 2, newVersions: 1, unchanged: 1 },
    ]);
    await feeds.folder.deliver('2024-01-03', { ocmw: [{ name: 'Other' }], weo: [{ end_date: '2024-12-30' }] });
    await feeds.folder.deliver('2024-01-04', { ocmw: [{}], weo: [{ withdrawn: 'true' }] });
    expect((await feeds.night()).files.slice(0, 2)).toMatchObject([
      { newVersions: 2, unchanged: 0 },
      { newVersions: 2, unchanged: 0 },
    ]);
  });

  it('of a large file that is sent again write nothing', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => ({ weo_id: `W${i}`, insz: i % 2 ? PERSON : OTHER_PERSON }));
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}], weo: many });
    await feeds.folder.deliver('2024-01-02', { ocmw: [{}], weo: [...many].reverse() });
    expect((await feeds.night()).files[1]).toMatchObject({
      rows: 120_000,
      newVersions: 60_000,
      unchanged: 60_000,
    });
  });
});
