/**
 * Thousands of spoilt files through the reader, beside a second reading of the contract (fuzz-contract.ts) and of CSV
 * (fuzz-splitter.ts): never a crash, never a row accepted that the contract forbids, never a row lost without a reject. What
 * fails can be had again by its seed.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractOf, type RecordContract } from '../../src/feeds/contracts.js';
import { readCsv } from '../../src/feeds/csv.js';
import { readHeader } from '../../src/feeds/header.js';
import { RowChecker, rowMessage } from '../../src/feeds/rows.js';
import { shownRow } from '../../src/feeds/shown.js';
import { UnreadableFile } from '../../src/feeds/unreadable.js';
import { contractFiles, firstWrong } from './fuzz-contract.js';
import { fuzzedFile } from './fuzz-files.js';
import { split } from './fuzz-splitter.js';
import { OTHER_PERSON, PERSON } from './support.js';

const FILES = process.env['TWE_LONG'] ? 200_000 : 2_500;
const YEAR = 2024;
const CONTRACT = contractFiles(YEAR);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the reader makes of a file. */
interface Read {
  /** `line|fields` of rows that were accepted. */
  readonly accepted: string[];
  /** `line|column` of rows that were set aside. */
  readonly setAside: string[];
  readonly refused: string | undefined;
  /** Everything that a person or a table would get to see of it. */
  readonly shown: string[];
}

async function read(contract: RecordContract, bytes: Buffer): Promise<Read> {
  const path = join(folder, contract.file);
  writeFileSync(path, bytes);
  const found = { accepted: [] as string[], setAside: [] as string[], shown: [] as string[] };
  let reader: { positions: number[]; checker: RowChecker } | undefined;
  try {
    for await (const { records, lines } of readCsv(path, createHash('sha256').update(bytes).digest('hex'))) {
      for (const [index, fields] of records.entries()) {
        const line = lines[index]!;
        if (reader === undefined) {
          const positions = readHeader(contract, fields);
          if (typeof positions === 'string') throw new UnreadableFile(line, positions);
          reader = { positions, checker: new RowChecker(contract, positions, YEAR) };
          continue;
        }
        const { fault } = reader.checker.check(fields);
        if (fault === undefined) {
          found.accepted.push(`${line}|${fields.join('|')}`);
          continue;
        }
        const column = contract.columns[fault.at]?.name ?? '';
        found.setAside.push(`${line}|${column}`);
        found.shown.push(
          rowMessage(contract.file, line, column, fault.text, ''),
          shownRow(contract, reader.positions, fields),
        );
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { ...found, refused: error.message };
  }
  return { ...found, refused: reader === undefined ? 'the file is empty' : undefined };
}

/** What the contract says about a file: undefined for one that it refuses. */
function expected(name: string, bytes: Buffer): Pick<Read, 'accepted' | 'setAside'> | undefined {
  const { rows, broken } = split(bytes);
  const columns = CONTRACT[name]!;
  const header = rows[0]?.fields ?? [];
  const names = columns.map(([column]) => column);
  if (broken !== undefined || [...header].sort().join() !== [...names].sort().join()) return undefined;
  const found = { accepted: [] as string[], setAside: [] as string[] };
  for (const { line, fields } of rows.slice(1)) {
    const wrong = firstWrong(columns, header, fields);
    if (wrong === undefined) found.accepted.push(`${line}|${fields.join('|')}`);
    else found.setAside.push(`${line}|${wrong}`);
  }
  return found;
}

const counts = { files: 0, refused: 0, accepted: 0, setAside: 0 };

async function tryFile(seed: number): Promise<void> {
  const { name, bytes } = fuzzedFile(seed);
  const got = await read(contractOf(name)!, bytes).catch((error: unknown) => {
    throw new Error(`seed ${seed}: the reader crashed on ${name}`, { cause: error });
  });
  const wanted = expected(name, bytes);
  counts.files += 1;
  counts.accepted += got.accepted.length;
  counts.setAside += got.setAside.length;
  counts.refused += wanted === undefined ? 1 : 0;
  const shown = [got.refused ?? '', ...got.shown].join('\n');
  const faults = [
    ...(wanted === undefined && got.refused === undefined ? ['was taken in, though the contract refuses it'] : []),
    ...(wanted !== undefined && !isDeepStrictEqual(rowsOf(got), rowsOf(wanted)) ? ['was read otherwise'] : []),
    ...([PERSON, OTHER_PERSON].some((number) => shown.includes(number)) ? ['a national number is shown'] : []),
  ];
  if (faults.length === 0) return;
  // `expect` on each of 200,000 files would take most of the time; here it shows the difference.
  expect({ seed, name, faults, ...got }).toEqual({ seed, name, faults: [], ...wanted, refused: undefined, shown: [] });
}

const rowsOf = ({ accepted, setAside, refused }: Partial<Read>) => ({ accepted, setAside, refused });

describe('the reader', () => {
  it(`agrees with the contract on ${FILES} spoilt files, row by row and line by line`, async () => {
    for (let seed = 1; seed <= FILES; seed++) await tryFile(seed);
    expect(counts.files).toBe(FILES);
    // The files must be worth it: each outcome often enough.
    expect(counts.refused).toBeGreaterThan(FILES / 10);
    expect(counts.accepted).toBeGreaterThan(FILES);
    expect(counts.setAside).toBeGreaterThan(FILES / 2);
  }, 3_600_000);
});
