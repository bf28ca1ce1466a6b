import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import pg from 'pg';
import { createLogger, type LogOptions } from '../../src/log.js';
import { neverTell, sentenceOf } from '../../src/safe-error.js';

const INSZ = '85073003328';

describe('log', () => {
  it('writes one JSON line per event with the fields of the list', () => {
    const { lines, log } = logging();
    log.info({ runId: '2024-04-16-nightly', rows: 12 }, 'delivery taken');
    expect(lines()).toMatchObject([
      {
        level: 'info',
        runId: '2024-04-16-nightly',
        rows: 12,
        msg: 'delivery taken',
        time: expect.any(String) as string,
      },
    ]);
  });

  it('drops every other field, also of a child, and everything that is no plain value', () => {
    const { lines, log } = logging();
    log.child({ insz: INSZ, runId: 'r' }).info({ name: 'Someone', weo: { insz: INSZ }, rows: { insz: INSZ } }, 'kept');
    const [line] = lines();
    expect(Object.keys(line!).sort()).toEqual(['level', 'msg', 'runId', 'time']);
  });

  it('masks national numbers in fields, in messages and in errors with their causes', () => {
    const { lines, text, log } = logging();
    log.info({ file: `weo-${INSZ}.csv` }, `row of ${INSZ}`);
    log.info('row of %s', INSZ);
    log.error(new Error(`client ${INSZ}`, { cause: new Error('85.07.30-033.28 is known') }));
    log.error({ err: new Error(INSZ) }, 'failed');
    log.error({ err: INSZ }, 'failed');
    expect(lines()).toHaveLength(5);
    expect(text()).not.toMatch(/85073003328|85\.07\.30/);
    expect(text()).toContain('[INSZ]');
  });

  it('keeps type, code, message and stack of an error and none of the rest', () => {
    const { lines, log } = logging();
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: `Key (insz)=(${INSZ})`,
      row: [1],
    });
    log.error({ err: error }, 'failed');
    expect(Object.keys(lines()[0]!['err'] as object).sort()).toEqual(['code', 'message', 'stack', 'type']);
  });

  it('tells of an error of the database what failed and no value of the row, whoever logs it and how', () => {
    const { lines, text, log } = logging();
    const quoted = databaseError('22P02', 'insert into x - invalid input syntax for type date: "Merkmans "de" 1"');
    const broken = databaseError('23505', 'duplicate key value violates unique constraint "person_pkey"', {
      constraint: 'person_pkey',
      table: 'person',
      detail: 'Key (name)=(Merkmans) already exists.',
    });
    for (const error of [quoted, broken]) {
      log.error(error);
      log.error({ err: new Error('the step failed', { cause: error }) }, 'failed');
      log.error('failed: %s', error);
    }
    expect(text()).not.toContain('Merkmans');
    expect(lines()[0]!['msg']).toBe('insert into x - invalid input syntax for type date: "..." (22P02)');
    expect(sentenceOf(broken)).toContain('(23505, table person, constraint person_pkey)');
    const known = databaseError('42P01', 'relation "twe.nothing" does not exist');
    expect(sentenceOf(known)).toBe('relation "twe.nothing" does not exist');
  });

  it('masks accounts, passwords of addresses and the secrets of the environment', () => {
    neverTell(['s3cret-of-the-mail', 'key']);
    const { text, log } = logging();
    log.info(
      { file: 's3cret-of-the-mail' },
      'key of postgresql://twe:hush@host/db and BE32 1234 5678 9002, NL91ABNA0417164300',
    );
    log.info({ delivery: '2024-04-16', weoId: 'WE20AB12CD34EF', digest: 'ab'.repeat(32) }, 'kept');
    expect(text()).toContain('key of postgresql://twe:***@host/db and [IBAN], [IBAN]');
    expect(text()).not.toMatch(/s3cret|hush/);
    expect(text()).toContain(`"weoId":"WE20AB12CD34EF","digest":"${'ab'.repeat(32)}"`);
  });

  it('is silent below its level', () => {
    const { lines, log } = logging({ level: 'warn' });
    log.info('not said');
    log.warn('said');
    expect(lines().map((line) => line['msg'])).toEqual(['said']);
  });

  it('makes the folder of its file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'twe-log-'));
    const file = join(folder, 'logs', 'twe.log');
    createLogger({ level: 'info', file }).info('written at once');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ msg: 'written at once' });
    rmSync(folder, { recursive: true });
  });
});

function databaseError(code: string, message: string, more: Partial<pg.DatabaseError> = {}): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code, ...more });
}

function logging(options: Partial<LogOptions> = {}) {
  const written: string[] = [];
  const log = createLogger({ level: 'info', ...options, sink: { write: (line: string) => void written.push(line) } });
  return {
    log,
    text: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe.skipIf(!existsSync('/dev/full'))('a log file that has no room', () => {
  it('lets the work go on: its lines go to standard error, where it is said once', () => {
    const said: string[] = [];
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    try {
      const log = createLogger({ level: 'info', file: '/dev/full' });
      log.info('one');
      log.info('two');
    } finally {
      stderr.mockRestore();
    }
    expect(said[0]).toBe('The log /dev/full cannot be written (ENOSPC); its lines follow here.\n');
    expect(said.slice(1).map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['one', 'two']);
  });
});
