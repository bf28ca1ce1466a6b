/**
 * Bulk into a table without its indexes, which are made again at the end: sorting a million keys once takes a tenth of the
 * time of placing them one by one.
 */
import type { Session } from './database.js';

/** A bulk is worth it when it brings at least so many bytes ... */
const LEAST_BYTES = 8 * 1024 * 1024;
/** ... and so many times what the table holds. */
const TIMES_THE_TABLE = 2;

/** A table on its way through a bulk. */
export interface Bulk {
  /** It is known to have held nothing at the start. */
  readonly isEmpty: boolean;
  /** Puts back what was taken off; to be called in the same transaction. */
  make(): Promise<void>;
}

/** Nobody looks at the table for little: a night can have ten thousand small files. */
const SMALL: Bulk = { isEmpty: false, make: () => Promise.resolve() };

interface Table {
  readonly size: number;
  readonly isEmpty: boolean;
  readonly isOwner: boolean;
}

/**
 * Takes the indexes (and the constraints made of them) off a table when a bulk of so many bytes is worth it. The table is
 * then locked for everyone until the transaction ends. Someone who does not own the table leaves it as it is.
 */
export async function deferIndexes(session: Session, table: string, bytes: number): Promise<Bulk> {
  if (bytes < LEAST_BYTES) return SMALL;
  const [found] = await session.rows<Table>(
    `select pg_relation_size(oid) as size, not exists (select from ${table}) as "isEmpty",
       pg_has_role(relowner, 'usage') as "isOwner"
     from pg_class where oid = $1::regclass`,
    [table],
  );
  const { size, isEmpty, isOwner } = found!;
  const isWorthIt = isOwner && size * TIMES_THE_TABLE <= bytes;
  const indexes = isWorthIt ? await indexesOf(session, table) : [];
  for (const { drop } of indexes) await session.rows(drop);
  return {
    isEmpty,
    make: async () => {
      for (const { make } of indexes) await session.rows(make);
    },
  };
}

/** What drops each index of a table, and what makes it again. */
async function indexesOf(session: Session, table: string): Promise<{ drop: string; make: string }[]> {
  return session.rows(
    `select
       case when conname is null then format('drop index %s', indexrelid::regclass)
         else format('alter table %s drop constraint %I', indrelid::regclass, conname) end as drop,
       case when conname is null then pg_get_indexdef(indexrelid)
         else format('alter table %s add constraint %I %s', indrelid::regclass, conname, pg_get_constraintdef(c.oid))
         end as make
     from pg_index
     left join pg_constraint c on conindid = indexrelid and contype in ('p', 'u', 'x')
     where indrelid = $1::regclass
     order by indexrelid`,
    [table],
  );
}
