/**
 * What operators were told: in the database, so that it holds for every machine; in a file of TWE_HOME while the database
 * does not answer.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../db/database.js';
import { sql } from '../db/sql.js';
import { isObject } from '../law/keys/kinds.js';
import type { AlertKind, Cause } from './causes.js';

/** A cause that has to be told now. */
export interface Claim {
  readonly openedAt: Date;
  /** Somebody was told before: it lasts. */
  readonly wasTold: boolean;
}

export interface ClosedAlert extends Cause, Claim {}

export interface AlertStore {
  /** Notes a cause. Undefined when it was told, or is being told by somebody else. */
  claim(cause: Cause, now: Date): Promise<Claim | undefined>;
  /** Notes that somebody was reached. */
  markTold(key: string, now: Date): Promise<void>;
  /** Closes what is open about a job; that it is late only when it is not any more. */
  close(job: string, isStillLate: boolean, now: Date): Promise<readonly ClosedAlert[]>;
}

export function databaseStore(database: Database): AlertStore {
  return {
    claim: async ({ key, kind, job, message }, now) =>
      (await database.rows<Claim>(sql('watch/claim_alert'), [key, kind, job, message, now]))[0],
    markTold: async (key, now) => {
      await database.rows('update twe.alert set told_at = $2 where key = $1', [key, now]);
    },
    close: (job, isStillLate, now) => database.rows<ClosedAlert>(sql('watch/close_alerts'), [job, isStillLate, now]),
  };
}

const TRY_AGAIN_MS = 15 * 60 * 1000;
const REMIND_MS = 24 * 60 * 60 * 1000;

interface Kept {
  readonly kind: AlertKind;
  readonly job: string;
  readonly message: string;
  /** Milliseconds since 1970, like the others. */
  readonly openedAt: number;
  readonly triedAt: number;
  readonly toldAt: number | null;
}

/** The same rules as claim_alert.sql. Two programs that write at once may tell twice. */
export function fileStore(home: string): AlertStore {
  const path = join(home, 'alerts.json');
  const read = () => readKept(path);
  const write = (kept: ReadonlyMap<string, Kept>) => {
    mkdirSync(home, { recursive: true });
    const staged = `${path}.${process.pid}`;
    writeFileSync(staged, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 });
    renameSync(staged, path);
  };
  return {
    claim: async ({ key, kind, job, message }, now) => {
      const kept = read();
      const known = kept.get(key);
      const at = now.getTime();
      if (known !== undefined && !isToTell(known, at)) return Promise.resolve(undefined);
      const openedAt = known?.openedAt ?? at;
      kept.set(key, { kind, job, message, openedAt, triedAt: at, toldAt: known?.toldAt ?? null });
      write(kept);
      const wasTold = known !== undefined && known.toldAt !== null;
      return Promise.resolve({ openedAt: new Date(openedAt), wasTold });
    },
    markTold: (key, now) => {
      const kept = read();
      const known = kept.get(key);
      if (known !== undefined) write(kept.set(key, { ...known, toldAt: now.getTime() }));
      return Promise.resolve();
    },
    close: (job, isStillLate) => {
      const kept = read();
      const closed = [...kept].filter(([, alert]) => alert.job === job && !(isStillLate && alert.kind === 'JOB_LATE'));
      for (const [key] of closed) kept.delete(key);
      if (closed.length > 0) write(kept);
      return Promise.resolve(
        closed.map(([key, { kind, message, openedAt, toldAt }]) => ({
          ...{ key, kind, job, message },
          openedAt: new Date(openedAt),
          wasTold: toldAt !== null,
        })),
      );
    },
  };
}

function isToTell({ triedAt, toldAt }: Kept, at: number): boolean {
  return triedAt <= at - TRY_AGAIN_MS && (toldAt === null || toldAt <= at - REMIND_MS);
}

/** A file that is not there or was damaged holds nothing: then something is told once more. */
function readKept(path: string): Map<string, Kept> {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return new Map(
      isObject(json) ? Object.entries(json).filter((entry): entry is [string, Kept] => isKept(entry[1])) : [],
    );
  } catch {
    return new Map();
  }
}

function isKept(value: unknown): value is Kept {
  return isObject(value) && typeof value['openedAt'] === 'number' && typeof value['triedAt'] === 'number';
}
