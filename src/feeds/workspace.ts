/** What a night of taking in carries from file to file: temporary tables, statements, and what is still set aside. */
import type { Session } from '../db/database.js';
import { CONTRACTS, type RecordContract } from './contracts.js';
import { People } from './people.js';
import type { Pseudonyms } from './pseudonyms.js';
import { statementsOf, type Statements } from './statements.js';
import { sql } from '../db/sql.js';

/** A delivery that is being taken in. */
export interface OpenDelivery {
  readonly id: number;
  readonly name: string;
  /** `YYYY-MM-DD` of its name. Its year: a birth year cannot lie after it (rulebook 10). */
  readonly date: string;
  readonly year: number;
  /** Day from which its content counts. */
  readonly countedOn: string;
  readonly mode: 'delta' | 'full';
  /** Record types of which it brought versions so far. */
  readonly gained: Set<string>;
}

/** What happened to the rows of a file. */
export interface FileCounts {
  readonly file: string;
  /** Rows read, the header not included. */
  rows: number;
  newVersions: number;
  /** Accepted rows that said what was known already. */
  unchanged: number;
  setAside: number;
  /** Rows of earlier deliveries that came back: corrected, or what they referred to was delivered. */
  cameBack: number;
}

export function noCounts(file: string): FileCounts {
  return { file, rows: 0, newVersions: 0, unchanged: 0, setAside: 0, cameBack: 0 };
}

/** How many rows of a file are set aside and, of those, wait for a reference: at least none, at most this. */
interface OpenRows {
  open: number;
  waiting: number;
}

const PART_TABLES = ['set_aside'];
/** Above this many dead rows the temporary tables are truncated. */
const MOST_DEAD_ROWS = 1_000;

/** Joins of larger parts go wrong without statistics: a merge join sorts all that is known for each part. */
const LEAST_ANALYSED_ROWS = 5_000;

const statements = new Map(CONTRACTS.map((contract) => [contract.name, statementsOf(contract)]));

export class Workspace {
  private readonly created = new Set<string>();
  /** Rows staged since the tables were truncated. */
  private deadRows = 0;
  private readonly openRows = new Map<string, OpenRows>();

  private constructor(
    readonly session: Session,
    /** The clients. */
    readonly people: People,
  ) {}

  /**
   * Makes the temporary tables; they go with the transaction. Throws a `Failure` (exit code 2) when the pseudonyms of the
   * database were made with another key.
   */
  static async open(session: Session, pseudonyms: Pseudonyms): Promise<Workspace> {
    const workspace = new Workspace(session, await People.open(session, pseudonyms));
    await session.client.query(sql('feeds/create_workspace'));
    const rows = await session.rows<{ file: string } & OpenRows>(sql('feeds/count_open_rows'));
    for (const { file, open, waiting } of rows) workspace.openRows.set(file, { open, waiting });
    return workspace;
  }

  /** The statements of a record type. */
  statements(contract: RecordContract): Statements {
    return statements.get(contract.name)!;
  }

  /** Runs a statement and returns how many rows it wrote. */
  async run(statement: string, values: readonly unknown[] = []): Promise<number> {
    const result = await this.session.client.query(statement, [...values]);
    return result.rowCount ?? 0;
  }

  /**
   * Empties the tables of the part in hand; makes the staging table of a record type at its first use. Small parts are
   * deleted, which is faster than `truncate`, until the dead rows would slow down the scans.
   */
  async emptyPart(contract: RecordContract, nextRows: number): Promise<void> {
    const { createStaged, staged } = this.statements(contract);
    if (!this.created.has(staged)) await this.run(createStaged);
    this.created.add(staged);
    if (this.deadRows > MOST_DEAD_ROWS) {
      await this.run(`truncate ${[...this.created, ...PART_TABLES].join(', ')}`);
      this.deadRows = 0;
    } else {
      await this.run([staged, ...PART_TABLES].map((table) => `delete from ${table}`).join(';'));
    }
    this.deadRows += nextRows;
  }

  /** Tells the planner what a temporary table of so many rows holds; of small ones it thinks well enough by itself. */
  async analyse(table: string, rows: number): Promise<void> {
    if (rows >= LEAST_ANALYSED_ROWS) await this.run(`analyze ${table}`);
  }

  /** Rows of a file that are set aside at present; counted on the safe side. */
  open(contract: RecordContract): OpenRows {
    const known = this.openRows.get(contract.file) ?? { open: 0, waiting: 0 };
    this.openRows.set(contract.file, known);
    return known;
  }
}
