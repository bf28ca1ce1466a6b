/** Passwords that an embedded start on the fixtures has not been given: made once, in TWE_HOME, for their owner's eyes only. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { readStatementPasswords } from './passwords.js';

/** Bytes of chance in a password: 24 letters, digits and signs. */
const RANDOM_BYTES = 18;

/** The file in which they lie. */
export function madePasswordsFile(home: string): string {
  return join(home, 'statement-passwords.csv');
}

/** Passwords of these OCMWs; one that has none yet gets one. The file is replaced as a whole. */
export async function makePasswords(
  home: string,
  out: string,
  ocmwIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const file = madePasswordsFile(home);
  const known = existsSync(file) ? await readStatementPasswords({ env: {}, file, out }) : new Map<string, string>();
  const missing = ocmwIds.filter((ocmwId) => !known.has(ocmwId));
  if (missing.length === 0) return known;
  const all = new Map([
    ...known,
    ...missing.map((id): [string, string] => [id, randomBytes(RANDOM_BYTES).toString('base64url')]),
  ]);
  await mkdir(home, { recursive: true });
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(['ocmw_id,password', ...[...all].map((pair) => pair.join(',')), ''].join('\n'));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  return all;
}
