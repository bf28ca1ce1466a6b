/** The metrics of this moment, and the file in which the node exporter finds them. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Settings } from '../config.js';
import { systemClock, type Clock } from '../clock.js';
import type { Database } from '../db/database.js';
import { Failure } from '../errors.js';
import type { Logger } from '../log.js';
import { sentenceOf } from '../safe-error.js';
import { readDue } from './due.js';
import { metricsText } from './metrics-text.js';
import { readState } from './state.js';

/** Reads the state and gives its metrics as text. */
export async function readMetrics(database: Database, config: Settings, clock: Clock = systemClock): Promise<string> {
  const due = await readDue(database, config, clock.now());
  return metricsText(await database.session((session) => readState(session, due)));
}

/**
 * Writes `metrics.file` when it is configured: under another name first, which the node exporter does not read, then in place.
 * Never throws: a run does not fail because nobody can count it; the log has a warning.
 */
export async function writeMetrics(database: Database, config: Settings, log: Logger): Promise<void> {
  const { metricsFile } = config;
  if (metricsFile === undefined) return;
  try {
    replaceFile(metricsFile, await readMetrics(database, config));
  } catch (error) {
    const details = error instanceof Failure ? {} : { err: error };
    log.warn({ ...details, file: metricsFile }, `the metrics could not be written: ${sentenceOf(error)}`);
  }
}

function replaceFile(path: string, text: string): void {
  const staged = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = openSync(staged, 'w', 0o644);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(staged, path);
  } catch (error) {
    rmSync(staged, { force: true });
    throw error;
  }
}
