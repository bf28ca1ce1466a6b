/** `twe doctor --feed`: how a file would be read, before it is delivered. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTwe } from '../night/called-twe.js';
import { HAACHT, PERSON, csv } from './support.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-doctor-'));
  const mapping = {
    'weo.csv': {
      file: 'WEO_*.txt',
      separator: ';',
      encoding: 'latin1',
      date_format: 'DD/MM/YYYY',
      columns: { weo_id: 'Contract', insz: 'RR', start_date: 'Begin' },
      constants: { registered_at: 'delivery' },
    },
  };
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify({ 'feeds.source': 'feeds', 'feeds.mapping': mapping }));
  const rows = (begin: string) => `Contract;ocmw_id;RR;Begin;Naam\nW1;${HAACHT};${PERSON};${begin};Zo\u00e9\n`;
  writeFileSync(join(folder, 'WEO_1.txt'), rows('10/01/2024'), 'latin1');
  writeFileSync(join(folder, 'WEO_2.txt'), rows('32/01/2024'), 'latin1');
  writeFileSync(join(folder, 'weo.csv'), csv('weo', [{}]));
  writeFileSync(join(folder, 'export.txt'), csv('weo', [{}]));
});
afterAll(() => rmSync(folder, { recursive: true }));

const doctor = (...args: string[]) => callTwe(['doctor', ...args], { cwd: folder });

describe('twe doctor --feed', () => {
  it('shows a good file as it would be read and ends well, without a national number', async () => {
    const { exitCode, stdout, stderr } = await doctor('--feed', 'WEO_1.txt');
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const line of [
      'WEO_1.txt read as weo.csv, with feeds.mapping',
      '  stay empty  end_date, end_reason, extended_for_rights, withdrawn',
      '  column      start_date is Begin',
      '  constant    registered_at is delivery',
      '  not read    Naam',
      '    start_date           2024-01-10',
      '    insz                 [INSZ]',
      '  rows        1: 1 good, 0 bad',
    ]) {
      expect(stdout.split('\n')).toContain(line);
    }
    expect(stdout).not.toContain(PERSON);
  });

  it('ends with 3 for bad rows, in the words of the sender', async () => {
    const { exitCode, stdout, stderr } = await doctor('--feed', 'WEO_2.txt');
    expect([exitCode, stderr]).toEqual([
      3,
      'WEO_2.txt: 1 of 1 rows would be set aside; correct them, or the mapping.\n',
    ]);
    expect(stdout).toContain('WEO_2.txt line 2, column Begin: 32/01/2024 is not a date (DD/MM/YYYY).');
    expect(stdout).toContain('    start_date           32/01/2024\n');
  });

  it('ends with 3 for a file that would be refused, and says so as JSON', async () => {
    const { exitCode, stdout, stderr } = await doctor('--feed', 'weo.csv', '--as', 'ocmw.csv', '--json');
    expect(exitCode).toBe(3);
    expect(stderr).toContain(
      'weo.csv would be refused, and the delivery with it: line 1: columns "name", "nis_code", ',
    );
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, readAs: 'ocmw.csv', mapped: false, rows: 0 });
  });

  it('reads a file under the name of the contract without the mapping', async () => {
    const { exitCode, stdout } = await doctor('--feed', 'weo.csv');
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'weo.csv read as weo.csv, as the contract writes it']);
  });

  it('asks what is meant (exit code 2)', async () => {
    for (const [args, sentence] of [
      [['--as', 'weo.csv'], '--as says how a file is read: name that file with --feed.'],
      [
        ['--feed', 'export.txt'],
        'export.txt is neither a file of the contract nor one of feeds.mapping; say which it is',
      ],
      [['--feed', 'weo.csv', '--as', 'weather'], '--as weather is no file of the contract.'],
      [['--feed', 'none.csv'], 'none.csv does not exist; name a file of a delivery with --feed.'],
    ] as const) {
      const { exitCode, stderr } = await doctor(...args);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    }
  });
});
