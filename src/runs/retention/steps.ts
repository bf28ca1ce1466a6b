/**
 * The steps of retention. Each finds what is too old, writes down how much of what goes in the transaction in which it goes
 * (files right after it), and can be done again: what a killed run left is found by the next one.
 */
import { addMonths, formatDay, type Day } from '../../calendar.js';
import type { Config } from '../../config.js';
import type { Database, Session } from '../../db/database.js';
import { EXIT, Failure } from '../../errors.js';
import type { Finding } from '../../finding.js';
import type { Foretold, Step, StepResult } from '../job.js';
import { lastNight } from '../run-job.js';
import { refuseWhenStopped } from '../stop.js';
import {
  countOldSetAside,
  emptySetAside,
  findLeavingClients,
  removeClients,
  type LeavingClients,
  type SetAsideTerms,
} from './clients.js';
import { deleteExports, findOldExports, type OldExports } from './exports.js';
import { deleteOriginals, findOldOriginals, type OldOriginals } from './originals.js';
import { noteRemovedFiles } from './removals.js';

/** National numbers, pseudonyms, what rows set aside said. */
export const clientsStep: Step = {
  name: 'remove-clients',
  mode: 'sweeping',
  async run({ database, config, today, runId }) {
    const evening = await lastEvening(database);
    return database.transaction(async (session) => {
      const found = await findOldPeople(session, evening, config);
      const { leaving, olderThan } = found;
      if (leaving !== undefined) await removeClients(session, leaving, { runId, today, olderThan: olderThan! });
      await emptySetAside(session, found.setAside, runId);
      return { counts: countsOfPeople(found), findings: missingTerms(config) };
    });
  },
};

/** Deliveries in the inbox and its archive. */
export const originalsStep: Step = {
  name: 'remove-originals',
  mode: 'sweeping',
  isDue: ({ config }) => config.retention.originalsMonths !== undefined,
  async run({ database, config, runId, stop }) {
    const evening = await lastEvening(database);
    const olderThan = addMonths(evening, -config.retention.originalsMonths!);
    const found = await database.transaction(async (session) => {
      const old = await findOldOriginals(session, evening, olderThan, config);
      await noteRemovedFiles(session, { runId, kind: 'ORIGINALS', olderThan }, old.names);
      return old;
    });
    refuseWhenStopped(stop);
    const isKnown = config.feedsSources.length === 0 || (await deleteOriginals(config, found.names));
    return { counts: countsOfOriginals(found), findings: [...aboutOriginals(found, config), ...unreadList(isKnown)] };
  },
};

/** Folders of documents. */
export const exportsStep: Step = {
  name: 'remove-exports',
  mode: 'sweeping',
  isDue: ({ config }) => config.retention.exportsMonths !== undefined,
  async run({ database, config, runId, stop }) {
    const evening = await lastEvening(database);
    const olderThan = addMonths(evening, -config.retention.exportsMonths!);
    const found = await database.transaction(async (session) => {
      const old = await findOldExports(session, evening, olderThan, config.out);
      await noteRemovedFiles(session, { runId, kind: 'EXPORTS', olderThan }, old.names);
      return old;
    });
    refuseWhenStopped(stop);
    await deleteExports(config.out, found);
    return { counts: countsOfExports(found), findings: aboutExports(found) };
  },
};

/** What the steps would do, from the database and the folders as they are. Throws as they do. */
export async function foretellRetention(database: Database, config: Config): Promise<Foretold> {
  const evening = await lastEvening(database);
  const { originalsMonths, exportsMonths } = config.retention;
  return database.transaction(async (session) => {
    const people = await findOldPeople(session, evening, config);
    const results: [Step, StepResult][] = [
      [clientsStep, { counts: countsOfPeople(people), findings: missingTerms(config) }],
    ];
    if (originalsMonths !== undefined) {
      const found = await findOldOriginals(session, evening, addMonths(evening, -originalsMonths), config);
      results.push([originalsStep, { counts: countsOfOriginals(found), findings: aboutOriginals(found, config) }]);
    }
    if (exportsMonths !== undefined) {
      const found = await findOldExports(session, evening, addMonths(evening, -exportsMonths), config.out);
      results.push([exportsStep, { counts: countsOfExports(found), findings: aboutExports(found) }]);
    }
    return {
      steps: Object.fromEntries(results.map(([{ name }, { counts }]) => [name, counts])),
      findings: results.flatMap(([, { findings }]) => findings ?? []),
    };
  });
}

interface OldPeople {
  readonly olderThan: Day | undefined;
  /** Undefined without a term. */
  readonly leaving: LeavingClients | undefined;
  readonly setAside: SetAsideTerms;
  readonly oldSetAside: number;
}

async function findOldPeople(session: Session, evening: Day, config: Config): Promise<OldPeople> {
  const { identityMonths, originalsMonths } = config.retention;
  const olderThan = identityMonths === undefined ? undefined : addMonths(evening, -identityMonths);
  const terms = [identityMonths, originalsMonths].filter((months) => months !== undefined);
  // A row that is over goes with the first of both terms, one that still waits for a correction with that of people.
  const setAside: SetAsideTerms = {
    closed: terms.length === 0 ? undefined : addMonths(evening, -Math.min(...terms)),
    open: olderThan,
  };
  const leaving =
    olderThan === undefined ? undefined : await findLeavingClients(session, evening, olderThan, config.law);
  return { olderThan, leaving, setAside, oldSetAside: await countOldSetAside(session, setAside) };
}

/**
 * Terms count back from the last night: what would be open by now is only known when it was settled. Throws a Failure (exit
 * 2) when that night is not whole.
 */
async function lastEvening(database: Database): Promise<Day> {
  const last = await lastNight(database);
  if (last?.isDone === true) return last.day;
  throw new Failure(
    EXIT.usage,
    last === undefined
      ? 'No night was done yet, so nothing can be too old; nothing was removed.'
      : `The night of ${formatDay(last.day)} was begun and is not finished, so it is not known what is open; nothing was ` +
          `removed. Run it first: twe run nightly --date ${formatDay(last.day)}.`,
  );
}

function countsOfPeople({ leaving, oldSetAside }: OldPeople) {
  const kept = leaving?.kept;
  return {
    clients: leaving?.clients ?? 0,
    keptOpen: kept?.OPEN ?? 0,
    keptPending: kept?.PENDING ?? 0,
    keptUndecided: (kept?.UNDECIDED ?? 0) + (kept?.HELD ?? 0),
    keptMoney: (kept?.NOT_ORDERED ?? 0) + (kept?.NOT_CONFIRMED ?? 0),
    rowsSetAside: oldSetAside,
  };
}

function countsOfOriginals({ names, needed, notOurs }: OldOriginals) {
  return { deliveries: names.length, keptNeeded: needed, notOurs };
}

function countsOfExports({ names, needed, strangers }: OldExports) {
  return { folders: names.length, keptNeeded: needed, strangers: strangers.length };
}

const KEYS = {
  identityMonths: 'retention.identity_months',
  originalsMonths: 'retention.originals_months',
  exportsMonths: 'retention.exports_months',
} as const;

function missingTerms({ retention }: Config): Finding[] {
  const missing = Object.entries(KEYS).filter(([term]) => retention[term as keyof typeof KEYS] === undefined);
  if (missing.length === 0) return [];
  const keys = missing.map(([, key]) => key).join(', ');
  return [
    about(
      'RETENTION_TERM_MISSING',
      keys,
      `No source gives a term and the configuration gives none for ${keys}: what that is about is kept for ever. Set the ` +
        'term that your organisation has decided on.',
    ),
  ];
}

function aboutOriginals({ notOurs }: OldOriginals, { feedsSource }: Config): Finding[] {
  if (notOurs === 0) return [];
  return [
    about(
      'ORIGINALS_NOT_OURS',
      feedsSource,
      `${notOurs} deliveries in ${feedsSource} are older than retention.originals_months. The folder of feeds.source is read ` +
        'as it lies there and never cleaned: whoever fills it removes them, or let feeds.sources fetch them into an inbox.',
    ),
  ];
}

function aboutExports({ strangers }: OldExports): Finding[] {
  if (strangers.length === 0) return [];
  return [
    about(
      'EXPORTS_NOT_OURS',
      strangers[0]!,
      `${strangers.length} files or folders among documents older than retention.exports_months were not written by this ` +
        `program and stay, the first is ${strangers[0]!}. Remove what is about people.`,
    ),
  ];
}

function unreadList(isKnown: boolean): Finding[] {
  if (isKnown) return [];
  return [
    about(
      'ORIGINALS_LIST_UNREADABLE',
      '.archive/deliveries',
      'A list in .archive/deliveries of the inbox cannot be read, so that it is not known whose originals some files of the ' +
        'archive are: none was deleted there. Remove the list that is empty or cut off and run again.',
    ),
  ];
}

function about(code: string, subject: string, message: string): Finding {
  return {
    severity: code === 'RETENTION_TERM_MISSING' ? 'NOTICE' : 'WARNING',
    code,
    ocmwId: '',
    weoId: '',
    subject,
    message,
  };
}
