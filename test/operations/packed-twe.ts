/** The program as others get it: packed as `npm pack` does it, and unpacked in a folder of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../src/db/package-root.js';
import type { Ended } from '../night/started-twe.js';

export interface PackedTwe {
  /** The unpacked package; nothing in it may be written. */
  readonly folder: string;
  /** What the package holds, relative to `folder`. */
  readonly files: readonly string[];
  /** What `twe` starts. */
  readonly script: string;
  readonly remove: () => void;
}

/** What a checkout has and a copy of its sources does not need. */
const NO_SOURCES = new Set(['node_modules', '.git', '.twe', 'dist', 'out']);

/** Packs the checkout, compiled anew, without touching it. Packages are those of the checkout. */
export function packTwe(): PackedTwe {
  const folder = mkdtempSync(join(tmpdir(), 'twe-packed-'));
  // Another user than the one of the tests starts it.
  chmodSync(folder, 0o755);
  const checkout = join(folder, 'checkout');
  copyCheckout(checkout);
  compile(checkout);
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', pack, { cwd: checkout, encoding: 'utf8', stdio: 'pipe' })) as [
    { filename: string; files: { path: string }[] },
  ];
  execFileSync('tar', ['--extract', '--file', join(folder, packed.filename), '--directory', folder]);
  const unpacked = join(folder, 'package');
  // npm puts the packages there.
  symlinkSync(join(packageRoot, 'node_modules'), join(unpacked, 'node_modules'));
  rmSync(checkout, { recursive: true });
  closeForWriting(unpacked);
  return {
    folder: unpacked,
    files: packed.files.map(({ path }) => path).sort(),
    script: join(unpacked, 'dist/src/cli.js'),
    remove: () => {
      execFileSync('chmod', ['-R', 'u+w', unpacked]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** The sources, with the packages of the checkout. */
export function copyCheckout(folder: string): void {
  cpSync(packageRoot, folder, { recursive: true, filter: (path) => !NO_SOURCES.has(basename(path)) });
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
}

/** The files of `npm run build`, to the byte, without looking at types: `npm run lint` does that. */
function compile(checkout: string): void {
  const file = join(checkout, '.config/tsconfig.build.json');
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file));
  delete options.lib;
  const quick = { noLib: true, noResolve: true, noCheck: true, types: [] };
  ts.createProgram(fileNames, { ...options, ...quick }).emit();
}

function closeForWriting(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) closeForWriting(path);
    else if (entry.isFile()) chmodSync(path, 0o444);
  }
  chmodSync(folder, 0o555);
}

export interface Conditions {
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Octal, as the shell takes it. */
  readonly umask: string;
  /** Ourselves when undefined. */
  readonly uid?: number | undefined;
}

/** Starts the packed program under conditions of its own, without a terminal, and waits for its end. */
export function runPacked(twe: PackedTwe, args: readonly string[], conditions: Conditions): Promise<Ended> {
  const { cwd, env, umask, uid } = conditions;
  const command = ['-c', `umask ${umask} && exec "$0" "$@"`, process.execPath, twe.script, ...args];
  const child = spawn('/bin/sh', command, {
    cwd,
    env,
    // A session of its own has no terminal.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Makes a folder that a user may write. */
export function folderFor(uid: number | undefined, path: string): string {
  mkdirSync(path, { recursive: true });
  if (uid !== undefined) execFileSync('chown', [`${uid}:${uid}`, path]);
  return path;
}
