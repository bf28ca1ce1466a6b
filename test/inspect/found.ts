/** Findings of an evening over some records, for tests. */
import { afterAll, beforeAll } from 'vitest';
import { day } from '../../src/calendar.js';
import { loadConfig } from '../../src/config.js';
import { packageRoot } from '../../src/db/package-root.js';
import type { Finding } from '../../src/finding.js';
import { collectFindings } from '../../src/inspect/findings.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { BACKGROUND } from './records.js';

class TakenBack extends Error {}

export interface FindingTest {
  /** All findings of an evening over the records, which are taken back afterwards. */
  all(evening: string, ...records: string[]): Promise<Finding[]>;
  /** Severity, code and agreement (or what else it is about) of each finding with one of the codes. */
  of(codes: string | readonly string[], evening: string, ...records: string[]): Promise<string[]>;
}

/** Prepares a database for the tests of a file. */
export function findingTest(): FindingTest {
  const { law } = loadConfig({ configFile: 'fixtures/twe.config.json', cwd: packageRoot, env: {} });
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.rows(BACKGROUND);
  });
  afterAll(() => test.drop());

  const all = async (evening: string, ...records: string[]) => {
    let found: Finding[] = [];
    await test.database
      .transaction(async (session) => {
        await session.rows(records.join('\n'));
        found = await collectFindings(session, day(evening), law);
        throw new TakenBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error;
      });
    return found;
  };
  const of = async (codes: string | readonly string[], evening: string, ...records: string[]) =>
    (await all(evening, ...records))
      .filter(({ code }) => [codes].flat().includes(code))
      .map(({ severity, code, weoId, ocmwId }) => `${severity} ${code} ${weoId || ocmwId}`)
      .sort();
  return { all, of };
}
