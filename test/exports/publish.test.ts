import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT, Failure } from '../../src/errors.js';
import { writeCsvStream } from '../../src/exports/csv.js';
import { explainWriteError, publishFolder, type Provenance } from '../../src/exports/publish.js';
import { writeBook, type OpenBook } from '../../src/exports/workbook/book.js';

const provenance: Provenance = {
  runId: '2024-04-16/nightly',
  job: 'nightly',
  businessDate: '2024-04-16',
  lawDigest: 'law',
  inputDigest: 'input',
};

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'twe-publish-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

const folder = () => join(out, '2024-04-16', 'nightly');
const content = async (name: string) => readFile(join(folder(), name), 'utf8');

function publish(text: string, into = out) {
  return publishFolder(into, provenance, async (staging) => {
    await writeFile(join(staging, 'a.txt'), text);
    return [{ name: 'a.txt', rows: 1, totalCents: 250 }];
  });
}

describe('publishing a folder', () => {
  it('writes the files and a manifest with rows, cents and digest', async () => {
    const published = await publish('x\n');
    expect(published).toMatchObject({ path: folder(), changed: true });
    expect(JSON.parse(await content('manifest.json'))).toEqual({
      run_id: '2024-04-16/nightly',
      job: 'nightly',
      business_date: '2024-04-16',
      law_digest: 'law',
      input_digest: 'input',
      files: [
        {
          name: 'a.txt',
          rows: 1,
          total_cents: 250,
          sha256: '73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac',
        },
      ],
    });
    expect(await readdir(join(out, '2024-04-16'))).toEqual(['nightly']);
  });

  it('leaves a folder with the same content alone', async () => {
    await publish('x\n');
    expect((await publish('x\n')).changed).toBe(false);
  });

  it('replaces a folder with other content, files of its own included', async () => {
    await publish('x\n');
    await writeFile(join(folder(), 'stray.txt'), 'left by somebody');
    expect((await publish('y\n')).changed).toBe(true);
    expect((await readdir(folder())).sort()).toEqual(['a.txt', 'manifest.json']);
    expect(await content('a.txt')).toBe('y\n');
  });

  it('notices a file that was changed after it was published', async () => {
    await publish('x\n');
    await writeFile(join(folder(), 'a.txt'), 'tampered');
    expect((await publish('x\n')).changed).toBe(true);
    expect(await content('a.txt')).toBe('x\n');
  });

  it('clears a half written folder of a killed run', async () => {
    await mkdir(join(out, '2024-04-16', '.nightly.new'), { recursive: true });
    await writeFile(join(out, '2024-04-16', '.nightly.new', 'half.csv'), 'half');
    await publish('x\n');
    expect((await readdir(folder())).sort()).toEqual(['a.txt', 'manifest.json']);
    expect(await readdir(join(out, '2024-04-16'))).toEqual(['nightly']);
  });

  it('brings back the old folder of a run that was killed between the two renames', async () => {
    await publish('x\n');
    await rename(folder(), join(out, '2024-04-16', '.nightly.old'));
    const failing = publishFolder(out, provenance, () => Promise.reject(new Error('stop')));
    await expect(failing).rejects.toThrow('stop');
    expect(await content('a.txt')).toBe('x\n');
  });

  it('removes the old folder of a run that was killed after both renames', async () => {
    await publish('new\n');
    await mkdir(join(out, '2024-04-16', '.nightly.old'));
    expect((await publish('new\n')).changed).toBe(false);
    expect(await readdir(join(out, '2024-04-16'))).toEqual(['nightly']);
  });

  it('keeps what stood there when writing fails', async () => {
    await publish('x\n');
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const failing = publishFolder(out, provenance, () => Promise.reject(full));
    await expect(failing).rejects.toMatchObject({
      exitCode: EXIT.unexpected,
      message: expect.stringMatching(/disk .* is full/) as string,
    });
    expect(await content('a.txt')).toBe('x\n');
    expect(await readdir(join(out, '2024-04-16'))).toEqual(['nightly']);
  });

  it('refuses a writer that announces another file than it wrote', async () => {
    const lying = publishFolder(out, provenance, () => Promise.resolve([{ name: 'b.csv', rows: 0, totalCents: 0 }]));
    await expect(lying).rejects.toThrow('announced [b.csv]');
  });
});

describe('a disk that is full', () => {
  it.skipIf(!existsSync('/dev/full'))('stops a workbook and a CSV with what the system says', async () => {
    const many = (book: OpenBook) => {
      const sheet = book.writer.addWorksheet('x');
      for (let i = 0; i < 20_000; i++) sheet.addRow([Math.random()]).commit();
      sheet.commit();
      return book.drained();
    };
    await expect(writeBook('/dev/full', '2024-04-16', many)).rejects.toMatchObject({ code: 'ENOSPC' });
    const row = (sink: Writable) => pipeline(['a\n', 'b\n'], sink);
    await expect(writeCsvStream('/dev/full', undefined, row)).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});

describe('an output folder that cannot be used', () => {
  it('is exit 2 when it is a file', async () => {
    const file = join(out, 'file');
    await writeFile(file, '');
    const failing = publish('x\n', file);
    await expect(failing).rejects.toBeInstanceOf(Failure);
    await expect(failing).rejects.toMatchObject({
      exitCode: EXIT.usage,
      message: expect.stringContaining('is a file') as string,
    });
  });

  it('is exit 2 when the folder of the job is a file', async () => {
    await mkdir(join(out, '2024-04-16'));
    await writeFile(folder(), '');
    await expect(publish('x\n')).rejects.toMatchObject({ exitCode: EXIT.usage });
  });

  it.each([
    ['EACCES', EXIT.usage, 'may not be written'],
    ['EROFS', EXIT.usage, 'may not be written'],
    ['ENOSPC', EXIT.unexpected, 'is full'],
    ['EBUSY', EXIT.unexpected, 'open in another program'],
  ])('says what %s means', (code, exitCode, text) => {
    const failure = explainWriteError(Object.assign(new Error(code), { code }), '/out');
    expect(failure).toMatchObject({ exitCode, message: expect.stringContaining(text) as string });
  });
});
