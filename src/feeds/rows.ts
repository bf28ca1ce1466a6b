/** Checks one row against its contract, on its own: what it refers to is checked later, in the database. */
import type { ColumnContract, RecordContract } from './contracts.js';
import { shownValue } from './shown.js';

/** Why a row is set aside. */
export interface RowFault {
  /** Place of the column in the contract; -1 when the fault is of the row as a whole. */
  readonly at: number;
  readonly code: string;
  /** The sentence about the value, without file, line and advice. */
  readonly text: string;
}

/** What a row looks like to the database: staged fields in the order of the contract, and its first fault. */
export interface CheckedRow {
  readonly staged: readonly string[];
  readonly fault: RowFault | undefined;
}

const NULL = '\\N';

/** Reads the rows of one file: `positions` is the place of each column of the contract in the file. */
export class RowChecker {
  private readonly columns: readonly ColumnContract[];
  private readonly staged: string[];
  private readonly periodStart: number;
  private readonly periodEnd: number;
  private readonly kindAt: number;
  private readonly weoAt: number;

  constructor(
    contract: RecordContract,
    private readonly positions: readonly number[],
    private readonly referenceYear: number,
    /** Fields of the header of the file. */
    private readonly headerWidth: number = contract.columns.length,
    /** Values that were put behind the fields of a row that is long enough. */
    private readonly addedCount = 0,
  ) {
    const at = (name: string | undefined): number => contract.columns.findIndex((column) => column.name === name);
    this.columns = contract.columns;
    this.staged = contract.columns.map(() => NULL);
    this.periodStart = at(contract.period?.[0]);
    this.periodEnd = at(contract.period?.[1]);
    this.kindAt = contract.name === 'employment' ? at('kind') : -1;
    this.weoAt = at('weo_id');
  }

  /** The staged fields live until the next call. Fields that cannot be read are null. */
  check(fields: readonly string[]): CheckedRow {
    const { columns, positions, staged, referenceYear } = this;
    let wrong = columns.length;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index]!;
      const text = fields[positions[index]!];
      if (text === undefined || text === '') {
        staged[index] = column.whenEmpty;
        if ((column.required || text === undefined) && index < wrong) wrong = index;
        continue;
      }
      const read = column.kind.read(text, referenceYear);
      staged[index] = read ?? NULL;
      if (read === undefined && index < wrong) wrong = index;
    }
    const rule = this.brokenRule(wrong);
    if (fields.length > this.headerWidth + this.addedCount) return { staged, fault: this.tooManyFields(fields) };
    if (rule !== undefined) return { staged, fault: rule };
    return { staged, fault: wrong === columns.length ? undefined : this.faultAt(wrong, fields) };
  }

  /** A rule between two columns that is broken before the first wrong column. */
  private brokenRule(before: number): RowFault | undefined {
    const { staged, periodEnd, periodStart, weoAt, kindAt } = this;
    if (kindAt !== -1 && weoAt < before) {
      const isArt60 = staged[kindAt] === 'ART60';
      const namesWeo = staged[weoAt] !== NULL;
      if (isArt60 && !namesWeo) {
        return { at: weoAt, code: 'WEO_MISSING', text: 'an ART60 employment must name its WEO' };
      }
      if (namesWeo && !isArt60 && staged[kindAt] !== NULL) {
        return { at: weoAt, code: 'WEO_NOT_ALLOWED', text: `an employment of kind ${staged[kindAt]!} has no WEO` };
      }
    }
    if (periodEnd === -1 || periodEnd >= before) return undefined;
    const start = staged[periodStart]!;
    const end = staged[periodEnd]!;
    if (start === NULL || end === NULL || end >= start) return undefined;
    const text = `${end} lies before the ${this.columns[periodStart]!.name} ${start}`;
    return { at: periodEnd, code: 'END_BEFORE_START', text };
  }

  private tooManyFields(fields: readonly string[]): RowFault {
    const text = `the row has ${fields.length - this.addedCount} fields, the header ${this.headerWidth}`;
    return { at: -1, code: 'WRONG_FIELD_COUNT', text };
  }

  private faultAt(at: number, fields: readonly string[]): RowFault {
    const { kind } = this.columns[at]!;
    const text = fields[this.positions[at]!];
    if (text === undefined) {
      const counts = `the row has ${fields.length} fields, the header ${this.headerWidth}`;
      return { at, code: 'WRONG_FIELD_COUNT', text: counts };
    }
    if (text === '') return { at, code: 'MISSING_VALUE', text: 'the value is missing' };
    if (kind.hidden) return { at, code: kind.code, text: kind.fault };
    return { at, code: kind.code, text: `${shownValue(text, fields.length < this.headerWidth)} ${kind.fault}` };
  }
}

/** The sentence of a row that was set aside. `advice` is what the sender can do. */
export function rowMessage(file: string, line: number, column: string, text: string, advice: string): string {
  const place = column === '' ? `${file} line ${line}` : `${file} line ${line}, column ${column}`;
  return `${place}: ${text}. The row was set aside; ${advice}.`;
}

export const SEND_AGAIN = 'send it again corrected';
