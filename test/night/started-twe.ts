/** The program as a child process, as an operator starts it: from its source, or compiled as it is installed. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { packageRoot } from '../../src/db/package-root.js';

export interface Ended {
  /** null when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** Current folder; where `twe.config.json` is looked for. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A started program. */
export interface Started {
  readonly ended: Promise<Ended>;
  /** What it wrote to standard error so far. */
  readonly errorsSoFar: () => string;
  /** Resolves when standard error has matched, or the program has ended. */
  readonly untilError: (pattern: RegExp) => Promise<void>;
  /** Ends it at once, without a chance to clean up. */
  readonly kill: () => void;
  /** Asks it to end (SIGTERM). */
  readonly terminate: () => void;
}

export type Start = (args: readonly string[], surroundings: Surroundings) => Started;

export interface InstalledTwe {
  /** Its `sql` is a copy. */
  readonly folder: string;
  readonly start: Start;
  readonly remove: () => void;
}

/** Starts the program from its source. */
export const startFromSource: Start = (args, surroundings) => {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return started(spawnNode(['--import', loader, join(packageRoot, 'src/cli.ts'), ...args], surroundings));
};

/** Compiles the program into a temporary folder, with links to its data and packages: it starts twice as fast. */
export function installTwe(): InstalledTwe {
  const folder = mkdtempSync(join(tmpdir(), 'twe-installed-'));
  // The embedded server runs as another user when the tests run as root.
  chmodSync(folder, 0o755);
  for (const part of ['src', 'jobs']) compileFolder(part, join(folder, 'dist'));
  cpSync(join(packageRoot, 'package.json'), join(folder, 'package.json'));
  cpSync(join(packageRoot, 'sql'), join(folder, 'sql'), { recursive: true });
  for (const name of ['fixtures', 'node_modules']) symlinkSync(join(packageRoot, name), join(folder, name));
  const script = join(folder, 'dist/src/cli.js');
  return {
    folder,
    start: (args, surroundings) => started(spawnNode([script, ...args], surroundings)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function compileFolder(part: string, target: string): void {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  for (const name of readdirSync(join(packageRoot, part), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const source = readFileSync(join(packageRoot, part, name), 'utf8');
    const written = join(target, part, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(written), { recursive: true });
    writeFileSync(written, ts.transpileModule(source, { compilerOptions }).outputText);
  }
}

function spawnNode(args: readonly string[], { cwd, env = {} }: Surroundings): ChildProcess {
  const { PATH, TMPDIR, TWE_PSEUDONYM_KEY } = process.env;
  return spawn(process.execPath, args, {
    cwd,
    env: { PATH, TMPDIR, TWE_PSEUDONYM_KEY, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function started(child: ChildProcess): Started {
  let stdout = '';
  let stderr = '';
  child.stdout!.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr!.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  const matched = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!pattern.test(stderr)) return;
        child.stderr!.off('data', look);
        resolve();
      };
      child.stderr!.on('data', look);
      look();
    });
  return {
    ended,
    errorsSoFar: () => stderr,
    untilError: (pattern) => Promise.race([matched(pattern), ended.then(() => undefined)]),
    kill: () => void child.kill('SIGKILL'),
    terminate: () => void child.kill('SIGTERM'),
  };
}
