/**
 * Catch-ups to be disturbed: what lies there the evening before, what an undisturbed one leads to, and the moments at which
 * it can be disturbed (crash-at.mjs).
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { day, formatDay, lastDayOf, monthOf, type Day } from '../../src/calendar.js';
import { packageRoot } from '../../src/db/package-root.js';
import { digests, faultsOfPublished, filesBelow, readCsv } from '../night/documents.js';
import { everythingKept, type Kept } from '../night/kept.js';
import { installTwe, type Ended, type InstalledTwe, type Started } from '../night/started-twe.js';
import { writeRandomFeed } from '../support/random-feed.js';
import type { Ground, World } from './grounds.js';

const PRELOAD = pathToFileURL(join(import.meta.dirname, 'crash-at.mjs')).href;

/** The evenings that are lived through. */
export type Evening = 'FIRST_NIGHTS' | 'QUARTER' | 'STATEMENTS';

export interface Undisturbed {
  readonly kept: Kept;
  readonly documents: Readonly<Record<string, string>>;
  readonly moments: readonly string[];
  /** How many statements it sends to the server, and how many times it writes to the disk. */
  readonly statements: number;
  readonly writes: number;
}

export interface History {
  /** Business date of the last night. */
  readonly evening: string;
  readonly undisturbed: Undisturbed;
  /** Some work in a copy of what lay there before; `out` is a folder of its own. */
  inCopy(work: (copy: Copy) => Promise<void>): Promise<void>;
  remove(): Promise<void>;
}

export interface Copy {
  readonly world: World;
  readonly out: string;
  /** Starts a command with the feeds, configuration and folder of the history. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Started;
  /** `twe catch-up`, disturbed by `env`. */
  catchUp(env?: Readonly<Record<string, string>>): Started;
  /** One ordinary catch-up leads to what an undisturbed history leads to; nothing half done is visible before it. */
  expectAsUndisturbed(): Promise<void>;
}

/** Two nights from the first delivery on; the evening before a quarter is booked; the evening before statements are made. */
function daysOf(evening: Evening, dates: readonly Day[]): { readonly before: Day | undefined; readonly last: Day } {
  if (evening === 'FIRST_NIGHTS') return { before: undefined, last: dates[0]! + 1 };
  const from = dates[Math.floor(dates.length * 0.4)]!;
  let last = evening === 'STATEMENTS' ? lastDayOf(monthOf(from)) : from;
  while (evening === 'QUARTER' && !/-(01|04|07|10)-15$/.test(formatDay(last))) last += 1;
  return { before: last - 1, last };
}

/** Prepares a history on a ground; it is as much work as two nights. */
export async function prepareHistory(ground: Ground, evening: Evening): Promise<History> {
  const twe = installTwe();
  const folder = mkdtempSync(join(tmpdir(), 'twe-crash-'));
  const { dates } = writeRandomFeed({ seed: 77, persons: 60, deliveries: 16, dir: join(folder, 'feeds') });
  const { before, last } = daysOf(evening, dates.map(day));
  writeConfiguration(folder, evening);
  const first = await ground.make();
  const past = new Disturbed(first, twe, folder, 'before', last);
  if (before !== undefined) await past.succeeds('run', 'nightly', '--date', formatDay(before));
  const copy = async <T>(name: string, work: (of: Disturbed) => Promise<T>): Promise<T> => {
    const world = await first.copy();
    return work(new Disturbed(world, twe, folder, name, last)).finally(async () => {
      await world.drop();
      rmSync(join(folder, name), { recursive: true, force: true });
    });
  };
  const undisturbed = await copy('undisturbed', (of) => of.undisturbed());
  return {
    evening: formatDay(last),
    undisturbed,
    inCopy: (work) => copy('disturbed', (of) => work(of.against(undisturbed))),
    remove: async () => {
      await first.drop();
      twe.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfiguration(folder: string, evening: Evening): void {
  const config: Record<string, unknown> = { 'feeds.source': 'feeds', 'lease.seconds': 2, law: { 'amount.ORD': 1000 } };
  if (evening === 'STATEMENTS') {
    const ocmws = filesBelow(join(folder, 'feeds'))
      .filter((path) => path.endsWith('ocmw.csv'))
      .flatMap((path) => readCsv(path).map((row) => row['ocmw_id']!));
    const lines = [...new Set(ocmws)].map((id) => `${id},password of ${id}\n`);
    writeFileSync(join(folder, 'passwords.csv'), `ocmw_id,password\n${lines.join('')}`, { mode: 0o600 });
    config['statement.passwords_file'] = 'passwords.csv';
  } else config['schedule.monthly_statement'] = 'off';
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(config));
}

class Disturbed implements Copy {
  readonly out: string;
  private expected: Undisturbed | undefined;

  constructor(
    readonly world: World,
    private readonly twe: InstalledTwe,
    private readonly folder: string,
    name: string,
    private readonly last: Day,
  ) {
    this.out = join(folder, name);
  }

  against(expected: Undisturbed): this {
    this.expected = expected;
    return this;
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
    return this.twe.start([...args, '--quiet', '--out', this.out], {
      cwd: this.folder,
      env: { ...this.world.env, NODE_OPTIONS: `--import ${PRELOAD}`, CRASH_ROOT: packageRoot, ...env },
    });
  }

  catchUp(env?: Readonly<Record<string, string>>): Started {
    return this.start(['catch-up', '--until', formatDay(this.last)], env);
  }

  async succeeds(...args: readonly string[]): Promise<void> {
    const { exitCode, stderr } = await this.start(args).ended;
    expect([exitCode, stderr]).toEqual([0, '']);
  }

  async undisturbed(): Promise<Undisturbed> {
    const list = join(this.folder, 'moments');
    const { exitCode, stderr } = await this.catchUp({ CRASH_LIST: list }).ended;
    expect([exitCode, stderr]).toEqual([0, '']);
    const lines = readFileSync(list, 'utf8').trimEnd().split('\n');
    const counted = (what: string) => Number(lines.find((line) => line.startsWith(what))!.replace(what, ''));
    return {
      kept: await this.world.use(everythingKept),
      documents: documentsIn(this.out),
      statements: counted('STATEMENTS '),
      writes: counted('WRITES '),
      moments: lines.filter((line) => !/^[A-Z]/.test(line)),
    };
  }

  async expectAsUndisturbed(): Promise<void> {
    expect(faultsOfPublished(this.out)).toEqual([]);
    const { exitCode, stderr } = await this.ordinaryCatchUp();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await this.world.use(everythingKept)).toEqual(this.expected!.kept);
    expect(documentsIn(this.out)).toEqual(this.expected!.documents);
  }

  /** As after an outage. The server may need a moment to notice that its client is gone. */
  private async ordinaryCatchUp(): Promise<Ended> {
    for (;;) {
      const ended = await this.catchUp().ended;
      if (ended.exitCode !== 5) return ended;
    }
  }
}

/** Digests by path; of a protected archive, which has a salt of its own, and of its manifest only that they are there. */
function documentsIn(out: string): Record<string, string> {
  if (!existsSync(out)) mkdirSync(out);
  const documents = Object.entries(digests(out));
  return Object.fromEntries(
    documents.map(([path, digest]) => [path, path.includes('monthly-statement') ? 'there' : digest]),
  );
}
