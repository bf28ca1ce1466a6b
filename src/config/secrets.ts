/** The secrets that the environment holds for this program, so that no text it writes repeats them. */
import { PSEUDONYM_KEY } from './pseudonym-key.js';
import type { SourceSettings } from './sources.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Addresses with a password in them. */
const ADDRESSES = ['DATABASE_URL', 'TWE_SMTP_URL'];

/** Passwords, tokens and keys: of the addresses, of the statements, of the pseudonyms, and what the sources name. */
export function secretsIn(env: Environment, sources: readonly SourceSettings[]): string[] {
  const named = sources.flatMap((source) => {
    if (source.kind === 'sftp') return [source.passwordEnv, source.passphraseEnv];
    return source.kind === 'https' ? [source.tokenEnv] : [];
  });
  const values = named.map((name) => (name === undefined ? undefined : env[name]?.trim()));
  // ocmw_id,password with its header.
  const rows = (env['TWE_STATEMENT_PASSWORDS'] ?? '').split('\n').slice(1);
  const statements = rows.map((row) => row.slice(row.indexOf(',') + 1).trim());
  return [
    ...ADDRESSES.flatMap((name) => passwordsOf(env[name])),
    env['PGPASSWORD'],
    env[PSEUDONYM_KEY],
    ...values,
    ...statements,
  ].filter((value): value is string => value !== undefined && value !== '');
}

/** As it stands in the address, and as it is meant. */
function passwordsOf(address: string | undefined): string[] {
  const written = /^[a-z]+:\/\/[^/@:]*:([^@]*)@/i.exec(address ?? '')?.[1];
  if (written === undefined) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}
