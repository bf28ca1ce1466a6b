/**
 * Any history of deliveries, corrections, approvals, rejections, holds and payments, over three years of nights, ends with
 * every line ordered exactly for what is due once the last settlement is booked. Every night also runs all checks.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { day, formatDay, lastDayOf, monthOf, yearOf, type Day } from '../../src/calendar.js';
import { buildLaw } from '../../src/law/resolve.js';
import { quarterRunDay, yearRunDay } from '../../src/law/payment-calendar.js';
import { decideBatch, holdOut, type Person } from '../../src/settlement/decide-batch.js';
import { readCsv } from '../night/documents.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { writeRandomFeed } from '../support/random-feed.js';
import { writeDelivery, type FeedRow } from '../support/random-feed/delivery.js';
import { makeRandom, type Random } from '../support/random-feed/random.js';

const SEEDS = process.env['TWE_LONG'] ? Array.from({ length: 20 }, (_, n) => n + 1) : [1];
const LAWS = [{}, { 'clawback.method': 'OFFSET_NEXT' }, { 'clawback.netting': 'NONE' }] as const;
const VDAB = new Set(['EFF', 'C1', 'C2', 'C3', 'M1', 'M2']);
const SIGNER: Person = { name: 'second', systemUser: 'second', machine: 'desk', approvers: [] };

interface Story {
  readonly test: TestDatabase;
  readonly feedsDir: string;
  readonly random: Random;
  deliveries: number;
}

interface Waiting {
  readonly batch_id: string;
  readonly run_day: string;
}

/** Nights: every run day of a quarter and of a year, and some days on which something was delivered. */
function nightsOf(first: Day, last: Day, delivered: readonly string[], random: Random): Day[] {
  const law = buildLaw({});
  const days = new Set<Day>(delivered.filter(() => random.chance(0.4)).map((name) => day(name.slice(0, 10))));
  for (let month = Math.floor(monthOf(first) / 3) * 3 - 3; lastDayOf(month + 2) < last; month += 3) {
    days.add(quarterRunDay(month, law));
  }
  for (let year = yearOf(monthOf(first)) - 1; year < yearOf(monthOf(last)); year++) days.add(yearRunDay(year, law));
  return [first, ...days].filter((each) => each >= first && each <= last).sort((a, b) => a - b);
}

/** Decides on some of the waiting batches; after the story all are approved at once. */
async function decideSome({ test, random }: Story, night: Day, isOver: boolean): Promise<void> {
  const waiting = await test.database.rows<Waiting>(
    'select batch_id, run_day from twe.batch where batch_no not in (select batch_no from twe.batch_decision) order by batch_no',
  );
  for (const { batch_id: batchId } of waiting) {
    if (!isOver && random.chance(0.2)) continue;
    const from = night + random.int(0, 2);
    if (!isOver && random.chance(0.2)) await holdSomebody(test, random, batchId, from);
    const decision = !isOver && random.chance(0.25) ? 'REJECTED' : 'APPROVED';
    await test.database.transaction((session) => decideBatch(session, { batchId, decision, by: SIGNER, from }));
  }
}

async function holdSomebody(test: TestDatabase, random: Random, batchId: string, from: Day): Promise<void> {
  const parts = await test.database.rows<{ ocmw_id: string }>(
    'select ocmw_id from twe.batch_part join twe.batch using (batch_no) where batch_id = $1 order by ocmw_id',
    [batchId],
  );
  if (parts.length === 0) return;
  const { ocmw_id: ocmwId } = random.pick(parts);
  const hold = { batchId, ocmwId, by: SIGNER, from, reason: 'in doubt' };
  await test.database.transaction((session) => holdOut(session, hold));
}

/** The bank: some payments are confirmed, some come back, some come in part, some are for nobody. */
async function deliverPayments(story: Story, night: Day): Promise<void> {
  const { test, random, feedsDir } = story;
  const claims = await test.database.rows<{ ocmw_id: string; direction: string; cents: number; reference: string }>(
    `select c.ocmw_id, c.direction, c.cents, c.reference
     from twe.standing_batch_claim c join twe.batch_decision using (batch_no)
     where decision = 'APPROVED' order by reference`,
  );
  const rows: FeedRow[] = [];
  const on = formatDay(night + 3);
  const pay = (ocmwId: string, cents: number, reference: string) => {
    const id = `BANK-${(story.deliveries += 1)}`;
    const cells = { payment_id: id, ocmw_id: ocmwId, paid_on: on, amount: (cents / 100).toFixed(2), reference };
    rows.push({ file: 'payment.csv', cells: { ...cells, registered_at: `${on}T10:00:00+01:00` } });
  };
  for (const { ocmw_id: ocmwId, direction, cents, reference } of claims) {
    const signed = direction === 'PAY' ? cents : -cents;
    if (random.chance(0.3)) pay(ocmwId, signed, reference);
    if (random.chance(0.05)) pay(ocmwId, -signed, reference);
    if (random.chance(0.05)) pay(ocmwId, Math.trunc(signed / 2), reference);
    if (random.chance(0.03)) pay(ocmwId, signed, '+++999/9999/99948+++');
  }
  if (rows.length > 0) writeDelivery(feedsDir, `${on}.${500 + (story.deliveries % 400)}`, rows);
}

/** Lines of the settled years whose order is not what is due. A C2 belongs to the quarter in which its agreement ends. */
async function openLines(test: TestDatabase, folder: string, settledUntil: string): Promise<string[]> {
  const ended = new Set(
    (
      await test.database.rows<{ weo_id: string }>(
        `select weo_id from (
           select distinct on (weo_id) weo_id, end_date from twe.weo_version
           order by weo_id, registered_at desc, delivery_id desc, line desc
         ) present where end_date <= $1`,
        [formatDay(lastDayOf(monthOf(day(`${settledUntil}-01`))))],
      )
    ).map((row) => row.weo_id),
  );
  return readCsv(join(folder, 'position.csv'))
    .filter((row) => VDAB.has(row['component']!) && row['month']! <= settledUntil && row['open'] !== '0.00')
    .filter((row) => row['component'] !== 'C2' || ended.has(row['weo_id']!))
    .map((row) => Object.values(row).join(' '));
}

describe('a random history', () => {
  for (const seed of SEEDS) {
    it(`ends with every line ordered for what is due (seed ${seed})`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'twe-history-'));
      const test = await createTestDatabase();
      try {
        const feedsDir = join(folder, 'feeds');
        const { firstDelivery, lastDelivery, names } = writeRandomFeed({ seed, dir: feedsDir, persons: 8 });
        const random = makeRandom(seed + 77);
        const story: Story = { test, feedsDir, random, deliveries: 0 };
        const over = day(lastDelivery);
        // The second yearly settlement after the last word has everything.
        const settledYear = yearOf(monthOf(over)) + 1;
        const last = yearRunDay(settledYear, buildLaw({}));
        const law = LAWS[seed % LAWS.length]!;
        for (const night of nightsOf(day(firstDelivery), last, names, random)) {
          const options = { feedsDir, out: join(folder, 'out'), date: formatDay(night), law, approvalRequired: true };
          await runNight(test.database, { ...options, documents: night === last ? 'CSV' : 'BATCHES' });
          await decideSome(story, night, night > over);
          if (night <= over) await deliverPayments(story, night);
        }
        const open = await openLines(test, join(folder, 'out', formatDay(last), 'nightly'), `${settledYear}-12`);
        expect({ law, open }).toEqual({ law, open: [] });
      } finally {
        await test.drop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
