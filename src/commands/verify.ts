/** `twe verify`: silent and exit 0 when every check holds and the chains are as they were sealed. */
import { existsSync } from 'node:fs';
import type { Settings } from '../config.js';
import { lookAtAll, refuseWhatIsBroken } from '../runs/verify.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface VerifyCommandOptions extends CommonOptions {
  readonly full?: boolean;
  readonly manifests?: string;
}

export async function verifyCommand(options: VerifyCommandOptions): Promise<void> {
  const settings = settingsOf(options);
  const { full = false } = options;
  const verified = await withDatabase(settings, (database) =>
    lookAtAll(database, { full, manifests: manifestsOf(options, settings) }),
  );
  if (options.json) createTerminal(false).print(JSON.stringify({ version: 1, ...verified }, null, 2));
  refuseWhatIsBroken(verified);
}

/** What was asked for; with `--full` the documents of the configuration when there are some. */
function manifestsOf({ full, manifests }: VerifyCommandOptions, { out }: Settings): string | undefined {
  if (manifests !== undefined) return manifests;
  return full === true && existsSync(out) ? out : undefined;
}
