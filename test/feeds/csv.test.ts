import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_RECORD_BYTES, readCsv } from '../../src/feeds/csv.js';
import { UnreadableFile } from '../../src/feeds/unreadable.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twe-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(content: string | Buffer): Promise<{ path: string; sha256: string }> {
  const path = join(folder, 'file.csv');
  await writeFile(path, content);
  return { path, sha256: createHash('sha256').update(content).digest('hex') };
}

/** `line: field|field` of each record; the last one says why the file is refused, if it is. */
async function read(content: string | Buffer): Promise<string[]> {
  const { path, sha256 } = await write(content);
  const seen: string[] = [];
  try {
    for await (const { records, lines } of readCsv(path, sha256)) {
      records.forEach((record, index) => seen.push(`${lines[index]}: ${record.join('|')}`));
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    seen.push(error.line === undefined ? error.message : `${error.line}! ${error.message}`);
  }
  return seen;
}

const refusal = async (content: string | Buffer) => (await read(content)).at(-1);

describe('lines', () => {
  it('are those where a record starts, also after fields with line ends in them', async () => {
    expect(await read('a,b\n1,"x\ny\nz"\n2,"q\r\nr"\r\n3,w\n')).toEqual([
      '1: a|b',
      '2: 1|x\ny\nz',
      '5: 2|q\r\nr',
      '7: 3|w',
    ]);
  });

  it('count blank lines, which are no records', async () => {
    expect(await read('\n\na,b\n\r\n1,2\n\n\n3,4')).toEqual(['3: a|b', '5: 1|2', '8: 3|4']);
  });

  it('end with LF or CRLF, mixed, and the last one need not end', async () => {
    expect(await read('a,b\r\n1,2\n3,4\r\n5,6')).toEqual(['1: a|b', '2: 1|2', '3: 3|4', '4: 5|6']);
  });

  it('are right across pieces of the file', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => (i % 7 === 0 ? `${i},"é\n${i}"` : `${i},x`));
    const seen = await read(`a,b\n${rows.join('\n')}\n`);
    expect(seen).toHaveLength(30_001);
    let line = 2;
    rows.forEach((row, index) => {
      expect(seen[index + 1]!.startsWith(`${line}: ${index}|`)).toBe(true);
      line += row.split('\n').length;
    });
  });
});

describe('text', () => {
  it('may begin with a BOM', async () => {
    expect(await read('\ufeffa,b\n1,2\n')).toEqual(['1: a|b', '2: 1|2']);
  });

  it('is refused at the byte and line where it is no UTF-8', async () => {
    const latin1 = Buffer.from('a,b\n1,x\n2,Ren\u00e9\n3,y\n', 'latin1');
    expect(await refusal(latin1)).toBe('the file is not UTF-8 (byte 14, line 3)');
    const broken = Buffer.concat([
      Buffer.from(`a,b\n${'1,é\n'.repeat(50_000)}2,`),
      Buffer.from([0xff]),
      Buffer.from('\n'),
    ]);
    expect(await refusal(broken)).toBe('the file is not UTF-8 (byte 250007, line 50002)');
    expect(await refusal(Buffer.from('a,b\n1,é').subarray(0, 7))).toBe('the file is not UTF-8 (byte 7, line 2)');
  });

  it('is refused when it is UTF-16, compressed or holds NUL', async () => {
    expect(await refusal(Buffer.from('\ufeffa,b\n', 'utf16le'))).toBe('the file is UTF-16, not UTF-8');
    expect(await refusal(Buffer.from('a,b\n', 'utf16le'))).toBe('the file holds a NUL byte (byte 2, line 1)');
    expect(await refusal(gzipSync('a,b\n'))).toBe('the file is a gzip file, not text');
    expect(await refusal('a,b\n1,x\n2,\u0000\n')).toBe('the file holds a NUL byte (byte 11, line 3)');
  });
});

describe('quotes', () => {
  it('that never close refuse the file at the record that starts there', async () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => (i === 8 ? '9,"open' : `${i},x`));
    expect(await refusal(`a,b\n${rows.join('\n')}\n`)).toBe(
      '10! a quote in the record that starts here is never closed',
    );
  });

  it('that never close in a large file do not eat the rest of it', async () => {
    const content = `a,b\n1,"open\n${'2,x\n'.repeat(200_000)}`;
    expect(await refusal(content)).toBe(
      '2! the record that starts here is longer than 256 KiB (is a quote not closed?)',
    );
  });

  it('in the wrong place refuse the file: the ends of the records are not certain any more', async () => {
    expect(await refusal('a,b\n1,"x"y\n')).toBe('2! in the record that starts here text follows a closing quote');
    expect(await refusal('a,b\n1,x"y"\n')).toBe(
      '2! in the record that starts here a quote stands in a field without quotes',
    );
    expect(await read('a,b\n1,"x""y"\n')).toEqual(['1: a|b', '2: 1|x"y']);
  });
});

describe('size', () => {
  it('is limited for a record, also when it is nothing but commas', async () => {
    const tooLong = '2! the record that starts here is longer than 256 KiB (is a quote not closed?)';
    expect(await refusal(`a,b\n${'x'.repeat(MAX_RECORD_BYTES + 10)}\n`)).toBe(tooLong);
    expect(await refusal(`a,b\n${','.repeat(MAX_RECORD_BYTES * 2)}\n`)).toBe(tooLong);
    expect(await read(`a,b\n1,${'x'.repeat(200_000)}\n`)).toHaveLength(2);
  });

  it('is limited for blank lines', async () => {
    expect(await refusal('\n'.repeat(1_000_000))).toBe('100001! the file has more than 100000 blank lines');
  });
});

it('refuses a file that changed since its digest was taken', async () => {
  const { path } = await write('a,b\n');
  const records = readCsv(path, '0'.repeat(64));
  const all = async () => {
    for await (const batch of records) void batch;
  };
  await expect(all()).rejects.toThrow('the file changed while it was read');
});
