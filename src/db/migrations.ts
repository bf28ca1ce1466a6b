/**
 * The schema, forward only: sql/migrations/NNNN_name.sql, each once, in order, by knex. All of them in one transaction
 * under one advisory lock, so that several programs may open the same database at once and a kill leaves nothing half.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type pg from 'pg';
import { EXIT, Failure } from '../errors.js';
import { programVersion } from './package-root.js';
import { sqlFolder } from './sql.js';

/** Any number, as long as every program takes the same: "twe" in ASCII. */
const LOCK = 0x747765;

const FORM = /^\d{4}_[a-z0-9_]+\.sql$/;

/** What migrating needs of an open database. */
export interface MigrationHost {
  rows<T>(sql: string): Promise<T[]>;
  /** One transaction with its connection. */
  transaction<T>(work: (trx: Knex.Transaction, client: pg.Client) => Promise<T>): Promise<T>;
}

/**
 * Brings the schema to the version of this program and returns the names of the migrations that were needed.
 * Throws a `Failure` (exit code 2) when the schema is newer than the program, or was made by something else.
 */
export async function migrate(host: MigrationHost, folder = join(sqlFolder, 'migrations')): Promise<string[]> {
  const known = migrationNames(folder);
  const missing = missingMigrations(known, await appliedMigrations(host.rows.bind(host)));
  if (missing.length === 0) return [];
  return host.transaction(async (trx, client) => {
    await client.query(`select pg_advisory_xact_lock(${LOCK})`);
    // Another program may have migrated while this one waited for the lock.
    const rows = async <T>(statement: string) => (await client.query(statement)).rows as T[];
    const now = missingMigrations(known, await appliedMigrations(rows));
    await client.query('create schema if not exists twe');
    await trx.migrate.latest({
      schemaName: 'twe',
      tableName: 'knex_migrations',
      migrationSource: sqlMigrations(known, folder, client),
    });
    return now;
  });
}

/** The migrations of a folder, in order. */
export function migrationNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => FORM.test(name))
    .sort();
}

/** Knex reads the list from here; the text goes straight to the connection, since knex would take `?` for a value. */
function sqlMigrations(names: string[], folder: string, client: pg.Client): Knex.MigrationSource<string> {
  return {
    getMigrations: () => Promise.resolve(names),
    getMigrationName: (name) => name,
    getMigration: (name) =>
      Promise.resolve({
        up: async () => {
          await client.query(readFileSync(join(folder, name), 'utf8')).catch((error: Error) => {
            error.message = `migration ${name}: ${error.message}`;
            throw error;
          });
        },
        down: () => Promise.reject(new Error('migrations only go forward')),
      }),
  };
}

async function appliedMigrations(rows: <T>(sql: string) => Promise<T[]>): Promise<string[]> {
  // Not by to_regclass: in a transaction that waited for another program it still answers from before.
  const found = await rows<{ present: boolean }>(
    `select exists (select from pg_tables where schemaname = 'twe' and tablename = 'knex_migrations') as present`,
  );
  if (!found[0]!.present) return [];
  const applied = await rows<{ name: string }>('select name from twe.knex_migrations order by id');
  return applied.map((row) => row.name);
}

function missingMigrations(known: string[], applied: string[]): string[] {
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Failure(
      EXIT.usage,
      `The database has schema version ${version(applied)}, this program (twe ${programVersion()}) knows versions up to ` +
        `${version(known)}: it is older than the database. Use the newer program, or another database.`,
    );
  }
  return known.filter((name) => !applied.includes(name));
}

function version(names: string[]): string {
  return names.map((name) => name.slice(0, 4)).reduce((a, b) => (a > b ? a : b), '0000');
}
