/** What lies behind a failed run: a check, a guard, or something else. Read from the sentence, which is what is kept of it. */
import { createHash } from 'node:crypto';
import { EXIT } from '../errors.js';
import { CHAIN_CHECK, listChecks } from '../runs/verify.js';

export type AlertKind = 'RUN_FAILED' | 'JOB_LATE' | 'CHECK_BROKEN' | 'GUARD_REFUSED';

/** Something that went wrong. The same key, the same cause: it is told once. */
export interface Cause {
  readonly key: string;
  readonly kind: AlertKind;
  readonly job: string;
  /** A sentence without personal data. */
  readonly message: string;
}

const KEY_DIGITS = 12;

/**
 * The cause of a failed run; undefined when there is nothing to tell: another run is at work, somebody stopped it, or asked for
 * what cannot be.
 */
export function causeOfFailure(job: string, exitCode: number, message: string): Cause | undefined {
  if (exitCode === EXIT.lease || exitCode === EXIT.stopped) return undefined;
  // A sentence that begins with an option is for who typed it.
  if (exitCode === EXIT.usage && message.startsWith('--')) return undefined;
  const checks = exitCode === EXIT.check ? brokenChecksIn(message) : [];
  if (checks.length > 0) return cause('CHECK_BROKEN', job, checks.join(' '), message);
  const guard = exitCode === EXIT.refused ? guardIn(message) : undefined;
  if (guard !== undefined) return cause('GUARD_REFUSED', job, guard, message);
  return cause('RUN_FAILED', job, `${exitCode} ${shapeOf(message)}`, message);
}

/** A job that should have been done by now. */
export function causeOfDelay(job: string, message: string): Cause {
  return cause('JOB_LATE', job, '', message);
}

/** The checks that a failure names (`verify` of runs/verify.ts), by the names of their files. */
export function brokenChecksIn(message: string): string[] {
  return [CHAIN_CHECK, ...listChecks()].filter((check) => message.includes(`${check} (`));
}

/** The guard that a failure names (`acceptance` of feeds/guards.ts). */
export function guardIn(message: string): string | undefined {
  return /--accept-guard (\S+?)[.,;]?(?:\s|$)/.exec(message)?.[1];
}

function cause(kind: AlertKind, job: string, about: string, message: string): Cause {
  return { key: `${kind} ${job} ${about}`.trim(), kind, job, message };
}

/** The same for another night, another number of rows, another process. */
function shapeOf(message: string): string {
  return createHash('sha256').update(message.replaceAll(/\d+/g, '#')).digest('hex').slice(0, KEY_DIGITS);
}
