/** What a run stored against what came out when it was computed again, row by row in the order in which it was made. */
import { formatMonth } from '../calendar.js';
import { copyOutLines } from '../db/copy.js';
import type { Database, Session } from '../db/database.js';
import { COMPONENTS, REASONS, RULES } from '../law/codes.js';
import { formatEuro } from '../money.js';

export interface ReplayCounts {
  readonly entries: number;
  readonly measurements: number;
  readonly batches: number;
  readonly batchLines: number;
}

export interface ComparedRuns {
  readonly counts: ReplayCounts;
  /** The first difference in a sentence. */
  readonly difference: string | undefined;
}

/** A list of rows that a run made. `:run` is its id. */
interface Made {
  readonly name: 'entries' | 'measurements' | 'batches' | 'batchLines' | 'others';
  /** What a row is called. */
  readonly noun: string;
  readonly columns: readonly string[];
  readonly from: string;
}

const OF_BATCH = 'join twe.batch b using (batch_no) where b.booked_run_id = :run';

const ofBatch = (noun: string, table: string, columns: readonly string[], key: string): Made => ({
  name: table === 'batch_line' ? 'batchLines' : 'others',
  noun,
  columns: ['batch_id', ...columns],
  from: `twe.${table} t ${OF_BATCH} order by b.run_day, b.batch_id, ${key}`,
});

const LINE_KEY = 't.kind, t.ocmw_id, t.weo_id, t.component, t.month';

/** In the order in which a difference is told: what is behind another one comes first. */
const MADE: readonly Made[] = [
  {
    name: 'entries',
    noun: 'ledger entry',
    columns: ['ocmw_id', 'weo_id', 'component', 'first_month', 'last_month', 'cents', 'rule', 'reason'],
    from: 'twe.ledger_entry t join twe.run r using (run_no) where r.run_id = :run order by t.entry_no',
  },
  {
    name: 'measurements',
    noun: 'measurement',
    columns: ['weo_id', 'measurement', 'measured_on', 'outcome', 'employment_id', 'source', 'cents', 'voided'],
    from: 'twe.measurement_version t join twe.run r using (run_no) where r.run_id = :run order by t.version_no',
  },
  ofBatch(
    'batch line',
    'batch_line',
    ['kind', 'ocmw_id', 'weo_id', 'component', 'month', 'due_cents', 'before_cents', 'cents', 'reason'],
    LINE_KEY,
  ),
  ofBatch(
    'line left out of a batch',
    'batch_left_out',
    ['kind', 'ocmw_id', 'weo_id', 'component', 'month', 'cents', 'cause'],
    LINE_KEY,
  ),
  ofBatch(
    'sum of a batch',
    'batch_part',
    ['ocmw_id', 'positive_cents', 'negative_cents', 'offset_cents', 'carried_cents'],
    't.ocmw_id',
  ),
  ofBatch('payment or claim', 'batch_claim', ['ocmw_id', 'direction', 'cents', 'reference'], 't.ocmw_id, t.direction'),
  ofBatch(
    'frozen outcome',
    'measurement_freeze',
    ['weo_id', 'frozen_on', 'weo_end', 'outcome1', 'evidence1', 'decision1', 'outcome2', 'evidence2', 'decision2'],
    't.weo_id',
  ),
  {
    name: 'batches',
    noun: 'batch',
    columns: ['batch_id', 'job', 'period', 'run_day', 'registered_until', 'delivered_until', 'digest'],
    from: 'twe.batch t where t.booked_run_id = :run order by t.run_day, t.batch_id',
  },
];

/** Compares everything that a run made in two databases, up to the first difference. */
export async function compareRuns(stored: Database, computed: Database, runId: string): Promise<ComparedRuns> {
  const counts = { entries: 0, measurements: 0, batches: 0, batchLines: 0, others: 0 };
  const difference = await stored.transaction((one) =>
    computed.transaction(async (other) => {
      for (const made of MADE) {
        const found = await compareRows(one, other, made, runId);
        counts[made.name] += found.rows;
        if (found.difference !== undefined) return found.difference;
      }
      return undefined;
    }),
  );
  const { entries, measurements, batches, batchLines } = counts;
  return { counts: { entries, measurements, batches, batchLines }, difference };
}

async function compareRows(
  one: Session,
  other: Session,
  made: Made,
  runId: string,
): Promise<{ rows: number; difference: string | undefined }> {
  const columns = made.columns.map((column) => (column === 'batch_id' ? column : `t.${column}`)).join(', ');
  const select = `select ${columns} from ${made.from.replaceAll(':run', `'${runId.replaceAll("'", "''")}'`)}`;
  const stored = linesOf(one, select);
  const computed = linesOf(other, select);
  let rows = 0;
  try {
    for (;;) {
      const [is, shouldBe] = [await stored.next(), await computed.next()];
      if (is.done && shouldBe.done) return { rows, difference: undefined };
      if (is.value !== shouldBe.value) {
        return { rows, difference: sentence(made, rows + 1, is.value ?? undefined, shouldBe.value ?? undefined) };
      }
      rows++;
    }
  } finally {
    await stored.return(undefined);
    await computed.return(undefined);
  }
}

async function* linesOf(session: Session, select: string): AsyncGenerator<string, undefined, void> {
  for await (const piece of copyOutLines(session, select)) {
    const lines = piece.toString('utf8').split('\n');
    lines.pop();
    yield* lines;
  }
  return undefined;
}

function sentence(
  { noun, columns }: Made,
  place: number,
  stored: string | undefined,
  computed: string | undefined,
): string {
  const say = (line: string | undefined) => (line === undefined ? 'nothing' : said(columns, line.split('\t')));
  return `${noun} ${place} of the run is not what comes out when it is computed again: stored is ${say(stored)}; computed is ${say(computed)}.`;
}

/** `ocmw_id 0212345678, component EFF, cents 250.00`: codes by name, months as text, amounts in euro. */
function said(columns: readonly string[], fields: readonly string[]): string {
  return columns.map((column, index) => `${column} ${valueText(column, fields[index]!)}`).join(', ');
}

function valueText(column: string, field: string): string {
  if (column === 'component') return COMPONENTS[Number(field)]!;
  if (column === 'rule') return RULES[Number(field)]!;
  if (column === 'reason') return REASONS[Number(field)]!;
  if (column === 'month' || column.endsWith('_month')) return formatMonth(Number(field));
  return column === 'cents' || column.endsWith('_cents') ? `${formatEuro(Number(field))} euro` : field;
}
