/** The state as metrics, in the text format of Prometheus. No label holds anything of a person or an OCMW. */
import { DateTime } from 'luxon';
import { Gauge, Registry } from 'prom-client';
import { programVersion } from '../db/package-root.js';
import { waitingBatches, type WatchState } from './state.js';

/** The metrics of a state. */
export function metricsText(state: WatchState): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `twe_${name}`, help, labelNames, registers: [registry] });
  gauge('build_info', 'The program; always 1.', ['version']).set({ version: programVersion() }, 1);
  addRuns(state, gauge);
  addDue(state, gauge);
  const findings = gauge('open_findings', 'Findings of the last run that published documents.', ['severity']);
  findings.set({ severity: 'error' }, state.findings?.errors ?? 0);
  findings.set({ severity: 'warning' }, state.findings?.warnings ?? 0);
  findings.set({ severity: 'notice' }, state.findings?.notices ?? 0);
  gauge('rows_set_aside', 'Rows of deliveries that wait for a correction.').set(state.setAside);
  gauge('batches_waiting', 'Batches that wait for approval.').set(waitingBatches(state).length);
  gauge('checks_failing', 'Checks that did not hold in the last run.').set(state.failingChecks.length);
  gauge('open_alerts', 'What operators were told of and is not over.').set(state.alerts.length);
  return registry.metrics();
}

type MakeGauge = (name: string, help: string, labelNames?: string[]) => Gauge;

function addRuns({ successes, runs, lease }: WatchState, gauge: MakeGauge): void {
  const finished = gauge('last_success_timestamp_seconds', 'When the last finished run of a job ended.', ['job']);
  const date = gauge('last_business_date_timestamp_seconds', 'Business date (00:00 UTC) of the last finished run.', [
    'job',
  ]);
  const duration = gauge('run_duration_seconds', 'What the steps of the last finished run took.', ['job']);
  for (const { job, finishedAt, businessDate, durationMs } of successes) {
    finished.set({ job }, Math.round(finishedAt));
    date.set({ job }, DateTime.fromISO(businessDate, { zone: 'UTC' }).toSeconds());
    duration.set({ job }, durationMs / 1000);
  }
  const failed = gauge('last_run_failed', '1 when the last run failed or was cut off, 0 when not.');
  failed.set(runs[0] !== undefined && ['FAILED', 'STOPPED'].includes(runs[0].state) ? 1 : 0);
  gauge('running', '1 while a run is at work.').set(lease.holder === null ? 0 : 1);
}

function addDue({ due }: WatchState, gauge: MakeGauge): void {
  gauge('runs_due', 'Runs that are due and not done.').set(due.due.length);
  gauge('job_late', '1 when a run is so late that operators are told, 0 when not.').set(due.late === undefined ? 0 : 1);
}
