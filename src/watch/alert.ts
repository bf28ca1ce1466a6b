/** Tells operators what went wrong: once for each cause, again each day while it lasts, and when it is over. */
import type { Settings } from '../config.js';
import { systemClock } from '../clock.js';
import type { Database } from '../db/database.js';
import { programVersion } from '../db/package-root.js';
import { Failure } from '../errors.js';
import type { Logger } from '../log.js';
import { clean, exitCodeOf, sentenceOf } from '../safe-error.js';
import { machine } from '../system-user.js';
import { databaseStore, fileStore, type AlertStore } from './alert-store.js';
import { causeOfDelay, causeOfFailure, type Cause } from './causes.js';
import { runHook } from './command-hook.js';
import { readDue } from './due.js';
import { sendMail } from './mail.js';
import { shownMoment } from '../clock.js';

export interface AlertContext {
  readonly config: Settings;
  readonly log: Logger;
  /** Undefined when it could not be opened: what was told is then kept in `<TWE_HOME>/alerts.json`. */
  readonly database?: Database | undefined;
  /** Default: now. */
  readonly now?: Date;
}

export type WatchEvent =
  | { readonly what: 'RUN_FAILED'; readonly job: string; readonly businessDate: string; readonly error: unknown }
  | { readonly what: 'RUN_DONE'; readonly job: string; readonly businessDate: string }
  /** `businessDate` is the oldest that is due, `runs` how many are. */
  | {
      readonly what: 'JOB_LATE';
      readonly job: string;
      readonly businessDate: string;
      readonly dueSince: Date;
      readonly runs: number;
    };

/** What the hook gets, as JSON. */
export interface Alert extends Cause {
  readonly version: 1;
  /** OPEN: new; STILL_OPEN: told before, a day ago or longer; SOLVED: a run of the job was done. */
  readonly state: 'OPEN' | 'STILL_OPEN' | 'SOLVED';
  readonly businessDate: string;
  /** ISO 8601. */
  readonly since: string;
  readonly machine: string;
  readonly program: string;
}

/**
 * Tells what has to be told about an event, by `alert.command` and by mail. Never throws: what cannot be told is a warning in
 * the log, and a run goes on as if it had been told.
 */
export async function alertOn(event: WatchEvent, context: AlertContext): Promise<void> {
  const now = context.now ?? systemClock.now();
  const { alert, home } = context.config;
  const hasWay = alert.command.length > 0 || alert.mail !== undefined;
  // With nobody to tell, the database still knows for `twe status` what is open.
  const stores = [...(context.database ? [databaseStore(context.database)] : []), ...(hasWay ? [fileStore(home)] : [])];
  if (stores.length === 0) return;
  try {
    if (event.what === 'RUN_DONE') {
      const isStillLate = await isLate(event.job, context, now);
      // Both: what the file holds was told while the database was away.
      for (const store of stores) await tellSolved(store, event, isStillLate, context, now);
      return;
    }
    const cause = causeOf(event);
    if (cause !== undefined) await tellCause(stores, cause, event.businessDate, context, now);
  } catch (error) {
    // Of what was expected (a role without rights, a database that is away) the sentence says all.
    const details = error instanceof Failure ? {} : { err: error };
    context.log.warn({ ...details, job: event.job }, `alerts could not be kept or told: ${sentenceOf(error)}`);
  }
}

function causeOf(event: Exclude<WatchEvent, { what: 'RUN_DONE' }>): Cause | undefined {
  if (event.what === 'RUN_FAILED') return causeOfFailure(event.job, exitCodeOf(event.error), sentenceOf(event.error));
  const { job, businessDate, runs } = event;
  const which = runs === 1 ? `The run of ${businessDate} is` : `${runs} runs are due, that of ${businessDate} is`;
  return causeOfDelay(
    job,
    `${which} late: it was due at ${shownMoment(event.dueSince)} and is not done. See \`twe status\`; \`twe catch-up\` runs ` +
      'what is due.',
  );
}

async function tellCause(
  stores: readonly AlertStore[],
  cause: Cause,
  businessDate: string,
  context: AlertContext,
  now: Date,
): Promise<void> {
  const { store, claim } = await claimIn(stores, cause, now);
  if (claim === undefined) return;
  const state = claim.wasTold ? 'STILL_OPEN' : 'OPEN';
  if (await tell(alertOf(cause, state, businessDate, claim.openedAt), context)) await store.markTold(cause.key, now);
}

/** In the first store that answers. */
async function claimIn(stores: readonly AlertStore[], cause: Cause, now: Date) {
  const [store, ...others] = stores;
  try {
    return { store: store!, claim: await store!.claim(cause, now) };
  } catch (error) {
    if (others.length === 0) throw error;
    return { store: others[0]!, claim: await others[0]!.claim(cause, now) };
  }
}

/** One of ten missed nights is done: the other nine are late as before. */
async function isLate(job: string, { database, config }: AlertContext, now: Date): Promise<boolean> {
  if (database === undefined) return true;
  return (await readDue(database, config, now)).late?.oldest.job === job;
}

async function tellSolved(
  store: AlertStore,
  { job, businessDate }: WatchEvent,
  isStillLate: boolean,
  context: AlertContext,
  now: Date,
): Promise<void> {
  for (const closed of await store.close(job, isStillLate, now)) {
    if (closed.wasTold) await tell(alertOf(closed, 'SOLVED', businessDate, closed.openedAt), context);
  }
}

function alertOf({ key, kind, job, message }: Cause, state: Alert['state'], businessDate: string, since: Date): Alert {
  return {
    version: 1,
    ...{ kind, state, key, job, businessDate, message: clean(message) },
    since: since.toISOString(),
    machine: machine(),
    program: `twe ${programVersion()}`,
  };
}

/** By every way there is. Whether one of them arrived, or there is none but the log. */
async function tell(alert: Alert, { config, log }: AlertContext): Promise<boolean> {
  const { command, commandSeconds, mail } = config.alert;
  const about = { kind: alert.kind, job: alert.job, state: alert.state, key: alert.key };
  // No warning: where the log goes to standard error, the failure stands there already.
  log.info(about, `alert: ${alert.message}`);
  const ways: { name: string; send: () => Promise<void> }[] = [];
  if (command.length > 0) {
    ways.push({ name: 'alert.command', send: () => runHook(command, commandSeconds, `${JSON.stringify(alert)}\n`) });
  }
  if (mail !== undefined) ways.push({ name: 'mail', send: () => sendMail(mail, subjectOf(alert), textOf(alert)) });
  const arrived = await Promise.all(
    ways.map(({ name, send }) =>
      send().then(
        () => true,
        (error: unknown) => {
          log.warn(about, `the alert did not go out by ${name}: ${sentenceOf(error)}`);
          return false;
        },
      ),
    ),
  );
  return ways.length === 0 || arrived.includes(true);
}

const TITLES: Readonly<Record<Cause['kind'], string>> = {
  RUN_FAILED: 'run failed',
  JOB_LATE: 'job late',
  CHECK_BROKEN: 'check broken',
  GUARD_REFUSED: 'guard refused',
};

function subjectOf({ state, kind, job, businessDate }: Alert): string {
  const lead = state === 'OPEN' ? '' : state === 'SOLVED' ? 'solved: ' : 'still: ';
  return `[twe] ${lead}${TITLES[kind]}, ${job} of ${businessDate}`;
}

function textOf({ state, job, businessDate, message, since, machine: on, program }: Alert): string {
  const head = state === 'SOLVED' ? `${job} of ${businessDate} was done. This is over:\n\n` : '';
  return `${head}${message}\n\nSince ${shownMoment(since)} (Brussels), told by ${on} (${program}). \`twe status\` shows how it stands now.\n`;
}
