/** The first load: parts without comparing, indexes made again at the end, and the same result as row by row. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deferIndexes } from '../../src/db/deferred-indexes.js';
import { nationalNumber } from '../support/random-feed/identifiers.js';
import { csv, feedsForTests, GENT, OTHER_PERSON } from './support.js';

const feeds = feedsForTests();

const ROWS = 101_000;
const MORE_THAN_ANY_FILE = 1e12;

async function indexes(): Promise<string[]> {
  const rows = await feeds.database.rows<{ is: string }>(
    `select indexdef || coalesce(' ' || contype::text, '') as is
     from pg_indexes
     left join pg_constraint on conname = indexname and connamespace = 'twe'::regnamespace
     where schemaname = 'twe' order by 1`,
  );
  return rows.map((row) => row.is);
}

describe('a file that brings more than there is', () => {
  it('loses and doubles nothing, whatever comes twice and wherever, and leaves the indexes as they were', async () => {
    const before = await indexes();
    const rows = Array.from({ length: ROWS }, (_, n) => ({ weo_id: `W-${n}`, insz: nationalNumber(n % 9000) }));
    // W-0 stands in the first part: once more as it was, once otherwise. W-100999 comes twice in the last part.
    const again = [rows[0]!, { ...rows[0]!, end_date: '2024-12-31' }, rows.at(-1)!];
    await feeds.folder.deliver('2023-12-31', { ocmw: [{}] });
    // What cannot be a version at once is set aside: a wrong date, an OCMW that comes later, and that row said again rightly.
    const wrong = [
      { weo_id: 'X1', start_date: '2024-13-01' },
      { weo_id: 'X2', ocmw_id: GENT, insz: OTHER_PERSON },
      { weo_id: 'X1' },
    ];
    const file = csv('weo', [...rows, ...again, ...wrong]);
    const manifest = JSON.stringify({
      delivery: '2024-01-01',
      mode: 'full',
      files: [{ name: 'weo.csv', rows: ROWS + 6, sha256: createHash('sha256').update(file).digest('hex') }],
    });
    await feeds.folder.deliver('2024-01-01', { 'weo.csv': file, 'manifest.json': manifest });
    const { files, findings } = await feeds.night();
    expect(findings.filter(({ code }) => code === 'RECORD_VANISHED')).toEqual([]);
    expect(files.find(({ file }) => file === 'weo.csv')).toMatchObject({
      rows: ROWS + 6,
      newVersions: ROWS + 2,
      unchanged: 2,
      setAside: 2,
    });
    const [counted] = await feeds.database.rows(
      `select count(distinct weo_id)::int as agreements, count(distinct person_id)::int as clients,
         (select count(*)::int from twe.identity) as identities
       from twe.weo_version`,
    );
    expect(counted).toEqual({ agreements: ROWS + 1, clients: 9001, identities: 9002 });
    const waiting = await feeds.database.rows(
      `select record_id as id, insz
       from twe.rejected_row left join twe.identity on person_id = (waiting->>'person_id')::bigint order by 1`,
    );
    expect(waiting).toEqual([
      { id: 'X1', insz: null },
      { id: 'X2', insz: OTHER_PERSON },
    ]);
    expect(await indexes()).toEqual(before);

    // The same once more, and one agreement that changed: now there is something to compare with.
    await feeds.folder.deliver('2024-01-02', {
      'weo.csv': csv('weo', [...rows, { ...rows[5]!, end_date: '2024-11-30' }]),
    });
    const second = await feeds.night();
    expect(second.files.find(({ file }) => file === 'weo.csv')).toMatchObject({ newVersions: 2, unchanged: ROWS - 1 });
  }, 120_000);

  it('takes the indexes off only where that is worth it, and puts back every kind', async () => {
    await feeds.database.rows(
      `create table if not exists public.kinds (
         id int primary key, name text not null, span int4range, unique (name, id), exclude using gist (span with &&))`,
    );
    await feeds.database.rows('create unique index on public.kinds (lower(name)) include (id) where id > 3');
    const kinds = async () =>
      feeds.database.rows(`select indexname, indexdef from pg_indexes where tablename = 'kinds' order by 1`);
    const before = await kinds();
    expect(before).toHaveLength(4);
    await feeds.database.transaction(async (session) => {
      const bulk = await deferIndexes(session, 'public.kinds', MORE_THAN_ANY_FILE);
      expect(bulk.isEmpty).toBe(true);
      expect(await session.rows(`select 1 from pg_indexes where tablename = 'kinds'`)).toEqual([]);
      await session.rows(
        `insert into public.kinds select g, 'n' || g, int4range(g, g + 1) from generate_series(1, 5000) g`,
      );
      await bulk.make();
    });
    expect(await kinds()).toEqual(before);
    await feeds.database.transaction(async (session) => {
      const small = await deferIndexes(session, 'public.kinds', 9 * 1024 * 1024);
      expect(small.isEmpty).toBe(false);
      await session.rows(`drop table public.kinds`);
    });
  });

  it('fails as a whole when a constraint does not hold any more', async () => {
    await feeds.database.rows('create table public.once (id int primary key)');
    const failing = feeds.database.transaction(async (session) => {
      const bulk = await deferIndexes(session, 'public.once', MORE_THAN_ANY_FILE);
      await session.rows('insert into public.once values (1), (1)');
      await bulk.make();
    });
    await expect(failing).rejects.toThrow(/could not create unique index/);
    expect(await feeds.database.rows('select * from public.once')).toEqual([]);
    await feeds.database.rows('drop table public.once');
  });
});
