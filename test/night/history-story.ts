/** A history that is kept evening by evening, to be compared with what `twe history` says of each of them afterwards. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDatabase } from '../support/database.js';
import { runNight, type NightOptions } from '../support/night.js';
import { callTwe } from './called-twe.js';
import { digests } from './documents.js';

export interface KeptEvening {
  readonly date: string;
  /** Files that the night wrote or wrote anew, with their digests, by path below the output folder. */
  readonly written: Readonly<Record<string, string>>;
  /** The output folder as it was after the night. */
  readonly folder: string;
}

/** Nights and what people do between them, over one feed folder and into one output folder. */
export class Story {
  readonly evenings: KeptEvening[] = [];

  constructor(
    private readonly test: TestDatabase,
    private readonly folder: string,
    private readonly common: Omit<NightOptions, 'date' | 'out'>,
  ) {}

  get out(): string {
    return join(this.folder, 'out');
  }

  async night(date: string, options: Partial<NightOptions> = {}): Promise<void> {
    mkdirSync(this.out, { recursive: true });
    const before = digests(this.out);
    await runNight(this.test.database, { ...this.common, out: this.out, date, ...options });
    const after = digests(this.out);
    const written = Object.fromEntries(Object.entries(after).filter(([path, digest]) => before[path] !== digest));
    const folder = join(this.folder, 'kept', date);
    cpSync(this.out, folder, { recursive: true });
    this.evenings.push({ date, written, folder });
  }

  /** A command of a person, with the configuration of the last night. */
  async twe(...args: string[]): Promise<string> {
    const env = { DATABASE_URL: this.test.url };
    const { exitCode, stdout, stderr } = await callTwe([...args, '--config', `${this.out}.config.json`], {
      cwd: this.folder,
      env,
    });
    if (exitCode !== 0) throw new Error(`twe ${args.join(' ')}: ${stderr}`);
    return stdout;
  }
}
