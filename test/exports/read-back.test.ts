/** What is written wrongly, or comes back otherwise from the disk, never gets a final name. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StagedFile } from '../../src/exports/publish.js';
import { readBack } from '../../src/exports/read-back.js';
import { writeBook } from '../../src/exports/workbook/book.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twe-read-back-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function faultOf(content: string | Uint8Array, file: StagedFile): Promise<string | undefined> {
  const path = join(folder, file.name);
  await writeFile(path, content);
  return readBack(path, file).then(
    (sha256) => void expect(sha256).toMatch(/^[0-9a-f]{64}$/),
    (error: Error) => error.message,
  );
}

describe('a CSV', () => {
  const file = { name: 'a.csv', rows: 2, totalCents: 300, amountColumn: 1 };
  it('holds the rows and cents that were written', async () => {
    expect(await faultOf('a,b\nx,1.00\n"y\n",2.00\n', file)).toBeUndefined();
    expect(await faultOf('a,b\nx,1.00\n', file)).toContain('it holds 1 rows, 2 were written. Nothing was published.');
    expect(await faultOf('a,b\nx,1.00\ny,2.01\n', file)).toContain('it adds up to 3.01 euro, 3.00 were written.');
  });
});

describe('a document', () => {
  it('has its end', async () => {
    const pdf = { name: 'a.pdf', rows: 0, totalCents: 0 };
    expect(await faultOf('%PDF-1.7 and so on %%EOF\n', pdf)).toBeUndefined();
    expect(await faultOf('%PDF-1.7 and so', pdf)).toContain(
      'a.pdf was read again after it was written: it is cut off.',
    );
    expect(await faultOf('', { ...pdf, name: 'a.html' })).toContain('it is cut off');
  });
});

describe('a workbook', () => {
  const file = { name: 'a.xlsx', rows: 3, totalCents: 0 };
  const changed = async (change: (sheet: string) => string) => {
    const parts = unzipSync(await readFile(join(folder, 'good.xlsx')));
    const sheet = 'xl/worksheets/sheet1.xml';
    parts[sheet] = strToU8(change(strFromU8(parts[sheet]!)));
    return zipSync(parts);
  };
  beforeAll(() =>
    writeBook(join(folder, 'good.xlsx'), '2024-01-01', ({ writer }) => {
      const sheet = writer.addWorksheet('Blad');
      for (const amount of [1, 2]) sheet.addRow([amount]).commit();
      sheet.addRow([{ formula: 'IF(SUM(A1:A2)=3,"OK","FOUT")', result: 'OK' }]).commit();
      sheet.commit();
      return Promise.resolve();
    }),
  );

  it('can be unpacked, with its rows, no error and no check that does not hold', async () => {
    const good = await readFile(join(folder, 'good.xlsx'));
    expect(await faultOf(good, file)).toBeUndefined();
    expect(await faultOf(good, { ...file, rows: 4 })).toContain('it holds 3 rows, 4 were written');
    expect(await faultOf(good.subarray(0, -30), file)).toContain('it cannot be unpacked');
    const flipped = Buffer.from(good);
    flipped[good.indexOf('xl/worksheets/sheet1.xml') + 40]! ^= 0xff;
    expect(await faultOf(flipped, file)).toContain('it cannot be unpacked');
    expect(await faultOf(await changed((sheet) => sheet.replace('<v>OK</v>', '<v>FOUT</v>')), file)).toContain(
      'a check does not hold',
    );
    expect(
      await faultOf(await changed((sheet) => sheet.replace(' t="str"', ' t="e"').replace('OK</v>', '#REF!</v>')), file),
    ).toContain('1 of its cells show an error');
  });

  it('is looked at whole, wherever a piece begins', async () => {
    const many = await changed((sheet) =>
      sheet.replace('</sheetData>', `${'<row r="9"><c r="A9" t="e"><v>#N/A</v></c></row>'.repeat(20_000)}</sheetData>`),
    );
    expect(await faultOf(many, file)).toContain('20000 of its cells show an error');
  });
});
