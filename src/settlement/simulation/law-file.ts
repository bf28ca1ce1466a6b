/** The file with the other law: a JSON object with keys of the law, in the form of `law` in the configuration. */
import { readFileSync } from 'node:fs';
import { EXIT, Failure } from '../../errors.js';
import { describeFaults, type Fault } from '../../law/keys/faults.js';
import { isObject } from '../../law/keys/kinds.js';
import type { LawOverrides } from '../../law/keys.js';
import { readLawOverrides } from '../../law/resolve.js';

/**
 * Reads and checks the file. Throws a Failure (exit 2) when it cannot be read, is no JSON object, or holds keys or values
 * that the law does not know: all of them together, one a line.
 */
export function readLawFile(path: string): LawOverrides {
  const json = parse(path, readText(path));
  if (!isObject(json)) throw wrong(path, 'must hold one JSON object with keys of the law, like {"amount.EFF": 260}');
  if (isObject(json['law'])) {
    throw wrong(path, 'has its keys inside "law"; write the keys of the law themselves, like {"amount.EFF": 260}');
  }
  const { overrides, faults } = readLawOverrides(json);
  if (faults.length > 0) {
    throw new Failure(EXIT.usage, describeFaults(`Wrong law in ${path}; nothing was simulated.`, faults.map(asInFile)));
  }
  return overrides;
}

/** Faults name keys as in the configuration, where `law.` stands in front. */
function asInFile({ key, ...fault }: Fault): Fault {
  return { key: key.replace(/^law\./, ''), ...fault };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = isObject(cause) ? cause['code'] : undefined;
    throw wrong(path, code === 'ENOENT' ? 'does not exist' : `cannot be read (${String(code)})`, cause);
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ') : '';
    throw wrong(path, `is not valid JSON: ${why}`, cause);
  }
}

function wrong(path: string, what: string, cause?: unknown): Failure {
  return new Failure(EXIT.usage, `The law file ${path} ${what}. Correct it, or name another one with --law.`, {
    cause,
  });
}
