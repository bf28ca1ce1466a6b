/**
 * Loaded before the program (`node --import`): counts the moments at which a crash could hurt, and ends the process at one of
 * them as if the plug were pulled. CRASH_AT is the name of the moment (`after commit 3`); CRASH_LIST a file that gets all
 * names. FAIL_QUERY is the number of a statement that the server refuses instead, FAIL_COMMIT that of a commit, FAIL_WRITE that of
 * a write for which the disk has no room. CLOCK_AT is what the clock of the machine shows at the start, CLOCK_BACK_AT the moment at which it is set
 * back by two hours. WAIT is a list (`moment>file;moment>file`) of moments at which the process stands still until a file is
 * there; it makes `<file>.<pid>` meanwhile.
 */
import nodeFs, { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const { CRASH_AT: at, CRASH_LIST: list, CRASH_ROOT: root, CLOCK_AT, CLOCK_BACK_AT, WAIT } = process.env;
const waits = new Map((WAIT ?? '').split(';').map((each) => each.split('>')));
const { FAIL_QUERY = 0, FAIL_COMMIT = 0, FAIL_WRITE = 0 } = process.env;
const failing = { query: Number(FAIL_QUERY), commit: Number(FAIL_COMMIT), write: Number(FAIL_WRITE) };
const TWO_HOURS = 2 * 60 * 60 * 1000;
const counts = new Map();
const turns = { query: 0, commit: 0, write: 0 };
let clockOffset = 0;

function isTurn(what) {
  return ++turns[what] === failing[what];
}

function moment(kind) {
  const count = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, count);
  const name = `${kind} ${count}`;
  if (list && !isMatterOfTime(kind, count)) appendFileSync(list, `${name}\n`);
  if (name === CLOCK_BACK_AT) clockOffset -= TWO_HOURS;
  if (waits.has(name)) waitFor(waits.get(name));
  if (name === at) process.kill(process.pid, 'SIGKILL');
}

/** How many signs of life there are, and connections for them, is another number each time: the first one counts. */
function isMatterOfTime(kind, count) {
  return count > 1 && (kind.endsWith('sign of life') || kind.endsWith('connect'));
}

function waitFor(path) {
  writeFileSync(`${path}.${process.pid}`, '');
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(path)) Atomics.wait(sleeper, 0, 0, 10);
}

/** Calls through, with a moment before and one after. */
function around(kind, call) {
  moment(`before ${kind}`);
  const result = call();
  return result instanceof Promise ? result.finally(() => moment(`after ${kind}`)) : result;
}

function kindOf(text) {
  if (/^\s*commit/i.test(text)) return 'commit';
  if (/^\s*update twe\.lease set renewed_at/i.test(text)) return 'sign of life';
  if (/^\s*update twe\.lease/i.test(text)) return 'lease';
  if (/^\s*insert into twe\.run_step/i.test(text)) return 'step';
  return undefined;
}

/** The statement of a COPY is that of a stream. */
function textOf(config) {
  return typeof config === 'string' ? config : (config?.text ?? '');
}

/** One that the server refuses. */
function refused(config) {
  const text = 'select 1/0';
  if (typeof config === 'string') return text;
  if (typeof config.submit !== 'function') return { ...config, text, values: [] };
  // A COPY whose table is not there.
  config.text = 'copy twe.not_there from stdin';
  return config;
}

function watchQueries() {
  const { Client } = createRequire(`${root}/package.json`)('pg');
  const { query, connect } = Client.prototype;
  Client.prototype.connect = function (...args) {
    moment('before connect');
    return connect.apply(this, args);
  };
  Client.prototype.query = function (given, ...rest) {
    const text = textOf(given);
    const isRefused = isTurn('query') || (kindOf(text) === 'commit' && isTurn('commit'));
    const config = isRefused ? refused(given) : given;
    // A text without values, whatever it had.
    const others = isRefused && typeof config === 'string' ? rest.filter((each) => typeof each === 'function') : rest;
    const kind = isRefused ? undefined : kindOf(text);
    if (/^\s*copy .* from stdin/is.test(text)) inTheMiddle(config, 'in copy');
    if (kind === undefined) return query.call(this, config, ...others);
    // Knex gives a callback as last argument instead of waiting for a promise.
    const last = rest.at(-1);
    if (typeof last !== 'function') return around(kind, () => query.call(this, config, ...rest));
    moment(`before ${kind}`);
    const told = (...result) => {
      moment(`after ${kind}`);
      last(...result);
    };
    return query.call(this, config, ...rest.slice(0, -1), told);
  };
}

/** A moment after the first bytes of a stream. */
function inTheMiddle(stream, kind) {
  const write = stream._write;
  let isFirst = true;
  stream._write = function (...args) {
    const result = write.apply(this, args);
    if (isFirst) moment(kind);
    isFirst = false;
    return result;
  };
}

function noRoom(call, path) {
  return Object.assign(new Error(`ENOSPC: no space left on device, ${call} '${String(path)}'`), {
    ...{ code: 'ENOSPC', errno: -28, syscall: call },
  });
}

function watchFiles() {
  const { writeFile } = fs;
  for (const name of ['rename', 'rm', 'mkdir', 'copyFile', 'writeFile']) {
    const original = fs[name];
    const takesRoom = ['mkdir', 'copyFile', 'writeFile'].includes(name);
    fs[name] = async (path, ...rest) => {
      if (takesRoom && isTurn('write')) {
        // A part of it found room.
        if (name === 'writeFile') await writeFile(path, String(rest[0]).slice(0, String(rest[0]).length >> 1));
        throw noRoom(name, path);
      }
      return around(name, () => original(path, ...rest));
    };
  }
  const { WriteStream } = nodeFs;
  const { _write, _writev } = WriteStream.prototype;
  const begun = new WeakSet();
  const first = (stream, done, write) => {
    if (begun.has(stream)) return write();
    begun.add(stream);
    if (isTurn('write')) return done(noRoom('write', stream.path));
    write();
    return moment('in document');
  };
  WriteStream.prototype._write = function (chunk, encoding, done) {
    first(this, done, () => _write.call(this, chunk, encoding, done));
  };
  WriteStream.prototype._writev = function (chunks, done) {
    first(this, done, () => _writev.call(this, chunks, done));
  };
  syncBuiltinESMExports();
}

function watchClock() {
  const Real = Date;
  clockOffset = Date.parse(CLOCK_AT) - Real.now();
  globalThis.Date = class Date extends Real {
    constructor(...given) {
      if (given.length === 0) super(Real.now() + clockOffset);
      else super(...given);
    }
    static now() {
      return Real.now() + clockOffset;
    }
    static [Symbol.hasInstance](value) {
      return value instanceof Real;
    }
  };
}

// Not the server's keeper, which inherits the environment.
const isProgram = isMainThread && process.argv[1]?.endsWith('cli.js') === true;

if (isProgram && (at || list || failing.query || failing.commit || failing.write || CLOCK_AT || WAIT)) {
  if (CLOCK_AT) watchClock();
  if (list) process.once('exit', () => appendFileSync(list, `STATEMENTS ${turns.query}\nWRITES ${turns.write}\n`));
  watchQueries();
  watchFiles();
}
