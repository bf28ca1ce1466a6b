/** Reads one configuration file: JSON with dotted keys. Every fault is gathered, none stops the others from being found. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EXIT, Failure } from '../errors.js';
import { nearestKey, type Fault } from '../law/keys/faults.js';
import { isObject, shown } from '../law/keys/kinds.js';
import { isLawKey, type LawOverrides } from '../law/keys.js';
import { readLawOverrides } from '../law/resolve.js';
import { sentenceOf } from '../safe-error.js';
import { CONFIG_KEY_NAMES, configKeyOf, isConfigKey, type ConfigKeyName, type ConfigValues } from './keys.js';

export interface ConfigFile {
  readonly values: ConfigValues;
  readonly overrides: LawOverrides;
  readonly faults: readonly Fault[];
}

/** Configuration without a file: defaults only. */
export function noConfigFile(folder: string): ConfigFile {
  return readConfigKeys({}, folder);
}

/** Reads a configuration file. Throws a Failure (exit 2) when it cannot be read or is no JSON object. */
export function readConfigFile(path: string): ConfigFile {
  const json = parse(path, readText(path));
  if (!isObject(json)) {
    throw new Failure(EXIT.usage, `${path} must hold one JSON object with keys, like {"feeds.source": "feeds"}.`);
  }
  return readConfigKeys(json, dirname(path));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = isObject(cause) ? cause['code'] : undefined;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${String(code)})`;
    throw new Failure(EXIT.usage, `The configuration file ${path} ${why}; name another one with --config.`, { cause });
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Without the piece of the file that the parser quotes: somebody may have put a secret there.
    const why = sentenceOf(cause).replaceAll(/\s+/g, ' ');
    throw new Failure(
      EXIT.usage,
      `The configuration file ${path} is not valid JSON: ${why}. Correct it and run again.`,
      {
        cause,
      },
    );
  }
}

function readConfigKeys(json: Record<string, unknown>, folder: string): ConfigFile {
  const law = readLawOverrides(json['law']);
  const faults: Fault[] = [];
  const values: Partial<Record<ConfigKeyName, unknown>> = {};
  for (const key of CONFIG_KEY_NAMES) values[key] = inFolder(key, configKeyOf(key).default, folder);
  for (const [key, value] of Object.entries(json)) {
    if (key === 'law') continue;
    if (!isConfigKey(key)) {
      faults.push(unknownKey(key, value));
      continue;
    }
    const { kind } = configKeyOf(key);
    const read = kind.read(value);
    if (read.ok) values[key] = inFolder(key, read.value, folder);
    else faults.push({ key, problem: read.problem, allowed: `Write ${kind.allowed}.` });
  }
  // Each value was read by the kind of its own key.
  return { values: values as ConfigValues, overrides: law.overrides, faults: [...faults, ...law.faults] };
}

function inFolder(key: ConfigKeyName, value: unknown, folder: string): unknown {
  return configKeyOf(key).isPath && typeof value === 'string' ? resolve(folder, value) : value;
}

function unknownKey(key: string, value: unknown): Fault {
  const problem = 'unknown key';
  const fault = (allowed: string): Fault => ({ key, problem, allowed });
  if (isLawKey(key)) return fault(`It is a key of the law: write {"law": {"${key}": ${shown(value)}}}.`);
  if (/^(database|db)\b|password|secret|url$/i.test(key)) {
    return fault('Secrets come from the environment only: set DATABASE_URL for the database.');
  }
  const inside = CONFIG_KEY_NAMES.filter((known) => known.startsWith(`${key}.`));
  if (inside.length > 0 && isObject(value)) return fault(`Keys are dotted: write ${inside.map(quoted).join(', ')}.`);
  const nearest = nearestKey(key, [...CONFIG_KEY_NAMES, 'law']);
  return fault(nearest ? `Did you mean ${quoted(nearest)}?` : `Known keys: ${CONFIG_KEY_NAMES.join(', ')}, law.`);
}

function quoted(key: string): string {
  return `"${key}"`;
}
