/** Runs jobs in the process of the test, as the command line would: real database, real feeds, real documents. */
import { writeFileSync } from 'node:fs';
import { keyOfTests } from './key.js';
import { join } from 'node:path';
import { jobs } from '../../jobs/index.js';
import { day } from '../../src/calendar.js';
import { loadConfig } from '../../src/config.js';
import type { Database } from '../../src/db/database.js';
import { createLogger } from '../../src/log.js';
import { runJob, type RunSummary } from '../../src/runs/run-job.js';

export interface NightOptions {
  readonly feedsDir: string;
  /** Folder of documents; its configuration file is written beside it. */
  readonly out: string;
  readonly date: string;
  readonly law?: Readonly<Record<string, unknown>>;
  readonly approvalRequired?: boolean;
  /** Other keys of the configuration. */
  readonly keys?: Readonly<Record<string, unknown>>;
  readonly job?: string;
  /** CSV leaves the workbooks out, which cost most of the time of a small feed. Default ALL. */
  readonly documents?: 'ALL' | 'CSV' | 'BATCHES';
  /** Told each step as it begins. */
  readonly progress?: (text: string) => void;
  readonly stop?: AbortSignal;
}

/** One run of a job (the night unless said otherwise). */
export async function runNight(database: Database, options: NightOptions): Promise<RunSummary> {
  const { feedsDir, out, date, law = {}, approvalRequired = false, job = 'nightly', documents = 'ALL', keys } = options;
  const configFile = `${out}.config.json`;
  writeFileSync(
    configFile,
    JSON.stringify({ 'feeds.source': feedsDir, out, 'approval.required': approvalRequired, law, ...keys }),
  );
  const config = loadConfig({ configFile, cwd: join(out, '..'), env: keyOfTests() });
  return runJob(
    database,
    jobs.find((each) => each.name === job)!,
    {
      config,
      today: day(date),
      skipDeliveries: [],
      lang: 'nl',
      documents,
      progress: options.progress ?? (() => undefined),
      stop: options.stop,
      log: createLogger({ level: 'silent' }),
    },
  );
}
