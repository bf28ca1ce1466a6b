/** The statements of all OCMWs about one month, published as one folder. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { firstDayOf, formatDay, formatMonth } from '../../calendar.js';
import type { Debtor, LetterSettings } from '../../config.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { EXIT, Failure } from '../../errors.js';
import type { Finding } from '../../finding.js';
import { formatEuro, type Cents } from '../../money.js';
import { writeFindings } from '../machine-files.js';
import { prepareExport } from '../prepare.js';
import { publishFolder, type PublishedFolder, type StagedFile } from '../publish.js';
import { claimLetterFault, hasClaim } from './claim.js';
import { sumOfLines } from './note.js';
import { monthOfStatement, readStatements, type StatementOptions } from './read-statements.js';
import type { Statement } from './statement.js';
import { StatementThreads } from './threads.js';

export interface StatementsOptions extends StatementOptions {
  /** Output folder of the configuration. */
  readonly out: string;
  /** By OCMW; who has none gets no statement. */
  readonly passwords: ReadonlyMap<string, string>;
  readonly creditor: Debtor | undefined;
  readonly letter: LetterSettings;
  /** Called before each statement; what it throws ends the export, and nothing of it stays. */
  readonly beforeEach?: () => void;
}

export interface PublishedStatements {
  readonly folder: PublishedFolder;
  /** What came up while they were made; also in findings.csv of the folder. */
  readonly findings: readonly Finding[];
  readonly statements: number;
  readonly pdfs: number;
}

/**
 * Publishes `<out>/<business date>/monthly-statement/`. The session is a REPEATABLE READ transaction of the caller and
 * holds the temporary table `ordered_line` of the business date; `noteSession` is another one of the same snapshot. Throws a Failure when the folder cannot be written or
 * when the files do not add up to the database; nothing is half published then.
 */
export async function exportStatements(
  session: Session,
  noteSession: Session,
  options: StatementsOptions,
): Promise<PublishedStatements> {
  await prepareExport(session, options.businessDate, []);
  const expected = await expectedTotals(session, options);
  const making = new Making(options);
  const folder = await publishFolder(options.out, options.provenance, async (staging) => {
    const files = await making.writeAll(session, noteSession, staging);
    refuseWrongSums(making.sums, expected);
    return [...files, await writeFindings(staging, making.findings)];
  });
  const { findings, statements, pdfs } = making;
  return { folder, findings, statements, pdfs };
}

interface Sums {
  dueCents: Cents;
  noteCents: Cents;
}

/** The whole ledger, and all batches chosen for the month. */
async function expectedTotals(session: Session, { businessDate }: StatementsOptions): Promise<Sums> {
  const month = monthOfStatement(businessDate);
  const [ledger] = await session.rows<Readonly<Record<string, number>>>(sql('exports/sum_export'));
  const [notes] = await session.rows<{ cents: number }>(sql('exports/sum_statement_notes'), [
    formatDay(firstDayOf(month)),
  ]);
  return { dueCents: ledger!['entitlements.csv']!, noteCents: notes!.cents };
}

function refuseWrongSums(found: Sums, expected: Sums): void {
  const pairs: [string, Cents, Cents][] = [
    ['what is due', found.dueCents, expected.dueCents],
    ['the payment notes', found.noteCents, expected.noteCents],
  ];
  for (const [what, is, shouldBe] of pairs) {
    if (is === shouldBe) continue;
    throw new Failure(
      EXIT.check,
      `The statements together hold ${formatEuro(is)} euro of ${what}, the database ${formatEuro(shouldBe)}. Nothing was ` +
        'published; call whoever maintains the program.',
    );
  }
}

/** One export while it is made. */
class Making {
  readonly findings: Finding[] = [];
  readonly sums: Sums = { dueCents: 0, noteCents: 0 };
  statements = 0;
  pdfs = 0;
  private readonly letterFault: string | undefined;

  constructor(private readonly options: StatementsOptions) {
    this.letterFault = claimLetterFault(options.creditor, options.letter);
  }

  async writeAll(session: Session, noteSession: Session, staging: string): Promise<StagedFile[]> {
    const { passwords, creditor, letter } = this.options;
    const workFolder = join(staging, '.work');
    await mkdir(workFolder, { mode: 0o700 });
    const threads = new StatementThreads();
    try {
      for await (const statement of readStatements(session, noteSession, this.options)) {
        this.options.beforeEach?.();
        const password = passwords.get(statement.payee.ocmwId);
        if (password === undefined) this.leaveOut(statement);
        else {
          this.tellMissingLetter(statement);
          await threads.take({ statement, password, folder: staging, workFolder, creditor, letter });
        }
      }
      await threads.finish();
    } finally {
      await threads.close();
    }
    await rm(workFolder, { recursive: true });
    return threads.written.map(({ name, trajectories, dueCents, noteCents, pdfs }) => {
      this.statements++;
      this.pdfs += pdfs;
      this.sums.dueCents += dueCents;
      this.sums.noteCents += noteCents;
      return { name, rows: trajectories, totalCents: dueCents };
    });
  }

  /** Never an unprotected one. */
  private leaveOut({ payee, control, notes, month }: Statement): void {
    this.sums.dueCents += control.dueCents + control.allowanceCents;
    this.sums.noteCents += notes.reduce((sum, { lines }) => sum + sumOfLines(lines), 0);
    this.findings.push({
      ...{
        severity: 'WARNING',
        code: 'STATEMENT_PASSWORD_MISSING',
        ocmwId: payee.ocmwId,
        weoId: '',
        subject: payee.name,
      },
      message:
        `No statement of ${formatMonth(month)} was made: there is no password for this OCMW. Add a line for it to the ` +
        'passwords of the statements and run monthly-statement again.',
    });
  }

  private tellMissingLetter({ payee, notes }: Statement): void {
    if (this.letterFault === undefined) return;
    for (const { batchId } of notes.filter(hasClaim)) {
      this.findings.push({
        ...{ severity: 'WARNING', code: 'CLAIM_LETTER_MISSING', ocmwId: payee.ocmwId, weoId: '', subject: batchId },
        message: this.letterFault,
      });
    }
  }
}
