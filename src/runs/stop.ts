/** Ending in good order: a step is finished, documents stop between two files, and the next run goes on from there. */
import { EXIT, Failure } from '../errors.js';

/** Throws a Failure (exit 143) when the program was asked to stop. */
export function refuseWhenStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new Failure(
    EXIT.stopped,
    'stopped on request, between two steps. Nothing is lost: the next run goes on with the first step that is not done.',
  );
}
