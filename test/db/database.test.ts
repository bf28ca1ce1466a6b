import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo, openDatabase, refuseOldServer } from '../../src/db/database.js';
import { sql } from '../../src/db/sql.js';
import { safeInteger } from '../../src/db/types.js';
import { EXIT, Failure } from '../../src/errors.js';
import { databaseUrl } from '../support/address.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function faultOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new Error('expected a fault');
    },
    (error: unknown) => error as Error,
  );
}

describe('values', () => {
  it('arrive as text, safe integers and nothing else that could be rounded or shifted', async () => {
    const [row] = await test.database.rows(`
      select date '2024-03-31' as day, array[date '2024-03-31', null] as days, 9007199254740991::bigint as count,
             array[1::bigint, null] as counts, 12.10::numeric as amount, array[0.10::numeric] as amounts,
             7 as small, null::date as nothing`);
    expect(row).toEqual({
      day: '2024-03-31',
      days: ['2024-03-31', null],
      count: 9007199254740991,
      counts: [1, null],
      amount: '12.10',
      amounts: ['0.10'],
      small: 7,
      nothing: null,
    });
  });

  it('that are no safe integers are refused', async () => {
    await expect(test.database.rows('select 9007199254740993::bigint as n')).rejects.toThrow('too large');
    expect(() => safeInteger('9007199254740992')).toThrow(RangeError);
    expect(await test.database.rows('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('are passed as parameters', async () => {
    const rows = await test.database.rows('select $1::text as a, $2::integer as b', [`it's`, 5]);
    expect(rows).toEqual([{ a: `it's`, b: 5 }]);
  });
});

describe('a session', () => {
  it('speaks ISO dates in UTC, whatever the database has as default', async () => {
    const name = /\/([^/?]+)(\?|$)/.exec(test.url)![1]!;
    await test.database.rows(`alter database ${name} set timezone to 'Asia/Tokyo'`);
    await test.database.rows(`alter database ${name} set datestyle to 'German'`);
    const fresh = connectTo(test.url);
    const rows = await fresh.rows(
      `select '2024-02-03'::date::text as day, extract(timezone from now())::integer as zone`,
    );
    await fresh.close();
    expect(rows).toEqual([{ day: '2024-02-03', zone: 0 }]);
  });

  it('of a transaction shares its connection with knex', async () => {
    await test.database.transaction(async (session) => {
      await session.rows('create temporary table mine (id bigint) on commit drop');
      await session.knex('mine').insert([{ id: 1 }, { id: 2 }]);
      expect(await session.rows('select sum(id)::bigint as total from mine')).toEqual([{ total: 3 }]);
      expect(await session.knex('mine').where('id', '>', 1).select('id')).toEqual([{ id: 2 }]);
    });
  });

  it('gives the rows of the last of several statements', async () => {
    expect(await test.database.rows('select 1 as a; select 2 as b')).toEqual([{ b: 2 }]);
  });
});

describe('a transaction', () => {
  it('is committed when the work ends and returns what the work returns', async () => {
    const result = await test.database.transaction(async (session) => {
      await session.rows('create table kept (id integer)');
      return 'done';
    });
    expect(result).toBe('done');
    expect(await test.database.rows('select count(*) from kept')).toEqual([{ count: 0 }]);
  });

  it('is rolled back when the work throws, with the error of the work', async () => {
    const work = test.database.transaction(async (session) => {
      await session.rows('create table lost (id integer)');
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await expect(test.database.rows('select * from lost')).rejects.toThrow('relation "lost" does not exist');
  });

  it('fails when the server refuses the commit', async () => {
    await test.database.rows(
      'create table public.late (id int primary key, other int references public.late deferrable initially deferred)',
    );
    await expect(
      test.database.transaction((session) => session.rows('insert into public.late values (1, 2)')),
    ).rejects.toMatchObject({ code: '23503' });
    expect(await test.database.rows('select * from public.late')).toEqual([]);
    await test.database.rows('drop table public.late');
  });

  it('fails when the server rolls back instead, since a fault of a statement went unnoticed', async () => {
    const unnoticed = test.database.transaction(async (session) => {
      await session.rows('select 1/0').catch(() => undefined);
      return 'done';
    });
    await expect(unnoticed).rejects.toThrow('the server rolled back');
  });

  it('that loses its connection fails with one sentence, exit code 1, and the next one works', async () => {
    const work = test.database.transaction(async (session) => {
      await session.rows('create table never (id integer)');
      const [{ pid }] = (await session.rows('select pg_backend_pid() as pid')) as [{ pid: number }];
      await test.database.rows('select pg_terminate_backend($1)', [pid]);
      await session.rows('select pg_sleep(5)');
    });
    const fault = await faultOf(work);
    expect(fault).toBeInstanceOf(Failure);
    expect((fault as Failure).exitCode).toBe(EXIT.unexpected);
    expect(fault.message).toContain('nothing of this step was kept');
    expect(await test.database.transaction((session) => session.rows('select 1 as one'))).toEqual([{ one: 1 }]);
  });

  it('does not tell the row at fault, nor the values of the statement', async () => {
    await test.database.rows('create table person (insz text primary key)');
    const insert = () => test.database.transaction((session) => session.knex('person').insert({ insz: '85073003328' }));
    await insert();
    const fault = await faultOf(insert());
    expect(fault.message).toContain('person_pkey');
    expect(fault.message + JSON.stringify(fault) + String(fault.stack)).not.toContain('85073003328');
  });
});

describe('a database that cannot be used', () => {
  const open = (url: string) => faultOf(openDatabase({ databaseUrl: url, home: '/nonexistent' }));

  it.each([
    ['nonsense', 'is not an address of PostgreSQL'],
    ['mysql://user:Secret1@host/db', 'is not an address of PostgreSQL'],
    ['postgresql://user:Sec%ret1@host:port/db', 'is not an address of PostgreSQL'],
    ['postgresql://user:Secret1@127.0.0.1:1/db', 'nothing listens there'],
    ['postgresql://user:Secret1@no-such-host.invalid/db', 'does not answer'],
    ['postgresql://user:Secret1@/db?host=/nonexistent', 'there is no such socket'],
  ])('%s: %s, without the password', async (url, sentence) => {
    const fault = await open(url);
    expect(fault).toBeInstanceOf(Failure);
    expect((fault as Failure).exitCode).toBe(EXIT.usage);
    expect(fault.message).toContain(sentence);
    expect(fault.message + String(fault.stack) + String(fault.cause)).not.toMatch(/Sec(%)?ret1/);
  });

  it('does not exist', async () => {
    const fault = await open(databaseUrl(test.url, 'no_such_database'));
    expect(fault.message).toContain('"no_such_database"');
    expect(fault.message).toContain('does not exist on that server');
  });

  it('is no PostgreSQL at all', async () => {
    const other = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const fault = await open(`postgresql://user:Secret1@127.0.0.1:${(other.address() as AddressInfo).port}/db`);
    other.close();
    expect(fault).toBeInstanceOf(Failure);
    expect((fault as Failure).exitCode).toBe(EXIT.usage);
    expect(fault.message).not.toContain('Secret1');
  });

  it('is older than PostgreSQL 15', () => {
    const target = { name: 'The database "x"', advice: 'Check DATABASE_URL.' };
    expect(() => refuseOldServer(140_012, '14.12', target)).toThrow('is PostgreSQL 14.12, which is too old');
    expect(() => refuseOldServer(150_000, '15.0', target)).not.toThrow();
  });
});

describe('a statement from sql/queries', () => {
  it('that is missing names its file', () => {
    expect(() => sql('nowhere/do_nothing')).toThrow('do_nothing.sql');
  });
});
