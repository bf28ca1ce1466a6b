/** A database of its own for a test file, cloned in a few hundredths of a second from the migrated one of the suite. */
import { inject } from 'vitest';
import { connectTo, type Database } from '../../src/db/database.js';
import { databaseUrl } from './address.js';

export interface TestDatabase {
  readonly database: Database;
  /** Its address, for a program that a test starts: `env: { DATABASE_URL: url }`. */
  readonly url: string;
  /** Closes and removes it. */
  drop(): Promise<void>;
}

let made = 0;

/** A migrated, empty database. Call `drop` in `afterAll`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(` template ${inject('templateName')}`);
}

/** A database in which nothing was ever migrated. */
export function createBareDatabase(): Promise<TestDatabase> {
  return createDatabase('');
}

/** @param template what follows the name in `create database` */
export async function createDatabase(template: string): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl');
  const name = `twe_test_${process.pid}_${(made += 1)}`;
  await asAdmin(adminUrl, `create database ${name}${template}`);
  const url = databaseUrl(adminUrl, name);
  const database = connectTo(url);
  return {
    database,
    url,
    drop: async () => {
      await database.close();
      await asAdmin(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const admin = connectTo(adminUrl);
  try {
    await admin.rows(statement);
  } finally {
    await admin.close();
  }
}
