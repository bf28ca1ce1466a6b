/** Nights of a history of which only the last one is looked at in full. */
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { nightly } from '../../jobs/nightly.js';
import { keyOfTests } from '../support/key.js';
import { day } from '../../src/calendar.js';
import { loadConfig } from '../../src/config.js';
import type { Database } from '../../src/db/database.js';
import { createLogger } from '../../src/log.js';
import { runJob } from '../../src/runs/run-job.js';

/** Examples, as in the fixtures: the law has no amounts of allowances. */
export const LAW = { 'amount.ORD': 1000, 'amount.INC': 1500 };

export interface Night {
  readonly feedsDir: string;
  readonly out: string;
  readonly date: string;
}

/** One night without its own documents; the machine files of batches are written. */
export async function quietNight(database: Database, { feedsDir, out, date }: Night): Promise<void> {
  const configFile = `${out}.config.json`;
  writeFileSync(configFile, JSON.stringify({ 'feeds.source': feedsDir, out, 'approval.required': false, law: LAW }));
  await runJob(database, nightly, {
    config: loadConfig({ configFile, cwd: dirname(out), env: keyOfTests() }),
    today: day(date),
    skipDeliveries: [],
    lang: 'nl',
    progress: () => undefined,
    log: createLogger({ level: 'silent' }),
    documents: 'BATCHES',
  });
}
