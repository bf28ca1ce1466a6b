/** Addresses of databases, for tests. */
import type { ClientConfig } from 'pg';

/** The address of a server behind a Unix socket, in the form that DATABASE_URL takes. */
export function socketUrl(connection: ClientConfig): string {
  const host = encodeURIComponent(connection.host!);
  return `postgresql://${connection.user as string}@/${connection.database as string}?host=${host}`;
}

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const parts = /^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*(\?.*)?$/.exec(serverUrl);
  if (!parts) throw new Error('the address of the test server does not have the form postgresql://user@host/database');
  return `${parts[1]!}${name}${parts[2] ?? ''}`;
}
