/**
 * A program of its own that works under the lease, for tests. Arguments: address of the database, mode, seconds of the lease.
 * `hold`: takes the lease, begins a transaction, says "held", waits for a line and tries to commit.
 * `week`: a scheduler that lives through a simulated week, a day in 0.7 s, and writes each run into public.ran.
 */
import { once } from 'node:events';
import process from 'node:process';
import { day, formatDay } from '../../src/calendar.js';
import { momentAt } from '../../src/clock.js';
import { connectTo, type Database } from '../../src/db/database.js';
import { Failure } from '../../src/errors.js';
import { withLease } from '../../src/runs/lease.js';
import { Scheduler } from '../../src/runs/scheduler.js';

const [address, mode, seconds] = process.argv.slice(2) as [string, string, string];
const database = connectTo(address);
const lease = { doing: mode, seconds: Number(seconds) };
try {
  await (mode === 'hold' ? hold() : week());
} catch (error) {
  process.stdout.write(`failed ${error instanceof Failure ? error.exitCode : ''} ${(error as Error).message}\n`);
}
await database.close();

async function hold(): Promise<void> {
  await withLease(database, lease, (fenced) =>
    fenced.transaction(async (session) => {
      await session.rows(`insert into public.ran (worker, run) values ($1, 'held')`, [process.pid]);
      process.stdout.write('held\n');
      await once(process.stdin, 'data');
    }),
  );
  process.stdout.write('committed\n');
}

/** The clock of the week lies in the database: all schedulers see the same. */
async function week(): Promise<void> {
  const first = day('2024-10-24');
  const stop = new AbortController();
  let now = new Date(0);
  const scheduler = new Scheduler({
    timetable: {
      nightly: { text: '21:30', minutes: 21 * 60 + 30 },
      statement: { text: '23:00', minutes: 23 * 60 },
      retention: undefined,
    },
    clock: { now: () => now },
    stop: stop.signal,
    async readDone() {
      const [row] = await database.rows<{ night: string | null; statement: string | null }>(
        `select max(run) filter (where run like '%nightly') as night, max(run) filter (where run like '%statement') as statement
         from public.ran`,
      );
      return {
        lastNight: row!.night === null ? undefined : { day: day(row!.night.slice(0, 10)), isDone: true },
        firstDelivery: first,
        lastStatement:
          row!.statement === null ? day('2024-09-30') && monthIndex('2024-09') : monthIndex(row!.statement),
        lastRetention: undefined,
      };
    },
    run: ({ job, day: on }) =>
      withLease(database, lease, async (fenced) => {
        await fenced.transaction((session) => refuseSecond(session, `${formatDay(on)} ${job}`));
      }),
    lateAfterHours: () => 1_000,
    late: () => Promise.resolve(),
    told: (sentence) => void process.stdout.write(`${sentence}\n`),
  });
  const until = momentAt(day('2024-10-31'), 23 * 60 + 59).getTime();
  while (now.getTime() < until) {
    // On a busy machine days pass between two wakes; the week ends all the same.
    now = new Date(Math.min(await sharedClock(database), until));
    await scheduler.wake();
  }
  process.stdout.write('end of week\n');
}

function monthIndex(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

interface Rows {
  rows<T>(statement: string, values?: readonly unknown[]): Promise<T[]>;
}

/** What a run does here: once for each date, as the steps of a real one are. It takes its time. */
async function refuseSecond(session: Rows, run: string): Promise<void> {
  const there = await session.rows('select 1 from public.ran where run = $1', [run]);
  await session.rows('select pg_sleep(0.02)');
  if (there.length === 0)
    await session.rows('insert into public.ran (worker, run) values ($1, $2)', [process.pid, run]);
}

/** Milliseconds since 1970: from the evening of 24 October 2024 two minutes for each millisecond that passes. */
async function sharedClock(from: Database): Promise<number> {
  const [row] = await from.rows<{ ms: number }>(
    `select (extract(epoch from clock_timestamp() - (select began from public.week)) * 1000)::int as ms`,
  );
  return momentAt(day('2024-10-24'), 21 * 60).getTime() + row!.ms * 120_000;
}
