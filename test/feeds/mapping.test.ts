/** Files of sources that do not write the form of the contract. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { feedMapping } from '../../src/config/feed-mapping.js';
import { checkFile } from '../../src/feeds/check-file.js';
import { contractOf } from '../../src/feeds/contracts.js';
import { dateFormat, numberFormat, timestampFormat } from '../../src/feeds/formats.js';
import type { FeedMapping } from '../../src/feeds/mapping.js';
import { feedsForTests, HAACHT, PERSON } from './support.js';

const WEO = {
  file: 'WEO_*.txt',
  separator: ';',
  encoding: 'windows-1252',
  decimal: ',',
  date_format: 'DD/MM/YYYY',
  timestamp_format: 'DD/MM/YYYY HH:mm',
  columns: { weo_id: 'ContractNr', ocmw_id: 'KBO', insz: 'Rijksregister', start_date: 'Begin', end_date: 'Einde' },
  values: { end_date: { '31/12/9999': '' }, extended_for_rights: { J: 'true', N: 'false' } },
  constants: { registered_at: 'delivery' },
};
const HEADER = 'Naam;ContractNr;KBO;Rijksregister;Begin;Einde;extended_for_rights';

function mappingOf(json: unknown): FeedMapping {
  const read = feedMapping.read(json);
  if (!read.ok) throw new Error(read.problem);
  return read.value;
}
const problemOf = (json: unknown) => {
  const read = feedMapping.read(json);
  return read.ok ? 'none' : read.problem.split('; ');
};
const file = (...rows: string[]) => Buffer.from([HEADER, ...rows, ''].join('\r\n'), 'latin1');
const translated = (compiled: ReturnType<typeof dateFormat>, text: string) =>
  'translate' in compiled ? compiled.translate(text) : compiled.problem;

describe('formats', () => {
  it('read days as they are written, and nothing else', () => {
    expect(translated(dateFormat('DD/MM/YYYY'), '03/02/2024')).toBe('2024-02-03');
    expect(translated(dateFormat('D-M-YYYY'), '3-2-2024')).toBe('2024-02-03');
    expect(translated(dateFormat('YYYYMMDD'), '20240203')).toBe('2024-02-03');
    for (const text of ['2024-02-03', '3/2/2024', '03.02.2024', '03/02/2024 ']) {
      expect(translated(dateFormat('DD/MM/YYYY'), text)).toBeUndefined();
    }
    expect(translated(dateFormat('DD/MM/YY'), '')).toContain('means nothing');
    expect(translated(dateFormat('MM/YYYY'), '')).toBe('the day is missing in it');
  });

  it('read moments by the clock of the zone, on both sides of the change of the clock', () => {
    const brussels = timestampFormat('DD/MM/YYYY HH:mm:ss', 'Europe/Brussels');
    expect(translated(brussels, '30/03/2024 23:59:59')).toBe('2024-03-30T23:59:59+01:00');
    expect(translated(brussels, '31/03/2024 03:00:00')).toBe('2024-03-31T03:00:00+02:00');
    expect(translated(brussels, '31/02/2024 03:00:00')).toBeUndefined();
    const withOffset = timestampFormat('YYYY-MM-DDTHH:mmZ', 'Europe/Brussels');
    expect(translated(withOffset, '2024-03-31T03:00+0000')).toBe('2024-03-31T03:00:00+0000');
  });

  it('read numbers with a comma and groups', () => {
    const dutch = numberFormat(',', '.');
    expect(['1.234,56', '1234,5', '-0,5', '12.34,56', '1,234.56', ',5', '1.234'].map((text) => dutch(text))).toEqual([
      '1234.56',
      '1234.5',
      '-0.5',
      undefined,
      undefined,
      undefined,
      '1234',
    ]);
    expect(numberFormat(',', '')('1.234')).toBeUndefined();
  });
});

describe('the key feeds.mapping', () => {
  it('is checked against the contract, with everything that is wrong at once', () => {
    expect(
      problemOf({
        'weo.txt': {},
        'weo.csv': {
          seperator: ';',
          quote: 'xx',
          encoding: 'utf-16',
          decimal: ';',
          date_format: 'dd/mm/yyyy',
          time_zone: 'Brussels',
          file: '../weo.csv',
          columns: { contract_id: 'ContractNr', weo_id: 'Nr', insz: 'Nr' },
          values: { end_reason: { 1: 'GONE' }, start_date: { x: '' } },
          constants: { weo_id: 'W1', registered_at: 'now' },
        },
      }),
    ).toEqual([
      expect.stringMatching(/^"weo.txt" is no file of the contract/),
      'weo.csv: unknown key "seperator", did you mean "separator"?',
      expect.stringContaining('columns: "contract_id" is no column of weo.csv'),
      'weo.csv: columns: "Nr" stands for both weo_id and insz',
      expect.stringContaining('file: "../weo.csv" is not the name of a file'),
      expect.stringContaining('quote: "xx" is not one sign'),
      expect.stringContaining('encoding: "utf-16" is none of'),
      'weo.csv: weo_id stands both under columns and under constants',
      expect.stringContaining('constants: registered_at: "now" is not a timestamp'),
      expect.stringContaining('values: end_reason: "GONE" is none of'),
      'weo.csv: values: start_date must be filled',
      expect.stringContaining('time_zone: "Brussels" is no time zone'),
    ]);
    expect(problemOf({ 'weo.csv': { date_format: 'dd/mm/yyyy', decimal: ';' } })).toEqual([
      'weo.csv: date_format: "dd/mm/yyyy" is not a format like "DD/MM/YYYY": "d" means nothing in it',
      'weo.csv: decimal: ";" is neither "." nor ","',
    ]);
    expect(problemOf({ 'weo.csv': WEO })).toBe('none');
  });
});

describe('a mapped file', () => {
  const feeds = feedsForTests();
  const mapping = mappingOf({ 'weo.csv': WEO });
  const taken = () => feeds.night({ mapping });
  const agreements = () =>
    feeds.versions('weo', 'weo_id, start_date, end_date, extended_for_rights, registered_at::text as at');

  it('is read by its own names, signs, days and codes', async () => {
    await feeds.folder.deliver('2024-03-05', {
      ocmw: [{}],
      'WEO_20240305.txt': file(
        `"Noël; Zoé";W1;${HAACHT};${PERSON};10/01/2024;31/12/9999;J`,
        `x;W2;${HAACHT};${PERSON};11/01/2024;30/06/2025;`,
      ),
    });
    expect((await taken()).findings).toEqual([]);
    const common = { delivery: '2024-03-05', counted_on: '2024-03-05', at: '2024-03-05 11:00:00+00' };
    expect(await agreements()).toEqual([
      { ...common, weo_id: 'W1', start_date: '2024-01-10', end_date: null, extended_for_rights: true, line: 2 },
      { ...common, weo_id: 'W2', start_date: '2024-01-11', end_date: '2025-06-30', extended_for_rights: null, line: 3 },
    ]);
  });

  it('sets bad rows aside in the words of the sender, without a national number', async () => {
    await feeds.folder.deliver('2024-03-05', {
      ocmw: [{}],
      'WEO_1.txt': file(
        `x;W1;${HAACHT};${PERSON};31/02/2024;;`,
        `x;W2;${HAACHT};${PERSON};2024-01-10;;`,
        `x;W3;${HAACHT};${PERSON};10/01/2024;;Misschien`,
        `x;W4;0212214918;${PERSON};10/01/2024;;`,
        `x;W5;${HAACHT};${PERSON}`,
        `x;W6;${HAACHT};${PERSON};10/01/2024;;;;;`,
      ),
    });
    await taken();
    const found = await feeds.rejects();
    expect(found.map(({ message }) => message.replace(/ The row was set aside.*/, ''))).toEqual([
      'WEO_1.txt line 2, column Begin: 31/02/2024 is not a date (DD/MM/YYYY).',
      'WEO_1.txt line 3, column Begin: 2024-01-10 is not a date (DD/MM/YYYY).',
      'WEO_1.txt line 4, column extended_for_rights: Misschien is not true or false, nor a code of feeds.mapping.',
      'WEO_1.txt line 5, column KBO: 0212214918 is not an enterprise number (10 digits with its check digits).',
      'WEO_1.txt line 6, column Begin: the row has 4 fields, the header 7.',
      'WEO_1.txt line 7: the row has 10 fields, the header 7.',
    ]);
    expect(found.map(({ file: name, column }) => `${name} ${column}`).slice(0, 2)).toEqual([
      'weo.csv start_date',
      'weo.csv start_date',
    ]);
    expect(found[0]!.raw).toBe(`...,W1,${HAACHT},[INSZ],31/02/2024,,`);
    expect(JSON.stringify(found)).not.toContain(PERSON);
    expect(await agreements()).toEqual([]);
  });

  it('that carries the day of its delivery makes a version of a row only when it says something new', async () => {
    const row = (end: string) => file(`x;W1;${HAACHT};${PERSON};10/01/2024;${end};N`);
    await feeds.folder.deliver('2024-03-05', { ocmw: [{}], 'WEO_1.txt': row('') });
    await feeds.folder.deliver('2024-03-06', { 'WEO_2.txt': row('') });
    await feeds.folder.deliver('2024-03-07', { 'WEO_3.txt': row('30/06/2024') });
    await feeds.folder.deliver('2024-03-08', { 'WEO_4.txt': row('') });
    await taken();
    expect((await agreements()).map(({ delivery, end_date }) => [delivery, end_date])).toEqual([
      ['2024-03-05', null],
      ['2024-03-07', '2024-06-30'],
      ['2024-03-08', null],
    ]);
  });

  it('must hold the columns that the mapping names, and be the only one of its kind', async () => {
    await feeds.folder.deliver('2024-03-05', { 'WEO_1.txt': HEADER.replace('Einde', 'Eind') });
    await expect(taken()).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('WEO_1.txt line 1: column "Einde" is missing') as string,
    });
    await feeds.folder.remove('2024-03-05');
    await feeds.folder.deliver('2024-03-05', { 'WEO_1.txt': HEADER, 'WEO_2.txt': HEADER });
    await expect(taken()).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('WEO_1.txt and WEO_2.txt are both read as weo.csv') as string,
    });
  });

  it('leaves files in the form of the contract as they are, and stays the same delivery without the mapping', async () => {
    await feeds.folder.deliver('2024-03-05', { ocmw: [{}], weo: [{}] });
    await feeds.folder.deliver('2024-03-06', { 'WEO_1.txt': file(`x;W2;${HAACHT};${PERSON};10/01/2024;;`) });
    await taken();
    expect((await agreements()).map(({ weo_id }) => weo_id)).toEqual(['W1', 'W2']);
    expect((await feeds.night()).deliveries).toEqual([]);
  });
});

describe('the dry check of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twe-check-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const check = (content: Buffer | string, mapping: FeedMapping | undefined) => {
    writeFileSync(join(folder, 'weo'), content);
    const contract = contractOf('weo.csv')!;
    const path = join(folder, 'weo');
    return checkFile({ path, name: 'WEO_1.txt', contract, mapping: mapping?.get('weo.csv'), date: '2024-03-05' });
  };

  it('shows the first rows as they would be read and counts the bad ones', async () => {
    const found = await check(
      file(`x;W1;${HAACHT};${PERSON};10/01/2024;31/12/9999;J`, `x;W2;${HAACHT};${PERSON};10.01.2024;;`),
      mappingOf({ 'weo.csv': WEO }),
    );
    expect(found).toMatchObject({ rows: 2, good: 1, bad: 1, refused: undefined, unread: ['Naam'] });
    expect(found.firstRows[0]).toEqual({
      line: 2,
      values: {
        weo_id: 'W1',
        ocmw_id: HAACHT,
        insz: '[INSZ]',
        start_date: '2024-01-10',
        end_date: '',
        end_reason: '',
        extended_for_rights: 'true',
        registered_at: '2024-03-05T11:00:00.000Z',
        withdrawn: '',
      },
    });
    expect(found.faultCounts).toEqual([{ column: 'start_date', code: 'INVALID_DATE', rows: 1 }]);
    expect(JSON.stringify(found)).not.toContain(PERSON);
  });

  it('says what is missing when the file would be refused', async () => {
    const found = await check(`${HEADER}\n`, undefined);
    expect(found.refused).toContain('are missing');
    const missing = found.columns.filter(({ source, constant }) => source === undefined && constant === undefined);
    expect(missing.map(({ column }) => column)).toContain('weo_id');
    expect((await check('', undefined)).refused).toContain('the file is empty');
  });
});
