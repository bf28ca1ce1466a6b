/** `twe status`: what ran, what is booked, in a table that a tired person understands. */
import { formatEuro } from '../money.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

interface RunRow {
  readonly run_id: string;
  readonly state: string;
  readonly seconds: number | null;
  readonly steps: number;
}

interface BatchRow {
  readonly batch_id: string;
  readonly period: string;
  readonly decision: string | null;
  readonly lines: number;
  readonly pay_cents: number;
  readonly claim_cents: number;
}

const SHOWN_RUNS = 7;

export async function statusCommand(options: CommonOptions): Promise<void> {
  const terminal = createTerminal(false);
  const { runs, batches, setAside } = await withDatabase(settingsOf(options), async (database) => ({
    runs: await database.rows<RunRow>(
      `select r.run_id, r.state, round(extract(epoch from r.finished_at - r.started_at))::int as seconds,
         (select count(*)::int from twe.run_step s where s.run_id = r.run_id) as steps
       from twe.run r order by r.business_date desc, r.run_no desc limit ${SHOWN_RUNS}`,
    ),
    batches: await database.rows<BatchRow>(
      `select b.batch_id, b.period, d.decision,
         (select count(*)::int from twe.batch_line l where l.batch_no = b.batch_no) as lines,
         (select coalesce(sum(cents), 0)::bigint from twe.batch_claim c
          where c.batch_no = b.batch_no and direction = 'PAY') as pay_cents,
         (select coalesce(sum(cents), 0)::bigint from twe.batch_claim c
          where c.batch_no = b.batch_no and direction = 'CLAIM') as claim_cents
       from twe.batch b left join twe.batch_decision d using (batch_no) order by b.batch_no`,
    ),
    setAside: (
      await database.rows<{ count: number }>(
        'select count(*)::int as count from twe.rejected_row where closed_on is null',
      )
    )[0]!.count,
  }));
  if (options.json) {
    terminal.print(JSON.stringify({ version: 1, runs, batches, setAside }, null, 2));
    return;
  }
  if (runs.length === 0) {
    terminal.print('Nothing has run yet. Start with: twe run nightly');
    return;
  }
  terminal.print('Last runs');
  for (const run of runs) {
    terminal.print(`  ${run.run_id.padEnd(34)} ${run.state.padEnd(8)} ${run.steps} steps  ${run.seconds ?? '-'} s`);
  }
  terminal.print('Batches                               lines           to pay        to claim');
  for (const batch of batches) {
    terminal.print(
      `  ${batch.batch_id.padEnd(30)} ${String(batch.lines).padStart(10)} ${formatEuro(batch.pay_cents).padStart(16)} ` +
        `${formatEuro(batch.claim_cents).padStart(15)}  ${batch.decision ?? 'WAITS FOR APPROVAL'}`,
    );
  }
  terminal.print(`Rows set aside: ${setAside}`);
}
