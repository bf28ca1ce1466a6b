import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectTo, openDatabase, type Database } from '../../src/db/database.js';
import { migrationNames } from '../../src/db/migrations.js';
import { sqlFolder } from '../../src/db/sql.js';
import { EXIT, Failure } from '../../src/errors.js';
import { createBareDatabase, type TestDatabase } from '../support/database.js';

const PRESENT = join(sqlFolder, 'migrations');

let test: TestDatabase;
let folder: string;

beforeAll(async () => {
  test = await createBareDatabase();
  folder = mkdtempSync(join(tmpdir(), 'twe-migrations-'));
});
afterEach(async () => {
  await test.database.rows('drop schema if exists twe cascade');
  rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'twe-migrations-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await test.drop();
});

const tables = async (database: Database) =>
  (
    await database.rows<{ name: string }>(
      `select table_name::text as name from information_schema.tables where table_schema = 'twe' order by 1`,
    )
  ).map((row) => row.name);

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const fault = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(Failure);
  return fault as Failure;
}

describe('the schema', () => {
  it('is made from the numbered files, in order, and a second start finds nothing to do', async () => {
    const applied = await test.database.migrate();
    expect(applied).toEqual(migrationNames(PRESENT));
    expect(applied[0]).toBe('0001_feeds_and_records.sql');
    expect(await test.database.migrate()).toEqual([]);
    expect(await tables(test.database)).toEqual(
      expect.arrayContaining(['delivery', 'ledger_entry', 'knex_migrations']),
    );
  });

  it('goes forward from where a database stands', async () => {
    await test.database.migrate();
    cpSync(PRESENT, folder, { recursive: true });
    writeFileSync(join(folder, '9001_more.sql'), `create table twe.more (id integer); select '{"a": 1}'::jsonb ? 'a';`);
    expect(await test.database.migrate(folder)).toEqual(['9001_more.sql']);
    expect(await tables(test.database)).toContain('more');
  });

  it('stays as it was when one of several migrations fails', async () => {
    writeFileSync(join(folder, '0001_one.sql'), 'create table twe.one (id integer);');
    writeFileSync(join(folder, '0002_two.sql'), 'create table twe.two (id integer); select nothing from nowhere;');
    await expect(test.database.migrate(folder)).rejects.toThrow('migration 0002_two.sql: relation "nowhere"');
    expect(await tables(test.database)).toEqual([]);
    writeFileSync(join(folder, '0002_two.sql'), 'create table twe.two (id integer);');
    expect(await test.database.migrate(folder)).toEqual(['0001_one.sql', '0002_two.sql']);
  });

  it('is made once when several programs open the database at the same moment', async () => {
    const told: string[] = [];
    const onNotice = (text: string) => void told.push(text);
    const programs = Array.from({ length: 6 }, () => openDatabase({ databaseUrl: test.url, home: folder, onNotice }));
    const opened = await Promise.all(programs);
    expect(told).toHaveLength(1);
    const rows = await test.database.rows<{ name: string }>('select name from twe.knex_migrations order by id');
    expect(rows.map((row) => row.name)).toEqual(migrationNames(PRESENT));
    await Promise.all(opened.map((database) => database.close()));
  });

  it('is left alone by a program that is older, which names both versions', async () => {
    cpSync(PRESENT, folder, { recursive: true });
    writeFileSync(join(folder, '9002_future.sql'), 'create table twe.future (id integer);');
    await test.database.migrate(folder);
    const failure = await failureOf(openDatabase({ databaseUrl: test.url, home: folder }));
    expect(failure.exitCode).toBe(EXIT.usage);
    const newest = migrationNames(PRESENT).at(-1)!.slice(0, 4);
    expect(failure.message).toContain('schema version 9002');
    expect(failure.message).toContain(`knows versions up to ${newest}`);
    expect(await tables(test.database)).toContain('future');
  });

  it('needs rights, and says so in one sentence', async () => {
    const role = `twe_poor_${process.pid}`;
    await test.database.rows(`create role ${role} login password 'poor-secret'`);
    try {
      const poor = connectTo(test.url.replace(/\/\/[^@/]*@/, `//${role}:poor-secret@`));
      const failure = await failureOf(poor.migrate());
      await poor.close();
      expect(failure.exitCode).toBe(EXIT.usage);
      expect(failure.message).toContain('does not give this user the rights');
      expect(failure.message).not.toContain('poor-secret');
    } finally {
      await test.database.rows(`drop role ${role}`);
    }
  });
});
