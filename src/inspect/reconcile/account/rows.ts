/** Rows of an account, whatever file they come from, to bookings. */
import { day } from '../../../calendar.js';
import { ACCOUNT_CONTRACT, type AccountMapping } from '../../../config/account-mapping.js';
import type { ColumnContract } from '../../../feeds/contracts.js';
import { mappedLayout, type Layout } from '../../../feeds/layout.js';
import { translate } from '../../../feeds/mapping.js';
import { shownValue } from '../../../feeds/shown.js';
import { parseEuro } from '../../../money.js';
import type { Booking } from '../model.js';
import type { AccountFaults } from './account.js';

/** A cell: text as the source writes it, or a value that a workbook knows to be a date or number, in the form of the contract. */
export type Cell = string | { readonly value: string };

/** Kinds that show values of any year: the account says itself which year it is about. */
const REFERENCE_YEAR = 9999;

/** Reads rows under a header; what is wrong goes to `faults`. */
export class AccountRows {
  private readonly layout: Layout | undefined;
  /** Whether the file says anything about policy fields. */
  private readonly hasField: boolean;

  constructor(
    private readonly mapping: AccountMapping,
    header: readonly string[],
    headerLine: number,
    private readonly faults: AccountFaults,
  ) {
    const { file } = mapping;
    const layout = mappedLayout(file, ACCOUNT_CONTRACT.file, header, '');
    if (typeof layout === 'string') {
      const shown = header.map((name) => `"${shownValue(name, true)}"`).join(', ');
      faults.add(`line ${headerLine}`, `${layout} (the header is ${shown}; names are mapped in reconcile.account)`);
    }
    this.layout = typeof layout === 'string' ? undefined : layout;
    this.hasField = header.includes(file.columns.get('field') ?? 'field') || file.constants.has('field');
  }

  /** A booking, undefined when something is wrong with the row. */
  read(line: number, cells: readonly Cell[]): Booking | undefined {
    const { layout } = this;
    if (layout === undefined) return undefined;
    if (cells.length !== layout.headerWidth) {
      this.faults.add(`line ${line}`, `${cells.length} fields, the header has ${layout.headerWidth}`);
      return undefined;
    }
    const row = [...cells, ...layout.added];
    const values = new Map<string, string>();
    ACCOUNT_CONTRACT.columns.forEach((column, index) => {
      const value = this.valueOf(column, index, row[layout.positions[index]!] ?? '', line);
      if (value !== undefined) values.set(column.name, value);
    });
    if (values.size < ACCOUNT_CONTRACT.columns.length) return undefined;
    const cents = parseEuro(values.get('amount')!)!;
    return {
      line,
      bookedOn: day(values.get('date')!),
      account: values.get('account')!,
      field: this.hasField ? values.get('field')! : undefined,
      cents: this.mapping.receivedIsNegative && cents !== 0 ? -cents : cents,
      reference: values.get('reference')!,
      text: values.get('text')!,
    };
  }

  /** The value of a column in the form of the contract; undefined, after telling it, when it has none. */
  private valueOf(column: ColumnContract, index: number, cell: Cell, line: number): string | undefined {
    const { layout, mapping } = this;
    const where = `line ${line}, column "${shownValue(layout!.names[index]!, false)}"`;
    const text = typeof cell === 'string' ? cell.trim() : cell.value;
    const isAdded = mapping.file.constants.has(column.name);
    const value = text === '' || typeof cell !== 'string' || isAdded ? text : translate(column, mapping.file, text);
    if (value === '' && !column.required) return '';
    if (value === '') {
      this.faults.add(where, 'must be filled');
      return undefined;
    }
    if (value === undefined || column.kind.read(value, REFERENCE_YEAR) === undefined) {
      this.faults.add(where, `${shownValue(text, false)} ${layout!.contract.columns[index]!.kind.fault}`);
      return undefined;
    }
    return value;
  }
}
