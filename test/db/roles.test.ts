/** sql/roles.sql as it is: each role does its own work, and the server refuses it everything else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectTo, type Database } from '../../src/db/database.js';
import { callTwe } from '../night/called-twe.js';
import { art60, category, CLIENT, ocmw, weo, writeFeed } from '../night/feed.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { keyOfTests } from '../support/key.js';

const ROLES = readFileSync('sql/roles.sql', 'utf8');
const BATCH = '2024-04-15/quarterly-payment';
const WEO = 'W';
const NO_RIGHT = '42501';

let test: TestDatabase;
let folder: string;
/** Those that this test made: the server may be somebody's own. */
let made: string[] = [];

/** The address of the database for a login that does its work as a role. */
const urlOf = (role: string) => `${test.url}${test.url.includes('?') ? '&' : '?'}options=-c%20role%3D${role}`;

const twe = (role: string, ...args: string[]) =>
  callTwe(args, { cwd: folder, env: { DATABASE_URL: urlOf(role), ...keyOfTests(), TWE_LOG_LEVEL: 'silent' } });

async function rolesNow(): Promise<string[]> {
  const rows = await test.database.rows<{ name: string }>(
    `select rolname as name from pg_roles where rolname ~ '^twe_'`,
  );
  return rows.map(({ name }) => name);
}

beforeAll(async () => {
  test = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'twe-roles-'));
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify({ 'feeds.source': 'feeds', out: 'out' }));
  writeFeed(join(folder, 'feeds'), {
    '2024-03-01': [ocmw(), weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31'), category('2024-03-01')],
  });
  const before = await rolesNow();
  await test.database.rows(ROLES);
  await test.database.rows(`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'twe_test_service') then
        create role twe_test_service in role twe_loader, twe_calculator;
      end if;
    end $$`);
  made = (await rolesNow()).filter((name) => !before.includes(name));
});

afterAll(async () => {
  await test.drop();
  const admin = connectTo(inject('adminUrl'));
  // Other databases of the server may have them as well.
  for (const name of made) await admin.rows(`drop role if exists ${name}`).catch(() => undefined);
  await admin.close();
  rmSync(folder, { recursive: true });
});

describe('the work of each role', () => {
  it('of loader and calculator together is the whole night', async () => {
    expect(await twe('twe_test_service', 'run', 'nightly', '--date', '2024-04-15', '--quiet')).toMatchObject({
      stderr: '',
      exitCode: 0,
    });
    const [counts] = await test.database.rows(
      `select (select count(*) from twe.ledger_entry) > 0 as accrued, (select count(*) from twe.batch) as batches,
         (select count(*) from twe.chain_head) as heads`,
    );
    expect(counts).toEqual({ accrued: true, batches: 1, heads: 1 });
  });

  it('of the loader is a decision by hand, of the approver the decision on a batch', async () => {
    const decision = ['decide', WEO, '--measurement', '1', '--outcome', 'POSITIVE', '--by', 'an', '--reason', 'seen'];
    expect(await twe('twe_loader', ...decision, '--date', '2024-04-15')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await twe('twe_approver', 'approve', BATCH, '--by', 'an')).toMatchObject({ exitCode: 0, stderr: '' });
    const links = await test.database.rows(`select kind from twe.chain_link where kind = 'DECISION'`);
    expect(links).toHaveLength(1);
  });

  it.each(['twe_reader', 'twe_identity', 'twe_approver', 'twe_test_service'])('of %s is to look', async (role) => {
    for (const command of [['verify', '--full'], ['status'], ['batches'], ['explain', WEO]]) {
      const { exitCode, stderr } = await twe(role, ...command);
      expect([command[0], exitCode, stderr]).toEqual([command[0], 0, '']);
    }
  });

  it('of those who may is to read a national number, and nobody else does', async () => {
    const number = `select insz from twe.read_insz('${WEO}', 'an inspection', 'an')`;
    expect(await as('twe_identity', (database) => database.rows(number))).toEqual([{ insz: CLIENT }]);
    const shown = 'select client from twe.shown_clients()';
    expect(await as('twe_identity', (database) => database.rows(shown))).toEqual([
      { client: `**.**.**-${CLIENT.slice(6, 9)}.${CLIENT.slice(9)}` },
    ]);
    const noted = 'select weo_id, reason, read_by_system_user from twe.identity_read';
    expect(await test.database.rows(noted)).toEqual([
      { weo_id: WEO, reason: 'an inspection', read_by_system_user: 'an' },
    ]);
    for (const role of ['twe_reader', 'twe_approver', 'twe_loader', 'twe_calculator'])
      expect([role, await refusalsOf(role, [number, shown])]).toEqual([role, allRefused([number, shown])]);
  });
});

async function as<T>(role: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = connectTo(urlOf(role));
  return work(database).finally(() => database.close());
}

/** SQLSTATE of the refusal of each statement; undefined for one that went through, which is undone. */
async function refusalsOf(role: string, statements: readonly string[]): Promise<Record<string, string | undefined>> {
  return as(role, async (database) => {
    const codes: Record<string, string | undefined> = {};
    for (const statement of statements) {
      codes[statement] = await database
        .transaction(async (session) => {
          await session.rows(statement);
          throw new Error('it was let through');
        })
        .catch((error: unknown) => codeOf(error));
    }
    return codes;
  });
}

const allRefused = (statements: readonly string[]) =>
  Object.fromEntries(statements.map((statement) => [statement, NO_RIGHT]));

function codeOf(error: unknown): string | undefined {
  for (let fault = error; fault instanceof Error; fault = fault.cause)
    if ('code' in fault && typeof fault.code === 'string') return fault.code;
  return undefined;
}

const READ_NUMBERS = [
  'select * from twe.identity',
  `select 1 from twe.identity where insz like '8%'`,
  'copy twe.identity to stdout',
];
const CHANGE_CHAINS = [
  'insert into twe.chain_link select * from twe.chain_link',
  `insert into twe.chain_head select 99, run_id, 0, 0, digest from twe.chain_head`,
  'delete from twe.chain_link',
  `update twe.chain_head set digest = repeat('0', 64)`,
  'truncate twe.chain_head',
  'alter table twe.chain_link disable trigger all',
];
const CHANGE_LEDGER = [
  'insert into twe.ledger_entry select * from twe.ledger_entry',
  'update twe.ledger_entry set cents = cents + 1',
  'delete from twe.ledger_entry',
  'truncate twe.ledger_entry',
  'alter table twe.ledger_entry disable trigger user',
  'insert into twe.measurement_version (weo_id) values (null)',
  'update twe.ledger_state set fingerprint_low = 0',
  `update twe.trajectory_facts set facts = ''`,
];
const CHANGE_BATCHES = [
  `insert into twe.batch (batch_id) values ('x')`,
  'update twe.batch_line set cents = 0',
  'insert into twe.batch_line select * from twe.batch_line',
  'insert into twe.batch_claim select * from twe.batch_claim',
  'delete from twe.batch_part',
  `select nextval('twe.batch_batch_no_seq')`,
];
const DECIDE = [
  `insert into twe.batch_decision (batch_no, decision, decided_by, decided_on) values (1, 'APPROVED', 'x', '2024-04-15')`,
  'delete from twe.batch_decision',
  `insert into twe.batch_hold (batch_no, ocmw_id) values (1, 'x')`,
  `update twe.batch_decision set decided_by = 'x'`,
];
const CHANGE_RECORDS = [
  `insert into twe.weo_version (weo_id) values ('x')`,
  'update twe.weo_version set withdrawn = true',
  'delete from twe.payment_version',
  'insert into twe.decision_version (decision_id) values (null)',
  'insert into twe.delivery (name) values (null)',
  `update twe.delivery set state = 'SKIPPED'`,
  `insert into twe.identity (insz) values ('1')`,
  'update twe.identity set pseudonym = null',
];
const CHANGE_RUNS = [
  `update twe.run set state = 'DONE'`,
  'insert into twe.run_step (run_id) values (null)',
  'update twe.lease set fencing = 0',
  'delete from twe.exported_file',
];
const CHANGE_SCHEMA = [
  'create table twe.mine (number integer)',
  'drop table twe.alert',
  'create or replace function twe.refuse_change() returns trigger language plpgsql as $$ begin return new; end $$',
  'drop trigger ledger_entry_is_append_only on twe.ledger_entry',
];

const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  twe_loader: [
    ...[...READ_NUMBERS, ...CHANGE_CHAINS, ...CHANGE_LEDGER, ...CHANGE_BATCHES, ...DECIDE, ...CHANGE_SCHEMA],
    ...['update twe.identity set insz = null', 'delete from twe.identity', 'delete from twe.weo_version'],
    `update twe.delivery set digest = ''`,
  ],
  twe_calculator: [
    ...[...READ_NUMBERS, ...CHANGE_CHAINS, ...DECIDE, ...CHANGE_RECORDS, ...CHANGE_SCHEMA],
    ...CHANGE_LEDGER.filter((statement) => !/^insert|ledger_state|trajectory_facts/.test(statement)),
    ...['update twe.batch set digest = null', 'update twe.batch_line set cents = 0', 'delete from twe.batch_part'],
  ],
  twe_approver: [
    ...[...READ_NUMBERS, ...CHANGE_CHAINS, ...CHANGE_LEDGER, ...CHANGE_BATCHES, ...CHANGE_RECORDS, ...CHANGE_RUNS],
    ...CHANGE_SCHEMA,
    ...['delete from twe.batch_decision', `update twe.batch_decision set decided_by = 'x'`],
  ],
  twe_reader: [
    ...[...READ_NUMBERS, ...CHANGE_CHAINS, ...CHANGE_LEDGER, ...CHANGE_BATCHES, ...DECIDE, ...CHANGE_RECORDS],
    ...[...CHANGE_RUNS, ...CHANGE_SCHEMA],
  ],
  twe_identity: [
    ...READ_NUMBERS,
    ...[...CHANGE_CHAINS, ...CHANGE_LEDGER, ...CHANGE_BATCHES, ...DECIDE, ...CHANGE_RECORDS, ...CHANGE_RUNS],
    ...['delete from twe.identity_read', `update twe.identity_read set reason = ''`],
  ],
};

describe('what the server refuses', () => {
  it.each(Object.entries(FORBIDDEN))('%s', async (role, statements) => {
    expect(statements.length).toBeGreaterThanOrEqual(20);
    expect(await refusalsOf(role, statements)).toEqual(allRefused(statements));
  });

  it('the night to those who only read or approve, with what to do', async () => {
    for (const role of ['twe_reader', 'twe_approver']) {
      const { exitCode, stderr } = await twe(role, 'run', 'nightly', '--date', '2024-04-16', '--quiet');
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('does not give this user the rights')]);
    }
  });
});

describe('roles.sql', () => {
  it('lets somebody write every table but those that only the program itself or an upgrade fills', async () => {
    const written = ['loader', 'calculator', 'approver', 'identity'].map(
      (name) => `has_any_column_privilege('twe_${name}', oid, 'insert')`,
    );
    const rows = await test.database.rows<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'twe'::regnamespace and relkind = 'r' and not (${written.join(' or ')})
       order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      ...[
        'chain_head',
        'chain_link',
        'chain_start',
        'identity_read',
        'knex_migrations',
        'knex_migrations_lock',
        'lease',
      ],
      ...['removal', 'removed_item'],
    ]);
  });

  it('changes nothing when it is applied again, and takes back what was granted besides', async () => {
    const rights = () =>
      test.database.rows(
        `select relname, relowner::regrole::text as owner, relacl::text as rights from pg_class
         where relnamespace = 'twe'::regnamespace and relkind in ('r', 'v', 'S') order by 1`,
      );
    const before = await rights();
    expect(new Set(before.map((row) => (row as { owner: string }).owner))).toEqual(new Set(['twe_owner']));
    await test.database.rows('grant update on twe.ledger_entry to twe_loader');
    await test.database.rows(ROLES);
    expect(await rights()).toEqual(before);
  });
});
