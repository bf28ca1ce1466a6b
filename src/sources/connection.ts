/** What every kind of source can do: list, list one delivery, read a file from some byte on. */
import type { Readable } from 'node:stream';
import type { SourceSettings } from '../config/sources.js';
import { connectFolder } from './folder.js';
import { connectHttps } from './https.js';
import { connectSftp } from './sftp.js';

/** What lies in a delivery at the source. The name was not looked at yet. */
export interface RemoteEntry {
  readonly name: string;
  /** False for folders, links and the like. */
  readonly isFile: boolean;
  readonly sizeBytes: number;
  /** Last change, in milliseconds since 1970, when the source tells it. */
  readonly modifiedMs: number | undefined;
  /** Hexadecimal, lower case, when the source tells it. */
  readonly sha256: string | undefined;
}

export interface RemoteStream {
  readonly stream: Readable;
  /** First byte that the stream brings: the one that was asked for, or 0 when the source cannot start there. */
  readonly fromByte: number;
  /** Size of the whole file as the source says it now, when it does. */
  readonly totalBytes: number | undefined;
}

/** An open source. Every method throws a `SourceFault` when the source fails. */
export interface Connection {
  /** Names of the entries of the source; folders only where the source can tell. */
  listNames(): Promise<readonly string[]>;
  /** The files of one delivery as they are now; undefined when it is gone. */
  listFiles(delivery: string): Promise<readonly RemoteEntry[] | undefined>;
  /** A second look at files that were fetched; the same as `listFiles` where that is a look at the files themselves. */
  lookAgain(delivery: string, seen: readonly RemoteEntry[]): Promise<readonly RemoteEntry[] | undefined>;
  /** Undefined when the file is gone. */
  read(delivery: string, file: string, fromByte: number): Promise<RemoteStream | undefined>;
  close(): void;
}

/** Values of environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Opens a source. Throws a `SourceFault`. */
export function connect(source: SourceSettings, env: Environment): Promise<Connection> {
  if (source.kind === 'sftp') return connectSftp(source, env);
  if (source.kind === 'https') return connectHttps(source, env);
  return Promise.resolve(connectFolder(source));
}

/** A source in the words of a sentence, without what is secret. */
export function labelOf(source: SourceSettings): string {
  if (source.kind === 'sftp')
    return `sftp://${source.host}:${source.port}${source.path.startsWith('/') ? '' : '/'}${source.path}`;
  return source.kind === 'https' ? source.url : source.path;
}
