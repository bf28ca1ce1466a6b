/**
 * The log: one JSON line per event, on stderr or in a file. Only the fields named here come through, and every text is
 * cleaned (safe-error.ts), so that no national number, account or secret reaches a log, whoever writes the call.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import pino from 'pino';
import { clean, framesOf, sentenceOf } from './safe-error.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type Logger = pino.Logger;

export interface LogOptions {
  readonly level: LogLevel;
  /** Path of the log file; stderr when undefined. Its folder is made when it is missing. */
  readonly file?: string | undefined;
  /** Instead of a file: what receives the lines (tests). */
  readonly sink?: pino.DestinationStream;
}

/** The fields of an event, in the words of the project. Anything else is dropped. */
const FIELDS = new Set([
  'amountCents',
  'batchId',
  'businessDate',
  'bytes',
  'check',
  'code',
  'command',
  'component',
  'count',
  'delivery',
  'digest',
  'durationMs',
  'err',
  'exitCode',
  'fencing',
  'file',
  'job',
  'key',
  'kind',
  'lawDigest',
  'level',
  'line',
  'month',
  'msg',
  'ocmwId',
  'period',
  'port',
  'rows',
  'ruleId',
  'runId',
  'state',
  'step',
  'table',
  'time',
  'version',
  'weoId',
]);

const STDERR = 2;

let remembered: LogOptions | undefined;

/** From now on failures of the program go to this log. */
export function rememberLog(options: LogOptions): void {
  remembered = options;
}

/** Errors that stand in a log already, with the run and the step in which they came. */
const logged = new WeakSet<Error>();

/**
 * Keeps what ended the program, unless whoever met it did so: in the log file when there is one, else only what nobody
 * expected, on stderr. Never throws: a log that is full must not hide the failure.
 */
export function logFailure(error: Error, exitCode: number, isExpected: boolean): void {
  if (logged.has(error) || (isExpected && remembered?.file === undefined)) return;
  try {
    createLogger({ level: 'error', file: remembered?.file }).error({ err: error, exitCode }, 'failure');
  } catch {
    // The sentence on stderr stands.
  }
}

/** A logger. Lines are written at once: a process that ends or is killed has lost none. */
export function createLogger(options: LogOptions): Logger {
  const destination =
    options.sink ??
    (options.file === undefined ? pino.destination({ dest: STDERR, sync: true }) : fileDestination(options.file));
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      formatters: { level: (label) => ({ level: label }) },
      // On the finished line: fields of a child logger and the message of an error pass no other hook.
      hooks: { streamWrite: cleaned, logMethod: withoutRawErrors },
    },
    destination,
  );
}

/** A night does not fail because its log has no room: what the file does not take goes to stderr. */
function fileDestination(file: string): pino.DestinationStream {
  mkdirSync(dirname(file), { recursive: true });
  let isTold = false;
  return {
    write(line) {
      try {
        appendFileSync(file, line);
      } catch (error) {
        const why = (error as NodeJS.ErrnoException).code ?? 'unknown';
        if (!isTold) process.stderr.write(`The log ${file} cannot be written (${why}); its lines follow here.\n`);
        isTold = true;
        process.stderr.write(line);
      }
    },
  };
}

/** A finished line with the fields of the list only, texts masked. */
function cleaned(line: string): string {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(JSON.parse(line) as Record<string, unknown>)) {
    if (!FIELDS.has(name)) continue;
    if (typeof value === 'string') kept[name] = clean(value);
    else if (typeof value === 'number' || typeof value === 'boolean' || name === 'err') kept[name] = value;
  }
  return `${JSON.stringify(kept)}\n`;
}

/** pino would take the message of an error that stands for itself, or in the place of a `%s`, as it is. */
function withoutRawErrors(this: Logger, args: unknown[], method: pino.LogFn): void {
  const [first, ...values] = args.map((value, index) =>
    index > 0 && value instanceof Error ? sentenceOf(value) : value,
  );
  const shown =
    first instanceof Error
      ? [{ err: first }, ...(values.length > 0 ? values : [sentenceOf(first)])]
      : [first, ...values];
  method.apply(this, shown as Parameters<pino.LogFn>);
}

/** Of an error only these: a database error also carries the row that failed, and its message may quote a value. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: sentenceOf(error) };
  logged.add(error);
  const message = sentenceOf(error);
  const described: Record<string, unknown> = {
    type: error.name,
    message,
    stack: `${error.name}: ${message}\n${framesOf(error)}`,
  };
  if ('code' in error && typeof error.code === 'string') described['code'] = clean(error.code);
  if (error.cause !== undefined) described['cause'] = describeError(error.cause);
  return described;
}
