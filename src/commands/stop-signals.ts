/** SIGTERM and SIGINT: the run ends in good order, or at once when it does not manage within ten seconds. */
import process from 'node:process';
import { EXIT } from '../errors.js';

/** A service manager kills ten seconds after it asked; what is not finished by then is rolled back by the server. */
const PATIENCE_MS = 8_000;

let asked: AbortSignal | undefined;

/** Aborted when the program is asked to stop. A second request ends it at once. */
export function stopSignals(): AbortSignal {
  return (asked ??= listen());
}

function listen(): AbortSignal {
  const stop = new AbortController();
  const ask = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.stopped);
    stop.abort();
    setTimeout(() => {
      process.stderr.write(
        'stopped on request, in the middle of a step, which is rolled back; the next run does it again.\n',
      );
      process.exit(EXIT.stopped);
    }, PATIENCE_MS).unref();
  };
  process.on('SIGTERM', ask);
  process.on('SIGINT', ask);
  return stop.signal;
}
