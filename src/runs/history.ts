/** `twe history`: what was known on an evening, the documents of then, and what changed until a later one. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { day, formatDay, type Day } from '../calendar.js';
import type { Settings } from '../config.js';
import type { Database, OpenOptions } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import type { PublishedFolder } from '../exports/publish.js';
import { lastEvening, listWritings, type Writing } from '../inspect/as-of/moment.js';
import { compareEvenings, type Comparison } from '../inspect/history/compare.js';
import { readEvening, type Evening } from '../inspect/history/evening.js';
import { linesOf } from '../inspect/history/lines.js';
import { writeAgain, type WriteAgainOptions } from './write-again.js';

export interface HistoryRequest {
  readonly settings: Settings;
  readonly open: OpenOptions;
  readonly knownOn: Day;
  /** Undefined: all of them. */
  readonly ocmwId: string | undefined;
  /** Folder for the documents; undefined: none are written. */
  readonly out: string | undefined;
  /** A later day, of which only what changed is told; only for one OCMW. */
  readonly compareTo: Day | undefined;
  readonly lang: 'nl' | 'en';
  readonly progress: (text: string) => void;
  readonly stop?: AbortSignal | undefined;
}

export interface History extends Evening {
  readonly knownOn: Day;
  /** The last evening up to it on which a night was finished: its state is told. */
  readonly evening: Day;
  readonly ocmw: { readonly id: string; readonly name: string | null } | undefined;
  readonly runs: readonly Pick<Writing, 'runId' | 'lawDigest' | 'programVersion'>[];
  /** Absolute. */
  readonly files: readonly string[];
  readonly comparison: (Comparison & { readonly evening: Day }) | undefined;
  readonly notes: readonly string[];
}

/**
 * Tells the history. Throws a Failure (exit 2) before the first night, for an OCMW that was not known, for a later day that is
 * none and for a folder that is that of the documents themselves; and like `onScratch`.
 */
export async function history(source: Database, request: HistoryRequest): Promise<History> {
  const { knownOn, ocmwId } = request;
  refuseFolderOfDocuments(request);
  const evening = await source.session((session) => lastEvening(session, knownOn, '--known-on'));
  const later = await laterEvening(source, request, evening);
  const ocmw = ocmwId === undefined ? undefined : await knownOcmw(source, ocmwId, evening);
  const writings = await source.session((session) => listWritings(session, evening));
  const told = await withFolder(request, (folder) => tellEvening(source, writings, request, folder));
  const comparison =
    later === undefined ? undefined : await compareWith(source, later, { ...request, evening, writings }, told.evening);
  return {
    ...told.evening,
    ...{ knownOn, evening, ocmw, comparison },
    runs: writings.filter(({ step }) => step === 'export'),
    files: told.files,
    notes: [...new Set(told.notes)],
  };
}

interface Told {
  readonly evening: Evening;
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/** Documents below which they are made: with an OCMW only its lines leave a folder of our own. */
async function withFolder(
  { out, ocmwId }: HistoryRequest,
  tell: (folder: string | undefined) => Promise<Told>,
): Promise<Told> {
  if (out === undefined || ocmwId === undefined) return tell(out);
  const folder = await mkdtemp(join(tmpdir(), 'twe-history-'));
  try {
    return await tell(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tellEvening(
  source: Database,
  writings: readonly Writing[],
  request: HistoryRequest,
  folder: string | undefined,
): Promise<Told> {
  const { ocmwId, out } = request;
  let evening: Evening | undefined;
  const files: string[] = [];
  const notes: string[] = [];
  for (const [index, writing] of writings.entries()) {
    const isLast = index === writings.length - 1;
    const isWritten = folder !== undefined && writing.folders !== 0;
    if (!isWritten && !isLast) continue;
    const look = isLast
      ? async (database: Database) => void (evening = await lookAt(database, writing, ocmwId))
      : undefined;
    const written = await writeAgain(source, writing, {
      ...optionsOf(request),
      out: isWritten ? folder : undefined,
      look,
    });
    notes.push(...written.notes, ...written.unlike);
    for (const each of written.folders) files.push(...(await takeOver(each, folder!, out!, ocmwId)));
  }
  return { evening: evening!, files: [...new Set(files)].sort(), notes };
}

function lookAt(database: Database, { evening }: Writing, ocmwId: string | undefined): Promise<Evening> {
  return database.transaction((session) => readEvening(session, evening, ocmwId));
}

function optionsOf(request: HistoryRequest): Omit<WriteAgainOptions, 'out' | 'look'> {
  const { settings, open, lang, progress, stop, ocmwId } = request;
  return {
    ...{ settings, open, lang, progress, stop },
    workbooks: ocmwId === undefined,
    statements: ocmwId === undefined ? 'ALL' : { ocmwId },
  };
}

async function compareWith(
  source: Database,
  later: Day,
  request: HistoryRequest & { readonly evening: Day; readonly writings: readonly Writing[] },
  before: Evening,
): Promise<Comparison & { readonly evening: Day }> {
  const { ocmwId, evening, writings } = request;
  const last = (await source.session((session) => listWritings(session, later))).at(-1)!;
  const between = { ocmwId: ocmwId!, since: evening, sinceMoment: writings.at(-1)!.until, until: later };
  let comparison: Comparison | undefined;
  await writeAgain(source, last, {
    ...optionsOf(request),
    out: undefined,
    look: (database) =>
      database.transaction(async (session) => {
        const now = await readEvening(session, later, ocmwId);
        comparison = await compareEvenings(session, before, now, between);
      }),
  });
  return { ...comparison!, evening: later };
}

async function laterEvening(source: Database, request: HistoryRequest, evening: Day): Promise<Day | undefined> {
  const { compareTo, ocmwId, knownOn } = request;
  if (compareTo === undefined) return undefined;
  if (ocmwId === undefined) {
    throw new Failure(EXIT.usage, '--compare tells what changed for one OCMW: name it with --ocmw.');
  }
  const later = await source.session((session) => lastEvening(session, compareTo, '--compare'));
  if (compareTo > knownOn && later > evening) return later;
  const why = compareTo > knownOn ? 'no night was finished between them' : 'it is not later';
  throw new Failure(
    EXIT.usage,
    `--compare ${formatDay(compareTo)} cannot be compared with --known-on ${formatDay(knownOn)}: ${why}. Give a later day.`,
  );
}

async function knownOcmw(source: Database, id: string, evening: Day): Promise<{ id: string; name: string | null }> {
  const versions = await source.rows<{ name: string | null; counted_on: string }>(
    `select name, counted_on from twe.ocmw_version where ocmw_id = $1
     order by counted_on <= $2 desc, valid_from desc, delivery_id desc, line desc`,
    [id, formatDay(evening)],
  );
  const [version] = versions;
  if (version !== undefined && day(version.counted_on) <= evening) return { id, name: version.name };
  const since = versions.map(({ counted_on }) => counted_on).sort()[0];
  throw new Failure(
    EXIT.usage,
    since === undefined
      ? `OCMW ${id} is not known: no delivery brought it. Give its enterprise number of 10 digits, as in ocmw.csv.`
      : `OCMW ${id} was not known on the evening of ${formatDay(evening)}; it is since ${since}. Give that day or a later one.`,
  );
}

/** What was written once must not be replaced by what is written again. */
function refuseFolderOfDocuments({ out, settings }: HistoryRequest): void {
  if (out === undefined) return;
  const inside = relative(resolve(settings.out), resolve(out));
  if (inside.startsWith(`..${sep}`) || inside === '..') return;
  throw new Failure(
    EXIT.usage,
    `--out ${out} lies in the folder of the documents (${settings.out}), where what was written then may still stand. Choose ` +
      'another folder.',
  );
}

/** Of a published folder all files, or only the lines of one OCMW and its statement. */
async function takeOver(
  { path, files }: PublishedFolder,
  folder: string,
  out: string,
  ocmwId: string | undefined,
): Promise<string[]> {
  if (ocmwId === undefined) return files.map(({ name }) => join(path, name));
  const target = join(out, relative(folder, path));
  const taken: string[] = [];
  for (const { name } of files) {
    const file = join(target, name);
    if (name.endsWith('.csv')) {
      const lines = await linesOf(join(path, name), ocmwId);
      if (lines === undefined) continue;
      await mkdir(target, { recursive: true });
      await writeFile(file, lines.header + lines.lines.map(({ text }) => text).join(''));
    } else if (name.startsWith(`overzicht-${ocmwId}-`)) {
      await mkdir(target, { recursive: true });
      await copyFile(join(path, name), file);
    } else continue;
    taken.push(file);
  }
  return taken;
}
