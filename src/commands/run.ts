/** `twe run <job>`: runs one job for one business date and says in a few lines what happened. */
import { formatDay } from '../calendar.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { madePasswordsFile } from '../exports/statement/made-passwords.js';
import { createLogger } from '../log.js';
import type { Job } from '../runs/job.js';
import { runJob, type RunSummary } from '../runs/run-job.js';
import { watched } from '../watch/watched.js';
import { fetchLines } from './fetch-lines.js';
import { businessDateOf, configOf, prepareFolders, withCopy, withDatabase, type CommonOptions } from './options.js';
import { retentionLines } from './retention-lines.js';
import { stopSignals } from './stop-signals.js';
import { amount, createTerminal, euros } from './terminal.js';

export interface RunCommandOptions extends CommonOptions {
  readonly skipDelivery?: string[];
  readonly acceptGuard?: string[];
  readonly lang?: string;
  readonly dryRun?: boolean;
}

export async function runCommand(jobs: readonly Job[], name: string, options: RunCommandOptions): Promise<void> {
  const job = jobs.find((each) => each.name === name);
  if (job === undefined) {
    throw new Failure(
      EXIT.usage,
      `there is no job called ${name}. Jobs are: ${jobs.map((each) => each.name).join(', ')}.`,
    );
  }
  const config = configOf(options);
  const dry = options.dryRun ?? false;
  if (!dry) prepareFolders(config);
  const terminal = createTerminal(options.quiet ?? false);
  const today = await businessDateOf(options, config);
  if (config.usesFixtures && !options.json) {
    terminal.note(
      `No configuration file: working on the fixtures that come with the program, with the date of their last delivery (${formatDay(today)}).`,
    );
  }
  const log = createLogger(config.log);
  const run = (database: Database, used: Config) =>
    runJob(database, job, {
      config: used,
      today,
      stop: stopSignals(),
      skipDeliveries: options.skipDelivery ?? [],
      acceptGuards: options.acceptGuard ?? [],
      lang: options.lang === 'en' ? 'en' : 'nl',
      progress: (text) => terminal.progress(text),
      log,
    });
  const note = (text: string) => terminal.note(text);
  const about = { job: job.name, businessDate: formatDay(today) };
  const inEarnest = (database: Database) => watched(about, { config, log, database }, () => run(database, config));
  const { foretell } = job;
  const foretold = async (database: Database): Promise<RunSummary> => ({
    ...{ runId: `${about.businessDate}/${job.name}`, businessDate: about.businessDate, repeated: false },
    ...(await foretell!(database, config)),
  });
  const summary = dry
    ? await (foretell === undefined ? withCopy(config, run, note) : withDatabase(config, foretold, note))
    : // Also around opening the database: that it does not answer has to be told as well.
      await watched(about, { config, log }, () => withDatabase(config, inEarnest, note));
  if (options.json) terminal.print(JSON.stringify({ version: 1, dryRun: dry, ...summary, out: config.out }, null, 2));
  else if (!options.quiet) for (const line of summaryLines(summary, config, dry)) terminal.print(line);
}

/** @param dry nothing was kept */
function summaryLines(summary: RunSummary, { out, home }: Config, dry: boolean): string[] {
  if ('remove-clients' in summary.steps) return retentionLines(summary, dry);
  const { businessDate, runId, repeated, steps, findings } = summary;
  const count = (step: string, name: string) => steps[step]?.[name] ?? 0;
  const errors = findings.filter((finding) => finding.severity === 'ERROR').length;
  const warnings = findings.filter((finding) => finding.severity === 'WARNING').length;
  const both = (name: string) => count('overdue-batches', name) + count('batches', name);
  return [
    `${runId}${repeated ? ' (was done before: nothing changed, documents checked and published again)' : ''}`,
    ...fetchLines([steps['fetch']]),
    `  came in     ${amount(count('take-in', 'deliveries'))} deliveries, ${amount(count('take-in', 'rows'))} rows, ` +
      `${amount(count('take-in', 'newVersions'))} new versions`,
    `  set aside   ${amount(count('take-in', 'setAside'))} rows, ${amount(count('take-in', 'cameBack'))} came back (rejects.csv)`,
    `  measured    ${amount(count('measure-and-accrue', 'measurements'))} measurements stored`,
    `  accrued     ${amount(count('measure-and-accrue', 'trajectories'))} trajectories, ` +
      `${amount(count('measure-and-accrue', 'changed'))} changed, ${amount(count('measure-and-accrue', 'ledgerEntries'))} entries, ` +
      euros(count('measure-and-accrue', 'accruedCents')),
    `  booked      ${amount(both('batches'))} batches, ${amount(both('lines'))} lines: to pay ${euros(both('payCents'))}, ` +
      `to claw back ${euros(both('claimCents'))}`,
    `  to look at  ${amount(errors)} errors, ${amount(warnings)} warnings (findings.csv)`,
    ...('statements' in steps
      ? [
          `  statements  ${amount(count('statements', 'statements'))} archives with ${amount(count('statements', 'pdfs'))} PDFs, ` +
            `${amount(count('statements', 'leftOut'))} OCMWs without a password` +
            (count('statements', 'passwordsMade') > 0 ? `; passwords were made in ${madePasswordsFile(home)}` : ''),
        ]
      : []),
    dry ? '  dry run     nothing was kept: no entry, no batch, no document' : `  files       ${out}/${businessDate}/`,
  ];
}
