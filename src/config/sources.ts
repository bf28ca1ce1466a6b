/** `feeds.sources`: where deliveries are fetched from, each source with its own limits. Secrets are named, never given. */
import { resolve } from 'node:path';
import * as kind from '../law/keys/kinds.js';

/** Limits on everything that a source may ask of a night. */
export interface SourceLimits {
  readonly maxFileBytes: number;
  readonly maxDeliveryBytes: number;
  /** Without a sign of life for so long an attempt has failed. */
  readonly timeoutSeconds: number;
  /** Longest time that one night gives to the source, waiting included. */
  readonly nightSeconds: number;
  /** How often something is tried before the night goes on without it. */
  readonly attempts: number;
  /** Wait before the second attempt; it doubles each time, up to a minute, less a random part. */
  readonly firstWaitSeconds: number;
  /** A file that changed less than this ago may still be growing. */
  readonly settleSeconds: number;
}

export interface FolderSource extends SourceLimits {
  readonly kind: 'folder';
  /** Absolute. */
  readonly path: string;
}

export interface SftpSource extends SourceLimits {
  readonly kind: 'sftp';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Folder of the deliveries on the server. */
  readonly path: string;
  /** Fingerprints of which the server must show one: `SHA256:` and 43 characters. */
  readonly hostKeys: readonly string[];
  /** Name of the variable that holds the password. */
  readonly passwordEnv: string | undefined;
  /** Absolute path of the private key. */
  readonly keyFile: string | undefined;
  /** Name of the variable that holds the passphrase of the key. */
  readonly passphraseEnv: string | undefined;
}

export interface HttpsSource extends SourceLimits {
  readonly kind: 'https';
  /** Address of the listing, without a slash at its end. */
  readonly url: string;
  /** Name of the variable that holds the token. */
  readonly tokenEnv: string | undefined;
  /** Absolute path of the certificates to trust instead of the usual ones. */
  readonly caFile: string | undefined;
}

export type SourceSettings = FolderSource | SftpSource | HttpsSource;

const GIBIBYTE = 1024 ** 3;
const DAY_SECONDS = 86_400;

const given = (allowed: string, isAllowed: (text: string) => boolean): kind.ValueKind<string> => ({
  allowed,
  // What stands there is not repeated: it may be the secret itself.
  read: (json) =>
    typeof json === 'string' && isAllowed(json) ? { ok: true, value: json } : { ok: false, problem: 'not allowed' },
});

const path = given(
  'a path',
  (text) => text.trim() !== '' && !text.includes('\0') && !/^[a-z][a-z0-9+.-]+:\/\//i.test(text),
);
const variable = given('the name of an environment variable', (text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text));
const host = given('the name or address of a server', (text) => /^[A-Za-z0-9._:-]{1,253}$/.test(text));
const user = given('a user name', (text) => /^[^\s:@/]{1,64}$/.test(text));
const fingerprint = given('"SHA256:" and 43 characters', (text) => /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(text));
const address = given('an https address without user, password, ? and #', (text) => isPlainHttps(text));

const fingerprints: kind.ValueKind<readonly string[]> = {
  allowed: `the fingerprint of the host key (${fingerprint.allowed}), or a list of them`,
  read: (json) => {
    const list: unknown[] = Array.isArray(json) ? json : [json];
    const isRight = list.length > 0 && list.every((each) => fingerprint.read(each).ok);
    if (!isRight) return { ok: false, problem: 'not allowed' };
    return { ok: true, value: (list as string[]).map((each) => each.replace(/=$/, '')) };
  },
};

const wait: kind.ValueKind<number> = {
  allowed: 'a number from 0 to 60',
  read: (json) =>
    typeof json === 'number' && json >= 0 && json <= 60
      ? { ok: true, value: json }
      : { ok: false, problem: 'not allowed' },
};

interface Field {
  readonly kind: kind.ValueKind<unknown>;
  readonly isRequired?: true;
  readonly default?: number;
}

const LIMITS: Record<string, Field> = {
  max_file_bytes: { kind: kind.integer(1, 1024 * GIBIBYTE), default: GIBIBYTE },
  max_delivery_bytes: { kind: kind.integer(1, 1024 * GIBIBYTE), default: 4 * GIBIBYTE },
  timeout_seconds: { kind: kind.integer(1, DAY_SECONDS), default: 30 },
  night_seconds: { kind: kind.integer(1, DAY_SECONDS), default: 3_600 },
  attempts: { kind: kind.integer(1, 20), default: 5 },
  first_wait_seconds: { kind: wait, default: 1 },
  settle_seconds: { kind: kind.integer(0, DAY_SECONDS), default: 60 },
};

const FIELDS: Record<SourceSettings['kind'], Record<string, Field>> = {
  folder: { path: { kind: path, isRequired: true }, ...LIMITS },
  sftp: {
    host: { kind: host, isRequired: true },
    port: { kind: kind.integer(1, 65_535), default: 22 },
    user: { kind: user, isRequired: true },
    path: { kind: path, isRequired: true },
    host_key: { kind: fingerprints, isRequired: true },
    password_env: { kind: variable },
    key_file: { kind: path },
    passphrase_env: { kind: variable },
    ...LIMITS,
  },
  https: {
    url: { kind: address, isRequired: true },
    token_env: { kind: variable },
    ca_file: { kind: path },
    ...LIMITS,
  },
};

/** The list of sources, paths as they were given. */
export const sourceList: kind.ValueKind<readonly SourceSettings[]> = {
  allowed: 'a list of sources: {"kind": "folder" | "sftp" | "https", ...}',
  read: (json) => {
    if (!Array.isArray(json) || json.length === 0) return { ok: false, problem: 'not a list with a source' };
    const sources: SourceSettings[] = [];
    for (const [index, item] of json.entries()) {
      const source = readSource(item);
      if (!source.ok) return { ok: false, problem: `source ${index + 1}: ${source.problem}` };
      sources.push(source.value);
    }
    return { ok: true, value: sources };
  },
};

/** The sources with every path of this machine made absolute. */
export function sourcesIn(folder: string, sources: readonly SourceSettings[]): readonly SourceSettings[] {
  const absolute = (given: string | undefined) => (given === undefined ? undefined : resolve(folder, given));
  return sources.map((source): SourceSettings => {
    if (source.kind === 'folder') return { ...source, path: resolve(folder, source.path) };
    if (source.kind === 'sftp') return { ...source, keyFile: absolute(source.keyFile) };
    return { ...source, caFile: absolute(source.caFile) };
  });
}

function readSource(json: unknown): kind.Read<SourceSettings> {
  if (!kind.isObject(json)) return { ok: false, problem: 'not an object with keys' };
  const { kind: named, ...rest } = json;
  if (named !== 'folder' && named !== 'sftp' && named !== 'https') {
    return { ok: false, problem: 'kind must be "folder", "sftp" or "https"' };
  }
  const fields = FIELDS[named];
  const unknown = Object.keys(rest).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) return { ok: false, problem: unknownField(unknown, fields) };
  const values = new Map<string, unknown>();
  for (const [name, field] of Object.entries(fields)) {
    if (!Object.hasOwn(rest, name)) {
      if (field.isRequired) return { ok: false, problem: `${name} is missing: write ${field.kind.allowed}` };
      values.set(name, field.default);
      continue;
    }
    const read = field.kind.read(rest[name]);
    if (!read.ok) return { ok: false, problem: `${name} must be ${field.kind.allowed}` };
    values.set(name, read.value);
  }
  return complete(named, values);
}

function complete(named: SourceSettings['kind'], values: ReadonlyMap<string, unknown>): kind.Read<SourceSettings> {
  // Each value was read by the kind of its own field.
  const text = (name: string) => values.get(name) as string;
  const optional = (name: string) => values.get(name) as string | undefined;
  const limits = limitsOf(values);
  if (named === 'folder') return { ok: true, value: { kind: named, path: text('path'), ...limits } };
  if (named === 'https') {
    const url = text('url').replace(/\/+$/, '');
    return {
      ok: true,
      value: { kind: named, url, tokenEnv: optional('token_env'), caFile: optional('ca_file'), ...limits },
    };
  }
  const sftp: SftpSource = {
    kind: named,
    host: text('host'),
    port: values.get('port') as number,
    user: text('user'),
    path: text('path').replace(/(?<=.)\/+$/, ''),
    hostKeys: values.get('host_key') as readonly string[],
    passwordEnv: optional('password_env'),
    keyFile: optional('key_file'),
    passphraseEnv: optional('passphrase_env'),
    ...limits,
  };
  if ((sftp.passwordEnv === undefined) === (sftp.keyFile === undefined)) {
    return { ok: false, problem: 'give either password_env or key_file' };
  }
  if (sftp.passphraseEnv !== undefined && sftp.keyFile === undefined) {
    return { ok: false, problem: 'passphrase_env belongs to key_file' };
  }
  return { ok: true, value: sftp };
}

function limitsOf(values: ReadonlyMap<string, unknown>): SourceLimits {
  const number = (name: string) => values.get(name) as number;
  return {
    maxFileBytes: number('max_file_bytes'),
    maxDeliveryBytes: number('max_delivery_bytes'),
    timeoutSeconds: number('timeout_seconds'),
    nightSeconds: number('night_seconds'),
    attempts: number('attempts'),
    firstWaitSeconds: number('first_wait_seconds'),
    settleSeconds: number('settle_seconds'),
  };
}

function unknownField(name: string, fields: Record<string, Field>): string {
  if (/^(password|passphrase|token|secret|key)$/i.test(name)) {
    return `${name} is a secret: put it into an environment variable and name that one (${Object.keys(fields)
      .filter((known) => known.endsWith('_env'))
      .join(', ')})`;
  }
  return `unknown key ${kind.shown(name)}; known are kind, ${Object.keys(fields).join(', ')}`;
}

function isPlainHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return protocol === 'https:' && username === '' && password === '' && search === '' && hash === '';
}
