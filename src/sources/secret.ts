/** Secrets are read at the moment they are needed, and go nowhere but to the library that needs them. */
import { readFile } from 'node:fs/promises';
import type { Environment } from './connection.js';
import { codeOf, SourceFault } from './fault.js';

/** The value of a variable. Throws a `SourceFault` that tells its name when it is not set. */
export function secretFrom(env: Environment, name: string): string {
  const value = env[name]?.trim();
  if (!value)
    throw new SourceFault('DENIED', `the environment variable ${name} that the configuration names is not set`);
  return value;
}

/** The content of a file that a key of the configuration names. Throws a `SourceFault`. */
export async function fileOf(key: 'key_file' | 'ca_file', path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new SourceFault('DENIED', `the file that ${key} names cannot be read (${codeOf(error)})`);
  }
}
