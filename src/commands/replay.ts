/** `twe verify --replay RUN`: a past run computed again from the records, and compared with what is stored. */
import { EXIT, Failure } from '../errors.js';
import type { Job } from '../runs/job.js';
import { replay } from '../runs/replay.js';
import { openOptions, settingsOf, withDatabase, type CommonOptions } from './options.js';
import { stopSignals } from './stop-signals.js';
import { amount, createTerminal } from './terminal.js';

/** Throws a Failure (exit 4) that names the first difference, and whatever `replay` throws. */
export async function replayCommand(jobs: readonly Job[], runId: string, options: CommonOptions): Promise<void> {
  const settings = settingsOf(options);
  const terminal = createTerminal(options.json ?? false);
  const replayed = await withDatabase(
    settings,
    (database) =>
      replay(database, runId, {
        ...{ settings, jobs, open: openOptions(settings), stop: stopSignals() },
        progress: (text) => terminal.progress(text),
      }),
    (text) => terminal.note(text),
  );
  terminal.clear();
  const { counts, files, difference, notes } = replayed;
  if (options.json)
    terminal.print(JSON.stringify({ version: 1, ...replayed, identical: difference === undefined }, null, 2));
  else for (const note of notes) terminal.note(note);
  if (difference !== undefined) {
    throw new Failure(
      EXIT.check,
      `${runId} computed again is not what is stored: ${difference} Nothing was changed; call whoever maintains the database.`,
    );
  }
  if (options.json) return;
  terminal.print(
    `${runId} computed again is identical: ${amount(counts.entries)} entries, ${amount(counts.measurements)} measurements, ` +
      `${amount(counts.batches)} batches with ${amount(counts.batchLines)} lines, ${amount(files)} documents by their digest.`,
  );
}
