/** Proves the oracle on payments that come back, batches that are rejected, and what OFFSET_NEXT still has to take off. */
import { describe, expect, it } from 'vitest';
import type { FeedRow } from '../support/random-feed/delivery.js';
import { enterpriseNumber, nationalNumber } from '../support/random-feed/identifiers.js';
import type { OracleInput, OracleResult } from './oracle.js';
import { art60, category, linesOf, OCMW, OCMW_2, ocmw, oracleOf, payment, runs, weo } from './tiny-feeds.js';

const END = '2025-12-31';
const MERGED = enterpriseNumber(3);

/** A trajectory of the n-th client that works all the time: 400 a month, C2 after its end. */
function working(n: number, start: string, end = '', ocmwId = OCMW): FeedRow[] {
  const [weoId, insz] = [`W${n}`, nationalNumber(n)];
  return [
    weo(start, end, { weo_id: weoId, insz, ocmw_id: ocmwId }),
    art60(start, end, { weo_id: weoId, insz }),
    category(start, { category_id: `C${n}`, insz }),
  ];
}

function withdrawn(n: number, start: string, ocmwId = OCMW): FeedRow {
  return weo(start, '', { weo_id: `W${n}`, insz: nationalNumber(n), ocmw_id: ocmwId, withdrawn: 'true' });
}

const FIRST_QUARTER = { job: 'quarterly-payment', period: '2024-Q1', ocmw_id: OCMW, direction: 'PAY' } as const;
const REFERENCES: OracleInput['references'] = new Map([
  ['R1', FIRST_QUARTER],
  ['R3', { ...FIRST_QUARTER, period: '2024-Q3' }],
  ['T1', { job: 'yearly-settlement', period: '2024', ocmw_id: OCMW, direction: 'CLAIM' }],
]);

/** `run day OCMW direction euro`, the OCMWs by number. */
function claims(result: OracleResult): string[] {
  const names = new Map([OCMW, OCMW_2, MERGED].map((id, index) => [id, index + 1]));
  return result.batches.flatMap(({ runDay, claims: ofBatch }) =>
    ofBatch.map((c) => `${runDay} ${names.get(c.ocmw_id)} ${c.direction} ${c.amount / 100}`),
  );
}

function paid(result: OracleResult): number {
  return result.position.reduce((sum, row) => sum + row.paid / 100, 0);
}

describe('payments that come back', () => {
  const FIRST = { '2024-01-01': [ocmw(), ...working(1, '2024-01-01', '2024-03-31')] };
  const after = (back: readonly FeedRow[], more: Record<string, FeedRow[]> = {}, date = END) =>
    oracleOf({ ...FIRST, '2024-05-02': back, ...more }, date, {}, { references: REFERENCES });
  // EFF and C1 of three months and C2 of the WEO that ended: 3 x 445
  const ORDERED = { '2024-04-15 QUARTER': 1335 };
  const AGAIN = { ...ORDERED, '2024-07-15 QUARTER': 1335 };

  it('the net amount releases the part, which comes again in the next run', () => {
    const result = after([payment('P1', 'R1', '-1335.00')]);
    expect(runs(result)).toEqual(AGAIN);
    expect(claims(result)).toEqual(['2024-04-15 1 PAY 1335', '2024-07-15 1 PAY 1335']);
    expect(result.position.every((row) => row.open === 0)).toBe(true);
  });
  it('another amount, another OCMW or an unknown reference releases nothing', () => {
    const back = [
      payment('P1', 'R1', '-1335.01'),
      payment('P2', 'R9', '-1335.00'),
      payment('P3', 'R1', '-1335.00', { ocmw_id: OCMW_2 }),
      payment('P4', 'R1', '-1335.00', { weo_id: 'W1', component: 'EFF' }),
      ocmw(OCMW_2),
    ];
    expect(runs(after(back))).toEqual(ORDERED);
  });
  it('several add up to it, and count from the day of the last', () => {
    // the run of October settles the trajectory too: its lines are final
    const halves = [payment('P1', 'R1', '-1000.00')];
    const rest = { '2024-08-01': [payment('P2', 'R1', '-335')] };
    expect(runs(after(halves))).toEqual(ORDERED);
    expect(runs(after(halves, rest))).toEqual({ ...ORDERED, '2024-10-15 FINAL': 1335 });
    const oneTooMany = { ...rest, '2024-09-01': [payment('P3', 'R1', '-50.00')] };
    expect(runs(after(halves, oneTooMany))).toEqual({ ...ORDERED, '2024-10-15 FINAL': 1335 });
    expect(runs(after(halves, { '2024-08-01': [payment('P2', 'R1', '-336')] }))).toEqual(ORDERED);
  });
  it('one that names a line releases that line, when it is its amount', () => {
    const line = { weo_id: 'W1', component: 'EFF', month: '2024-02' };
    expect(linesOf(after([payment('P1', 'R1', '-250.00', line)]), '2024-07-15', 'QUARTER')).toEqual({ EFF: 250 });
    expect(runs(after([payment('P1', 'R1', '-150.00', line)]))).toEqual(ORDERED);
  });
  it('what is released in winter comes again with the yearly settlement', () => {
    const result = after([], { '2025-02-01': [payment('P1', 'R1', '-1335.00')] });
    expect(runs(result)).toEqual({ ...ORDERED, '2025-02-15 YEAR': 1335 });
  });
  it('confirmed and then back: paid no more', () => {
    expect(paid(after([payment('P1', 'R1', '1335.00')], {}, '2024-06-30'))).toBe(1335);
    const back = { '2024-05-03': [payment('P2', 'R1', '-1335.00')] };
    expect(paid(after([payment('P1', 'R1', '1335.00')], back, '2024-06-30'))).toBe(0);
  });
  it('a negative amount with the reference of a claim is paid back, and releases nothing', () => {
    const shorter = { '2025-02-10': [art60('2024-01-01', '2024-02-29', { weo_id: 'W1', insz: nationalNumber(1) })] };
    const story = { ...shorter, '2025-03-01': [payment('P1', 'T1', '-195.00')] };
    const result = after([payment('P0', 'R1', '1335.00')], story);
    expect(claims(result)).toEqual(['2024-04-15 1 PAY 1335', '2025-02-15 1 CLAIM 195']);
    expect(paid(result)).toBe(1335 - 195);
  });
});

describe('OFFSET_NEXT', () => {
  const LAW = { 'clawback.method': 'OFFSET_NEXT' };
  const ended = (n: number) => working(n, '2024-07-01', '2024-09-30');
  // 3 months of two trajectories that end at once: 2 x 1,335
  const STORY = {
    '2024-01-01': [ocmw(), ...working(1, '2024-01-01')],
    '2024-05-02': [withdrawn(1, '2024-01-01')],
    '2024-08-01': [...ended(2), ...ended(3)],
  };
  const BEFORE = ['2024-04-15 1 PAY 1200', '2024-10-15 1 PAY 1470'];
  const total = (result: OracleResult): number =>
    result.batches.flatMap((batch) => batch.claims).reduce((sum, claim) => sum + claim.amount / 100, 0);

  it('a successor takes over what is to be taken off of both', () => {
    const gone = { valid_to: '2024-08-31', successor_id: MERGED };
    const story = {
      '2024-01-01': [ocmw(), ocmw(OCMW_2), ...working(1, '2024-01-01'), ...working(2, '2024-01-01', '', OCMW_2)],
      '2024-05-02': [withdrawn(1, '2024-01-01'), withdrawn(2, '2024-01-01', OCMW_2)],
      '2024-08-01': [ocmw(MERGED), ocmw(OCMW, gone), ocmw(OCMW_2, gone), ...working(3, '2024-07-01', '', MERGED)],
    };
    expect(claims(oracleOf(story, '2025-04-15', LAW))).toEqual([
      '2024-04-15 1 PAY 1200',
      '2024-04-15 2 PAY 1200',
      // 2 x 1,200 to take off: all of the third and of the fourth quarter
      '2025-04-15 3 PAY 1200',
    ]);
  });
  it('a payment that comes back gives back its lines and what it had taken off', () => {
    const back = { ...STORY, '2024-10-20': [payment('P1', 'R3', '-1470.00')] };
    const result = oracleOf(back, END, LAW, { references: REFERENCES });
    expect(runs(result)).toMatchObject({ '2024-10-15 QUARTER': 2670, '2025-01-15 QUARTER': 2670 });
    expect(claims(result)).toEqual([...BEFORE, '2025-01-15 1 PAY 1470']);
  });
  it('a line that comes back by itself is paid again, nothing is taken off twice', () => {
    const line = { weo_id: 'W2', component: 'EFF', month: '2024-08' };
    const back = { ...STORY, '2024-10-20': [payment('P1', 'R3', '-250.00', line)] };
    const result = oracleOf(back, END, LAW, { references: REFERENCES });
    expect(claims(result)).toEqual([...BEFORE, '2025-01-15 1 PAY 250']);
  });
  describe('a batch rejected after a later one took it off', () => {
    const rejections = [{ job: 'quarterly-payment', period: '2024-Q2', day: '2024-10-20' }] as const;
    it('its lines come again and meet what is owed', () => {
      const result = oracleOf(STORY, END, LAW, { rejections });
      expect(runs(result)).toMatchObject({ '2024-07-15 FINAL': -1200, '2025-01-15 FINAL': -1200 });
      expect(claims(result)).toEqual(BEFORE);
      expect(total(result)).toBe(2 * 1335);
    });
    it('they are not due any more: what was taken off is paid', () => {
      const [again] = working(1, '2024-01-01', '2024-03-31');
      const result = oracleOf({ ...STORY, '2024-10-21': [again!] }, END, LAW, { rejections });
      // the WEO counts again and ends with March: 1,200 that was taken off, and C2 of three months
      expect(claims(result)).toEqual([...BEFORE, '2025-01-15 1 PAY 1335']);
      expect(total(result)).toBe(3 * 1335);
    });
  });
});
