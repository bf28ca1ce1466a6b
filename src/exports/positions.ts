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
  /** Always true when all lines are wanted (`prepareExport`); else whether this run changed the line. */
  changed: boolean;
}

export interface TrajectoryPosition {
  /** Who is paid. */
  readonly ocmwId: string;
  readonly weoId: string;
  readonly start: Day;
  /** OPEN_END when open. */
  readonly end: Day;
  /** In byte order of component name, then month; without any amount only a line that lost it in a run of changes. */
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
const NUMBER_COLUMNS = 10;
/** The leading numbers of a row, as list_positions.sql lists them. */
type Numbers = [number, number, number, number, number, number, number, number, number, number];
const KIND = { trajectory: 0, entry: 1, ordered: 2 } as const;

const NOTHING = {
  dueCents: 0,
  orderedCents: 0,
  paidCents: 0,
  rule: -1,
  changeRule: -1,
  changeReason: -1,
  changed: false,
};

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
  addEntry([, , , component, first, last, cents, rule, reason, changed]: Numbers): void {
    for (let month = first; month <= last; month++) {
      const line = this.line(component, month);
      line.dueCents += cents;
      if (changed === 1) line.changed = true;
      if (cents > 0) this.gave.add(line);
      else this.took.add(line);
      if (cents > 0 || !this.gave.has(line)) line.rule = rule;
      if (cents < 0 || !this.took.has(line)) {
        line.changeRule = rule;
        line.changeReason = reason;
      }
    }
  }

  addOrdered([, , , component, month, , orderedCents, paidCents, , changed]: Numbers): void {
    const line = this.line(component, month);
    line.orderedCents += orderedCents;
    line.paidCents += paidCents;
    if (changed === 1) line.changed = true;
  }

  finish(which: WantedLines): TrajectoryPosition {
    const { ocmwId, weoId, start, end } = this;
    const keys = [...this.lines.keys()].sort((a, b) => a - b);
    const isWanted = which === 'ALL' ? hasAmount : (line: PositionLine) => line.changed;
    const lines = keys.map((key) => this.lines.get(key)!).filter(isWanted);
    return { ocmwId, weoId, start, end, lines };
  }

  private line(component: number, month: Month): PositionLine {
    const key = rankOf[component]! * MONTHS_PER_RANK + month;
    let line = this.lines.get(key);
    if (!line) {
      this.lines.set(key, (line = { component, month, ...NOTHING }));
    }
    return line;
  }
}

function hasAmount(line: PositionLine): boolean {
  return line.dueCents !== 0 || line.orderedCents !== 0 || line.paidCents !== 0;
}

/** `CHANGED`: only lines that the run of `prepareExport` changed, also when nothing is left of them. */
export type WantedLines = 'ALL' | 'CHANGED';

/** Every trajectory that has money, in order. Needs the tables of `prepareExport`. */
export async function* readPositions(
  session: Session,
  which: WantedLines = 'ALL',
): AsyncGenerator<TrajectoryPosition, void, void> {
  const n = Array.from({ length: NUMBER_COLUMNS }, () => 0) as Numbers;
  let current: Unfolding | undefined;
  for await (const piece of copyOutLines(session, sql('exports/list_positions'))) {
    for (let at = 0; at < piece.length;) {
      at = readNumbers(piece, at, n);
      const end = piece.indexOf(LINE_FEED, at);
      if (n[1] === KIND.trajectory) {
        if (current) yield current.finish(which);
        const [ocmwId, weoId] = piece.toString('utf8', at, end).split('\t').map(unescapeCopy);
        current = new Unfolding(ocmwId!, weoId!, n[3], n[4]);
      } else if (n[1] === KIND.entry) current!.addEntry(n);
      else current!.addOrdered(n);
      at = end + 1;
    }
  }
  if (current) yield current.finish(which);
}

/** Reads the leading numbers of a line in COPY text format; returns where the text columns begin. */
function readNumbers(piece: Buffer, from: number, into: Numbers): number {
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
