/** An account as CSV, in the form of `reconcile.account`. */
import type { AccountMapping } from '../../../config/account-mapping.js';
import { readCsv } from '../../../feeds/csv.js';
import { UnreadableFile } from '../../../feeds/unreadable.js';
import type { Booking } from '../model.js';
import { MOST_LINES, refused, type AccountFaults } from './account.js';
import { AccountRows } from './rows.js';

/** Lines of the file; faults of rows go to `faults`. Throws a Failure (exit 3) for a file that is no CSV of its encoding. */
export async function readCsvAccount(
  path: string,
  sha256: string,
  mapping: AccountMapping,
  faults: AccountFaults,
): Promise<Booking[]> {
  const bookings: Booking[] = [];
  let rows: AccountRows | undefined;
  let count = 0;
  try {
    for await (const { records, lines } of readCsv(path, sha256, mapping.file.form)) {
      for (const [index, record] of records.entries()) {
        if (rows === undefined) {
          rows = new AccountRows(mapping, record, lines[index]!, faults);
          continue;
        }
        if (++count > MOST_LINES) throw tooLong(path);
        const booking = rows.read(lines[index]!, record);
        if (booking !== undefined) bookings.push(booking);
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const where = error.line === undefined ? '' : ` (line ${error.line})`;
    const advice = 'Save it as CSV in the encoding of reconcile.account (encoding, separator, quote), or as .xlsx.';
    throw refused(path, `cannot be read as CSV${where}: ${error.message}`, advice, error);
  }
  if (rows === undefined) throw refused(path, 'is empty', 'Export the account again, with its header.');
  return bookings;
}

export function tooLong(path: string) {
  return refused(
    path,
    `has more than ${MOST_LINES} lines`,
    'Export one year and only the accounts on which TWE is booked.',
  );
}
