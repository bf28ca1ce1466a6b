/** What earlier batches said of some lines, also where nothing of it stands any more. */
import { day, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { REASONS, type Reason } from '../law/codes.js';
import type { Cents } from '../money.js';
import type { Moment } from '../ledger/seen.js';
import type { DraftLine } from './lines.js';

interface EarlierLine {
  readonly batchNo: number;
  readonly dueCents: Cents;
  readonly cents: Cents;
  readonly reason: Reason;
}

type LineKey = Pick<DraftLine, 'ocmwId' | 'weoId' | 'component' | 'month'>;

export class EarlierBatches {
  private constructor(
    private readonly moments: ReadonlyMap<number, Moment>,
    /** Run days of the quarters that were paid. */
    private readonly paidQuarters: ReadonlySet<Day>,
    /** By line, the newest first. */
    private readonly lines: ReadonlyMap<string, readonly EarlierLine[]>,
    private readonly linesLeftOut: ReadonlySet<string>,
    /** Nothing was known to this program before. */
    readonly firstDelivery: Day,
  ) {}

  /** @param session a transaction that holds `payee` of the run day: lines go by who is paid for them now */
  static async load(session: Session, asked: readonly LineKey[]): Promise<EarlierBatches> {
    const [first] = await session.rows<{ delivered_on: string | null }>(
      `select min(counted_on)::text as delivered_on from twe.delivery where state = 'TAKEN'`,
    );
    const batches = await loadBatches(session);
    return new EarlierBatches(
      new Map(batches.map((batch) => [batch.batchNo, batch.moment])),
      new Set(batches.filter((batch) => batch.job === 'quarterly-payment').map((batch) => batch.moment.asOf.today)),
      await loadLines(session, asked),
      await loadLeftOut(session, asked),
      first?.delivered_on ? day(first.delivered_on) : 0,
    );
  }

  /** The knowledge of a batch. */
  momentOf(batchNo: number): Moment | undefined {
    return this.moments.get(batchNo);
  }

  /** Whether the run of this knowledge was booked. */
  paidQuarterOf({ asOf }: Moment): boolean {
    return this.paidQuarters.has(asOf.today);
  }

  /** What the last batch that ordered a line found due for it. */
  dueIn(line: DraftLine): Cents | undefined {
    return this.linesOf(line).find(({ batchNo }) => batchNo === line.lastBatch)?.dueCents;
  }

  /**
   * The reason of an earlier line that this one repeats, since it was released: the same amount, or else the same
   * direction.
   */
  reasonOfLike(line: DraftLine): Reason | undefined {
    const all = this.linesOf(line);
    const like = all.find(({ cents }) => cents === line.cents) ?? all.find(({ cents }) => cents > 0 === line.cents > 0);
    return like?.reason;
  }

  /** Whether the line was due in a batch that did not book it. */
  leftOut(line: LineKey): boolean {
    return this.linesLeftOut.has(keyOf(line));
  }

  private linesOf(line: LineKey): readonly EarlierLine[] {
    return this.lines.get(keyOf(line)) ?? [];
  }
}

interface EarlierBatch {
  readonly batchNo: number;
  readonly job: string;
  readonly moment: Moment;
}

async function loadBatches(session: Session): Promise<EarlierBatch[]> {
  const rows = await session.rows<{
    batch_no: number;
    job: string;
    run_day: string;
    registered_until: string;
    delivered_until: string;
  }>('select batch_no, job, run_day, registered_until, delivered_until from twe.batch');
  return rows.map((row) => {
    const registeredUntil = day(row.registered_until);
    const known = { registeredUntil, deliveredUntil: day(row.delivered_until) };
    return {
      batchNo: row.batch_no,
      job: row.job,
      moment: { known, asOf: { today: day(row.run_day), knownUntil: registeredUntil } },
    };
  });
}

const ASKED = `(select distinct * from unnest($1::text[], $2::smallint[], $3::integer[]) as line (weo_id, component, month)) asked`;

function columnsOf(asked: readonly LineKey[]): unknown[] {
  return [asked.map(({ weoId }) => weoId), asked.map(({ component }) => component), asked.map(({ month }) => month)];
}

interface KeyRow {
  readonly ocmw_id: string;
  readonly weo_id: string;
  readonly component: number;
  readonly month: number;
}

async function loadLines(session: Session, asked: readonly LineKey[]): Promise<Map<string, EarlierLine[]>> {
  const rows = await session.rows<
    KeyRow & { readonly batch_no: number; readonly due_cents: number; readonly cents: number; readonly reason: number }
  >(
    `select coalesce(p.payee_id, l.ocmw_id) as ocmw_id, l.weo_id, l.component, l.month, l.batch_no, l.due_cents, l.cents,
       l.reason
     from ${ASKED}
     join twe.batch_line l using (weo_id, component, month)
     left join payee p on p.ocmw_id = l.ocmw_id
     order by l.batch_no desc`,
    columnsOf(asked),
  );
  const lines = new Map<string, EarlierLine[]>();
  for (const row of rows) {
    const key = keyOf({ ocmwId: row.ocmw_id, weoId: row.weo_id, component: row.component, month: row.month });
    const line = { batchNo: row.batch_no, dueCents: row.due_cents, cents: row.cents, reason: REASONS[row.reason]! };
    const known = lines.get(key);
    if (known) known.push(line);
    else lines.set(key, [line]);
  }
  return lines;
}

async function loadLeftOut(session: Session, asked: readonly LineKey[]): Promise<Set<string>> {
  const rows = await session.rows<KeyRow>(
    `select distinct coalesce(p.payee_id, l.ocmw_id) as ocmw_id, l.weo_id, l.component, l.month
     from ${ASKED}
     join twe.batch_left_out l using (weo_id, component, month)
     left join payee p on p.ocmw_id = l.ocmw_id`,
    columnsOf(asked),
  );
  return new Set(
    rows.map((row) => keyOf({ ocmwId: row.ocmw_id, weoId: row.weo_id, component: row.component, month: row.month })),
  );
}

function keyOf({ ocmwId, weoId, component, month }: LineKey): string {
  return [ocmwId, weoId, component, month].join('/');
}
