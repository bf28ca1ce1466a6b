/** `twe identity-reads`: who read which national number, when and why. The numbers themselves are not shown. */
import { parseDay } from '../calendar.js';
import { EXIT, Failure } from '../errors.js';
import { listIdentityReads } from '../inspect/client.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface IdentityReadsOptions extends CommonOptions {
  readonly since?: string;
}

/** Throws a Failure (exit 2) for a date that is none, or when the role of the database may not see who read. */
export async function identityReadsCommand(options: IdentityReadsOptions): Promise<void> {
  const { since } = options;
  if (since !== undefined && parseDay(since) === undefined) {
    throw new Failure(EXIT.usage, `--since ${since} is not a date. Write it as YYYY-MM-DD.`);
  }
  const reads = await withDatabase(settingsOf(options), (database) => listIdentityReads(database, since));
  const terminal = createTerminal(false);
  if (options.json) {
    terminal.print(JSON.stringify({ version: 1, reads }, null, 2));
    return;
  }
  if (reads.length === 0) terminal.print('No national number was read.');
  for (const { readAt, role, systemUser, weoId, reason } of reads) {
    terminal.print(`${readAt}  ${role} (${systemUser})  WEO ${weoId}: ${reason}`);
  }
}
