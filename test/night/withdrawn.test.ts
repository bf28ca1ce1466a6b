/** A withdrawn record leaves no money behind: in the end everything is as if it had never been told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../support/database.js';
import { bookedRows, cents, sumBy, type CsvRow } from './documents.js';
import { art60, category, job, ocmw, weo, withdrawn, writeFeed, type FeedRow, type Story } from './feed.js';
import { ledgerLines, presentMeasurements } from './kept.js';
import { quietNight } from './nights.js';

const TIMEOUT_MS = 300_000;
/** Told day by day: X01 with a job on both measurements and a manual decision. */
const AGREEMENT = weo('2024-01-15', '2024-12-31');
const CONTRACT = art60('2024-03-01', '2024-12-31');
const CATEGORY = category('2024-03-01');
const JOB = job('2025-01-01', '');
const DECISION: FeedRow = {
  file: 'decision.csv',
  cells: { decision_id: 'D', weo_id: 'W', measurement: '2', outcome: 'NEGATIVE', decided_by: 'VDAB-TWE-1' },
};
const BUDGET: FeedRow = {
  file: 'budget.csv',
  cells: {
    budget_id: 'B',
    ocmw_id: AGREEMENT.cells['ocmw_id']!,
    year: '2024',
    fixed_amount: '3000.00',
    flexible_amount: '0.00',
  },
};
const INCREASED = art60('2024-05-01', '2024-12-31', {
  employment_id: 'E-2',
  increased_requested: 'true',
  social_economy: 'true',
});
const RECORDS: readonly FeedRow[] = [AGREEMENT, CONTRACT, CATEGORY, INCREASED, JOB, BUDGET];

/** Each record is withdrawn in May 2025, after money was paid for it and before the final settlement of 15 July. */
const NIGHTS = process.env['TWE_LONG']
  ? ['2024-07-15', '2025-01-15', '2025-04-15', '2025-05-10', '2025-07-15']
  : ['2025-01-15', '2025-05-10'];
const END = '2026-02-20';

let folder: string;
/** The end of the story in which every record stays. */
let allCount: Ending;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-withdrawn-'));
  allCount = await endOf('all', told(RECORDS), []);
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ending {
  readonly ledger: unknown;
  readonly measurements: unknown;
  /** Cents that all batches together ordered, by line. */
  readonly ordered: unknown;
}

/** What is left in the end of a story, with or without nights on the way. */
async function endOf(name: string, story: Story, nights: readonly string[]): Promise<Ending> {
  const own = mkdtempSync(join(folder, `${name}-`));
  const [feedsDir, out] = [join(own, 'feeds'), join(own, 'out')];
  writeFeed(feedsDir, story);
  const made = await createTestDatabase();
  try {
    for (const date of [...nights, END]) await quietNight(made.database, { feedsDir, out, date });
    const keyOf = (line: CsvRow) => `${line['ocmw_id']} ${line['weo_id']} ${line['component']} ${line['month']}`;
    return {
      ledger: await ledgerLines(made.database),
      measurements: await presentMeasurements(made.database),
      ordered: sumBy(bookedRows(out, 'batch.csv'), keyOf, (line) => cents(line['amount'])),
    };
  } finally {
    await made.drop();
  }
}

/** The records, each told when it begins, and what else is told. */
function told(records: readonly FeedRow[], more: Story = {}): Story {
  const story: Record<string, FeedRow[]> = { '2024-01-02': [ocmw()] };
  for (const row of records) {
    const day = row.cells['start_date'] ?? row.cells['from_date'] ?? '2024-01-02';
    story[day] = [...(story[day] ?? []), row];
  }
  for (const [name, rows] of Object.entries(more)) story[name] = [...(story[name] ?? []), ...rows];
  return story;
}

/** That of `npm test`; all in test:long. */
const FEW: readonly string[] = ['art. 60 contract'];
const WITHDRAWN: readonly (readonly [what: string, record: FeedRow])[] = [
  ['art. 60 contract', CONTRACT],
  ['second art. 60 contract, with increased allowance', INCREASED],
  ['category', CATEGORY],
  ['job', JOB],
  ['budget', BUDGET],
];

describe('a withdrawn record', () => {
  it.each(WITHDRAWN.filter(([what]) => process.env['TWE_LONG'] || FEW.includes(what)))(
    'leaves no money behind: %s',
    async (_what, record) => {
      const left = await endOf('withdrawn', told(RECORDS, { '2025-05-10': [withdrawn(record)] }), NIGHTS);
      const neverTold = await endOf('never', told(RECORDS.filter((row) => row !== record)), []);
      expect(left).toEqual(neverTold);
      expect(left).not.toEqual(allCount);
    },
    TIMEOUT_MS,
  );

  it.runIf(process.env['TWE_LONG'])(
    'leaves no money behind: decision',
    async () => {
      const decided = told(RECORDS, { '2025-04-10': [DECISION] });
      const left = await endOf('withdrawn', { ...decided, '2025-05-10': [withdrawn(DECISION)] }, NIGHTS);
      expect(left).toEqual(allCount);
      expect(await endOf('kept', decided, [])).not.toEqual(allCount);
    },
    TIMEOUT_MS,
  );

  it(
    'leaves nothing at all: agreement',
    async () => {
      const left = await endOf('withdrawn', told(RECORDS, { '2025-05-10': [withdrawn(AGREEMENT)] }), NIGHTS);
      expect(left).toEqual({ ledger: {}, measurements: [], ordered: new Map() });
    },
    TIMEOUT_MS,
  );

  it(
    'counts again when a later version brings it back: agreement',
    async () => {
      const back = { '2025-05-10': [withdrawn(AGREEMENT)], '2025-08-01': [AGREEMENT] };
      const left = await endOf('back', told(RECORDS, back), [...NIGHTS, '2025-10-15']);
      expect(left).toEqual(allCount);
    },
    TIMEOUT_MS,
  );
});
