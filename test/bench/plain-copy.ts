/**
 * The limit that a stage is compared with: the rows it left behind, copied as they are, by the same driver, into an equal
 * empty table (same columns, constraints and indexes).
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Database } from '../../src/db/database.js';
import { settle } from './load.js';
import type { Measure } from './measure.js';

export interface PlainCopy {
  readonly rows: number;
  readonly seconds: number;
}

/** Copies a table in the order in which its rows lie. `folder` takes them meanwhile. */
export async function plainCopy(
  database: Database,
  table: string,
  { folder, measure }: { readonly folder: string; readonly measure: Measure },
): Promise<PlainCopy> {
  const file = join(folder, 'rows.copy');
  const twin = 'public.plain_copy';
  // Generated columns are worked out by the server, in the twin as in the table.
  const [columns] = await database.rows<{ list: string }>(
    `select string_agg(attname, ', ' order by attnum) as list
     from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  await database.session(async ({ client }) => {
    await client.query(`create table ${twin} (like ${table} including all)`);
    await pipeline(
      client.query(copyTo(`copy (select ${columns!.list} from ${table}) to stdout`)),
      createWriteStream(file),
    );
  });
  await settle(database);
  const { seconds, result } = await measure(() =>
    database.transaction(async ({ client }) => {
      const copy = client.query(copyFrom(`copy ${twin} (${columns!.list}) from stdin`));
      await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), copy);
      return copy.rowCount;
    }),
  );
  await database.rows(`drop table ${twin}`);
  await rm(file);
  return { rows: result, seconds };
}
