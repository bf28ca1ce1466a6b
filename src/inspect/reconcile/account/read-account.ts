/** Reads the export of an account: CSV, a workbook or a bank statement, known by what the file holds, not by its name. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { AccountMapping } from '../../../config/account-mapping.js';
import { EXIT, Failure } from '../../../errors.js';
import { AccountFaults, refused, type Account } from './account.js';
import { looksLikeXml, readStatement } from './camt.js';
import { readCsvAccount } from './csv.js';
import { readWorkbookAccount } from './xlsx.js';

/** Of the file; all of a workbook stands in memory. */
const MOST_BYTES = 50 * 1024 * 1024;
const ZIP = Buffer.from('PK');
/** Old workbooks (.xls), and new ones with a password. */
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/**
 * The lines of an account. Throws a Failure: exit 2 when there is no such file, exit 3 when it cannot be read, with every
 * fault by line and column.
 */
export async function readAccount(path: string, mapping: AccountMapping): Promise<Account> {
  const bytes = await bytesOf(path);
  if (bytes.length === 0) throw refused(path, 'is empty', 'Export the account again.');
  if (bytes.subarray(0, OLE.length).equals(OLE)) {
    const advice = 'Save it as .xlsx without a password, or as CSV.';
    throw refused(path, 'is an old workbook (.xls) or one with a password', advice);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const faults = new AccountFaults();
  const isStatement = looksLikeXml(bytes.toString('utf8', 0, 200));
  const bookings = isStatement
    ? readStatement(path, bytes, faults)
    : bytes.subarray(0, ZIP.length).equals(ZIP)
      ? await readWorkbookAccount(path, bytes, mapping, faults)
      : await readCsvAccount(path, sha256, mapping, faults);
  faults.refuse(path);
  if (bookings.length === 0) {
    throw refused(path, 'has a header and no lines', 'Export the account again, for the year that is asked.');
  }
  return { bookings, isStatement, sha256 };
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw unusable(path, 'is a folder: name the file in it');
    if (!found.isFile()) throw unusable(path, 'is no file');
    if (found.size > MOST_BYTES) {
      const advice = 'Export one year and only the accounts on which TWE is booked.';
      throw refused(path, `is larger than ${MOST_BYTES / 1024 / 1024} MiB`, advice);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw unusable(path, code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'unknown'})`, error);
  }
}

function unusable(path: string, what: string, cause?: unknown): Failure {
  return new Failure(EXIT.usage, `--account ${path} ${what}; nothing was compared.`, { cause });
}
