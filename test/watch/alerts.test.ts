/** Who is told what, and how often. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings, type Settings } from '../../src/config.js';
import { connectTo } from '../../src/db/database.js';
import { EXIT, Failure } from '../../src/errors.js';
import { createLogger } from '../../src/log.js';
import { brokenChecks, refuseWhatIsBroken } from '../../src/runs/verify.js';
import { alertOn, type Alert, type AlertContext, type WatchEvent } from '../../src/watch/alert.js';
import { causeOfFailure } from '../../src/watch/causes.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startMailServer, type MailServer } from './mail-server.js';

let test: TestDatabase;
let folder: string;
let lines: string[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-alerts-'));
  lines = [];
  script('hook', `cat >> ${folder}/told`);
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await test.database.rows('delete from twe.alert');
});

function script(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

function settings(keys: object = { 'alert.command': [join(folder, 'hook')] }, env = {}): Settings {
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(keys));
  return loadSettings({ cwd: folder, env: { TWE_HOME: join(folder, 'home'), ...env } });
}

const log = createLogger({ level: 'trace', sink: { write: (line: string) => void lines.push(line) } });
const at = (moment: string) => new Date(`2024-04-${moment}:00Z`);

/** Minutes and hours pass between two of these. */
async function alert(event: WatchEvent, moment: string, config = settings(), more: Partial<AlertContext> = {}) {
  await alertOn(event, { config, log, database: test.database, now: at(moment), ...more });
}

const failed = (
  message: string,
  exitCode: Failure['exitCode'] = EXIT.unexpected,
  businessDate = '2024-04-15',
): WatchEvent => ({
  ...{ what: 'RUN_FAILED', job: 'nightly', businessDate },
  error: new Failure(exitCode, message),
});
const DONE: WatchEvent = { what: 'RUN_DONE', job: 'nightly', businessDate: '2024-04-16' };

function told(): Alert[] {
  const path = join(folder, 'told');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Alert);
}
const toldShort = () => told().map(({ state, kind, message }) => `${state} ${kind} ${message}`);

describe('an alert', () => {
  it('goes out once for a cause, again after a day, and once more when it is over', async () => {
    await alert(failed('The feed folder is gone, 3 rows were seen.'), '15T21:30');
    await alert(failed('The feed folder is gone, 4 rows were seen.'), '15T21:31');
    await alert(failed('The feed folder is gone, 5 rows were seen.'), '16T21:29');
    expect(toldShort()).toEqual(['OPEN RUN_FAILED The feed folder is gone, 3 rows were seen.']);
    await alert(failed('The feed folder is gone, 6 rows were seen.'), '16T21:31');
    await alert(DONE, '16T21:40');
    await alert(DONE, '16T21:41');
    expect(toldShort().slice(1)).toEqual([
      'STILL_OPEN RUN_FAILED The feed folder is gone, 6 rows were seen.',
      'SOLVED RUN_FAILED The feed folder is gone, 6 rows were seen.',
    ]);
    await alert(failed('The feed folder is gone, 3 rows were seen.'), '17T21:30');
    expect(toldShort().slice(3)).toEqual(['OPEN RUN_FAILED The feed folder is gone, 3 rows were seen.']);
    expect(told()[3]).toMatchObject({
      version: 1,
      job: 'nightly',
      businessDate: '2024-04-15',
      since: '2024-04-17T21:30:00.000Z',
    });
  });

  it('goes out for each cause by itself, also for a job that is late', async () => {
    await alert(failed('One thing.'), '15T21:30');
    await alert(failed('Another thing.'), '15T21:31');
    const late = { job: 'nightly', businessDate: '2024-04-14', dueSince: at('14T19:30'), runs: 2 };
    await alert({ what: 'JOB_LATE', ...late }, '15T21:32');
    await alert({ what: 'JOB_LATE', ...late, runs: 3 }, '15T21:33');
    expect(toldShort()).toEqual([
      'OPEN RUN_FAILED One thing.',
      'OPEN RUN_FAILED Another thing.',
      'OPEN JOB_LATE 2 runs are due, that of 2024-04-14 is late: it was due at 2024-04-14 21:30 and is not done. See `twe status`; ' +
        '`twe catch-up` runs what is due.',
    ]);
  });

  it('that a job is late stays until nothing of it is late any more', async () => {
    const night = (date: string) =>
      test.database.rows(
        `with run as (
           insert into twe.run (run_id, job, business_date, state, program_version, law_digest, finished_at)
           values ($1 || '/nightly', 'nightly', $1::date, 'DONE', '0', repeat('0', 64), now()) returning run_id
         )
         insert into twe.run_step (run_id, step, duration_ms, counts) select run_id, 'facts', 1, '{}' from run`,
        [date],
      );
    await night('2024-04-13');
    const late = { job: 'nightly', businessDate: '2024-04-14', dueSince: at('14T19:30'), runs: 2 };
    await alert({ what: 'JOB_LATE', ...late }, '16T12:00');
    await night('2024-04-14');
    await alert(DONE, '16T12:01');
    expect(told().map(({ state }) => state)).toEqual(['OPEN']);
    await night('2024-04-15');
    await alert(DONE, '16T12:02');
    expect(told().map(({ state }) => state)).toEqual(['OPEN', 'SOLVED']);
    await test.database.rows('delete from twe.run_step; delete from twe.run');
  });

  it('is tried again when nobody could be reached, but not each minute', async () => {
    const config = settings({ 'alert.command': [script('broken', 'cat > /dev/null; exit 3')] });
    await alert(failed('Broken.'), '15T21:30', config);
    await alert(failed('Broken.'), '15T21:31', config);
    expect(lines.filter((line) => line.includes('did not go out by alert.command: it ended with code 3'))).toHaveLength(
      1,
    );
    await alert(failed('Broken.'), '15T21:46');
    expect(toldShort()).toEqual(['OPEN RUN_FAILED Broken.']);
  });

  it('is not told of a run that found another at work, was asked to stop, or for what cannot be', async () => {
    await alert(failed('another run is at work', EXIT.lease), '15T21:30');
    await alert(failed('it was asked to stop', EXIT.stopped), '15T21:30');
    await alert(failed('--date 2024-04-01 lies before the last finished night.', EXIT.usage), '15T21:30');
    expect(told()).toEqual([]);
  });

  it('never makes a run fail or hang: a program that is not there, that sleeps, that does not read', async () => {
    const keys = (name: string) => ({ 'alert.command': [name], 'alert.command_seconds': 1 });
    await alert(failed('One.'), '15T21:30', settings(keys('/no/such/program')));
    await alert(
      failed('Two.'),
      '15T21:30',
      settings(keys(script('sleeps', `sleep 60 & echo $! > ${folder}/pid; wait`))),
    );
    await alert(failed('Three.'), '15T21:30', settings(keys(script('deaf', 'exit 0'))));
    const said = lines.join('');
    expect(said).toContain('it could not be started (ENOENT)');
    expect(said).toContain('it took longer than 1 seconds (alert.command_seconds) and was ended');
    expect(said.match(/did not go out/g)).toHaveLength(2);
    expect(isAlive(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
  });

  it('is kept in a file while the database does not answer', async () => {
    const none = { database: undefined };
    const away = { database: connectTo('postgresql://twe@127.0.0.1:1/twe') };
    await alert(failed('The database is away.', EXIT.usage), '15T21:30', settings(), none);
    await alert(failed('The database is away.', EXIT.usage), '15T21:31', settings(), away);
    expect(toldShort()).toEqual(['OPEN RUN_FAILED The database is away.']);
    await alert(failed('The database is away.', EXIT.usage), '16T21:32', settings(), none);
    await alert(DONE, '16T21:40');
    expect(toldShort().slice(1)).toEqual([
      'STILL_OPEN RUN_FAILED The database is away.',
      'SOLVED RUN_FAILED The database is away.',
    ]);
    expect(readFileSync(join(folder, 'home', 'alerts.json'), 'utf8')).toBe('{}');
  });

  it('that the database does not let this user keep is one line of the log, without a stack', async () => {
    const role = `twe_no_alerts_${process.pid}`;
    await test.database.rows(`create role ${role} login`);
    const database = connectTo(test.url.replace(/\/\/[^@/]*@/, `//${role}@`));
    try {
      await alert(failed('The database refuses.', EXIT.usage), '15T21:30', settings({}), { database });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(
        /"msg":"alerts could not be kept or told: The database .+ does not give this user the rights/,
      );
      expect(lines[0]).not.toContain('stack');
    } finally {
      await database.close();
      await test.database.rows(`drop role ${role}`);
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

describe('a mail', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer();
  });
  afterAll(() => server.close());

  it('says in its subject what is wrong, and in its text what to do', async () => {
    const keys = { 'alert.mail_to': ['an@vdab.example', 'bart@vdab.example'], 'alert.mail_from': 'twe@vdab.example' };
    const env = { TWE_SMTP_URL: `smtp://twe:hush-hush@127.0.0.1:${server.port}` };
    const sentence =
      'Delivery 2024-04-15 was refused: it shrinks. Take it as it is with --accept-guard shrink:2024-04-15.';
    await alert(failed(sentence, EXIT.refused), '15T21:30', settings(keys, env));
    expect(server.received).toHaveLength(1);
    const [mail] = server.received;
    expect(mail).toContain('Subject: [twe] guard refused, nightly of 2024-04-15');
    expect(mail).toContain('To: an@vdab.example, bart@vdab.example');
    expect(mail!.replaceAll(/=\r\n/g, '')).toContain(sentence);
    expect(lines.join('')).not.toContain('hush-hush');
  });

  it('that needs a server which the environment does not name is a warning', async () => {
    const keys = { 'alert.mail_to': 'an@vdab.example', 'alert.mail_from': 'twe@vdab.example' };
    await alert(failed('Something.'), '15T21:30', settings(keys));
    expect(lines.join('')).toContain('did not go out by mail: TWE_SMTP_URL is not set');
  });
});

describe('the cause of a failure', () => {
  it('is the checks that do not hold, whatever the number of rows', async () => {
    let failure: unknown;
    const work = test.database.transaction(async (session) => {
      await session.rows(
        `insert into twe.ledger_entry (entry_no, run_no, ocmw_id, weo_id, component, first_month, last_month, cents, rule, reason)
         values (1, 99, 'O', 'W', 0, 1, 1, 100, 1, 1)`,
      );
      const broken = await brokenChecks(session);
      const chain = { heads: 0, links: 0, rows: 0, manifests: 0, faults: [] };
      try {
        refuseWhatIsBroken({ broken, chain });
      } catch (error) {
        failure = error;
      }
      throw new Error('undone');
    });
    await expect(work).rejects.toThrow('undone');
    expect(failure).toBeInstanceOf(Failure);
    const { exitCode, message } = failure as Failure;
    expect(causeOfFailure('nightly', exitCode, message)).toMatchObject({
      kind: 'CHECK_BROKEN',
      key: expect.stringMatching(/^CHECK_BROKEN nightly .*every_ledger_entry_comes_from_a_run/) as string,
    });
  });

  it.each([
    ['open-change', 'go on with --accept-guard open-change.'],
    ['reject-ratio:2024-04-16.2', 'or take it as it is with --accept-guard reject-ratio:2024-04-16.2.'],
  ])('is the guard %s', (guard, end) => {
    const cause = causeOfFailure('nightly', EXIT.refused, `The night was stopped; ${end}`);
    expect(cause).toMatchObject({ kind: 'GUARD_REFUSED', key: `GUARD_REFUSED nightly ${guard}` });
  });
});
