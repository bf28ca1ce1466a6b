/**
 * Forty nights of the fixtures with approvals, rejections, an OCMW held out and another law between them: the history of
 * each is what was written then, to the byte, and a replay of each night comes to the same.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/db/package-root.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { callTwe } from './called-twe.js';
import { digests } from './documents.js';
import { Story } from './history-story.js';
import { LAW } from './nights.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const NIGHTS = 40;
const OTHER_LAW_FROM = 25;
const HOUR_MS = 3_600_000;
const RUN_DAYS = ['2024-01-15', '2024-04-15', '2024-07-15', '2024-10-15'];
const feedsDir = join(packageRoot, 'fixtures', 'feeds');

const dates = [...new Set([...readdirSync(feedsDir).map((name) => name.slice(0, 10)), ...RUN_DAYS])]
  .sort()
  .slice(0, NIGHTS);

describe.skipIf(!LONG)('forty nights of the fixtures', () => {
  let folder: string;
  let test: TestDatabase;
  let story: Story;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'twe-history-fixtures-'));
    test = await createTestDatabase();
    story = new Story(test, folder, { feedsDir, approvalRequired: true });
    let decided = 0;
    for (const [index, date] of dates.entries()) {
      const law = index < OTHER_LAW_FROM ? LAW : { ...LAW, 'amount.EFF': 260 };
      await story.night(date, { law, keys: { 'guard.max_law_change_ratio': 1 } });
      const waiting = await test.database.rows<{ batch_id: string; ocmw_id: string }>(
        `select batch_id, min(ocmw_id) as ocmw_id
         from twe.batch join twe.batch_part using (batch_no)
         where batch_no not in (select batch_no from twe.batch_decision)
         group by batch_id`,
      );
      for (const { batch_id: batch, ocmw_id: ocmw } of waiting) {
        const by = ['--by', 'finance-2', '--date', date];
        if (decided++ % 2 === 1) await story.twe('reject', batch, ...by, '--reason', 'wrong year');
        else {
          await story.twe('hold', batch, '--ocmw', ocmw, ...by, '--reason', 'account under dispute');
          await story.twe('approve', batch, ...by);
        }
      }
    }
    expect(decided).toBeGreaterThan(1);
  }, HOUR_MS);

  afterAll(async () => {
    await test.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const twe = (...args: string[]) =>
    callTwe([...args, '--config', `${story.out}.config.json`], { cwd: folder, env: { DATABASE_URL: test.url } });

  it.each(dates)(
    'the history of %s is what was written then',
    async (date) => {
      const { written } = story.evenings.find((each) => each.date === date)!;
      const out = join(folder, 'again', date);
      expect(await twe('history', '--known-on', date, '--out', out)).toMatchObject({ exitCode: 0, stderr: '' });
      expect(digests(out)).toEqual(written);
      rmSync(out, { recursive: true });
    },
    HOUR_MS,
  );

  it.each(dates)(
    'the night of %s computed again is identical',
    async (date) => {
      expect(await twe('verify', '--replay', `${date}/nightly`)).toMatchObject({ exitCode: 0, stderr: '' });
    },
    HOUR_MS,
  );
});
