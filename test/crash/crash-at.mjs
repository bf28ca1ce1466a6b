/**
 * Loaded before the program (`node --import`): counts the moments at which a crash could hurt, and ends the process at one of
 * them as if the plug were pulled. CRASH_AT is the name of the moment (`after commit 3`); CRASH_LIST a file that gets all names.
 * FAIL_QUERY is the number of a statement that the server refuses instead.
 */
import { appendFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const { CRASH_AT: at, CRASH_LIST: list, CRASH_ROOT: root } = process.env;
const failing = Number(process.env.FAIL_QUERY ?? 0);
const counts = new Map();
let queries = 0;

/** The statement, or in its turn one that the server refuses. A COPY has its turn as well and passes. */
function orFailing(config) {
  if (++queries !== failing) return config;
  if (typeof config === 'string') return 'select 1/0';
  return typeof config?.submit === 'function' ? config : { ...config, text: 'select 1/0', values: [] };
}

function moment(kind) {
  const count = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, count);
  const name = `${kind} ${count}`;
  if (list) appendFileSync(list, `${name}\n`);
  if (name === at) process.kill(process.pid, 'SIGKILL');
}

/** Calls through, with a moment before and one after. */
function around(kind, call) {
  moment(`before ${kind}`);
  const result = call();
  return result instanceof Promise ? result.finally(() => moment(`after ${kind}`)) : result;
}

function kindOf(text) {
  if (/^\s*commit/i.test(text)) return 'commit';
  if (/^\s*update twe\.lease/i.test(text)) return 'lease';
  if (/^\s*insert into twe\.run_step/i.test(text)) return 'step';
  return undefined;
}

if (isMainThread && (at || list || failing)) {
  if (list) process.once('exit', () => appendFileSync(list, `statements ${queries}\n`));
  const require = createRequire(`${root}/package.json`);
  const { Client } = require('pg');
  const query = Client.prototype.query;
  Client.prototype.query = function (given, ...rest) {
    const config = orFailing(given);
    if (config === 'select 1/0') return query.call(this, config, ...rest.filter((each) => typeof each === 'function'));
    const text = typeof config === 'string' ? config : (config?.text ?? config?.cursor?.text ?? '');
    if (/^\s*copy .* from stdin/is.test(text)) {
      const write = config._write ?? config.write;
      let isFirst = true;
      config._write = function (...args) {
        const result = write.apply(this, args);
        if (isFirst) moment('in copy');
        isFirst = false;
        return result;
      };
      return query.call(this, config, ...rest);
    }
    const kind = kindOf(text);
    if (kind === undefined) return query.call(this, config, ...rest);
    // Knex gives a callback as last argument instead of waiting for a promise.
    const last = rest.at(-1);
    if (typeof last === 'function') {
      moment(`before ${kind}`);
      const told = (...result) => {
        moment(`after ${kind}`);
        last(...result);
      };
      return query.call(this, config, ...rest.slice(0, -1), told);
    }
    return around(kind, () => query.call(this, config, ...rest));
  };
  for (const name of ['rename', 'writeFile', 'rm']) {
    const original = fs[name];
    fs[name] = (...args) => around(name, () => original(...args));
  }
  syncBuiltinESMExports();
}
