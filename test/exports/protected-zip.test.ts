/** The protected zip and its passwords: another program opens it, and a password is shown nowhere. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { EXIT, Failure } from '../../src/errors.js';
import { PASSWORDS_VARIABLE, readStatementPasswords } from '../../src/exports/statement/passwords.js';
import { writeProtectedZip } from '../../src/exports/statement/protected-zip.js';
import { AALST, GENT } from './sample.js';

const PASSWORD = 'appel-Peer-26 x';
const OTHER = 'druif-Kers-27 y';

const sevenZip = ['7z', '7zz', '7za'].find((name) => {
  try {
    execFileSync(name, ['i'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});
if (sevenZip === undefined) {
  process.stderr.write('7-Zip is not installed: the archives are NOT opened by another program.\n');
}

let folder: string;
let archive: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twe-zip-'));
  await writeFile(join(folder, 'a'), 'eerste');
  await writeFile(join(folder, 'b'), Buffer.alloc(300_000, 'tweede '));
  archive = join(folder, 'staat.zip');
  await write(archive, PASSWORD);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function write(path: string, password: string): Promise<void> {
  const files = [
    { name: 'staat.xlsx', path: join(folder, 'b') },
    { name: 'betaalnota.pdf', path: join(folder, 'a') },
  ];
  return writeProtectedZip(path, files, password, day('2024-05-01'));
}

async function entriesOf(path: string, password: string): Promise<FileEntry[]> {
  const entries = await new ZipReader(new Uint8ArrayReader(await readFile(path)), { password }).getEntries();
  return entries.filter((entry) => !entry.directory);
}

describe('a protected zip', () => {
  it('gives its files back with the password alone, by AES-256', async () => {
    const [workbook, note] = await entriesOf(archive, PASSWORD);
    expect([workbook!.filename, note!.filename]).toEqual(['staat.xlsx', 'betaalnota.pdf']);
    expect([workbook!.encrypted, workbook!.zipCrypto]).toEqual([true, false]);
    expect(Buffer.from(await note!.getData(new Uint8ArrayWriter())).toString()).toBe('eerste');
    expect((await workbook!.getData(new Uint8ArrayWriter())).length).toBe(300_000);
    const [locked] = await entriesOf(archive, OTHER);
    await expect(locked!.getData(new Uint8ArrayWriter())).rejects.toThrow(/password/i);
    expect((await readFile(archive)).includes('eerste')).toBe(false);
  });

  it.skipIf(sevenZip === undefined)('opens with 7-Zip, which sees AES-256 and the date that was given', () => {
    const listed = execFileSync(sevenZip!, ['l', '-slt', archive], { encoding: 'utf8' });
    expect(listed.match(/Method = AES-256 Deflate/g)).toHaveLength(2);
    expect(listed.match(/Modified = 2024-05-01 00:00:00/g)).toHaveLength(2);
    expect(execFileSync(sevenZip!, ['t', `-p${PASSWORD}`, archive], { encoding: 'utf8' })).toContain(
      'Everything is Ok',
    );
    expect(() => execFileSync(sevenZip!, ['t', `-p${OTHER}`, archive], { stdio: 'ignore' })).toThrow();
  });

  it('is as long every time, and different in its encryption alone', async () => {
    const again = join(folder, 'again.zip');
    await write(again, PASSWORD);
    const [one, two] = [await readFile(archive), await readFile(again)];
    expect(two.length).toBe(one.length);
    expect(two.equals(one)).toBe(false);
    // The directory at the end names files, dates and sizes: nothing of it is by chance.
    expect(two.subarray(-150).equals(one.subarray(-150))).toBe(true);
  });

  it('is not written with a weak password, and never tells it', async () => {
    for (const [weak, why] of [
      ['geheim', /is shorter than 12 characters/],
      ['geheim-geheim-é', /read in different ways/],
      [' geheim-geheim', /space/],
    ] as const) {
      const error = await write(join(folder, 'weak.zip'), weak).catch((thrown: Error) => thrown);
      expect(String(error)).toMatch(why);
      expect(String(error)).not.toContain('geheim');
    }
  });
});

describe('passwords of statements', () => {
  const text = (...rows: string[]) => ['ocmw_id,password', ...rows, ''].join('\n');
  const GOOD = text(`${GENT},${PASSWORD}`, `0212.237.186,"${OTHER}"`);

  const fromText = (csv: string) =>
    readStatementPasswords({ env: { [PASSWORDS_VARIABLE]: csv }, file: undefined, out: '/nowhere/out' });

  async function fromFile(name: string, { csv = GOOD, mode = 0o600, out = join(folder, 'out') } = {}) {
    const file = join(folder, name);
    await writeFile(file, csv);
    await chmod(file, mode);
    return readStatementPasswords({ env: {}, file, out });
  }

  async function failureOf(reading: Promise<unknown>): Promise<string> {
    const error: unknown = await reading.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).exitCode).toBe(EXIT.usage);
    const told = `${String(error)} ${String((error as Failure).cause)}`;
    for (const secret of [PASSWORD, OTHER, 'geheim']) expect(told).not.toContain(secret);
    return (error as Failure).message;
  }

  it('come from a file or from the environment, by OCMW', async () => {
    const expected = new Map([
      [GENT, PASSWORD],
      [AALST, OTHER],
    ]);
    expect(await fromText(GOOD)).toEqual(expected);
    expect(await fromText(`\ufeff${GOOD.replaceAll('\n', '\r\n')}`)).toEqual(expected);
    expect(await fromFile('passwords.csv')).toEqual(expected);
    expect((await readStatementPasswords({ env: {}, file: undefined, out: '/out' })).size).toBe(0);
  });

  it('tell all faults with their lines', async () => {
    const rows = [`${GENT},kort`, `geheim,${OTHER}`, GENT, `${GENT},${PASSWORD}`, `${GENT},geheim-geheim-1`];
    expect((await failureOf(fromText(text(...rows, `${AALST},${PASSWORD}`)))).split('\n').slice(1)).toEqual([
      'line 2 has a password that is shorter than 12 characters.',
      'line 3 does not begin with the enterprise number of an OCMW.',
      'line 4 has 1 values instead of 2.',
      'line 6 gives an OCMW a second password, after line 5.',
      'line 7 has the password of line 5: each OCMW needs its own.',
    ]);
    expect(await failureOf(fromText(`${GENT},geheim-geheim-1\n`))).toContain(
      'line 1 is not the header ocmw_id,password',
    );
    expect(await failureOf(fromText(text(`${GENT},"geheim`)))).toContain('is not CSV: check the quotes');
  });

  it('are not read from a file that lies in the output or that others may read', async () => {
    expect(await failureOf(fromFile('in.csv', { out: folder }))).toContain(
      `it lies inside the output folder ${folder}`,
    );
    await mkdir(join(folder, 'published'));
    await writeFile(join(folder, 'published', 'p.csv'), GOOD, { mode: 0o600 });
    await symlink(join(folder, 'published', 'p.csv'), join(folder, 'link.csv'));
    const linked = { env: {}, file: join(folder, 'link.csv'), out: join(folder, 'published') };
    expect(await failureOf(readStatementPasswords(linked))).toContain('it lies inside the output folder');
    expect(await failureOf(readStatementPasswords({ ...linked, file: folder }))).toMatch(/it is a folder|others than/);
    expect(await failureOf(readStatementPasswords({ ...linked, file: join(folder, 'gone') }))).toContain(
      'no such file',
    );
    const both = { ...linked, env: { [PASSWORDS_VARIABLE]: GOOD } };
    expect(await failureOf(readStatementPasswords(both))).toContain('leave one out');
  });

  it.skipIf(process.platform === 'win32')('are not read from a file that others may use', async () => {
    for (const mode of [0o640, 0o604, 0o620]) {
      expect(await failureOf(fromFile('open.csv', { mode }))).toContain('Run: chmod 600');
    }
  });
});
