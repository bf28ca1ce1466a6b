/** Amounts that are carried over, payments that come back, numbers that are linked later: each euro once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { buildLaw } from '../../src/law/resolve.js';
import { net } from '../../src/settlement/claims.js';
import { decideBatch } from '../../src/settlement/decide-batch.js';
import { readCsv } from '../night/documents.js';
import { art60, category, job, ocmw, OCMW, OCMW_2, weo, withdrawn, writeFeed, type Story } from '../night/feed.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { enterpriseNumber, nationalNumber } from '../support/random-feed/identifiers.js';
import type { FeedRow } from '../support/random-feed/delivery.js';

const SUCCESSOR = enterpriseNumber(3);

let folder: string;
let test: TestDatabase;
let law: Readonly<Record<string, unknown>>;
let approvalRequired: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-balance-'));
  test = await createTestDatabase();
  law = {};
  approvalRequired = false;
});

afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const told = (story: Story) => writeFeed(join(folder, 'feeds'), story);

async function nights(...dates: readonly string[]): Promise<void> {
  const night = { feedsDir: join(folder, 'feeds'), out: join(folder, 'out'), law, approvalRequired };
  for (const date of dates) await runNight(test.database, { ...night, date, documents: 'CSV' });
}

/** A whole agreement of a client of its own: 400 euro a month, and 45 more for each when it ends. */
function agreement(id: string, client: number, start: string, end: string, ocmwId = OCMW): FeedRow[] {
  const who = { insz: nationalNumber(client) };
  return [
    weo(start, end, { weo_id: id, ocmw_id: ocmwId, ...who }),
    art60(start, end, { weo_id: id, employer_id: ocmwId, ...who }),
    category(start, { category_id: `C-${id}`, ...who }),
  ];
}

const claims = (runDay: string) =>
  readCsv(join(folder, 'out', runDay, 'quarterly-payment', 'claims.csv')).map(
    ({ ocmw_id, direction, amount }) => `${ocmw_id} ${direction} ${amount}`,
  );

function paymentBack(runDay: string, amount: string, more: Readonly<Record<string, string>> = {}): FeedRow {
  const [claim] = readCsv(join(folder, 'out', runDay, 'quarterly-payment', 'claims.csv'));
  const cells = { payment_id: `P${amount}`, ocmw_id: claim!['ocmw_id']!, paid_on: runDay, amount };
  return { file: 'payment.csv', cells: { ...cells, reference: claim!['reference']!, ...more } };
}

describe('a payment that comes back (rulebook 15.2)', () => {
  beforeEach(async () => {
    told({ '2024-01-02': [ocmw(), ...agreement('W', 1, '2024-01-01', '2025-06-30')] });
    await nights('2024-04-15');
    expect(claims('2024-04-15')).toEqual([`${OCMW} PAY 1200.00`]);
  });

  it('gives everything back when it is all of it, at once or in parts', async () => {
    told({ '2024-04-20': [paymentBack('2024-04-15', '-700.00'), paymentBack('2024-04-15', '-500.00')] });
    await nights('2024-07-15');
    expect(claims('2024-07-15')).toEqual([`${OCMW} PAY 2400.00`]);
  });

  it.each([
    ['a part of the whole', '-50.00', {}],
    ['a part of a line', '-50.00', { weo_id: 'W', component: 'EFF', month: '2024-03' }],
  ])('gives nothing back when it is %s', async (_what, amount, line) => {
    told({ '2024-04-20': [paymentBack('2024-04-15', amount, line)] });
    await nights('2024-07-15');
    expect(claims('2024-07-15')).toEqual([`${OCMW} PAY 1200.00`]);
  });

  it('gives one line back when it is all of that line', async () => {
    const line = { weo_id: 'W', component: 'EFF', month: '2024-03' };
    told({ '2024-04-20': [paymentBack('2024-04-15', '-250.00', line)] });
    await nights('2024-07-15');
    expect(claims('2024-07-15')).toEqual([`${OCMW} PAY 1450.00`]);
  });
});

describe('what is left to take off (R-F-5, OFFSET_NEXT)', () => {
  beforeEach(() => {
    law = { 'clawback.method': 'OFFSET_NEXT' };
  });

  /** Paid in April, withdrawn in May: 1,200 to take off from July on, when there is nothing to pay. */
  const undone = (id: string, client: number, ocmwId = OCMW): Story => {
    const rows = agreement(id, client, '2024-01-01', '2024-12-31', ocmwId);
    return { '2024-01-02': rows, '2024-05-02': [withdrawn(rows[0]!)] };
  };

  it('goes to the successor from each of two OCMWs that merge', async () => {
    const [one, two] = [undone('W1', 1), undone('W2', 2, OCMW_2)];
    const merges = { valid_to: '2024-08-31', successor_id: SUCCESSOR };
    told({
      '2024-01-02': [ocmw(), ocmw(OCMW_2), ocmw(SUCCESSOR), ...one['2024-01-02']!, ...two['2024-01-02']!],
      '2024-05-02': [...one['2024-05-02']!, ...two['2024-05-02']!],
      '2024-08-01': [
        ...[ocmw(OCMW, merges), ocmw(OCMW_2, merges)],
        ...[3, 4, 5].flatMap((n) => agreement(`W${n}`, n, '2024-07-01', '2025-06-30', SUCCESSOR)),
      ],
    });
    await nights('2024-04-15', '2024-07-15', '2024-10-15', '2025-01-15');
    expect(claims('2024-10-15')).toEqual([`${SUCCESSOR} PAY 1200.00`]);
    expect(claims('2025-01-15')).toEqual([`${SUCCESSOR} PAY 3600.00`]);
  });

  const twoMore = [3, 4].flatMap((n) => agreement(`W${n}`, n, '2024-07-01', '2025-06-30'));

  it('is taken off again when the payment it was taken off from comes back', async () => {
    const one = undone('W1', 1);
    told({ '2024-01-02': [ocmw(), ...one['2024-01-02']!], '2024-05-02': one['2024-05-02']!, '2024-07-01': twoMore });
    await nights('2024-04-15', '2024-07-15', '2024-10-15');
    expect(claims('2024-10-15')).toEqual([`${OCMW} PAY 1200.00`]);
    told({ '2024-10-20': [paymentBack('2024-10-15', '-1200.00')] });
    await nights('2025-01-15');
    expect(claims('2025-01-15')).toEqual([`${OCMW} PAY 3600.00`]);
  });

  it('is given back when the batch it came from is rejected after it was taken off', async () => {
    approvalRequired = true;
    const one = undone('W1', 1);
    told({ '2024-01-02': [ocmw(), ...one['2024-01-02']!], '2024-05-02': one['2024-05-02']!, '2024-07-01': twoMore });
    await nights('2024-04-15', '2024-07-15', '2024-10-15');
    await test.database.transaction((session) =>
      decideBatch(session, {
        ...{ batchId: '2024-07-15/quarterly-payment', decision: 'REJECTED', from: day('2024-10-20'), reason: 'x' },
        by: { name: 'second', systemUser: 'second', machine: 'desk', approvers: [] },
      }),
    );
    await nights('2025-01-15');
    // In all 1,200 + 1,200 + 2,400: what is due of the two that stand.
    expect(claims('2025-01-15')).toEqual([`${OCMW} PAY 2400.00`]);
  });
});

it('nets an OCMW with more lines than a call has room for arguments', () => {
  const line = {
    kind: 'QUARTER',
    ocmwId: OCMW,
    weoId: 'W',
    component: 0,
    month: 24_288,
    lastBatch: undefined,
  } as const;
  const many = Array.from({ length: 300_000 }, () => ({ ...line, dueCents: 1, beforeCents: 0, cents: 1 }));
  const netted = net(many, new Map(), true, buildLaw({}));
  expect(netted.booked).toHaveLength(300_000);
  expect(netted.claims).toEqual([{ ocmwId: OCMW, direction: 'PAY', cents: 300_000 }]);
});

describe('numbers that are linked later (rulebook 15.6: as known on the day)', () => {
  const replaced = (from: number, to: number): FeedRow => ({
    file: 'replacement.csv',
    cells: { insz: nationalNumber(from), replaced_by: nationalNumber(to) },
  });

  it('do not forfeit a quarter that was right when it was paid', async () => {
    law = { 'category.policy': 'FORFEIT' };
    const resent = weo('2024-01-01', '2024-06-30', { weo_id: 'RESENT', insz: nationalNumber(31) });
    const other = agreement('OTHER', 3, '2024-01-01', '2024-06-30').slice(0, 2);
    told({
      '2024-01-02': [
        ...[ocmw(), ...agreement('RESENT', 1, '2024-01-01', '2024-06-30'), ...other],
        category('2024-01-01', { category_id: 'C-OTHER', insz: nationalNumber(23) }),
      ],
      '2024-02-01': [replaced(23, 3)],
      '2024-05-10': [replaced(1, 31), resent, replaced(33, 3)],
    });
    await nights('2024-04-15', '2024-07-15');
    expect(claims('2024-04-15')).toEqual([`${OCMW} PAY 2400.00`]);
    expect(claims('2024-07-15')).toEqual([`${OCMW} PAY 2940.00`]);
  });

  it('do not change an outcome that was decided for good', async () => {
    law = { 'm.recheck_until': 'NONE' };
    told({
      '2024-01-02': [
        ...[ocmw(), ...agreement('W', 1, '2024-01-01', '2024-01-31')],
        job('2024-02-01', '', { insz: nationalNumber(21) }),
      ],
      '2024-02-10': [replaced(21, 1)],
    });
    await nights('2024-02-01', '2024-02-10');
    const outcomes = readCsv(join(folder, 'out', '2024-02-10', 'nightly', 'measurements.csv'));
    expect(outcomes).toMatchObject([{ measurement: '1', outcome: 'NEGATIVE', amount: '0.00' }]);
  });
});
