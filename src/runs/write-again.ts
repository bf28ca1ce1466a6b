/**
 * The documents of a past evening, written again by the code that writes those of tonight: the state of the moment in a
 * database of its own, the law and the findings of that night, the publishing of a run.
 */
import { sep } from 'node:path';
import type { Settings } from '../config.js';
import type { Database, OpenOptions } from '../db/database.js';
import { programVersion } from '../db/package-root.js';
import { onScratch } from '../db/scratch.js';
import { sql } from '../db/sql.js';
import type { PublishedFolder } from '../exports/publish.js';
import { loadMoment } from '../inspect/as-of/load.js';
import type { Writing } from '../inspect/as-of/moment.js';
import { lawOfNight, type LawOfNight } from '../inspect/explain/law-of-night.js';
import { publishWith } from './publish-run.js';
import { lastDone } from './run-job.js';
import { findPasswords, publishStatementsWith } from './statement-step.js';

export interface WriteAgainOptions {
  readonly settings: Settings;
  /** How the database is opened: the history has one of its own on the same server. */
  readonly open: OpenOptions;
  /** Folder below which the documents go; without one none are written. */
  readonly out: string | undefined;
  readonly lang: 'nl' | 'en';
  readonly workbooks: boolean;
  /** Statements of all OCMWs, of one, or none. */
  readonly statements: 'ALL' | 'NONE' | { readonly ocmwId: string };
  readonly progress: (text: string) => void;
  readonly stop?: AbortSignal | undefined;
  /** Called in the database of the moment, after its documents. */
  readonly look?: ((database: Database) => Promise<void>) | undefined;
}

export interface WrittenAgain {
  readonly writing: Writing;
  readonly folders: readonly PublishedFolder[];
  /** What a reader must know: another program, a law that was not kept, passwords that are not there. */
  readonly notes: readonly string[];
  /** Files of which a digest was kept when they were written, archives left aside. */
  readonly compared: number;
  /** Those that are not the same to the byte, in sentences. */
  readonly unlike: readonly string[];
}

type Written = Pick<WrittenAgain, 'writing' | 'folders' | 'notes'>;

/**
 * Writes again what a run of a past evening wrote. The same program, configuration and records give the same bytes (but for the
 * salt of protected archives). Throws a Failure like `onScratch`, and like the publishing of a run.
 */
export async function writeAgain(
  source: Database,
  writing: Writing,
  options: WriteAgainOptions,
): Promise<WrittenAgain> {
  const { open, progress, stop, statements, out, settings } = options;
  const scratch = { purpose: 'history', content: 'EMPTY', who: 'A history', stop } as const;
  return onScratch(open, scratch, async (database) => {
    const identities = out !== undefined && writing.step === 'statements' && statements !== 'NONE';
    await loadMoment(source, database, writing, { identities, progress });
    const written =
      out === undefined
        ? { writing, folders: [], notes: notesOn(writing, settings) }
        : await publish(database, writing, { ...options, out });
    await options.look?.(database);
    return { ...written, ...(await compareDigests(source, written)) };
  });
}

async function publish(
  database: Database,
  writing: Writing,
  options: WriteAgainOptions & { readonly out: string },
): Promise<Written> {
  const { settings, out, lang, workbooks, stop, progress } = options;
  const { runId, runNo, job, evening: today, lawDigest } = writing;
  progress(`documents of ${runId} of then`);
  const notes = notesOn(writing, settings);
  const { law, lawOverrides } = lawOf(writing, settings);
  const previousAccrual = await database.session((session) => lastDone(session, 'measure-and-accrue', runId));
  const config = { ...settings, law, lawOverrides, out, lawDigest };
  const documents = workbooks ? 'ALL' : 'CSV';
  const run = { database, config, today, runId, runNo, job, documents, lang, previousAccrual, stop } as const;
  if (writing.step === 'export') {
    const { folders } = await publishWith(run, () => Promise.resolve(writing.findings));
    return { writing, folders, notes };
  }
  const passwords = await passwordsFor(database, options);
  if (typeof passwords === 'string') return { writing, folders: [], notes: [...notes, passwords] };
  const { published } = await publishStatementsWith(run, passwords);
  return { writing, folders: [published.folder], notes };
}

function lawOf({ lawDigest, lawOverrides }: Writing, settings: Settings): LawOfNight {
  return lawOfNight({ lawDigest, lawOverrides }, settings);
}

function notesOn(writing: Writing, settings: Settings): string[] {
  const { runId, programVersion: version } = writing;
  const notes: string[] = [];
  if (version !== programVersion()) {
    notes.push(
      `${runId} was written by version ${version} of the program, this is ${programVersion()}: bytes may differ.`,
    );
  }
  if (lawOf(writing, settings).source === 'CONFIGURATION_INSTEAD') {
    notes.push(`The law of ${runId} was not kept: its parameters are printed as they are configured now.`);
  }
  return notes;
}

/** The digests that were kept of what was written, with those of the files that were made now. Archives have a salt. */
async function compareDigests(
  source: Database,
  { writing, folders }: Written,
): Promise<Pick<WrittenAgain, 'compared' | 'unlike'>> {
  const unlike: string[] = [];
  let compared = 0;
  if (writing.step === 'statements') return { compared, unlike };
  for (const { path, files } of folders) {
    const folder = path.split(sep).slice(-2).join('/');
    const kept = await source.rows<{ name: string; sha256: string }>(sql('inspect/list_kept_digests'), [
      writing.runId,
      folder,
      writing.finished,
    ]);
    for (const { name, sha256 } of kept) {
      const file = files.find((each) => each.name === name);
      if (file === undefined) continue;
      compared++;
      if (file.sha256 === sha256) continue;
      unlike.push(
        `${folder}/${name} is not to the byte what was written then: the program or its configuration is another one, or ` +
          'something was taken away or changed since.',
      );
    }
  }
  return { compared, unlike };
}

/** A sentence when there is none. */
async function passwordsFor(
  database: Database,
  { settings, statements }: WriteAgainOptions,
): Promise<ReadonlyMap<string, string> | string> {
  const found = await findPasswords(settings, database);
  if (found === undefined) return 'Statements were written that evening; without passwords they are not written again.';
  if (typeof statements === 'string') return found.passwords;
  const password = found.passwords.get(statements.ocmwId);
  if (password !== undefined) return new Map([[statements.ocmwId, password]]);
  return `A statement was written that evening; ${statements.ocmwId} has no password, so it is not written again.`;
}
