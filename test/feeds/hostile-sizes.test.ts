/**
 * Files that would fill the memory, and files that were cut off. The large ones are 1 GB in `npm run test:long`; 48 MB say
 * the same in `npm test`, for the reader stops at its limit and never sees the rest.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractOf } from '../../src/feeds/contracts.js';
import { readCsv } from '../../src/feeds/csv.js';
import { readContent } from '../../src/feeds/deliveries.js';
import { readHeader } from '../../src/feeds/header.js';
import { readManifest } from '../../src/feeds/manifest.js';
import { RowChecker } from '../../src/feeds/rows.js';
import { UnreadableFile } from '../../src/feeds/unreadable.js';
import type { ReadInChild } from './read-in-child.js';
import { csv, header } from './support.js';

const run = promisify(execFile);
const MEGABYTES = process.env['TWE_LONG'] ? 1024 : 48;
const MEGABYTE = 1024 * 1024;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A real file: a begin, then one piece again and again. */
async function readLarge(begin: string, piece: string): Promise<ReadInChild> {
  const delivery = mkdtempSync(join(folder, 'large-'));
  const path = join(delivery, 'weo.csv');
  const file = openSync(path, 'w');
  try {
    writeSync(file, begin);
    const block = Buffer.from(piece.repeat(MEGABYTE / piece.length));
    for (let written = 0; written < MEGABYTES; written++) writeSync(file, block);
  } finally {
    closeSync(file);
  }
  try {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const script = join(import.meta.dirname, 'read-in-child.ts');
    const { stdout } = await run(process.execPath, ['--import', loader, script, path]);
    return JSON.parse(stdout) as ReadInChild;
  } finally {
    rmSync(delivery, { recursive: true });
  }
}

describe(`a file of ${MEGABYTES} MB`, () => {
  const TOO_LONG = 'the record that starts here is longer than 256 KiB (is a quote not closed?)';
  it.each([
    ['that is a single line', '', 'x', `1: ${TOO_LONG}`],
    ['whose second line never ends', `${header('weo')}\n`, 'W1,', `2: ${TOO_LONG}`],
    ['whose second line is nothing but commas', `${header('weo')}\n`, ',', `2: ${TOO_LONG}`],
    ['whose quote never closes', `${header('weo')}\n"`, 'W1,\n', `2: ${TOO_LONG}`],
    ['of nothing but line ends', '', '\n', '100001: the file has more than 100000 blank lines'],
    ['of line ends after a header', `${header('weo')}\n`, '\r\n', '100002: the file has more than 100000 blank lines'],
  ])(
    '%s is refused within a second of the limit, in less than 300 MB',
    async (_what, begin, piece, sentence) => {
      const { refused, readMs, peakMegabytes } = await readLarge(begin, piece);
      expect(refused).toBe(sentence);
      expect(readMs).toBeLessThan(1_000);
      expect(peakMegabytes).toBeLessThan(300);
    },
    600_000,
  );
});

/** What became of the rows of a file: `line: fields` of each accepted one, places of the others, or the refusal. */
interface Outcome {
  readonly accepted: string[];
  readonly setAside: string[];
  readonly refused: string | undefined;
}

const DECISION = contractOf('decision.csv')!;

async function readDecisions(path: string, content: Buffer): Promise<Outcome> {
  writeFileSync(path, content);
  const outcome = { accepted: [] as string[], setAside: [] as string[] };
  let checker: RowChecker | undefined;
  try {
    for await (const { records, lines } of readCsv(path, createHash('sha256').update(content).digest('hex'))) {
      for (const [index, record] of records.entries()) {
        if (checker === undefined) {
          const positions = readHeader(DECISION, record);
          if (typeof positions === 'string') throw new UnreadableFile(lines[index], positions);
          checker = new RowChecker(DECISION, positions, 2024);
          continue;
        }
        const { fault } = checker.check(record);
        if (fault === undefined) outcome.accepted.push(`${lines[index]}: ${record.join('|')}`);
        else outcome.setAside.push(`${lines[index]}: ${DECISION.columns[fault.at]?.name} ${fault.code}`);
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { ...outcome, refused: error.message };
  }
  return { ...outcome, refused: undefined };
}

describe('a file that is cut off at each of its last 2,048 bytes', () => {
  const CUTS = 2_048;
  const ROWS = 20;
  const reason = 'A second look:\nshe "works" since May, \u00e9\u00e9n dag per week \u20ac';
  const rows = Array.from({ length: ROWS }, (_, i) => ({ decision_id: `D${i + 1}`, withdrawn: 'false', reason }));
  const whole = Buffer.from(csv('decision', rows));
  const cuts = Array.from({ length: CUTS }, (_, i) => whole.subarray(0, whole.length - 1 - i));

  it('gives every row before the cut as it was, and the row that was cut is never taken for a whole one', async () => {
    const path = join(folder, 'decision.csv');
    const full = (await readDecisions(path, whole)).accepted;
    expect(full).toHaveLength(ROWS);
    expect(whole.length).toBeGreaterThan(CUTS);
    const met = new Set<string>();
    for (const cut of cuts) {
      const { accepted, setAside, refused } = await readDecisions(path, cut);
      const last = accepted.at(-1);
      // Without the end of its line a last row may be whole: only its last field can be shorter, and then it is empty.
      const isShortened = last !== undefined && !full.includes(last);
      if (isShortened) expect(full).toContain(`${last}false`);
      expect(accepted.slice(0, isShortened ? -1 : undefined)).toEqual(
        full.slice(0, accepted.length - (isShortened ? 1 : 0)),
      );
      expect(setAside.length + (refused === undefined ? 0 : 1)).toBeLessThanOrEqual(1);
      met.add(refused?.replace(/ \(.*/, '') ?? setAside[0]?.split(' ').at(-1) ?? 'nothing');
    }
    expect([...met].sort()).toEqual([
      'INVALID_BOOLEAN',
      'INVALID_CHOICE',
      'INVALID_TIMESTAMP',
      'MISSING_VALUE',
      'WRONG_FIELD_COUNT',
      'a quote in the record that starts here is never closed',
      'nothing',
      'the file is not UTF-8',
    ]);
  });

  it('is refused at every cut when a manifest tells its digest', async () => {
    const delivery = join(folder, 'cut');
    mkdirSync(delivery);
    const files = [{ name: 'decision.csv', rows: ROWS, sha256: createHash('sha256').update(whole).digest('hex') }];
    writeFileSync(join(delivery, 'manifest.json'), JSON.stringify({ delivery: '2024-01-01', files }));
    const sentence = async (content: Buffer) => {
      writeFileSync(join(delivery, 'decision.csv'), content);
      const read = await readContent({ name: '2024-01-01', date: '2024-01-01', path: delivery }, () => true);
      return readManifest('2024-01-01', read).then(
        () => 'taken',
        (error: unknown) => (error as Error).message.replace(/[0-9a-f]{64}/, 'DIGEST'),
      );
    };
    expect(await sentence(whole)).toBe('taken');
    const sentences = new Set<string>();
    for (const cut of cuts) sentences.add(await sentence(cut));
    expect([...sentences]).toEqual([
      'Delivery 2024-01-01 was refused: manifest.json: "decision.csv" is not the file that was sent: its sha256 is DIGEST. ' +
        'Nothing of it was kept; send it again corrected, or pass it over with --skip-delivery 2024-01-01.',
    ]);
  });
});
