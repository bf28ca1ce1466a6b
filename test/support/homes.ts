/** A folder for each test and the programs in it; whatever a test leaves is killed and removed. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { installProject, Program, type ProgramOptions } from './program.js';

export interface Homes {
  /** The folder of this test, open to every user. */
  folder: string;
  /** Its TWE_HOME, which does not exist yet. */
  home: string;
  /** Makes the home, as a copy of one that was opened and closed before: in less time than a first start. */
  prepare(): Promise<void>;
  /** Starts a program on the home; ask it for `opened` or `refused`. */
  start(options?: Partial<ProgramOptions>): Program;
  /** Starts a program and waits until its database is open. */
  open(options?: Partial<ProgramOptions>): Promise<Program>;
}

/** Call at the top of a test file. */
export function homesForTests(): Homes {
  let installed = '';
  let programs: Program[] = [];
  const homes: Homes = {
    folder: '',
    home: '',
    prepare: async () => {
      const prepared = join(installed, 'prepared-home');
      if (!existsSync(prepared)) await (await homes.open({ home: prepared })).close();
      // With owners and modes, which cpSync does not keep.
      execFileSync('cp', ['-a', prepared, homes.home]);
    },
    start: (options) => {
      const program = new Program({ home: homes.home, project: installed, ...options });
      programs.push(program);
      return program;
    },
    open: (options) => homes.start(options).opened(),
  };
  beforeAll(() => {
    installed = installProject(publicFolder('twe-installed-'));
  });
  beforeEach(() => {
    homes.folder = publicFolder('twe-embedded-');
    homes.home = join(homes.folder, 'home');
    programs = [];
  });
  afterEach(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    rmSync(homes.folder, { recursive: true, force: true, maxRetries: 20 });
  });
  afterAll(() => rmSync(installed, { recursive: true }));
  return homes;
}

function publicFolder(prefix: string): string {
  const made = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(made, 0o755);
  return made;
}
