/** `twe run-log RUN`: what one run did, step by step, what it found and why it failed. */
import type { Finding } from '../finding.js';
import { EXIT, Failure } from '../errors.js';
import { readLease } from '../runs/lease.js';
import { readReceipt, type Receipt } from '../runs/receipt.js';
import { shownMoment } from '../clock.js';
import { listRuns, listSteps, type DoneStep, type ListedRun } from '../watch/runs.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { amount, createTerminal } from './terminal.js';

/** Throws a Failure (exit 2) when there is no such run. */
export async function runLogCommand(runId: string, options: CommonOptions): Promise<void> {
  const { run, steps, receipt } = await withDatabase(settingsOf(options), (database) =>
    database.session(async (session) => {
      const [, date, job] = /^(\d{4}-\d{2}-\d{2})\/([a-z-]+)$/.exec(runId) ?? [];
      const filter = { businessDate: date, job, limit: 1 };
      const found = date === undefined ? undefined : (await listRuns(session, await readLease(session), filter))[0];
      if (found === undefined) throw noSuchRun(runId);
      const steps = await listSteps(session, runId);
      return { run: found, steps, receipt: (await readReceipt(session, runId))! };
    }),
  );
  const terminal = createTerminal(false);
  if (options.json) terminal.print(JSON.stringify({ version: 1, run, steps, receipt }, null, 2));
  else for (const line of logLines(run, steps, receipt)) terminal.print(line);
}

function noSuchRun(runId: string): Failure {
  return new Failure(EXIT.usage, `there is no run ${runId}; \`twe runs\` lists them, like 2024-04-15/nightly.`);
}

function logLines(run: ListedRun, steps: readonly DoneStep[], receipt: Receipt): string[] {
  const ended = run.finishedAt === null ? '' : `, ended ${shownMoment(run.finishedAt)}`;
  return [
    `${run.runId}  ${run.state}  begun ${shownMoment(run.startedAt)}${ended}  (twe ${run.programVersion})`,
    ...steps.flatMap((step) => stepLines(step)),
    receiptLine(receipt),
    ...(run.failure === null ? [] : [`failed: ${run.failure}`]),
  ];
}

/** Whole digests stand in --json. */
function receiptLine({ inputDigest, lawDigest, head, files }: Receipt): string {
  const short = (digest: string | null) => digest?.slice(0, 12) ?? 'none';
  return `  deliveries ${short(inputDigest)}, law ${short(lawDigest)}, head ${short(head)}, ${amount(files.length)} files`;
}

function stepLines({ step, durationMs, counts, findings }: DoneStep): string[] {
  const counted = Object.entries(counts).map(([name, count]) => `${name} ${amount(count)}`);
  const took = `${(durationMs / 1000).toFixed(1)} s`;
  return [`  ${step.padEnd(20)} ${took.padStart(9)}  ${counted.join(', ')}`, ...findingLines(findings)];
}

const WORST_FIRST = ['ERROR', 'WARNING', 'NOTICE'];

/** One line for each code; all of them stand in findings.csv and in --json. */
function findingLines(findings: readonly Finding[]): string[] {
  const byCode = new Map<string, Finding[]>();
  for (const finding of findings) {
    const name = `${finding.severity} ${finding.code}`;
    byCode.set(name, [...(byCode.get(name) ?? []), finding]);
  }
  const rank = ([name]: [string, Finding[]]) => WORST_FIRST.indexOf(name.split(' ')[0]!);
  return [...byCode]
    .sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1))
    .map(([name, same]) => `    ${name}: ${amount(same.length)}, first: ${same[0]!.message}`);
}
