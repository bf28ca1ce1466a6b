/** The folder TWE_HOME, as far as the embedded server uses it. */
import { mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT, Failure } from '../../errors.js';

export interface Home {
  /** Absolute, without symbolic links. */
  readonly folder: string;
  /** The data folder of PostgreSQL. */
  readonly data: string;
  /** The log of the server. */
  readonly log: string;
}

/** Makes the folder when it is missing. Throws a `Failure` (exit code 2) when that is not possible. */
export function openHome(path: string): Home {
  try {
    mkdirSync(path, { recursive: true });
    const folder = realpathSync(resolve(path));
    return { folder, data: join(folder, 'data'), log: join(folder, 'postgres.log') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Failure(
      EXIT.usage,
      `The folder ${resolve(path)} for the embedded database cannot be made (${code}): set TWE_HOME to a folder you may write.`,
    );
  }
}
