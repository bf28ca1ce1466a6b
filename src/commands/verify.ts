/** `twe verify`: silent and exit 0 when every check holds. */
import { brokenChecks, verify } from '../runs/verify.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export async function verifyCommand(options: CommonOptions): Promise<void> {
  await withDatabase(settingsOf(options), async (database) => {
    if (options.json)
      createTerminal(false).print(JSON.stringify({ version: 1, broken: await brokenChecks(database) }, null, 2));
    await verify(database);
  });
}
