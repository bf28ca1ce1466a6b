/** The step of the monthly statement: a protected archive for each OCMW, about the last month that is over. */
import { formatDay } from '../calendar.js';
import type { Database, Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { headOf } from '../ledger/chain/seal.js';
import { exportStatements } from '../exports/statement/export-statements.js';
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
  const { database, config, today, runId, job, lang } = context;
  const { passwords, made } = await passwordsOf(context);
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
    const { statements, pdfs } = published;
    return {
      counts: { statements, pdfs, leftOut: published.findings.filter(isLeftOut).length, passwordsMade: Number(made) },
      findings: [...findings, ...published.findings],
    };
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

/** Those of the configuration; on the fixtures of an embedded start those that were made in TWE_HOME. */
async function passwordsOf({
  config,
  database,
}: RunContext): Promise<{ passwords: ReadonlyMap<string, string>; made: boolean }> {
  const { statementPasswordsFile: file, out, home, usesFixtures, databaseUrl } = config;
  const passwords = await readStatementPasswords({ env: process.env, file, out });
  if (passwords.size > 0) return { passwords, made: false };
  if (usesFixtures && databaseUrl === undefined) {
    const ocmws = await database.rows<{ ocmw_id: string }>('select distinct ocmw_id from twe.ocmw_version order by 1');
    return {
      passwords: await makePasswords(
        home,
        out,
        ocmws.map(({ ocmw_id }) => ocmw_id),
      ),
      made: true,
    };
  }
  throw new Failure(
    EXIT.usage,
    'No statement was made: each OCMW needs a password for its archive, and none is configured. Name a CSV file ' +
      `(ocmw_id,password; readable by its owner only, outside the output folder) as statement.passwords_file in the ` +
      `configuration, or put its text into ${PASSWORDS_VARIABLE}. The night itself is done.`,
  );
}
