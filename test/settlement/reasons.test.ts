/** The reasons of batch lines that no comparison of facts tells: a law that changed, orders that were released, first payments. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nightly } from '../../jobs/nightly.js';
import { day } from '../../src/calendar.js';
import { loadConfig } from '../../src/config.js';
import { createLogger } from '../../src/log.js';
import { runJob } from '../../src/runs/run-job.js';
import { bookedRows } from '../night/documents.js';
import { art60, category, changed, job, ocmw, OCMW, OCMW_2, paidBefore, weo, writeFeed } from '../night/feed.js';
import type { FeedRow, Story } from '../night/feed.js';
import { createTestDatabase } from '../support/database.js';
import { keyOfTests } from '../support/key.js';

const TIMEOUT_MS = 300_000;
type LawOverrides = Readonly<Record<string, unknown>>;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-reasons-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Told {
  readonly story: Story;
  /** Nights, each with the law in force from then on. */
  readonly nights: readonly (readonly [date: string, law?: LawOverrides])[];
  /** Told once the batches of the first night are there: a payment needs their reference. */
  readonly then?: (references: ReadonlyMap<string, string>) => Story;
}

/** `<run day> <kind> <component> <euro> <reason>` with the number of months, but for what was paid in its own quarter. */
async function reasonsOf({ story, nights, then }: Told): Promise<string[]> {
  const own = mkdtempSync(join(folder, 'story-'));
  const out = join(own, 'out');
  writeFeed(join(own, 'feeds'), story);
  const made = await createTestDatabase();
  try {
    let law: LawOverrides = {};
    for (const [index, [date, changedLaw]] of nights.entries()) {
      law = changedLaw ?? law;
      const configFile = join(own, 'twe.config.json');
      writeFileSync(configFile, JSON.stringify({ 'feeds.source': 'feeds', out, 'approval.required': false, law }));
      await runJob(made.database, nightly, {
        config: loadConfig({ configFile, cwd: own, env: keyOfTests() }),
        today: day(date),
        skipDeliveries: [],
        lang: 'nl',
        progress: () => undefined,
        log: createLogger({ level: 'silent' }),
        documents: 'BATCHES',
      });
      if (index === 0 && then) writeFeed(join(own, 'feeds'), then(referencesIn(out)));
    }
    return counted(out);
  } finally {
    await made.drop();
  }
}

function referencesIn(out: string): Map<string, string> {
  return new Map(bookedRows(out, 'claims.csv').map((row) => [row['ocmw_id']!, row['reference']!]));
}

function counted(out: string): string[] {
  const counts = new Map<string, number>();
  for (const line of bookedRows(out, 'batch.csv')) {
    const isOwn = line['kind'] === 'QUARTER' && line['reason'] === 'REGULAR';
    const to = line['ocmw_id'] === OCMW ? '' : ' to the other';
    const key = `${line.runDay} ${line['kind']} ${line['component']} ${line['amount']} ${line['reason']}${to}`;
    if (!isOwn) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${key} x${count}`).sort();
}

const AGREEMENT = weo('2024-01-01', '2024-03-31');
const CONTRACT = art60('2024-01-01', '2024-03-31');
const FULL: readonly FeedRow[] = [AGREEMENT, CONTRACT, category('2024-01-01')];

it(
  'names the law when an amount was raised afterwards',
  async () => {
    const RAISED = { 'amount.EFF': 260.5 };
    expect(
      await reasonsOf({ story: { '2024-01-02': [ocmw(), ...FULL] }, nights: [['2024-07-15'], ['2024-10-15', RAISED]] }),
    ).toEqual(['2024-10-15 FINAL EFF 10.50 LAW_CHANGED x3']);
  },
  TIMEOUT_MS,
);

it(
  'repeats the reason of a line whose payment came back',
  async () => {
    const told = await reasonsOf({
      story: { '2024-01-02': [ocmw(), ...FULL] },
      nights: [['2024-04-15'], ['2024-10-15']],
      then: (references) => ({
        '2024-08-01': [
          {
            file: 'payment.csv',
            cells: {
              payment_id: 'P',
              ocmw_id: OCMW,
              paid_on: '2024-07-30',
              amount: '-1335.00',
              reference: references.get(OCMW)!,
            },
          },
        ],
      }),
    });
    expect(told).toEqual([
      '2024-10-15 FINAL C1 150.00 REGULAR x3',
      '2024-10-15 FINAL C2 45.00 REGULAR x3',
      '2024-10-15 FINAL EFF 250.00 REGULAR x3',
    ]);
  },
  TIMEOUT_MS,
);

it(
  'calls a first payment regular: a result on its very night, allowances of a final settlement',
  async () => {
    const law = {
      'final.when': 'NIGHTLY',
      'final.include_allowances': true,
      'amount.ORD': 1000,
      'amount.INC': 1500,
    };
    const late = art60('2024-02-28', '2024-03-31', { employment_id: 'A' });
    const story = {
      '2024-01-02': [ocmw(), AGREEMENT],
      '2024-04-05': [late, category('2024-02-28')],
      '2024-06-30': [job('2024-07-01', '')],
    };
    const nights = [['2024-04-15', law], ['2024-07-01']] as const;
    // Known on the run day, but not at the cut-off of the quarter.
    expect(await reasonsOf({ story, nights })).toEqual([
      '2024-07-01 FINAL C1 150.00 LATE_REGISTRATION x2',
      '2024-07-01 FINAL C2 45.00 LATE_REGISTRATION x2',
      '2024-07-01 FINAL EFF 250.00 LATE_REGISTRATION x3',
      '2024-07-01 FINAL M2 600.00 REGULAR x1',
      '2024-07-01 FINAL ORD 1000.00 REGULAR x1',
      '2024-07-01 FINAL ORD 68.97 REGULAR x1',
    ]);
  },
  TIMEOUT_MS,
);

it(
  'takes a corrected OCMW back as withdrawn, and pays the other one for the first time',
  async () => {
    const story = {
      '2024-01-02': [ocmw(), ocmw(OCMW_2), ...FULL],
      '2024-08-01': [changed(AGREEMENT, { ocmw_id: OCMW_2 })],
    };
    expect(await reasonsOf({ story, nights: [['2024-10-15']] })).toEqual([
      '2024-10-15 FINAL C1 -150.00 WITHDRAWN x3',
      '2024-10-15 FINAL C1 150.00 REGULAR to the other x3',
      '2024-10-15 FINAL C2 -45.00 WITHDRAWN x3',
      '2024-10-15 FINAL C2 45.00 REGULAR to the other x3',
      '2024-10-15 FINAL EFF -250.00 WITHDRAWN x3',
      '2024-10-15 FINAL EFF 250.00 REGULAR to the other x3',
    ]);
  },
  TIMEOUT_MS,
);

it(
  'explains an opening balance by what denies it now; a payment that stands double; a month that was forgotten',
  async () => {
    const opening = [
      paidBefore('EFF', '2023-10', '500.00'),
      paidBefore('EFF', '2023-11', '250.00'),
      paidBefore('C1', '2023-10', '150.00'),
      paidBefore('C1', '2023-11', '150.00'),
    ];
    const agreement = [
      weo('2023-10-01', '2023-12-31', { registered_at: '2023-10-01T12:00:00+02:00' }),
      art60('2023-10-01', '2023-12-31', { registered_at: '2023-10-01T12:00:00+02:00' }),
      category('2023-10-01', { to_date: '2023-10-31', registered_at: '2023-10-01T12:00:00+02:00' }),
      category('2023-12-01', { registered_at: '2023-12-01T12:00:00+01:00' }),
    ];
    const story = { '2024-01-20': [ocmw(), ...agreement, ...opening] };
    expect(await reasonsOf({ story, nights: [['2024-02-15']] })).toEqual([
      '2024-02-15 YEAR C1 -150.00 CATEGORY x1',
      '2024-02-15 YEAR C1 150.00 REGULAR x1',
      '2024-02-15 YEAR C2 45.00 REGULAR x2',
      '2024-02-15 YEAR EFF -250.00 CATEGORY x1',
      '2024-02-15 YEAR EFF -250.00 DUPLICATE x1',
      '2024-02-15 YEAR EFF 250.00 REGULAR x1',
    ]);
  },
  TIMEOUT_MS,
);

it(
  'names the other end when part 2 went with another quarter',
  async () => {
    const story = {
      '2024-01-02': [
        ocmw(),
        weo('2024-01-01', '2024-04-01'),
        art60('2024-01-01', '2024-04-01', { employment_id: 'A' }),
        category('2024-01-01'),
      ],
      '2024-05-28': [AGREEMENT],
    };
    expect(await reasonsOf({ story, nights: [['2024-10-15']] })).toEqual([
      '2024-10-15 FINAL C2 45.00 WEO_END_CORRECTED x3',
    ]);
  },
  TIMEOUT_MS,
);
