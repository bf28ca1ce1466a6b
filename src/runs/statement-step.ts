/** The step of the monthly statement: a protected archive for each OCMW, about the last month that is over. */
import { formatDay } from '../calendar.js';
import type { Settings } from '../config.js';
import type { Database, Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import type { Finding } from '../finding.js';
import { exportStatements, type PublishedStatements } from '../exports/statement/export-statements.js';
import { headOf } from '../ledger/chain/seal.js';
import { makePasswords } from '../exports/statement/made-passwords.js';
import { PASSWORDS_VARIABLE, readStatementPasswords } from '../exports/statement/passwords.js';
import { chooseStatementBatches } from '../exports/statement/read-notes.js';
import { monthOfStatement } from '../exports/statement/read-statements.js';
import { collectFindings } from '../inspect/findings.js';
import { fillOrderedLines } from '../settlement/orders.js';
import type { RunContext, Step, StepResult } from './job.js';
import { inputDigest } from './publish-batch.js';
import { recordFiles } from './receipt.js';
import { refuseWhenStopped } from './stop.js';

/** Which batches have their notes in these statements: decided once, however often the documents are written. */
export const statementBatchesStep: Step = {
  name: 'statement-batches',
  mode: 'transaction',
  isDue: ({ documents }) => documents === 'ALL',
  async run({ today }, session) {
    await chooseStatementBatches(session, monthOfStatement(today));
    return { counts: {} };
  },
};

/** Needs everything that the night of the same day did before. */
export const statementStep: Step = {
  name: 'statements',
  mode: 'reading',
  isDue: ({ documents }) => documents === 'ALL',
  run: publishStatements,
};

async function publishStatements(context: RunContext): Promise<StepResult> {
  const { passwords, made } = await passwordsOf(context);
  const { findings, published } = await publishStatementsWith(context, passwords);
  const { statements, pdfs } = published;
  return {
    counts: { statements, pdfs, leftOut: published.findings.filter(isLeftOut).length, passwordsMade: Number(made) },
    findings: [...findings, ...published.findings],
  };
}

/** The statements of those OCMWs that have a password, with the findings of the evening. */
export async function publishStatementsWith(
  context: Pick<RunContext, 'database' | 'today' | 'runId' | 'job' | 'lang' | 'stop'> & { readonly config: Settings },
  passwords: ReadonlyMap<string, string>,
): Promise<{ readonly findings: readonly Finding[]; readonly published: PublishedStatements }> {
  const { database, config, today, runId, job, lang } = context;
  return inOneSnapshot(database, async (session, noteSession) => {
    await fillOrderedLines(session, today);
    const findings = await collectFindings(session, today, config.law);
    const { lawDigest, law, out, debtor: creditor, letter } = config;
    const published = await exportStatements(session, noteSession, {
      ...{ businessDate: today, law, lang, out, passwords, creditor, letter, findings },
      beforeEach: () => refuseWhenStopped(context.stop),
      provenance: {
        ...{ runId, job, lawDigest, businessDate: formatDay(today) },
        inputDigest: await inputDigest(session, today),
        chain: await headOf(session, runId),
      },
    });
    await recordFiles(session, runId, published.folder);
    return { findings, published };
  });
}

/** Two transactions that see the same, so that two long lists can be read side by side. */
async function inOneSnapshot<T>(
  database: Database,
  work: (session: Session, other: Session) => Promise<T>,
): Promise<T> {
  return database.transaction(async (session) => {
    await session.client.query('set transaction isolation level repeatable read');
    const [snapshot] = await session.rows<{ id: string }>('select pg_export_snapshot() as id');
    return database.transaction(async (other) => {
      await other.client.query(
        `set transaction isolation level repeatable read; set transaction snapshot '${snapshot!.id}'`,
      );
      return work(session, other);
    });
  });
}

const isLeftOut = ({ code }: { readonly code: string }): boolean => code === 'STATEMENT_PASSWORD_MISSING';

async function passwordsOf({ config, database }: RunContext): Promise<StatementPasswords> {
  const found = await findPasswords(config, database);
  if (found !== undefined) return found;
  throw new Failure(
    EXIT.usage,
    'No statement was made: each OCMW needs a password for its archive, and none is configured. Name a CSV file ' +
      `(ocmw_id,password; readable by its owner only, outside the output folder) as statement.passwords_file in the ` +
      `configuration, or put its text into ${PASSWORDS_VARIABLE}. The night itself is done.`,
  );
}

export interface StatementPasswords {
  /** By OCMW. */
  readonly passwords: ReadonlyMap<string, string>;
  /** They were made for the fixtures. */
  readonly made: boolean;
}

/** Those of the configuration; on the fixtures of an embedded start those that were made in TWE_HOME; else undefined. */
export async function findPasswords(config: Settings, database: Database): Promise<StatementPasswords | undefined> {
  const { statementPasswordsFile: file, out, home, usesFixtures, databaseUrl } = config;
  const passwords = await readStatementPasswords({ env: process.env, file, out });
  if (passwords.size > 0) return { passwords, made: false };
  if (!usesFixtures || databaseUrl !== undefined) return undefined;
  const ocmws = await database.rows<{ ocmw_id: string }>('select distinct ocmw_id from twe.ocmw_version order by 1');
  const ids = ocmws.map(({ ocmw_id }) => ocmw_id);
  return { passwords: await makePasswords(home, out, ids), made: true };
}
