/**
 * What is due, ordered and paid, line by line, of every trajectory in byte order of payee and WEO: the one source of
 * the machine CSVs and the workbooks. Ledger entries come as segments and are unfolded here; two million lines take
 * about three seconds and the memory of one trajectory.
 */
import type { Day, Month } from '../calendar.js';
import { copyOutLines } from '../db/copy.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { COMPONENTS } from '../law/codes.js';
import type { Cents } from '../money.js';
import { unescapeCopy } from './copy-text.js';

export interface PositionLine {
  /** Number in COMPONENTS. */
  readonly component: number;
  readonly month: Month;
  dueCents: Cents;
  orderedCents: Cents;
  paidCents: Cents;
  /** Number in RULES of the newest entry that gave money; of the newest entry when none did; -1 without an entry. */
  rule: number;
  /** The newest ledger entry that took money back (or gave, when none took): rule and reason, -1 without an entry. */
  changeRule: number;
  changeReason: number;
}

export interface TrajectoryPosition {
  /** Who is paid. */
  readonly ocmwId: string;
  readonly weoId: string;
  readonly start: Day;
  /** OPEN_END when open. */
  readonly end: Day;
  /** In byte order of component name, then month; lines without any amount are left out. */
  readonly lines: readonly PositionLine[];
}

/** Component numbers in byte order of their names: the order of every export. */
export const COMPONENT_ORDER: readonly number[] = [...COMPONENTS.keys()].sort((a, b) =>
  COMPONENTS[a]! < COMPONENTS[b]! ? -1 : 1,
);
const rankOf = COMPONENTS.map((_, component) => COMPONENT_ORDER.indexOf(component));
const MONTHS_PER_RANK = 1 << 17;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const MINUS = 0x2d;
const ZERO = 0x30;

/** Columns of list_positions.sql that are numbers. */
const NUMBER_COLUMNS = 9;
const KIND = { trajectory: 0, entry: 1, ordered: 2 } as const;

/** One trajectory while its rows come in. */
class Unfolding {
  private readonly lines = new Map<number, PositionLine>();
  private readonly gave = new Set<PositionLine>();
  private readonly took = new Set<PositionLine>();

  constructor(
    private readonly ocmwId: string,
    private readonly weoId: string,
    private readonly start: Day,
    private readonly end: Day,
  ) {}

  /** A ledger entry; entries come in order of posting, so the last word on a line is the newest. */
  addEntry(component: number, first: Month, last: Month, cents: Cents, rule: number, reason: number): void {
    for (let month = first; month <= last; month++) {
      const line = this.line(component, month);
      line.dueCents += cents;
      if (cents > 0) this.gave.add(line);
      else this.took.add(line);
      if (cents > 0 || !this.gave.has(line)) line.rule = rule;
      if (cents < 0 || !this.took.has(line)) {
        line.changeRule = rule;
        line.changeReason = reason;
      }
    }
  }

  addOrdered(component: number, month: Month, orderedCents: Cents, paidCents: Cents): void {
    const line = this.line(component, month);
    line.orderedCents += orderedCents;
    line.paidCents += paidCents;
  }

  finish(): TrajectoryPosition {
    const { ocmwId, weoId, start, end } = this;
    const keys = [...this.lines.keys()].sort((a, b) => a - b);
    const lines = keys.map((key) => this.lines.get(key)!).filter(hasAmount);
    return { ocmwId, weoId, start, end, lines };
  }

  private line(component: number, month: Month): PositionLine {
    const key = rankOf[component]! * MONTHS_PER_RANK + month;
    let line = this.lines.get(key);
    if (!line) {
      const none = { dueCents: 0, orderedCents: 0, paidCents: 0, rule: -1, changeRule: -1, changeReason: -1 };
      this.lines.set(key, (line = { component, month, ...none }));
    }
    return line;
  }
}

function hasAmount(line: PositionLine): boolean {
  return line.dueCents !== 0 || line.orderedCents !== 0 || line.paidCents !== 0;
}

/** Every trajectory that has money, in order. Needs the tables of `prepareExport`. */
export async function* readPositions(session: Session): AsyncGenerator<TrajectoryPosition, void, void> {
  const n = new Float64Array(NUMBER_COLUMNS);
  let current: Unfolding | undefined;
  for await (const piece of copyOutLines(session, sql('exports/list_positions'))) {
    for (let at = 0; at < piece.length;) {
      at = readNumbers(piece, at, n);
      const end = piece.indexOf(LINE_FEED, at);
      if (n[1] === KIND.trajectory) {
        if (current) yield current.finish();
        const [ocmwId, weoId] = piece.toString('utf8', at, end).split('\t').map(unescapeCopy);
        current = new Unfolding(ocmwId!, weoId!, n[3]!, n[4]!);
      } else if (n[1] === KIND.entry) current!.addEntry(n[3]!, n[4]!, n[5]!, n[6]!, n[7]!, n[8]!);
      else current!.addOrdered(n[3]!, n[4]!, n[6]!, n[7]!);
      at = end + 1;
    }
  }
  if (current) yield current.finish();
}

/** Reads the leading numbers of a line in COPY text format; returns where the text columns begin. */
function readNumbers(piece: Buffer, from: number, into: Float64Array): number {
  let at = from;
  for (let i = 0; i < into.length; i++) {
    const negative = piece[at] === MINUS;
    if (negative) at++;
    let value = 0;
    for (; piece[at] !== TAB; at++) value = value * 10 + (piece[at]! - ZERO);
    into[i] = negative ? -value : value;
    at++;
  }
  return at;
}
