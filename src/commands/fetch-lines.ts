/** What came in from which source, for the summaries of `twe run` and `twe catch-up`. */
import { FROM } from '../runs/fetch-step.js';
import type { StepCounts } from '../runs/job.js';
import { amount } from './terminal.js';

/**
 * Lines about the counts of a step `fetch`, of several nights together; none without sources. A failure is told as it was
 * in the last of them.
 */
export function fetchLines(nights: readonly (StepCounts | undefined)[]): string[] {
  const counts = nights.filter((each) => each !== undefined);
  const last = counts.at(-1);
  if (last === undefined) return [];
  const sum = (name: string) => counts.reduce((total, each) => total + (each[name] ?? 0), 0);
  const sources = Object.keys(last).filter((name) => name.startsWith(FROM));
  const failed = last['failedSources'] ?? 0;
  const failure = failed === 0 ? '' : `; ${amount(failed)} of ${amount(sources.length)} sources failed (findings.csv)`;
  return [
    `  fetched     ${amount(sum('deliveries'))} deliveries, ${amount(sum('files'))} files, ${amount(sum('bytes'))} bytes${failure}`,
    ...sources.filter((name) => sum(name) > 0).map((name) => `              ${amount(sum(name))} ${name}`),
  ];
}
