/** The fixtures after one night, made once for the whole suite and cloned by each test file that only reads or goes on. */
import { inject } from 'vitest';
import { keyOfTests } from './key.js';
import { nightly } from '../../jobs/nightly.js';
import { day } from '../../src/calendar.js';
import { loadConfig } from '../../src/config.js';
import { connectTo, type Database } from '../../src/db/database.js';
import { packageRoot } from '../../src/db/package-root.js';
import { createLogger } from '../../src/log.js';
import { runJob } from '../../src/runs/run-job.js';
import { databaseUrl } from './address.js';
import { createDatabase, type TestDatabase } from './database.js';

/** The evening until which the fixtures are settled. */
export const EVENING = '2026-02-16';

/** Files of tests run side by side: one makes it, the others wait. */
const MAKING = 8_402_018;

/** A database in which the night of the fixtures is done, without documents. Call `drop` in `afterAll`. */
export async function createFixturesDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl');
  const made = `${inject('templateName')}_fixtures`;
  const admin = connectTo(adminUrl);
  try {
    await admin.session(async (session) => {
      await session.rows('select pg_advisory_lock($1)', [MAKING]);
      const [there] = await session.rows('select 1 from pg_database where datname = $1', [made]);
      if (there === undefined) await make(admin, made);
      await session.rows('select pg_advisory_unlock($1)', [MAKING]);
    });
  } finally {
    await admin.close();
  }
  return createDatabase(` template ${made}`);
}

/** Under another name until the night is done: a night that fails leaves nothing that looks whole. */
async function make(admin: Database, name: string): Promise<void> {
  const unfinished = `${name}_${process.pid}`;
  await admin.rows(`create database ${unfinished} template ${inject('templateName')}`);
  const database = connectTo(databaseUrl(inject('adminUrl'), unfinished));
  try {
    await nightOfFixtures(database);
  } finally {
    await database.close();
  }
  await admin.rows(`alter database ${unfinished} rename to ${name}`);
}

async function nightOfFixtures(database: Database): Promise<void> {
  const config = loadConfig({ configFile: 'fixtures/twe.config.json', cwd: packageRoot, env: keyOfTests() });
  const steps = nightly.steps.filter(({ name }) => name !== 'export' && name !== 'verify');
  const log = createLogger({ level: 'silent' });
  const progress = () => undefined;
  await runJob(
    database,
    { ...nightly, steps },
    { config, today: day(EVENING), skipDeliveries: [], lang: 'nl', progress, log },
  );
}
