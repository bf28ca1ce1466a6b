/** Documents of the past: a folder of a run goes after its term, unless its batch is still undecided, held or unpaid. */
import { readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { formatDay, parseDay, type Day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { MANIFEST } from '../../exports/publish.js';
import { fillOpenClaims } from '../../settlement/open-claims.js';

export interface OldExports {
  /** `<business date>/<folder>` of what goes. */
  readonly names: readonly string[];
  /** What a killed program left of folders, `<business date>/<name>`: goes as well. */
  readonly leftOver: readonly string[];
  /** How many of that age stay because their batch is not over. */
  readonly needed: number;
  /** What stands among them and was not written by this program. */
  readonly strangers: readonly string[];
}

/** `.<folder>.<what was done to it>`. */
const LEFT_OVER = /^\.(.+)\.(?:new|old|removed)$/;

/** Which folders of before a day go, as known on an evening. Must run in a transaction. */
export async function findOldExports(session: Session, evening: Day, olderThan: Day, out: string): Promise<OldExports> {
  await fillOpenClaims(session, evening);
  const rows = await session.rows<{ batch_id: string }>(sql('runs/list_needed_batches'), [formatDay(olderThan)]);
  const needed = new Set(rows.map(({ batch_id: batchId }) => batchId));
  const found = { names: [] as string[], leftOver: [] as string[], needed: 0, strangers: [] as string[] };
  for (const date of await oldDates(out, olderThan)) {
    for (const name of await namesIn(join(out, date))) {
      const path = `${date}/${name}`;
      const folder = LEFT_OVER.exec(name)?.[1];
      if (needed.has(`${date}/${folder ?? name}`)) found.needed += folder === undefined ? 1 : 0;
      else if (folder !== undefined) found.leftOver.push(path);
      else if (await isOurs(join(out, path))) found.names.push(path);
      else found.strangers.push(path);
    }
  }
  return found;
}

/** Deletes what was found, and the dates in which nothing is left. */
export async function deleteExports(out: string, { names, leftOver }: OldExports): Promise<void> {
  for (const path of leftOver) await rm(join(out, path), { recursive: true, force: true });
  for (const path of names) {
    // Under its own name a folder is always whole.
    const removed = join(out, dirname(path), `.${basename(path)}.removed`);
    await rename(join(out, path), removed);
    await rm(removed, { recursive: true, force: true });
  }
  for (const date of new Set([...leftOver, ...names].map((path) => join(out, dirname(path))))) {
    if ((await namesIn(date)).length === 0) await rmdir(date);
  }
}

async function oldDates(out: string, olderThan: Day): Promise<string[]> {
  const entries = await readdir(out, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && (parseDay(entry.name) ?? olderThan) < olderThan)
    .map(({ name }) => name)
    .sort();
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}

/** A folder that was published says in its manifest by which run. */
async function isOurs(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => '');
  return text.includes('"run_id"');
}
