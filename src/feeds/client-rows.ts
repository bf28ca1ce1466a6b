/** Rows on their way to a table, in which the numbers of ours take the place of the national ones at the end. */
import { CopyRows } from '../db/copy.js';
import type { ColumnContract, RecordContract } from './contracts.js';
import type { People } from './people.js';
import { INSZ_DIGITS, writeDigits } from './pseudonyms.js';

/** Null in the text format of COPY. */
const NOBODY = '\\N';

/** In which order the columns of a record type are written: the clients last, so that their place in a row is known. */
export class RowOrder {
  readonly plain: readonly number[];
  readonly clients: readonly number[];
  /** Clients by which the record is known: needed even when the row is set aside. */
  readonly ownClients: readonly number[];

  constructor(private readonly contract: RecordContract) {
    const { columns, id } = contract;
    const places = columns.map((_, at) => at);
    this.plain = places.filter((at) => !columns[at]!.kind.hidden);
    this.clients = places.filter((at) => columns[at]!.kind.hidden);
    this.ownClients = this.clients.filter((at) => id.includes(columns[at]!.stored));
  }

  /** The columns in the order in which they are written. */
  names(nameOf: (column: ColumnContract) => string): string {
    return [...this.plain, ...this.clients].map((at) => nameOf(this.contract.columns[at]!)).join(', ');
  }
}

export class ClientRows {
  private readonly rows = new CopyRows();
  /** National numbers, and where in the bytes they stand. */
  private readonly numbers: number[] = [];
  private readonly places: number[] = [];

  constructor(private readonly order: RowOrder) {}

  get length(): number {
    return this.rows.length;
  }

  /**
   * One row: what stands before the columns of the record, and their staged fields in the order of the contract. Of a row
   * that is not good only the clients that make its id are kept.
   */
  push(before: string, staged: readonly string[], isGood: boolean): void {
    const { plain, clients } = this.order;
    let row = before;
    for (const at of plain) row += `\t${staged[at]!}`;
    if (clients.length === 0) {
      this.rows.push(row);
      return;
    }
    for (const at of clients) row += `\t${this.isNamed(staged, at, isGood) ? staged[at]! : NOBODY}`;
    // From the end: the clients stand last, in digits.
    let end = this.rows.push(row);
    for (let index = clients.length - 1; index >= 0; index--) {
      const at = clients[index]!;
      if (this.isNamed(staged, at, isGood)) {
        this.places.push(end - INSZ_DIGITS);
        this.numbers.push(Number(staged[at]!));
        end -= INSZ_DIGITS + 1;
      } else {
        end -= NOBODY.length + 1;
      }
    }
  }

  private isNamed(staged: readonly string[], at: number, isGood: boolean): boolean {
    return staged[at] !== NOBODY && (isGood || this.order.ownClients.includes(at));
  }

  /** All rows in COPY form. To be called once: the national numbers are written over. */
  async text(people: People): Promise<Buffer> {
    const bytes = this.rows.text();
    const ids = await people.idsOf(this.numbers);
    this.places.forEach((place, index) => writeDigits(bytes, place, ids[index]!));
    return bytes;
  }
}
