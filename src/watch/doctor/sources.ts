/** Where deliveries come from: whether it answers. Nothing is fetched. */
import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Config } from '../../config.js';
import type { SourceSettings } from '../../config/sources.js';
import { EXIT } from '../../errors.js';
import { connect, labelOf, type Environment } from '../../sources/connection.js';
import { codeOf, SourceFault } from '../../sources/fault.js';
import { failing, fine, warning, type Diagnosis } from './diagnosis.js';

/** Nobody waits longer for a doctor. */
const LONGEST_SECONDS = 15;

export async function lookAtSources({ feedsSources, feedsSource }: Config, env: Environment): Promise<Diagnosis[]> {
  if (feedsSources.length === 0) return [await lookAtFolder(feedsSource)];
  return Promise.all(feedsSources.map((source) => lookAtSource(source, env)));
}

async function lookAtFolder(folder: string): Promise<Diagnosis> {
  const toDo = 'Name the folder of the deliveries in feeds.source, or mount it.';
  try {
    if (!statSync(folder).isDirectory()) return failing('feeds.source', `${folder} is no folder`, toDo);
    const names = await readdir(folder);
    return fine(
      'feeds.source',
      `${folder} can be read; ${names.filter((name) => !name.startsWith('.')).length} entries`,
    );
  } catch (error) {
    return failing('feeds.source', `${folder} cannot be read (${codeOf(error)})`, toDo);
  }
}

/** A source that is down does not stop a night; one that refuses us never gives anything. */
async function lookAtSource(source: SourceSettings, env: Environment): Promise<Diagnosis> {
  const about = `source ${labelOf(source)}`;
  const quick = { ...source, timeoutSeconds: Math.min(source.timeoutSeconds, LONGEST_SECONDS) };
  try {
    const connection = await connect(quick, env);
    try {
      const names = await connection.listNames();
      return fine(about, `answers; ${names.length} entries`);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    if (error.kind === 'UNREACHABLE') {
      return warning(about, error.message, 'Ask its operator; nights go on with what the inbox holds.');
    }
    const exitCode = error.kind === 'DENIED' ? EXIT.usage : EXIT.unexpected;
    return failing(
      about,
      error.message,
      'Correct feeds.sources or the secret that it names, or ask its operator.',
      exitCode,
    );
  }
}
