/**
 * What senders really send, each case with the exact sentence that they get: a file that cannot be trusted refuses its
 * delivery and nothing of it is kept; what is only written otherwise is taken in as it is meant. (Sizes:
 * hostile-sizes.test.ts; manifests: deliveries.test.ts; rows that are wrong: rows.test.ts and set-aside.test.ts.)
 */
import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/db/database.js';
import { takeIn } from '../../src/feeds/take-in.js';
import { csv, type Delivery, feedsForTests, header, PSEUDONYMS } from './support.js';

const feeds = feedsForTests();

const NAME = '2024-01-02';
const ADVICE = ` Nothing of it was kept; send it again corrected, or pass it over with --skip-delivery ${NAME}.`;
const ROWS = [{}, { weo_id: 'W2' }, { weo_id: 'W3' }];
const GOOD = csv('weo', ROWS);
const LINES = GOOD.trimEnd().split('\n');
const EXPECTED = header('weo').replaceAll(',', ', ');

/** The sentence with which a night refuses the delivery, without its begin and its advice; nothing is kept. */
async function refused(): Promise<string> {
  const message = await feeds.refusal();
  const begin = `Delivery ${NAME} was refused: `;
  expect([message.slice(0, begin.length), message.slice(-ADVICE.length)]).toEqual([begin, ADVICE]);
  return message.slice(begin.length, -ADVICE.length);
}

async function deliver(delivery: Delivery): Promise<void> {
  await feeds.folder.deliver('2024-01-01', { ocmw: [{}] });
  await feeds.folder.deliver(NAME, delivery);
}

const weoIds = async () => (await feeds.versions('weo', 'weo_id')).map(({ weo_id }) => weo_id);

describe('a file that is only written otherwise is taken in', () => {
  const reversed = LINES.map((line) => line.split(',').reverse().join(',')).join('\n');
  it.each<[string, string | Buffer]>([
    ['as UTF-8 without BOM, with LF', GOOD],
    ['as UTF-8 with BOM', `\ufeff${GOOD}`],
    ['with BOM and a quoted header', `\ufeff${GOOD.replace('weo_id', '"weo_id"')}`],
    ['with CRLF', GOOD.replaceAll('\n', '\r\n')],
    ['with CRLF and LF mixed', `${LINES[0]!}\r\n${LINES[1]!}\n${LINES[2]!}\r\n${LINES[3]!}\n`],
    ['without an end of the last line', GOOD.trimEnd()],
    ['with blank lines before, between and after', `\n\r\n${LINES.join('\n\n')}\n\n\r\n`],
    ['with every field between quotes', LINES.map((line) => `"${line.replaceAll(',', '","')}"`).join('\n')],
    ['with its columns in another order', reversed],
  ])('%s', async (_how, content) => {
    await deliver({ 'weo.csv': content });
    await feeds.night();
    expect(await weoIds()).toEqual(['W1', 'W2', 'W3']);
    expect(await feeds.rejects()).toEqual([]);
  });

  it('with a header alone, as a file without rows', async () => {
    await deliver({ 'weo.csv': `${header('weo')}\n` });
    expect((await feeds.night()).deliveries.at(-1)).toEqual({ name: NAME, countedOn: NAME, rows: 0 });
  });
});

const middle = Buffer.concat([
  Buffer.from(LINES.slice(0, 2).join('\n')),
  Buffer.from([0xc3]),
  Buffer.from(`\n${LINES[3]!}\n`),
]);
const BROKEN_AT = LINES.slice(0, 2).join('\n').length + 1;
const withHeader = (change: (head: string) => string) => GOOD.replace(LINES[0]!, change(LINES[0]!));

describe('a file that cannot be trusted refuses its delivery', () => {
  it.each<[string, string | Buffer, string]>([
    ['UTF-16 with BOM', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), 'weo.csv: the file is UTF-16, not UTF-8.'],
    [
      'UTF-16 with BOM, the other way round',
      Buffer.from(`\ufeff${GOOD}`, 'utf16le').swap16(),
      'weo.csv: the file is UTF-16, not UTF-8.',
    ],
    ['UTF-16 without BOM', Buffer.from(GOOD, 'utf16le'), 'weo.csv: the file holds a NUL byte (byte 2, line 1).'],
    [
      'Latin-1',
      Buffer.from(GOOD.replace('W2', 'W\u00e9'), 'latin1'),
      `weo.csv: the file is not UTF-8 (byte ${GOOD.indexOf('W2') + 2}, line 3).`,
    ],
    ['a broken byte in the middle', middle, `weo.csv: the file is not UTF-8 (byte ${BROKEN_AT}, line 2).`],
    [
      'NUL in a field',
      GOOD.replace('W3', 'W\u0000'),
      `weo.csv: the file holds a NUL byte (byte ${GOOD.indexOf('W3') + 2}, line 4).`,
    ],
    [
      '__proto__ as a header',
      withHeader((head) => `${head},__proto__`),
      `weo.csv line 1: column "__proto__" is unknown (expected: ${EXPECTED}).`,
    ],
    [
      '__proto__, constructor and toString in the place of columns',
      withHeader((head) =>
        head.replace('insz', '__proto__').replace('end_date', 'constructor').replace('withdrawn', 'toString'),
      ),
      'weo.csv line 1: columns "insz", "end_date", "withdrawn" are missing; columns "__proto__", "constructor", ' +
        `"toString" are unknown (expected: ${EXPECTED}).`,
    ],
    ['a column twice', withHeader((head) => `${head},insz`), 'weo.csv line 1: column "insz" is there twice.'],
    [
      'a column missing',
      withHeader((head) => head.replace(',registered_at', '')),
      'weo.csv line 1: column "registered_at" is missing.',
    ],
    [
      'a column too many',
      withHeader((head) => `${head},remark`),
      `weo.csv line 1: column "remark" is unknown (expected: ${EXPECTED}).`,
    ],
    [
      'a header with other capitals',
      withHeader((head) => head.replace('insz', 'INSZ')),
      `weo.csv line 1: column "insz" is missing; column "INSZ" is unknown (expected: ${EXPECTED}).`,
    ],
    ['an empty file', '', 'weo.csv: the file is empty; at least a header is expected.'],
    ['a BOM alone', '\ufeff', 'weo.csv: the file is empty; at least a header is expected.'],
    ['line ends alone', '\n\r\n\n', 'weo.csv: the file is empty; at least a header is expected.'],
    ['a gzip named .csv', gzipSync(GOOD), 'weo.csv: the file is a gzip file, not text.'],
  ])('%s', async (_what, content, sentence) => {
    await deliver({ 'weo.csv': content });
    expect(await refused()).toBe(sentence);
  });

  it('a folder named like a file, and a symbolic link, also to a good file', async () => {
    const odd = 'weo.csv: it is a folder, a link or a device, not a plain file.';
    await deliver({});
    const path = join(feeds.folder.path, NAME, 'weo.csv');
    await mkdir(path, { recursive: true });
    expect(await refused()).toBe(odd);
    await feeds.folder.remove(NAME);
    await deliver({});
    await writeFile(join(feeds.folder.path, 'good.csv'), GOOD);
    await symlink(join(feeds.folder.path, 'good.csv'), path);
    expect(await refused()).toBe(odd);
  });

  it('a delivery that is a symbolic link to a folder is no delivery', async () => {
    await feeds.folder.deliver('2024-01-01', { ocmw: [{}] });
    await feeds.folder.deliver('elsewhere', { weo: ROWS });
    await symlink(join(feeds.folder.path, 'elsewhere'), join(feeds.folder.path, NAME));
    const { findings } = await feeds.night();
    expect(findings.map(({ message }) => message)).toContain(
      `${NAME} in the feed folder is no delivery (a folder named YYYY-MM-DD).`,
    );
    expect(await weoIds()).toEqual([]);
  });

  it('a manifest with a path to another folder, whichever way it is written', async () => {
    const manifest = (name: string) => JSON.stringify({ delivery: NAME, files: [{ name }, { name: 'weo.csv' }] });
    for (const name of [
      '../2024-01-01/ocmw.csv',
      '/etc/passwd',
      'sub/weo.csv',
      '..\\2024-01-01\\ocmw.csv',
      '..',
      '.',
    ]) {
      await deliver({ weo: ROWS, 'manifest.json': manifest(name) });
      expect(await refused()).toBe(`manifest.json: ${JSON.stringify(name)} is not a file of this folder.`);
    }
  });

  it('a digest that is that of another content', async () => {
    const sent = createHash('sha256').update(GOOD).digest('hex');
    const changed = `${GOOD}\n`;
    const files = [{ name: 'weo.csv', rows: 3, sha256: sent }];
    await deliver({ 'weo.csv': changed, 'manifest.json': JSON.stringify({ delivery: NAME, files }) });
    const found = createHash('sha256').update(changed).digest('hex');
    expect(await refused()).toBe(`manifest.json: "weo.csv" is not the file that was sent: its sha256 is ${found}.`);
  });
});

describe('a quote that does not close in row 10 of 100,000', () => {
  const ROW_COUNT = 100_000;
  const file = (broken: boolean, terminator = '\n') => {
    const row = LINES[1]!.slice(2);
    const rows = Array.from({ length: ROW_COUNT }, (_, i) => (broken && i === 9 ? `"W10${row}` : `W${i + 1}${row}`));
    return [LINES[0]!, ...rows, ''].join(terminator);
  };

  it('refuses the file at that line: none of the other rows goes in silently, none is lost silently', async () => {
    await deliver({ 'weo.csv': file(true) });
    expect(await refused()).toBe(
      'weo.csv line 11: the record that starts here is longer than 256 KiB (is a quote not closed?).',
    );
    await deliver({ 'weo.csv': file(true, '\r\n') });
    expect(await refused()).toContain('weo.csv line 11: ');
    await deliver({ 'weo.csv': file(false) });
    expect((await feeds.night()).deliveries.at(-1)!.rows).toBe(ROW_COUNT);
  });

  it('also when a quote further on seems to close it', async () => {
    const closed = file(true).replace('\nW500,', '\n"W500",');
    await deliver({ 'weo.csv': closed });
    expect(await refused()).toBe('weo.csv line 11: in the record that starts here text follows a closing quote.');
  });
});

/** Every order of some things. */
function orders<T>(things: readonly T[]): T[][] {
  if (things.length === 0) return [[]];
  return things.flatMap((first, at) => orders(things.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

class TakenBack extends Error {}

describe('five deliveries that need each other', () => {
  const CONTENTS: readonly Delivery[] = [
    { ocmw: [{}] },
    { weo: [{}, { weo_id: 'W2' }] },
    { weo: [{ end_date: '2024-12-31', registered_at: '2024-03-01T10:00:00+01:00' }], evaluation: [{}] },
    { employment: [{}, { employment_id: 'E2', weo_id: 'W2' }], wage: [{}] },
    { payment: [{ weo_id: 'W2', component: 'EFF', month: '2024-02' }], decision: [{}], budget: [{}] },
  ];

  /** All versions as they were sent, and what stays set aside. */
  const kept = (session: Session) => {
    const tables = ['ocmw', 'weo', 'employment', 'evaluation', 'wage', 'payment', 'decision', 'budget'];
    const texts = tables.map(
      (name) =>
        `select '${name} ' || (to_jsonb(v) - 'delivery_id' - 'line' - 'counted_on' - 'person_id')::text as text
         from twe.${name}_version v`,
    );
    const open = `select 'open ' || message from twe.rejected_row where closed_on is null`;
    return session.rows(`select text from (${[...texts, open].join(' union all ')}) kept order by text collate "C"`);
  };

  /** One night over all of them, taken back: 120 times emptying the tables takes longer than the rest. */
  async function afterNight(): Promise<unknown> {
    let outcome: unknown;
    const options = {
      feedsDir: feeds.folder.path,
      businessDate: '2024-02-01',
      runId: 'test',
      pseudonyms: PSEUDONYMS,
      lastFinishedNight: undefined,
    };
    await feeds.database
      .transaction(async (session) => {
        await takeIn(session, { ...options, skipDeliveries: [] });
        outcome = await kept(session);
        throw new TakenBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error;
      });
    return outcome;
  }

  it('end the same in each of their 120 orders (a fifth of them in npm test), with nothing left set aside', async () => {
    const outcomes: unknown[] = [];
    const tried = orders(CONTENTS).filter((_, index) => process.env['TWE_LONG'] || index % 5 === 0);
    for (const order of tried) {
      await feeds.folder.remove();
      for (const [index, content] of order.entries()) await feeds.folder.deliver(`2024-01-0${index + 1}`, content);
      outcomes.push(await afterNight());
    }
    expect(outcomes).toHaveLength(tried.length);
    expect(outcomes[0]).toHaveLength(11);
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  });
});
