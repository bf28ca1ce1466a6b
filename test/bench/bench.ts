/**
 * `npm run bench [-- [--date YYYY-MM-DD] size ...]`: how long the nights take with so many trajectories, beside a plain
 * COPY, on an embedded server in a temporary folder. Prints the page and writes it to RESULTS.md beside this file.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { formatDay } from '../../src/calendar.js';
import { businessDateToday } from '../../src/clock.js';
import { connectTo, type Database } from '../../src/db/database.js';
import { startEmbedded } from '../../src/db/embedded.js';
import { databaseUrl, socketUrl } from '../support/address.js';
import { measureBeside } from './measure.js';
import { resultsPage, type SizeResult } from './results.js';
import { importStage, nightStages, type Stage } from './stages.js';

const DEFAULT_SIZES = [10_000, 200_000, 1_000_000];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { date: { type: 'string' } } });
const sizes = positionals.length > 0 ? positionals.map(Number) : DEFAULT_SIZES;
if (sizes.some((size) => !Number.isInteger(size) || size < 1000)) {
  process.stderr.write('Sizes are numbers of trajectories, at least 1000: npm run bench -- 10000 200000\n');
  process.exit(2);
}

const home = mkdtempSync(join(tmpdir(), 'twe-bench-'));
const server = await startEmbedded({ home });
const serverUrl = socketUrl(server.connection);
const measure = measureBeside(server.pid);
try {
  const results: SizeResult[] = [];
  for (const size of [...sizes].sort((a, b) => a - b)) results.push(await benchOf(size));
  const page = resultsPage(results, {
    date: values.date ?? formatDay(businessDateToday()),
    operatingSystem: `${type()} ${release()}`,
    postgres: `PostgreSQL ${await postgresVersion()}`,
  });
  const formatted = await format(page, { parser: 'markdown' });
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), formatted);
  process.stdout.write(formatted);
} finally {
  await server.release();
  rmSync(home, { recursive: true, force: true });
}

async function benchOf(trajectories: number): Promise<SizeResult> {
  const folder = join(home, `bench-${trajectories}`);
  mkdirSync(folder);
  const progress = (text: string) => process.stderr.write(`${trajectories} trajectories: ${text}\n`);
  const bench = { trajectories, folder, measure, progress };
  const stages: Stage[] = [
    await inDatabase(`bench_import_${trajectories}`, (database) => importStage(database, bench)),
    ...(await inDatabase(`bench_nights_${trajectories}`, (database) => nightStages(database, bench))),
  ];
  rmSync(folder, { recursive: true });
  return { trajectories, stages };
}

/** Work in a migrated database that is gone afterwards. */
async function inDatabase<T>(name: string, work: (database: Database) => Promise<T>): Promise<T> {
  await asAdmin((admin) => admin.rows(`create database ${name}`));
  const database = connectTo(databaseUrl(serverUrl, name));
  try {
    await database.migrate();
    return await work(database);
  } finally {
    await database.close();
    await asAdmin((admin) => admin.rows(`drop database ${name} with (force)`));
  }
}

async function asAdmin<T>(work: (admin: Database) => Promise<T>): Promise<T> {
  const admin = connectTo(serverUrl);
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}

async function postgresVersion(): Promise<string> {
  return asAdmin(async (admin) => {
    const [row] = await admin.rows<{ version: string }>(`select current_setting('server_version') as version`);
    return row!.version;
  });
}
