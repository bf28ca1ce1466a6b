/** A part of a file on its way to the database: its rows, what is wrong with some, and how those came. */
import { ClientRows, type RowOrder } from './client-rows.js';
import type { FirstVersions } from './first-versions.js';
import { asItCame, type Layout } from './layout.js';
import { SEND_AGAIN, rowMessage, type CheckedRow, type RowFault } from './rows.js';
import type { SeenIds } from './seen-ids.js';
import { shownRow } from './shown.js';

/** A row of the part that is set aside, as `set_aside` takes it. */
export interface SetAsideRow {
  readonly line: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly raw: string;
  /** The only fault is a reference that is not known yet. */
  readonly waits: boolean;
}

export class Part {
  /** Rows for the staging table. */
  readonly staged: ClientRows;
  /** Rows that are versions as they come. */
  readonly first: ClientRows;
  /** Whether the id of a staged row came before, in the part or in an earlier one (now and then said wrongly, never missed). */
  hasRepeats = false;
  /** Of the staged rows. */
  private readonly lines: number[] = [];
  private readonly records = new KeptRecords();
  private readonly faults = new Map<number, { fault: RowFault; waits: boolean; advice: string }>();

  constructor(
    readonly layout: Layout,
    order: RowOrder,
    /** The ids that came before in the file. */
    private readonly ids: SeenIds,
    /** Tells which rows are versions as they come; undefined when none is. */
    private readonly firstVersions: FirstVersions | undefined,
  ) {
    this.staged = new ClientRows(order);
    this.first = new ClientRows(order);
  }

  get size(): number {
    return this.staged.length + this.first.length;
  }

  get setAsideCount(): number {
    return this.faults.size;
  }

  add(line: number, record: readonly string[], { staged, fault }: CheckedRow): void {
    // The first column of every record type is its id, or what most of it is made of.
    const isRepeated = this.ids.add(staged[0]!);
    if (fault === undefined && !isRepeated && this.firstVersions?.holds(staged)) {
      this.first.push(`${this.firstVersions.prefix}\t${line}`, staged, true);
      return;
    }
    if (isRepeated) this.hasRepeats = true;
    if (fault !== undefined) this.faults.set(line, { fault, waits: false, advice: SEND_AGAIN });
    this.staged.push(`${line}\t${fault === undefined ? 't\t\\N' : `f\t${fault.at}`}`, staged, fault === undefined);
    this.lines.push(line);
    this.records.add(record);
  }

  /** The value of a column of a row, as it came. */
  value(line: number, at: number): string {
    return this.record(line)[this.layout.positions[at]!] ?? '';
  }

  /** Whether a row has the wrong number of fields, so that its values may stand in the wrong columns. */
  isShifted(line: number): boolean {
    return this.record(line).length !== this.layout.headerWidth + this.layout.added.length;
  }

  /** A fault that only the database could see. The row waits when it has no other. */
  refuse(line: number, fault: RowFault, advice: string): void {
    const waits = !this.faults.has(line);
    this.faults.set(line, { fault, waits, advice: waits ? advice : SEND_AGAIN });
  }

  /** The rows that are set aside, with their sentences. */
  *setAside(): Generator<SetAsideRow> {
    const { contract, file, names, positions, headerWidth } = this.layout;
    for (const [line, { fault, waits, advice }] of this.faults) {
      // The column by the contract, for whoever looks for such rows; the sentence in the words of the sender.
      const column = contract.columns[fault.at]?.name ?? '';
      const message = rowMessage(file, line, names[fault.at] ?? '', fault.text, advice);
      const raw = shownRow(contract, positions, asItCame(this.layout, this.record(line)), headerWidth);
      yield { line, column, code: fault.code, message, raw, waits };
    }
  }

  /** Lines rise: found by halving. */
  private record(line: number): readonly string[] {
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.lines[middle]! < line) low = middle + 1;
      else high = middle;
    }
    return this.records.at(low);
  }
}

/** Never part of a field: a file with a NUL byte is refused before its records are read. */
const BETWEEN_FIELDS = '\0';

/** Records as they came, as bytes: few are ever asked for, and the garbage collector need not carry all of them around. */
class KeptRecords {
  private bytes = Buffer.allocUnsafeSlow(1 << 20);
  private used = 0;
  private readonly ends: number[] = [];

  add(record: readonly string[]): void {
    const text = record.join(BETWEEN_FIELDS);
    // A character takes at most three bytes.
    const needed = this.used + text.length * 3;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    this.used += this.bytes.write(text, this.used);
    this.ends.push(this.used);
  }

  at(index: number): readonly string[] {
    const start = index === 0 ? 0 : this.ends[index - 1]!;
    return this.bytes.toString('utf8', start, this.ends[index]).split(BETWEEN_FIELDS);
  }
}
