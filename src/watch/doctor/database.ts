/** The database: reachable, new enough, with rights, of the right version of the schema, and with the right time. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../clock.js';
import type { Settings } from '../../config.js';
import { connect, type Database } from '../../db/database.js';
import { migrationNames } from '../../db/migrations.js';
import { sql, sqlFolder } from '../../db/sql.js';
import { EXIT } from '../../errors.js';
import { clean, sentenceOf } from '../../safe-error.js';
import { readDue } from '../due.js';
import { readState } from '../state.js';
import { verdictOf } from '../verdict.js';
import { failing, fine, warning, type Diagnosis } from './diagnosis.js';
import { lookAtTimeZone } from './time-zone.js';

const WARN_FROM_MS = 2_000;
const FAIL_FROM_MS = 60_000;

interface Server {
  readonly version: string;
  readonly user: string;
  readonly encoding: string;
  readonly isStandby: boolean;
  readonly mayMakeTemporary: boolean;
  readonly mayMigrate: boolean;
  readonly isMigrated: boolean;
}

/** Looks without changing anything: no database is made, no migration applied. */
export async function lookAtDatabase(settings: Settings): Promise<Diagnosis[]> {
  const { databaseUrl, home } = settings;
  if (databaseUrl === undefined && !existsSync(join(home, 'data'))) {
    return [fine('database', `embedded; the first run makes it in ${home}`)];
  }
  try {
    const database = await connect({ databaseUrl, home });
    try {
      return await lookInto(database, settings);
    } finally {
      await database.close();
    }
  } catch (error) {
    return [failing('database', sentenceOf(error), 'Nothing can run without it.')];
  }
}

async function lookInto(database: Database, settings: Settings): Promise<Diagnosis[]> {
  // Throws for one that is too old.
  await database.check();
  const [server] = await database.rows<Server>(sql('watch/find_server'));
  const diagnoses = [lookAtServer(server!, placeOf(settings))];
  if (diagnoses[0]!.level === 'FAIL') return diagnoses;
  const schema = await lookAtSchema(database, server!);
  diagnoses.push(schema, await lookAtClock(database), await database.session(lookAtTimeZone));
  // With other tables, or without the right to read them, there is nothing to look at.
  if (schema.level !== 'OK' || !server!.isMigrated) return diagnoses;
  const rights = await lookAtRights(database, server!);
  diagnoses.push(rights);
  if (rights.level === 'OK') diagnoses.push(await lookAtRuns(database, settings));
  return diagnoses;
}

function placeOf({ databaseUrl, home }: Settings): string {
  // Parameters may hold a password as well.
  return databaseUrl === undefined ? `embedded in ${home}` : clean(databaseUrl.replace(/\?.*$/s, ''));
}

function lookAtServer(server: Server, place: string): Diagnosis {
  const { version, encoding, isStandby, mayMakeTemporary, user } = server;
  const found = `PostgreSQL ${version}, ${place}`;
  if (encoding !== 'UTF8') {
    return failing('database', `${found}: its encoding is ${encoding}`, "Make the database with encoding 'UTF8'.");
  }
  if (isStandby) {
    return failing(
      'database',
      `${found}: a copy that only lets itself be read`,
      'Let DATABASE_URL name the first server.',
    );
  }
  if (!mayMakeTemporary) {
    const toDo = `As its owner: grant temporary on database ... to ${user}.`;
    return failing('database', `${found}: user ${user} may not make temporary tables`, toDo);
  }
  return fine('database', found);
}

async function lookAtSchema(database: Database, { isMigrated, mayMigrate, user }: Server): Promise<Diagnosis> {
  const known = migrationNames(join(sqlFolder, 'migrations'));
  const mayNot = `user ${user} may not make tables there`;
  const toDoForRights = `As its owner: grant create on the schema twe (or on the database, when there is none) to ${user}.`;
  if (!isMigrated) {
    if (mayMigrate) return fine('schema', 'empty; the first run makes the tables');
    return failing('schema', `empty, and ${mayNot}`, toDoForRights);
  }
  const rows = await database.rows<{ name: string }>('select name from twe.knex_migrations order by name');
  const applied = rows.map(({ name }) => name);
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    const found = `${newer.at(-1)!.replace('.sql', '')} was made by a newer version of this program`;
    return failing('schema', found, 'Use that version of the program, or restore the backup from before the upgrade.');
  }
  const missing = known.filter((name) => !applied.includes(name));
  if (missing.length === 0) return fine('schema', `${applied.at(-1)!.replace('.sql', '')}, that of this program`);
  const found = `${missing.length} migrations older than this program`;
  if (!mayMigrate) return failing('schema', `${found}, and ${mayNot}`, toDoForRights);
  return warning('schema', found, 'Make a backup; the next command that opens the database brings it up to date.');
}

async function lookAtRights(database: Database, { user }: Server): Promise<Diagnosis> {
  const closed = await database.rows<{ table: string }>(sql('watch/list_closed_tables'));
  if (closed.length === 0) return fine('rights', `user ${user} may read and add to every table`);
  const names = closed.map(({ table }) => `twe.${table}`).join(', ');
  return failing(
    'rights',
    `user ${user} may not read or add to ${names}`,
    `As their owner: grant select, insert on them to ${user}.`,
  );
}

async function lookAtClock(database: Database): Promise<Diagnosis> {
  const before = systemClock.now().getTime();
  const [answer] = await database.rows<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::double precision as now',
  );
  const after = systemClock.now().getTime();
  // Only what the way to the server and back does not explain.
  const offsetMs = Math.max(0, before - answer!.now, answer!.now - after);
  const found = `${(offsetMs / 1000).toFixed(1)} s between this machine and the database`;
  const toDo = 'Let both machines take their time from the same servers (chrony, systemd-timesyncd).';
  if (offsetMs >= FAIL_FROM_MS) return failing('clock', found, toDo, EXIT.unexpected);
  return offsetMs >= WARN_FROM_MS ? warning('clock', found, toDo) : fine('clock', found);
}

/** How the nights went: a check that does not hold is a FAIL with exit code 4. */
async function lookAtRuns(database: Database, settings: Settings): Promise<Diagnosis> {
  const due = await readDue(database, settings, systemClock.now());
  const state = await database.session((session) => readState(session, due));
  const { isWell, sentences } = verdictOf(state);
  if (state.runs.length === 0) return fine('runs', 'nothing has run yet');
  if (isWell) return fine('runs', `${state.runs[0]!.runId} ${state.runs[0]!.state}`);
  const found = sentences.join(' ');
  if (state.failingChecks.length === 0) return warning('runs', found, 'See `twe status`.');
  return failing('runs', found, 'See `twe status`.', EXIT.check);
}
