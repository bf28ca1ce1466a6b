/** `twe status`: what ran, what is booked, in a table that a tired person understands. */
import { formatEuro } from '../money.js';
import { listBatches } from '../settlement/list-batches.js';
import { readLease } from '../runs/lease.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

interface RunRow {
  readonly run_id: string;
  readonly state: string;
  readonly seconds: number | null;
  readonly steps: number;
}

const SHOWN_RUNS = 7;

export async function statusCommand(options: CommonOptions): Promise<void> {
  const terminal = createTerminal(false);
  const { lease, runs, batches, setAside } = await withDatabase(settingsOf(options), async (database) => ({
    lease: await database.session(readLease),
    runs: await database.rows<RunRow>(
      `select r.run_id,
         r.state,
         round(extract(epoch from r.finished_at - r.started_at))::int as seconds,
         (select count(*)::int from twe.run_step s where s.run_id = r.run_id) as steps
       from twe.run r order by r.business_date desc, r.run_no desc limit ${SHOWN_RUNS}`,
    ),
    batches: await database.session(listBatches),
    setAside: (
      await database.rows<{ count: number }>(
        'select count(*)::int as count from twe.rejected_row where closed_on is null',
      )
    )[0]!.count,
  }));
  if (options.json) {
    terminal.print(JSON.stringify({ version: 1, lease, runs, batches, setAside }, null, 2));
    return;
  }
  if (runs.length === 0) {
    terminal.print('Nothing has run yet. Start with: twe run nightly');
    return;
  }
  terminal.print('Last runs');
  for (const run of runs) {
    const state = run.state === 'RUNNING' && lease.holder === null ? 'STOPPED' : run.state;
    terminal.print(`  ${run.run_id.padEnd(34)} ${state.padEnd(8)} ${run.steps} steps  ${run.seconds ?? '-'} s`);
  }
  terminal.print('Batches                               lines           to pay        to claim');
  for (const batch of batches) {
    terminal.print(
      `  ${batch.batchId.padEnd(30)} ${String(batch.lines).padStart(10)} ${formatEuro(batch.payCents).padStart(16)} ` +
        `${formatEuro(batch.claimCents).padStart(15)}  ${batch.decision ?? 'WAITS FOR APPROVAL'}`,
    );
  }
  terminal.print(`Rows set aside: ${setAside}`);
}
