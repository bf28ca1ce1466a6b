/** `twe rotate-key`: every client gets the pseudonym under another key. */
import { pseudonymKey, withNewKey } from '../config/pseudonym-key.js';
import type { Database } from '../db/database.js';
import { adoptKey } from '../feeds/people.js';
import { Pseudonyms } from '../feeds/pseudonyms.js';
import { withLease } from '../runs/lease.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

/**
 * With a key in the environment that key is taken, else the embedded database gets a new one. Throws a Failure: exit 2 when a
 * server is used and the environment holds no key, 5 when a run holds the lease.
 */
export async function rotateKeyCommand(options: CommonOptions): Promise<void> {
  const settings = settingsOf(options);
  const makesOne = settings.pseudonymKey === undefined && settings.databaseUrl === undefined;
  const clients = await withDatabase(settings, (database) =>
    makesOne ? withNewKey(settings.home, (key) => rotate(database, key)) : rotate(database, pseudonymKey(settings)),
  );
  const from = makesOne ? 'a new key, kept in TWE_HOME' : 'the key of the environment';
  createTerminal(false).print(`${clients} clients have their pseudonyms from ${from}.`);
}

function rotate(database: Database, key: Buffer): Promise<number> {
  return withLease(database, { doing: 'rotate-key' }, (fenced) =>
    fenced.transaction((session) => adoptKey(session, new Pseudonyms(key))),
  );
}
