/**
 * Faults of the database in one clear sentence. Nothing of a connection string but host, database and user ever stands
 * in a message, and what PostgreSQL tells about the row at fault (it may hold a national number) is dropped.
 */
import { EXIT, Failure } from '../errors.js';

/** What may be told about a connection. */
export interface Target {
  /** For the reader: `the database "twe" at host:5432 (user "x")`. */
  readonly name: string;
  /** What to look at when it does not answer. */
  readonly advice: string;
}

interface PgError extends Error {
  code?: string;
  severity?: string;
  detail?: string;
  where?: string;
  hint?: string;
  internalQuery?: string;
}

const NOT_REACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOENT: 'there is no such socket',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ECONNRESET: 'the connection was cut',
  EACCES: 'this user may not open the socket',
};

/** Classes and codes of PostgreSQL that mean: the connection or the server is gone (57P01 to 57P05, class 08). */
const LOST = /^(57P0[1-5]|08...)$/;
const LOST_TEXT =
  /Connection terminated|Connection ended|connection.*(closed|not queryable)|ECONNRESET|EPIPE|has encountered a connection error/i;

/** Why no connection could be made, as a `Failure`: exit code 2 unless said otherwise. */
export function connectionFailure(error: unknown, target: Target, exitCode: Failure['exitCode'] = EXIT.usage): Failure {
  if (error instanceof Failure) return error;
  return new Failure(exitCode, `${target.name} ${whyNotConnected(error as PgError)}. ${target.advice}`);
}

function whyNotConnected(error: PgError): string {
  const code = error.code ?? '';
  if (NOT_REACHED[code] !== undefined) return `does not answer: ${NOT_REACHED[code]}`;
  if (code === '28P01' || code === '28000') return 'refuses the user or the password';
  if (code === '3D000') return 'does not exist on that server';
  if (code === '53300') return 'has no connection left for us';
  if (code === '57P03') return 'is starting up or shutting down';
  if (code === '42501') return 'does not give this user the rights the program needs';
  if (/password/i.test(error.message)) return 'asks for a password and none was given';
  if (/SSL|TLS|certificate/i.test(error.message)) return 'could not agree on an encrypted connection';
  if (/timeout/i.test(error.message)) return 'does not answer: no answer in time';
  return `could not be opened (${code || error.name})`;
}

/** What an administrator of the database must do, by the code of PostgreSQL. */
const FOR_THE_ADMINISTRATOR: Readonly<Record<string, { exitCode: Failure['exitCode']; what: string; toDo: string }>> = {
  '42501': {
    exitCode: EXIT.usage,
    what: 'does not give this user the rights the program needs',
    toDo: 'Run the program as the right user, or give this one the role that the work asks for (`twe doctor` says what is missing).',
  },
  '25006': {
    exitCode: EXIT.usage,
    what: 'only lets itself be read',
    toDo: 'Let DATABASE_URL name the server that takes changes, not a copy of it.',
  },
  '53100': {
    exitCode: EXIT.unexpected,
    what: 'has no room left on its disk; nothing of this step was kept',
    toDo: 'Free some space and run again.',
  },
  '53200': {
    exitCode: EXIT.unexpected,
    what: 'has no memory left; nothing of this step was kept',
    toDo: 'Give the server more memory, or end what else uses it, and run again.',
  },
};

/**
 * An error of a statement, fit to be shown and logged: a lost connection becomes a `Failure` (exit code 1), missing rights (2)
 * and a full disk (1) as well; any other keeps its message and code, without the row.
 */
export function statementFault(error: unknown, target: Target): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error;
  const fault = error as PgError;
  if (LOST.test(fault.code ?? '') || (fault.severity === undefined && LOST_TEXT.test(fault.message))) {
    return new Failure(
      EXIT.unexpected,
      `${target.name} closed the connection in the middle of the work; nothing of this step was kept. ${target.advice}`,
    );
  }
  delete fault.detail;
  delete fault.where;
  delete fault.hint;
  delete fault.internalQuery;
  const known = FOR_THE_ADMINISTRATOR[fault.code ?? ''];
  if (known === undefined) return fault;
  const object = /(permission denied for|must be owner of) [a-z ]+ "?[a-z0-9_]+"?/.exec(fault.message)?.[0];
  const detail = object === undefined ? '' : ` (${object})`;
  return new Failure(known.exitCode, `${target.name} ${known.what}${detail}. ${known.toDo}`, { cause: fault });
}
