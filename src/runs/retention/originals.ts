/** Deliveries as they came: those of the inbox go after their term, unless something undecided rests on them. */
import { readdir } from 'node:fs/promises';
import { formatDay, type Day } from '../../calendar.js';
import type { Config } from '../../config.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { fillInbox, listKeptDeliveries } from '../../sources/inbox.js';
import { fillOpenClaims } from '../../settlement/open-claims.js';

export interface OldOriginals {
  /** Names of deliveries that go. */
  readonly names: readonly string[];
  /** How many of that age stay because something undecided rests on them. */
  readonly needed: number;
  /** How many of that age lie in a feed folder that is not ours to clean (`feeds.source`). */
  readonly notOurs: number;
}

/** Which deliveries of before a day go, as known on an evening. Must run in a transaction. */
export async function findOldOriginals(
  session: Session,
  evening: Day,
  olderThan: Day,
  config: Config,
): Promise<OldOriginals> {
  const met = await session.rows<{ name: string }>(sql('runs/list_removable_deliveries'), [formatDay(olderThan)]);
  const old = new Set(met.map(({ name }) => name));
  if (config.feedsSources.length === 0) {
    const lying = await namesIn(config.feedsSource);
    return { names: [], needed: 0, notOurs: lying.filter((name) => old.has(name)).length };
  }
  const lying = (await listKeptDeliveries(config.feedsSource)).filter((name) => old.has(name));
  await fillOpenClaims(session, evening);
  const rows = await session.rows<{ name: string }>(sql('runs/list_needed_deliveries'));
  const needed = new Set(rows.map(({ name }) => name));
  const names = lying.filter((name) => !needed.has(name)).sort();
  return { names, needed: lying.length - names.length, notOurs: 0 };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/**
 * Deletes what the inbox keeps of these deliveries, and what a killed run left of others. Returns false when a list in the
 * archive cannot be read, so that it is not known whose some of the files are. Throws a Failure (exit 2) when the inbox
 * cannot be written, 5 when another program fills it.
 */
export async function deleteOriginals({ feedsSource }: Config, names: readonly string[]): Promise<boolean> {
  return fillInbox(feedsSource, async (inbox) => {
    for (const name of names) await inbox.remove(name);
    return inbox.removeUnlisted();
  });
}
