#!/usr/bin/env node
/** The commands of the program: parses, calls, prints; decides nothing. */
import { Command, CommanderError, Option } from 'commander';
import { jobs } from '../jobs/index.js';
import { approveCommand, batchesCommand, holdCommand, rejectCommand } from './commands/batches.js';
import { catchUpCommand, type CatchUpOptions } from './commands/catch-up.js';
import { claimsCommand } from './commands/claims.js';
import { decideCommand } from './commands/decide.js';
import { doctorCommand } from './commands/doctor.js';
import { explainCommand } from './commands/explain.js';
import { historyCommand } from './commands/history.js';
import { replayCommand } from './commands/replay.js';
import { identityReadsCommand } from './commands/identity-reads.js';
import { rotateKeyCommand } from './commands/rotate-key.js';
import { reconcileCommand } from './commands/reconcile.js';
import { runLogCommand } from './commands/run-log.js';
import { runCommand, type RunCommandOptions } from './commands/run.js';
import { runsCommand, type RunsOptions } from './commands/runs.js';
import { scheduleCommand, type ScheduleOptions } from './commands/schedule.js';
import { simulateCommand } from './commands/simulate.js';
import { statusCommand } from './commands/status.js';
import { bearClosedPipes } from './commands/terminal.js';
import { verifyCommand, type VerifyCommandOptions } from './commands/verify.js';
import { EXIT, Failure } from './errors.js';
import { logFailure } from './log.js';
import { programVersion } from './db/package-root.js';
import { clean, sentenceOf } from './safe-error.js';

function program(): Command {
  const twe = new Command('twe')
    .description('Settles the money of temporary work experience (TWE): due, ordered, paid, claimed back, and why.')
    .version(programVersion())
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(clean(text)) })
    .showHelpAfterError('Add --help to see how the command is used.');
  twe
    .command('run')
    .description(`runs one job for one business date (${jobs.map((job) => job.name).join(', ')})`)
    .argument('<job>', 'name of the job')
    .option('--date <date>', 'business date, YYYY-MM-DD (default: today in Brussels)')
    .option('--feeds <folder>', 'folder with deliveries')
    .option('--out <folder>', 'folder for documents')
    .option('--config <file>', 'configuration file (default: twe.config.json here, else the fixtures)')
    .option('--skip-delivery <name...>', 'pass over a delivery that was refused')
    .option('--accept-guard <name...>', 'let pass what a guard stopped, by the name that the refusal gives')
    .addOption(new Option('--lang <language>', 'language of documents').choices(['nl', 'en']).default('nl'))
    .option('--dry-run', 'do everything on a copy of the database, say what would happen, keep nothing')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print nothing but failures')
    .addHelpText('after', '\nExample: twe run nightly --date 2024-04-15 --config twe.config.json')
    .action((job: string, options: RunCommandOptions) => runCommand(jobs, job, options));
  twe
    .command('catch-up')
    .description('does every run that is due and not yet done, oldest first')
    .option('--until <date>', 'last business date (default: today in Brussels)')
    .option('--exports <which>', 'documents of all nights or of the last one only (batches always)', 'all')
    .option('--feeds <folder>', 'folder with deliveries')
    .option('--out <folder>', 'folder for documents')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print nothing but failures')
    .addHelpText('after', '\nExample: twe catch-up --until 2024-04-30 --exports last')
    .action((options: CatchUpOptions) => catchUpCommand(jobs, options));
  twe
    .command('schedule')
    .description('stays up, wakes by itself and does every run that is due')
    .option('--metrics-port <port>', 'serves metrics on this port of 127.0.0.1')
    .option('--config <file>', 'configuration file')
    .option('--quiet', 'print nothing but failures')
    .addHelpText('after', '\nExample: twe schedule --config /etc/twe/twe.config.json')
    .action((options: ScheduleOptions) => scheduleCommand(jobs, options));
  twe
    .command('batches')
    .description('all batches with their totals and who decided on them')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe batches')
    .action(batchesCommand);
  twe
    .command('approve')
    .description('approves a batch: a second person has seen it')
    .argument('<batch>', 'id of the batch, as `twe batches` shows it')
    .requiredOption('--by <name>', 'who approves')
    .option('--digest <digest>', 'digest that was reviewed, at least 8 characters: refuse if the batch has another')
    .option('--date <date>', 'day from which it counts (default: today)')
    .option('--config <file>', 'configuration file')
    .addHelpText('after', '\nExample: twe approve 2024-04-15/quarterly-payment --by finance-2')
    .action(approveCommand);
  twe
    .command('reject')
    .description('rejects a batch: its lines come again in the next one')
    .argument('<batch>', 'id of the batch, as `twe batches` shows it')
    .requiredOption('--by <name>', 'who rejects')
    .requiredOption('--reason <text>', 'why')
    .option('--date <date>', 'day from which it counts (default: today)')
    .option('--config <file>', 'configuration file')
    .addHelpText('after', '\nExample: twe reject 2024-04-15/quarterly-payment --by finance-2 --reason "wrong law file"')
    .action(rejectCommand);
  twe
    .command('hold')
    .description('holds one OCMW out of a batch that waits for approval: its lines come again in the next one')
    .argument('<batch>', 'id of the batch, as `twe batches` shows it')
    .requiredOption('--ocmw <id>', 'enterprise number of the OCMW')
    .requiredOption('--by <name>', 'who holds')
    .requiredOption('--reason <text>', 'why')
    .option('--date <date>', 'day from which it counts (default: today)')
    .option('--config <file>', 'configuration file')
    .addHelpText(
      'after',
      '\nExample: twe hold 2024-04-15/quarterly-payment --ocmw 0212345678 --by finance-2 --reason "account under dispute"',
    )
    .action(holdCommand);
  twe
    .command('claims')
    .description('payments and claims that were approved and are not confirmed yet, by age')
    .option('--date <date>', 'as on the evening of this day (default: today)')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe claims')
    .action(claimsCommand);
  twe
    .command('decide')
    .description('decides on a measurement by hand, beside decision.csv; the next night follows it')
    .argument('<weo_id>', 'id of the work experience agreement')
    .requiredOption('--measurement <number>', '1 or 2')
    .requiredOption('--outcome <outcome>', 'POSITIVE, NEGATIVE, or WITHDRAWN to take back what was decided by hand')
    .requiredOption('--by <name>', 'who decides')
    .requiredOption('--reason <text>', 'why')
    .option('--date <date>', 'day of registration (default: today)')
    .option('--config <file>', 'configuration file')
    .addHelpText(
      'after',
      '\nExample: twe decide X17 --measurement 1 --outcome POSITIVE --by team-2 --reason "payslip of 2 July seen"',
    )
    .action(decideCommand);
  twe
    .command('rotate-key')
    .description('gives every client the pseudonym under another key (TWE_PSEUDONYM_KEY, or a new one in TWE_HOME)')
    .option('--config <file>', 'configuration file')
    .addHelpText('after', '\nExample: twe rotate-key --config twe.config.json')
    .action(rotateKeyCommand);
  twe
    .command('status')
    .description('whether anything is wrong and what to do; last runs, what is due, batches, open findings')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe status')
    .action(statusCommand);
  twe
    .command('runs')
    .description('the runs that there were, last first')
    .option('--job <name>', 'only runs of this job')
    .option('--date <date>', 'only runs of this business date, YYYY-MM-DD')
    .option('--state <state>', 'only runs that are RUNNING, STOPPED (killed, not taken up yet), DONE or FAILED')
    .option('--limit <number>', 'at most so many', '30')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe runs --job nightly --state FAILED')
    .action((options: RunsOptions) =>
      runsCommand(
        jobs.map(({ name }) => name),
        options,
      ),
    );
  twe
    .command('run-log')
    .description('what one run did: steps, counts, durations, findings, why it failed')
    .argument('<run>', 'id of the run, as `twe runs` shows it')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON, with every finding')
    .addHelpText('after', '\nExample: twe run-log 2024-04-15/nightly')
    .action(runLogCommand);
  twe
    .command('doctor')
    .description('looks whether everything is as a night needs it, one line each; or at one file of a delivery')
    .option('--feed <file>', 'only this file of a delivery: would it be taken in, and how would it be read')
    .option('--as <name>', 'file of the contract that it is (default: by its name and feeds.mapping)')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe doctor\n         twe doctor --feed inbox/WEO_20240416.txt --as weo.csv')
    .action(doctorCommand);
  twe
    .command('verify')
    .description('every check of the database, and whether it still holds what was sealed; silent when all hold')
    .option('--full', 'read everything back that was ever sealed, not the newest part only')
    .option(
      '--manifests <dir>',
      'compare with the heads in published documents (with --full: those of the configuration)',
    )
    .option('--replay <run>', 'compute this past run again from the records and compare it with what is stored')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print what was looked at and what breaks a check as JSON')
    .addHelpText(
      'after',
      '\nExample: twe verify\n         twe verify --full --manifests out\n         twe verify --replay 2024-04-15/nightly',
    )
    .action(({ replay, ...options }: VerifyCommandOptions & { readonly replay?: string }) =>
      replay === undefined ? verifyCommand(options) : replayCommand(jobs, replay, options),
    );
  twe
    .command('explain')
    .description('why each euro of a trajectory is due or not')
    .argument('[weo_id]', 'the work experience agreement')
    .option('--month <month>', 'only this month, YYYY-MM')
    .option('--component <component>', 'only this component (EFF, C1, C2, C3, M1, M2, ORD, INC)')
    .option('--known-on <day>', 'as known on the evening of this past day, YYYY-MM-DD')
    .option('--show-insz', 'also the national number of the client; who reads it and why stays written down')
    .option('--reason <text>', 'why the national number is read')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .option('--html [file]', 'as a page to send, in Dutch, to a file or to standard output')
    .option('--schema', 'print the JSON Schema of --json and do nothing else')
    .addHelpText('after', '\nExample: twe explain X15 --month 2024-03')
    .action(explainCommand);
  twe
    .command('reconcile')
    .description(
      'the account of an OCMW beside ledger, batches and payments: differences, checks and an inspection workbook',
    )
    .requiredOption('--ocmw <id>', 'enterprise number of the OCMW')
    .requiredOption('--year <year>', 'year of bookkeeping, YYYY')
    .requiredOption(
      '--account <file>',
      'its account: CSV or .xlsx as reconcile.account says, or a bank statement (camt.053)',
    )
    .option('--out <folder>', 'where the workbook goes (default: out of the configuration)')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe reconcile --ocmw 0212214917 --year 2024 --account grootboek-2024.csv')
    .action(reconcileCommand);
  twe
    .command('history')
    .description('everything as it was known on the evening of a day: position, documents, and what changed since')
    .requiredOption('--known-on <date>', 'the evening, YYYY-MM-DD')
    .option('--ocmw <id>', 'enterprise number of one OCMW (default: all)')
    .option('--compare <date>', 'what changed for the OCMW until the evening of this later day, by cause')
    .option('--out <folder>', 'write the documents of that evening there; with --ocmw its lines and its statement')
    .addOption(new Option('--lang <language>', 'language of documents').choices(['nl', 'en']).default('nl'))
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe history --ocmw 0212345678 --known-on 2024-06-30 --compare 2024-09-30')
    .action(historyCommand);
  twe
    .command('identity-reads')
    .description('who read which national number, when and why')
    .option('--since <date>', 'from this day on, YYYY-MM-DD (default: all)')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe identity-reads --since 2024-01-01')
    .action(identityReadsCommand);
  twe
    .command('simulate')
    .description('what months would cost under other amounts or policies; nothing is booked')
    .requiredOption('--law <file>', 'JSON object with the keys of the law that would change')
    .requiredOption('--from <month>', 'first month, YYYY-MM; or a quarter or year as a whole, 2024-Q1 or 2024')
    .option('--to <month>', 'last month, YYYY-MM, or a quarter or year (default: the end of --from)')
    .option('--all', 'also the OCMWs in which nothing changes')
    .option('--out <folder>', 'write a CSV and a workbook there')
    .addOption(new Option('--lang <language>', 'language of the workbook').choices(['nl', 'en']).default('nl'))
    .option('--config <file>', 'configuration file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: twe simulate --law proposal.json --from 2024-Q1 --out simulation')
    .action(simulateCommand);
  return twe;
}

/** Turns whatever stopped a command into one sentence and an exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof Failure) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    logFailure(error, error.exitCode, true);
    return error.exitCode;
  }
  process.stderr.write(
    `something failed that should not: ${sentenceOf(error)}. Nothing half done was kept; the log has the details.\n`,
  );
  logFailure(error instanceof Error ? error : new Error(sentenceOf(error)), EXIT.unexpected, false);
  return EXIT.unexpected;
}

bearClosedPipes();
try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}
