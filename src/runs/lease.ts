/**
 * One run at a time: whoever changes records or books holds the lease of the database. It rests on two things. A lock of the
 * server says who is alive: it goes when the connection of its holder goes. A number that rises with every holder says
 * whose word counts: each transaction asks for it before it commits, so that a holder who was paused and comes back commits
 * nothing.
 */
import { hostname } from 'node:os';
import { SESSIONS, type Database, type Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';

/** Key of the lock: below 2^32, so that pg_locks shows it as objid. */
const LOCK = 8_402_017;
/** How long a holder may give no sign of life before another one takes over. */
export const LEASE_SECONDS = 60;
const SIGNS_OF_LIFE = 4;
/** Sessions that were ended need a moment to go. */
const TRIES = 50;
const TRY_AFTER_MS = 100;

export interface LeaseState {
  /** null while nobody holds it. */
  readonly holder: string | null;
  readonly sessions: string | null;
  /** ISO 8601, `YYYY-MM-DD HH:MM:SS` in Brussels. */
  readonly takenAt: string | null;
  readonly secondsSilent: number | null;
  /** How long this holder may be silent. */
  readonly seconds: number | null;
}

/** Who holds the lease. A holder whose connection is gone holds nothing. */
export async function readLease(session: Session): Promise<LeaseState> {
  const [lease] = await session.rows<LeaseState>(
    `select case when is_held then holder end as holder, case when is_held then sessions end as sessions,
       case when is_held then to_char(taken_at at time zone 'Europe/Brussels', 'YYYY-MM-DD HH24:MI:SS') end as "takenAt",
       -- never less than nothing, when the clock of the server was set back
       case when is_held then greatest(extract(epoch from clock_timestamp() - renewed_at)::int, 0) end as "secondsSilent",
       case when is_held then seconds end as seconds
     from twe.lease
     cross join lateral (
       select exists (
         select from pg_locks
         where locktype = 'advisory' and classid = 0 and objid = ${LOCK} and granted
           and database = (select oid from pg_database where datname = current_database())
       ) as is_held
     ) lock
     where name = 'run'`,
  );
  return lease!;
}

export interface LeaseOptions {
  /** What the holder does: `2024-04-15/nightly`. */
  readonly doing: string;
  /** How long this holder may be silent before another one takes over. Default LEASE_SECONDS. */
  readonly seconds?: number;
}

/**
 * Does some work while nobody else can. What it does through the database that it is given commits only while the lease is
 * held. Throws a Failure (exit 5) when someone else holds it, or took it over meanwhile.
 */
export async function withLease<T>(
  database: Database,
  { doing, seconds = LEASE_SECONDS }: LeaseOptions,
  work: (fenced: Database) => Promise<T>,
): Promise<T> {
  return database.session(async (holding) => {
    await lock(holding);
    try {
      const [{ fencing }] = (await holding.rows<{ fencing: number }>(
        `update twe.lease
         set fencing = fencing + 1, holder = $1, sessions = $2, seconds = $3, taken_at = clock_timestamp(),
           renewed_at = clock_timestamp()
         where name = 'run'
         returning fencing`,
        [`${doing} on ${hostname()}, process ${process.pid}`, SESSIONS, seconds],
      )) as [{ fencing: number }];
      const signs = setInterval(() => void giveSignOfLife(database, fencing), (seconds * 1000) / SIGNS_OF_LIFE);
      try {
        return await work(database.guarded((session) => refuseWithoutLease(session, fencing)));
      } finally {
        clearInterval(signs);
        await orGone(holding.rows(`update twe.lease set holder = null where name = 'run' and fencing = $1`, [fencing]));
      }
    } finally {
      await orGone(holding.rows('select pg_advisory_unlock($1)', [LOCK]));
    }
  });
}

/** On a connection that is gone the lock is gone as well; what the work says counts. */
async function orGone(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}

async function lock(session: Session): Promise<void> {
  if (await tryLock(session)) return;
  const lease = await readLease(session);
  // By the time that it promised, not by what is configured here.
  if (lease.holder === null || lease.secondsSilent! <= (lease.seconds ?? LEASE_SECONDS)) throw heldBy(lease);
  // The holder is paused or cut off. Its connections are ended: what it began and did not commit is undone by the server.
  await session.rows(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
    [lease.sessions],
  );
  for (let tries = 0; tries < TRIES; tries++) {
    if (await tryLock(session)) return;
    await new Promise((resolve) => setTimeout(resolve, TRY_AFTER_MS));
  }
  throw heldBy(await readLease(session));
}

async function tryLock(session: Session): Promise<boolean> {
  const [lock] = await session.rows<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK]);
  return lock!.held;
}

function heldBy({ holder, takenAt, secondsSilent }: LeaseState): Failure {
  const who = holder === null ? '' : ` (${holder}, since ${takenAt!}, last sign of life ${secondsSilent!} s ago)`;
  return new Failure(
    EXIT.lease,
    `another run is at work on this database${who}; nothing was done. Wait for it (\`twe status\` shows it) or run again.`,
  );
}

/** Fails in silence: whether the lease is still ours is asked before each commit. */
async function giveSignOfLife(database: Database, fencing: number): Promise<void> {
  await database
    .rows(`update twe.lease set renewed_at = clock_timestamp() where name = 'run' and fencing = $1`, [fencing])
    .catch(() => undefined);
}

/** Keeps the number as it is until the transaction ends: nobody takes over between this and the commit. */
async function refuseWithoutLease(session: Session, fencing: number): Promise<void> {
  const held = await session.rows(`select 1 from twe.lease where name = 'run' and fencing = $1 for key share`, [
    fencing,
  ]);
  if (held.length > 0) return;
  throw new Failure(
    EXIT.lease,
    'this run was silent for so long that another one took over; what it was about to commit was undone. Nothing is lost: ' +
      'the other one does the work.',
  );
}
