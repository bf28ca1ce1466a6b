/** Small feeds for tests: deliveries as rows with defaults, taken in night by night, and what became of them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Database, Session } from '../../src/db/database.js';
import { CONTRACTS } from '../../src/feeds/contracts.js';
import { KEY_BYTES, Pseudonyms } from '../../src/feeds/pseudonyms.js';
import { takeIn, type TakeInOptions, type TakeInResult } from '../../src/feeds/take-in.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

export const GENT = enterprise('02122141');
export const HAACHT = '0212214917';
export const LEUVEN = enterprise('02122200');
export const PERSON = insz('850730033');
export const OTHER_PERSON = insz('900101001');

/** Under a key of the tests. */
export const PSEUDONYMS = new Pseudonyms(Buffer.alloc(KEY_BYTES, 'key'));

const REGISTERED = '2024-01-01T10:00:00+01:00';
const DEFAULTS: Record<string, Record<string, string>> = {
  ocmw: { ocmw_id: HAACHT, name: 'OCMW Haacht', nis_code: '24033', valid_from: '2017-01-01' },
  weo: { weo_id: 'W1', ocmw_id: HAACHT, insz: PERSON, start_date: '2024-01-10' },
  employment: { employment_id: 'E1', insz: PERSON, weo_id: 'W1', kind: 'ART60', start_date: '2024-02-01' },
  category: { category_id: 'C1', insz: PERSON, code: '90', from_date: '2024-02-01' },
  evaluation: { evaluation_id: 'V1', weo_id: 'W1', evaluated_on: '2024-06-01', kind: 'PHASE' },
  decision: { decision_id: 'D1', weo_id: 'W1', measurement: '1', outcome: 'POSITIVE' },
  budget: { budget_id: 'B1', ocmw_id: HAACHT, year: '2024', fixed_amount: '1000.00', flexible_amount: '0' },
  payment: { payment_id: 'P1', ocmw_id: HAACHT, paid_on: '2024-05-01', amount: '250.00' },
  replacement: { insz: PERSON, replaced_by: OTHER_PERSON },
  wage: { wage_id: 'L1', employment_id: 'E1', month: '2024-02', gross_wage_cost: '2500.50' },
};

export type Row = Record<string, string>;
/** Rows by record type, or the bytes of a file by its name. */
export type Delivery = Record<string, readonly Row[] | string | Buffer>;

/** An enterprise number from its first eight digits. */
export function enterprise(first8: string): string {
  return first8 + String(97 - (Number(first8) % 97)).padStart(2, '0');
}

/** A national number of someone born before 2000 from its first nine digits. */
export function insz(first9: string): string {
  return first9 + String(97 - (Number(first9) % 97)).padStart(2, '0');
}

/** The header of a file. */
export function header(name: string): string {
  return CONTRACTS.find((contract) => contract.name === name)!
    .columns.map((column) => column.name)
    .join(',');
}

/** A file with a row for each of `rows`, which only say what differs from a good one. */
export function csv(name: string, rows: readonly Row[]): string {
  const columns = header(name).split(',');
  const lines = rows.map((row) => {
    const full: Row = { registered_at: REGISTERED, ...DEFAULTS[name], ...row };
    return columns.map((column) => quoted(full[column] ?? '')).join(',');
  });
  return [columns.join(','), ...lines, ''].join('\n');
}

function quoted(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A feed folder that grows. */
export class FeedFolder {
  private constructor(readonly path: string) {}

  static async make(): Promise<FeedFolder> {
    return new FeedFolder(await mkdtemp(join(tmpdir(), 'twe-feeds-')));
  }

  async deliver(name: string, delivery: Delivery): Promise<void> {
    const folder = join(this.path, name);
    await mkdir(folder, { recursive: true });
    for (const [key, content] of Object.entries(delivery)) {
      const isRows = Array.isArray(content);
      await writeFile(
        join(folder, isRows ? `${key}.csv` : key),
        isRows ? csv(key, content as Row[]) : (content as string),
      );
    }
  }

  async remove(name = ''): Promise<void> {
    await rm(join(this.path, name), { recursive: true, force: true });
  }
}

/** What the tests of a file share: one database, empty at each test, and a feed folder that grows. */
export interface FeedsOfTest {
  /** Address of its database. */
  readonly url: string;
  readonly database: Database;
  readonly folder: FeedFolder;
  /** One night's taking in, committed. */
  night(options?: Partial<TakeInOptions>): Promise<TakeInResult>;
  /** The sentence with which the night refuses, exit code 3; the database is as it was. */
  refusal(options?: Partial<TakeInOptions>): Promise<string>;
  /** Every row that was ever set aside, in order. */
  rejects(): Promise<Reject[]>;
  /** Versions of a record type, in order, without the internal numbers. */
  versions<T = Row>(name: string, columns: string): Promise<T[]>;
}

/** Call at the top of a test file. */
export function feedsForTests(): FeedsOfTest {
  let test: TestDatabase;
  let folder: FeedFolder;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    folder = await FeedFolder.make();
    await emptyFeeds(test.database);
  });
  afterEach(() => folder.remove());
  const written = () =>
    test.database.rows("select delivery_id::text from twe.delivery union all select 'identity' from twe.identity");
  return {
    get url() {
      return test.url;
    },
    get database() {
      return test.database;
    },
    get folder() {
      return folder;
    },
    night: (options) => night(test.database, folder, options),
    async refusal(options) {
      const before = await written();
      const failure = await night(test.database, folder, options).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'Failure', exitCode: 3 });
      expect(await written()).toEqual(before);
      return (failure as Error).message;
    },
    rejects: () => rejects(test.database),
    versions: (name, columns) => versions(test.database, name, columns),
  };
}

/** Empties the tables of the feeds. */
export async function emptyFeeds(database: Database): Promise<void> {
  const versions = CONTRACTS.map(({ name }) => `twe.${name}_version`).join(', ');
  await database.rows(
    `truncate twe.delivery, twe.rejected_row, twe.identity, twe.pseudonym_key, ${versions} restart identity cascade`,
  );
}

/** One night's taking in, committed. */
export async function night(
  database: Database,
  folder: FeedFolder,
  options: Partial<TakeInOptions> = {},
): Promise<TakeInResult> {
  return database.transaction((session: Session) =>
    takeIn(session, {
      feedsDir: folder.path,
      businessDate: '2030-01-01',
      runId: 'test',
      pseudonyms: PSEUDONYMS,
      lastFinishedNight: undefined,
      skipDeliveries: [],
      ...options,
    }),
  );
}

export interface Reject {
  readonly delivery: string;
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly raw: string;
  readonly closed: string | null;
}

/** Every row that was ever set aside, in order. */
export async function rejects(database: Database): Promise<Reject[]> {
  return database.rows<Reject>(
    `select d.name as delivery, r.file, r.line, r.column_name as "column", r.code, r.message, r.raw,
       r.closed_on as closed
     from twe.rejected_row r join twe.delivery d using (delivery_id) order by r.delivery_id, r.file, r.line`,
  );
}

/** Versions of a record type, in order, without the internal numbers. */
export async function versions<T = Row>(database: Database, name: string, columns: string): Promise<T[]> {
  return database.rows<T>(
    `select ${columns}, d.name as delivery, v.line, v.counted_on
     from twe.${name}_version v join twe.delivery d using (delivery_id)
     order by v.delivery_id, v.line`,
  );
}
