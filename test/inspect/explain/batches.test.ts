/** Batch lines as they are shown: for whom, with which reference, and no two unlike amounts as one sum. */
import { describe, expect, it } from 'vitest';
import type { ExplainedBatchLine, ExplainedBatchPart } from '../../../src/inspect/explain/explanation.js';
import { batchTexts } from '../../../src/inspect/explain/text/batches.js';
import { Page } from '../../../src/inspect/explain/text/layout.js';

const BATCH = '2025-01-15/quarterly-payment';
const page = new Page(100);

function line(given: Partial<ExplainedBatchLine>): ExplainedBatchLine {
  const filled = { component: 'EFF', month: '2024-10', dueCents: 25_000, beforeCents: 0, cents: 25_000 } as const;
  const about = {
    batchId: BATCH,
    period: '2024-Q4',
    runDay: '2025-01-15',
    state: 'APPROVED',
    kind: 'QUARTER',
  } as const;
  return { ...about, ocmwId: '0212214917', reason: 'REGULAR', ...filled, ...given };
}

function part(given: Partial<ExplainedBatchPart> = {}): ExplainedBatchPart {
  return { batchId: BATCH, ocmwId: '0212214917', ocmwName: 'OCMW Haacht', claims: [], ...given };
}

const pay = { direction: 'PAY', cents: 1_234_500, reference: '+++010/8068/17183+++', payments: [] } as const;

describe('batch lines', () => {
  it('stand under their OCMW and its payment, equal months together', () => {
    const lines = [
      line({}),
      line({ month: '2024-11' }),
      line({ month: '2024-12' }),
      line({ component: 'C1', cents: 15_000 }),
    ];
    expect(batchTexts(page, lines, [part({ claims: [pay] })])).toEqual([
      '  2025-01-15/quarterly-payment  OCMW 0212214917 OCMW Haacht, approved',
      '    payment +++010/8068/17183+++ of 12345.00 for all its lines; not confirmed by payment.csv',
      '    QUARTER REGULAR: EFF 2024-10 to 2024-12 +250.00 each, C1 2024-10 +150.00 = +900.00',
    ]);
  });

  it('say what payment.csv said', () => {
    const paid = { paymentId: 'P1', paidOn: '2025-01-20', cents: 1_234_500, forLine: false };
    const back = { paymentId: 'P2', paidOn: '2025-01-27', cents: -1_234_500, forLine: false };
    const claim = { direction: 'CLAIM', cents: 50_000, reference: '+++010/8068/17284+++' } as const;
    const told = (claims: ExplainedBatchPart['claims']) =>
      batchTexts(page, [line({})], [part({ claims })])
        .join(' ')
        .replaceAll(/ +/g, ' ');
    expect(told([{ ...pay, payments: [paid, back] }])).toMatch(
      /for all its lines; 12345.00 paid on 2025-01-20 \(P1\), 12345.00 came back on 2025-01-27 \(P2\)/,
    );
    expect(told([{ ...claim, payments: [{ ...back, cents: -50_000 }] }])).toMatch(
      /claim \+\+\+010\/8068\/17284\+\+\+ of 500.00 for all its lines; 500.00 paid back on 2025-01-27 \(P2\)/,
    );
    expect(told([{ ...claim, payments: [{ ...back, cents: -25_000, forLine: true }] }])).toContain(
      '250.00 paid back for a line of this',
    );
    expect(told([])).toContain('nothing was left to pay or to claim for its lines together');
  });

  it('of two OCMWs in one batch are never shown as one', () => {
    const lines = [line({ cents: -25_000, kind: 'FINAL' }), line({ ocmwId: '0925370694', kind: 'FINAL' })];
    expect(batchTexts(page, lines, [part(), part({ ocmwId: '0925370694', ocmwName: 'OCMW Diest' })])).toEqual([
      '  2025-01-15/quarterly-payment  OCMW 0212214917 OCMW Haacht, approved',
      '    nothing was left to pay or to claim for its lines together',
      '    FINAL REGULAR: EFF 2024-10 -250.00',
      '  2025-01-15/quarterly-payment  OCMW 0925370694 OCMW Diest, approved',
      '    nothing was left to pay or to claim for its lines together',
      '    FINAL REGULAR: EFF 2024-10 +250.00',
    ]);
  });

  it('never net what was given with what was taken', () => {
    const measured = { component: 'M1', kind: 'FINAL', reason: 'MEASUREMENT_VOID' } as const;
    const lines = [line({ ...measured, cents: -30_000 }), line({ ...measured, month: '2024-12', cents: 30_000 })];
    expect(batchTexts(page, lines, [part()]).at(-1)).toBe(
      '    FINAL MEASUREMENT_VOID: M1 2024-10 -300.00, M1 2024-12 +300.00 = +300.00 and -300.00',
    );
  });

  it.each([
    ['WAITING', 'waits for approval'],
    ['REJECTED', 'rejected, counts for nothing'],
    ['HELD', 'held out, counts for nothing'],
  ] as const)('%s reads "%s"', (state, words) => {
    const [first, second] = batchTexts(page, [line({ state })], [part({ claims: [pay] })]);
    expect(first).toBe(`  2025-01-15/quarterly-payment  OCMW 0212214917 OCMW Haacht, ${words}`);
    expect(second).toBe('    payment +++010/8068/17183+++ of 12345.00 for all its lines');
  });
});
