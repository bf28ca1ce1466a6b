/** `--show-insz --reason TEXT` of `twe explain`: whose trajectory it is, for who says why. */
import type { Database } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { readClient, removalOf, type ShownClient } from '../inspect/client.js';
import { saidIn } from './options.js';

export interface ShownClientOptions {
  readonly showInsz?: boolean;
  readonly reason?: string;
  readonly html?: string | true;
}

/**
 * The reason, undefined when no number is asked for. Throws a Failure (exit 2) when one of the options lacks the other, or for
 * a page, which is made to be sent.
 */
export function reasonToShow({ showInsz, reason, html }: ShownClientOptions): string | undefined {
  if (showInsz === true && html !== undefined) {
    throw new Failure(
      EXIT.usage,
      '--show-insz does not go with --html: a page that is sent holds no national number. Nothing was read.',
    );
  }
  if (showInsz === true && reason === undefined) {
    throw new Failure(
      EXIT.usage,
      '--show-insz needs --reason TEXT: who reads a national number and why stays written down. Nothing was read.',
    );
  }
  if (showInsz !== true && reason !== undefined) {
    throw new Failure(EXIT.usage, '--reason says why a national number is read: give it together with --show-insz.');
  }
  return reason === undefined ? undefined : saidIn('--reason', reason);
}

/** What is said of the client: nothing unless a number was asked for or the client was removed. */
export async function shownClient(
  database: Database,
  weoId: string,
  reason: string | undefined,
): Promise<ShownClient | undefined> {
  if (reason !== undefined) return readClient(database, weoId, reason);
  const removedOn = await removalOf(database, weoId);
  return removedOn === null ? undefined : { insz: null, removedOn };
}

/** The same as lines. */
export function clientLines(client: ShownClient | undefined): string[] {
  if (client === undefined) return [];
  const { insz, removedOn } = client;
  if (removedOn !== null) return [`Client: removed on ${removedOn}, after the retention term; the amounts stay.`];
  return insz === null ? [] : [`Client: ${formatted(insz)} (this reading is noted, see twe identity-reads)`];
}

function formatted(insz: string): string {
  return insz.replace(/^(..)(..)(..)(...)(..)$/, '$1.$2.$3-$4.$5');
}
