import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyField, copyIn, copyOutCsv, copyOutLines, copyRow } from '../../src/db/copy.js';
import type { Session } from '../../src/db/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.rows('create table note (id integer primary key, body text, flag boolean, amount numeric)');
});
afterAll(() => test.drop());

const NASTY = [
  'plain',
  '',
  'tab\there',
  'line\nend',
  'carriage\rreturn',
  'back\\slash',
  '\\N',
  '\\.',
  '\\',
  'trailing\\',
  '"quoted", with comma',
  "it's",
  'é ü ß € 漢 𝄞 🇧🇪',
  '\u0001\u001f\u007f\u2028',
  '  blanks  ',
  'NULL',
  '\v\f\b',
];

/** Everything that copyOutLines gives, as lines. */
async function linesOf(session: Session, select: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const piece of copyOutLines(session, select)) {
    if (piece.at(-1) !== 0x0a) throw new Error('a piece that does not end with a line end');
    lines.push(...piece.toString().slice(0, -1).split('\n'));
  }
  return lines;
}

describe('COPY in', () => {
  it('keeps every character of every text, and tells empty from absent', async () => {
    await test.database.transaction(async (session) => {
      const writer = copyIn(session, 'note (id, body, flag, amount)');
      for (const [id, body] of NASTY.entries()) await writer.write(copyRow([id, body, id % 2 === 0, 12.5]));
      await writer.write(copyRow([NASTY.length, null, null, null]));
      expect(await writer.end()).toBe(NASTY.length + 1);
    });
    const rows = await test.database.rows<{ body: string | null; flag: boolean | null; amount: string | null }>(
      'select body, flag, amount from note order by id',
    );
    expect(rows.map((row) => row.body)).toEqual([...NASTY, null]);
    expect(rows[1]).toEqual({ body: '', flag: false, amount: '12.5' });
    expect(rows.at(-1)).toEqual({ body: null, flag: null, amount: null });
  });

  it('takes more rows than fit in memory buffers, with back-pressure', async () => {
    await test.database.rows('create table bulk (n integer, filler text)');
    const filler = 'x'.repeat(500);
    let waits = 0;
    const taken = await test.database.transaction(async (session) => {
      const writer = copyIn(session, 'bulk (n, filler)');
      for (let n = 0; n < 50_000; n += 1) {
        const pause = writer.write(`${n}\t${filler}`);
        if (pause) {
          waits += 1;
          await pause;
        }
      }
      return writer.end();
    });
    expect(taken).toBe(50_000);
    expect(waits).toBeGreaterThan(100);
    expect(await test.database.rows('select count(*), sum(n) from bulk')).toEqual([{ count: 50_000, sum: 1249975000 }]);
  });

  it('takes no rows at all', async () => {
    const taken = await test.database.transaction((session) => copyIn(session, 'bulk (n)').end());
    expect(taken).toBe(0);
  });

  it('throws what the server refuses and leaves the table as it was', async () => {
    const copy = test.database.transaction(async (session) => {
      const writer = copyIn(session, 'note (id, body)');
      for (let id = 1000; id < 300_000; id += 1) await writer.write(copyRow([id === 2000 ? 'not a number' : id, 'x']));
      return writer.end();
    });
    await expect(copy).rejects.toThrow('invalid input syntax for type integer');
    expect(await test.database.rows('select count(*) from note where id >= 1000')).toEqual([{ count: 0 }]);
  });

  it('does not tell the row at fault in the error, which may hold a national number', async () => {
    const copy = test.database.transaction(async (session) => {
      const writer = copyIn(session, 'note (id, body)');
      await writer.write(copyRow([1, '85073003328']));
      return writer.end();
    });
    const error = await copy.then(
      () => undefined,
      (fault: unknown) => fault as Error,
    );
    expect(error?.message).toContain('note_pkey');
    expect(JSON.stringify({ ...error, message: error?.message })).not.toContain('85073003328');
    expect(JSON.stringify({ ...error })).not.toContain('(id)=(1)');
  });

  it('is given up when the work throws in the middle, and the connection can be used again', async () => {
    const copy = test.database.transaction(async (session) => {
      const writer = copyIn(session, 'note (id, body)');
      for (let id = 5000; id < 9000; id += 1) await writer.write(copyRow([id, 'y'.repeat(100)]));
      throw new Error('the feed ended too early');
    });
    await expect(copy).rejects.toThrow('the feed ended too early');
    expect(await test.database.rows('select count(*) from note where id >= 5000')).toEqual([{ count: 0 }]);
  });

  it('is given up as well when it has just begun', async () => {
    const copy = test.database.transaction((session) => {
      copyIn(session, 'note (id, body)');
      return Promise.reject(new Error('nothing came'));
    });
    await expect(copy).rejects.toThrow('nothing came');
    expect(await test.database.rows('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('throws for a table that is not there', async () => {
    const copy = test.database.transaction(async (session) => {
      const writer = copyIn(session, 'nowhere (id)');
      await writer.write('1');
      return writer.end();
    });
    await expect(copy).rejects.toThrow('relation "nowhere" does not exist');
  });
});

describe('COPY out', () => {
  it('gives whole lines, whatever their length', async () => {
    const lines = await test.database.session((session) =>
      linesOf(session, `select n, repeat('é', n % 7000) from generate_series(1, 9000) as n order by n;`),
    );
    expect(lines).toHaveLength(9000);
    const wrong = lines.filter((line, index) => line !== `${index + 1}\t${'é'.repeat((index + 1) % 7000)}`);
    expect(wrong).toEqual([]);
  });

  it('gives nothing for no rows', async () => {
    expect(await test.database.session((session) => linesOf(session, 'select 1 where false'))).toEqual([]);
  });

  it('gives one line longer than any buffer', async () => {
    const lines = await test.database.session((session) => linesOf(session, `select repeat('z', 5000000)`));
    expect(lines.map((line) => line.length)).toEqual([5_000_000]);
  });

  it('can be left early, and the connection can be used again', async () => {
    await test.database.session(async (session) => {
      for await (const piece of copyOutLines(session, 'select n from generate_series(1, 500000) as n')) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
      expect(await session.rows('select 2 as two')).toEqual([{ two: 2 }]);
    });
  });

  it('throws a fault of the statement, also one that comes after the first rows', async () => {
    const early = test.database.session((session) => linesOf(session, 'select nothing from nowhere'));
    await expect(early).rejects.toThrow('relation "nowhere" does not exist');
    const late = test.database.session(async (session) => {
      await expect(linesOf(session, 'select 1 / (400000 - n) from generate_series(1, 500000) as n')).rejects.toThrow(
        'division by zero',
      );
      return session.rows('select 3 as three');
    });
    expect(await late).toEqual([{ three: 3 }]);
  });

  it('writes CSV with a header into a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'twe-copy-'));
    try {
      const file = join(folder, 'out.csv');
      const rows = await test.database.session((session) =>
        copyOutCsv(session, `select 1 as id, 'a "b", c' as body, null as nothing`, createWriteStream(file)),
      );
      expect(rows).toBe(1);
      expect(readFileSync(file, 'utf8')).toBe('id,body,nothing\n1,"a ""b"", c",\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a field of COPY', () => {
  it.each([
    [null, '\\N'],
    ['', ''],
    ['\\N', '\\\\N'],
    ['a\tb\nc\rd\\e', 'a\\tb\\nc\\rd\\\\e'],
    [true, 't'],
    [false, 'f'],
    [-12, '-12'],
  ])('%j is written %s', (value, text) => {
    expect(copyField(value)).toBe(text);
  });
});
