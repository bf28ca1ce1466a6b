/** Everything that a night needs, looked at once. Nothing is changed, fetched or made. */
import type { Day } from '../../calendar.js';
import type { Config } from '../../config.js';
import type { Environment } from '../../sources/connection.js';
import { lookAtDatabase } from './database.js';
import { failing, fine, warning, type Diagnosis } from './diagnosis.js';
import { lookAtLaw } from './law-files.js';
import { lookAtPlace, placesOf } from './places.js';
import { lookAtSources } from './sources.js';
import { lookAtWaysToTell } from './ways-to-tell.js';

export interface LookOptions {
  readonly config: Config;
  readonly env: Environment;
  readonly today: Day;
}

export async function lookAtEverything({ config, env, today }: LookOptions): Promise<Diagnosis[]> {
  const places = placesOf(config, config.feedsSources.length === 0 ? undefined : config.feedsSource);
  return [
    lookAtConfiguration(config),
    ...(await lookAtDatabase(config)),
    ...(await lookAtSources(config, env)),
    ...places.map(lookAtPlace),
    ...lookAtLaw(config, today),
    ...(await lookAtWaysToTell(config, env['PATH'] ?? '')),
  ];
}

function lookAtConfiguration({ configFile, usesFixtures }: Config): Diagnosis {
  if (!usesFixtures) return fine('configuration', configFile ?? 'no file; the defaults');
  const toDo = 'Write twe.config.json with feeds.source, or name a file with --config.';
  return warning('configuration', 'no file: the fixtures that come with the program', toDo);
}

/** The faults of a configuration that cannot be used: nothing else can be looked at then. */
export function wrongConfiguration(message: string): Diagnosis[] {
  const [, ...faults] = message.split('\n');
  const lines = faults.length === 0 ? [message] : faults;
  return lines.map((line) => failing('configuration', line, 'Correct it and look again.'));
}
