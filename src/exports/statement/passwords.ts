/** Passwords of the monthly statements, from a file outside the output folder or from the environment. Never shown. */
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import { EXIT, Failure } from '../../errors.js';
import { isValidEnterpriseNumber } from '../../identifiers.js';

/** The variable that holds the same CSV text as the file. */
export const PASSWORDS_VARIABLE = 'TWE_STATEMENT_PASSWORDS';

export interface PasswordSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `statement.passwords_file`, absolute. */
  readonly file: string | undefined;
  /** Output folder, absolute: what lies in it is sent to others. */
  readonly out: string;
}

const HEADER = 'ocmw_id,password';
/** Whoever has the archive can try as often as they like. */
const LEAST_CHARACTERS = 12;
const MOST_BYTES = 1024 * 1024;
const OTHERS = 0o077;

/**
 * Passwords by OCMW; empty without a file and a variable. Throws a Failure (exit 2) that lists every fault with its line,
 * and no password.
 */
export async function readStatementPasswords({ env, file, out }: PasswordSource): Promise<ReadonlyMap<string, string>> {
  const text = env[PASSWORDS_VARIABLE] || undefined;
  if (file !== undefined && text !== undefined) {
    const both = `both statement.passwords_file and ${PASSWORDS_VARIABLE} are given`;
    throw new Failure(EXIT.usage, `The passwords of the statements are not clear: ${both}; leave one out.`);
  }
  if (file !== undefined) return passwordsIn(await readSecretFile(file, out), file);
  return text === undefined ? new Map() : passwordsIn(text, PASSWORDS_VARIABLE);
}

/** What is wrong with a password, to go on after `the password`; undefined when nothing is. */
export function passwordFault(password: string): string | undefined {
  if (!/^[\x20-\x7e]*$/.test(password)) {
    return 'holds a character that programs read in different ways: use letters without accents, digits and signs';
  }
  if (password !== password.trim()) return 'begins or ends with a space';
  return password.length < LEAST_CHARACTERS ? `is shorter than ${LEAST_CHARACTERS} characters` : undefined;
}

/** The text of a file that nobody else may read. */
async function readSecretFile(file: string, out: string): Promise<string> {
  const refuse = (why: string, what: string) =>
    new Failure(EXIT.usage, `The passwords of the statements in ${file} were not read: ${why}. ${what}.`);
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refuse(code === 'ENOENT' ? 'there is no such file' : `it cannot be opened (${code})`, 'Correct the path');
  }
  try {
    const { mode, size } = await handle.stat();
    if (await liesIn(out, file)) throw refuse(`it lies inside the output folder ${out}`, 'Move it to another folder');
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      throw refuse('others than its owner may use it', `Run: chmod 600 ${file}`);
    }
    if (size > MOST_BYTES) throw refuse('it is larger than 1 MiB', 'Correct the path');
    return await handle.readFile('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') throw refuse('it is a folder', 'Correct the path');
    throw error;
  } finally {
    await handle.close();
  }
}

/** Links are followed: what counts is where the file really lies. */
async function liesIn(folder: string, file: string): Promise<boolean> {
  const path = relative(await realPathOf(resolve(folder)), await realpath(file));
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Also of a folder that is not there yet. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await realPathOf(dirname(path)), basename(path));
  }
}

function passwordsIn(text: string, source: string): ReadonlyMap<string, string> {
  const faults: string[] = [];
  const passwords = new Map<string, string>();
  const lineOfOcmw = new Map<string, number>();
  const lineOfPassword = new Map<string, number>();
  for (const { line, fields } of rowsOf(text, source)) {
    const [ocmwId, password, ...more] = fields;
    const id = ocmwId!.trim().replaceAll('.', '');
    const fault =
      password === undefined || more.length > 0
        ? `has ${fields.length} values instead of 2`
        : (idFault(id, lineOfOcmw) ?? ownFault(password, lineOfPassword));
    if (fault !== undefined) {
      faults.push(`line ${line} ${fault}.`);
      continue;
    }
    passwords.set(id, password!);
    lineOfOcmw.set(id, line);
    lineOfPassword.set(password!, line);
  }
  if (faults.length > 0) throw unusable(source, faults);
  return passwords;
}

function idFault(id: string, lineOf: ReadonlyMap<string, number>): string | undefined {
  // What stands there is not repeated: columns in the wrong order would show a password.
  if (!isValidEnterpriseNumber(id)) return 'does not begin with the enterprise number of an OCMW';
  return lineOf.has(id) ? `gives an OCMW a second password, after line ${lineOf.get(id)}` : undefined;
}

function ownFault(password: string, lineOf: ReadonlyMap<string, number>): string | undefined {
  const fault = passwordFault(password);
  if (fault !== undefined) return `has a password that ${fault}`;
  if (!lineOf.has(password)) return undefined;
  return `has the password of line ${lineOf.get(password)}: each OCMW needs its own`;
}

interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The rows below the header. */
function rowsOf(text: string, source: string): Row[] {
  let rows: Row[];
  try {
    const parsed = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as unknown;
    rows = (parsed as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      fields: record,
    }));
  } catch (error) {
    // What the reader says may quote a password, and so may its cause.
    const { lines } = error as { lines?: number };
    throw unusable(source, [`line ${lines ?? 1} is not CSV: check the quotes.`]);
  }
  if (rows[0]?.fields.map((field) => field.trim()).join() !== HEADER) {
    throw unusable(source, [`line 1 is not the header ${HEADER}.`]);
  }
  return rows.slice(1);
}

function unusable(source: string, faults: readonly string[]): Failure {
  const lead = `The passwords of the statements in ${source} cannot be used; nothing was written.`;
  return new Failure(EXIT.usage, [lead, ...faults].join(faults.length === 1 ? ' ' : '\n'));
}
