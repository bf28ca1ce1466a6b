/** Everything of one OCMW: workbook, payment notes, claim letters, and the archive around them. Runs in a thread of its own. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lastDayOf } from '../../calendar.js';
import type { Debtor, LetterSettings } from '../../config.js';
import { EXIT, Failure } from '../../errors.js';
import { formatEuro, type Cents } from '../../money.js';
import { readBack } from '../read-back.js';
import { columnLetter } from '../workbook/sheet.js';
import { claimLetterFault, hasClaim } from './claim.js';
import { claimLetterName, writeClaimLetter } from './pdf/claim-letter.js';
import { paymentNoteName, writePaymentNote } from './pdf/payment-note.js';
import { writeProtectedZip, type ZippedFile } from './protected-zip.js';
import { centsOf, readSheets, refuseWrongArchive } from './read-back.js';
import { IN_NOTE_LINES } from './sheets/note.js';
import { IN_TRAJECTORIES } from './sheets/trajectories.js';
import type { Statement } from './statement.js';
import { STATEMENT_TEXT } from './texts.js';
import { nameOfStatement, writeStatementBook, type WrittenWorkbook } from './workbook.js';

/** What a thread is told. */
export interface StatementTask {
  readonly statement: Statement;
  readonly password: string;
  /** Where the archive goes. */
  readonly folder: string;
  /** Where its files lie, unprotected, until they are in it; a folder that nobody else may read. */
  readonly workFolder: string;
  readonly creditor: Debtor | undefined;
  readonly letter: LetterSettings;
}

/** What a thread answers: the sums as they were read back from the files. */
export interface WrittenStatement {
  readonly name: string;
  readonly trajectories: number;
  readonly dueCents: Cents;
  readonly noteCents: Cents;
  readonly pdfs: number;
}

/**
 * Writes `overzicht-<ocmw_id>-<YYYY-MM>.zip`. Throws a Failure (exit 4) when what was written does not add up, and what the
 * disk says.
 */
export async function writeStatement(task: StatementTask): Promise<WrittenStatement> {
  const { statement, password, folder } = task;
  const work = join(task.workFolder, statement.payee.ocmwId);
  await mkdir(work, { recursive: true, mode: 0o700 });
  try {
    const book = await writeStatementBook(work, statement);
    const files = [{ name: book.name, path: join(work, book.name) }, ...(await writePdfs(work, task))];
    for (const { name, path } of files) {
      await readBack(path, { name, rows: name === book.name ? book.trajectories : 0, totalCents: 0 });
    }
    await refuseWrongSums(join(work, book.name), book, statement);
    const name = `${nameOfStatement(statement)}.zip`;
    await writeProtectedZip(join(folder, name), files, password, lastDayOf(statement.month));
    await refuseWrongArchive(join(folder, name), files, password);
    const { trajectories, dueCents, noteCents } = book;
    return { name, trajectories, dueCents, noteCents, pdfs: files.length - 1 };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A note for each batch, a letter for each claim. Which is which stands in their names. */
async function writePdfs(folder: string, { statement, creditor, letter }: StatementTask): Promise<ZippedFile[]> {
  const { lang, notes, businessDate: datedOn } = statement;
  const files: ZippedFile[] = [];
  for (const note of notes) {
    const name = paymentNoteName(note);
    files.push({ name, path: join(folder, name) });
    await writePaymentNote(join(folder, name), note, { lang });
  }
  if (claimLetterFault(creditor, letter) !== undefined) return files;
  for (const note of notes.filter(hasClaim)) {
    const name = claimLetterName(note);
    files.push({ name, path: join(folder, name) });
    await writeClaimLetter(join(folder, name), note, { lang, datedOn, creditor, letter });
  }
  return files;
}

const SUMMED_SHEETS = ['trajectories', 'noteLines'] as const;
type SummedSheet = (typeof SUMMED_SHEETS)[number];

/** The file itself against what was meant and against the database. */
async function refuseWrongSums(path: string, book: WrittenWorkbook, statement: Statement): Promise<void> {
  const { lang, control } = statement;
  const nameOf = (name: SummedSheet): string => STATEMENT_TEXT.sheets[name][lang];
  const sheets = await readSheets(path, SUMMED_SHEETS.map(nameOf));
  const sheet = (name: SummedSheet) => sheets.find((each) => each.name === nameOf(name))!;
  const cents = (name: SummedSheet, column: number) => centsOf(sheet(name), columnLetter(column));
  const { due, allowances, ordered } = IN_TRAJECTORIES;
  const dueCents = cents('trajectories', due) + cents('trajectories', allowances);
  const sums: [string, Cents, Cents][] = [
    ['what is due', dueCents, control.dueCents + control.allowanceCents],
    ['what is due', dueCents, book.dueCents],
    ['what was ordered', cents('trajectories', ordered), control.orderedCents],
    ['its payment notes', cents('noteLines', IN_NOTE_LINES.amount), book.noteCents],
  ];
  for (const [what, found, expected] of sums) {
    if (found === expected) continue;
    throw new Failure(
      EXIT.check,
      `The statement of ${statement.payee.ocmwId} does not add up: ${what} is ${formatEuro(found)} in the file and ` +
        `${formatEuro(expected)} in the database. No statement was published; call whoever maintains the program.`,
    );
  }
}
