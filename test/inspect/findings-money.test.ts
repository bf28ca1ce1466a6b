import { describe, expect, it } from 'vitest';
import { ruleNumber } from '../../src/law/codes.js';
import { findingTest } from './found.js';
import { art60, batch, ocmw, OCMW, payment, posted, weo } from './records.js';

const found = findingTest();
const agreement = weo('W1', '2024-01-01', null);
const REFERENCE = '+++202/4000/00138+++';
const booked = batch(1, '2024-04-15', 25000, REFERENCE);

async function unmatched(...records: string[]): Promise<string[]> {
  const all = await found.all('2024-05-01', agreement, ...records);
  return all.filter(({ code }) => code === 'PAYMENT_UNMATCHED').map(({ message }) => message);
}

describe('money that came in part, came back or does not come', () => {
  it('says what of an amount came in, and what to wait for', async () => {
    expect(await unmatched(booked, payment('P1', '2024-04-20', 10000, { reference: REFERENCE }))).toEqual([
      'Payment P1 of 2024-04-20, 100.00 euro, counts for nothing: its reference asks 250.00 euro and 100.00 euro came in ' +
        'under it, 150.00 too little. Once the rest comes in under the same reference, all of it counts; or send it again ' +
        'corrected.',
    ]);
  });

  it('says that a payment came back, until a later batch has taken its lines up', async () => {
    const back = payment('P2', '2024-04-21', -25000, { reference: REFERENCE });
    const codes = async (...records: string[]) =>
      (await found.all('2024-08-01', agreement, booked, back, ...records)).map(
        ({ code, subject }) => `${code} ${subject}`,
      );
    expect(await codes()).toContain('PAYMENT_RETURNED P2');
    const later = batch(2, '2024-07-15', 25000, '+++202/4000/00239+++');
    expect(await codes(later)).not.toContain('PAYMENT_RETURNED P2');
  });

  it('names a claim that is not paid 30 days after its approval, more sharply after 90', async () => {
    const claim = batch(1, '2024-04-15', -25000, REFERENCE);
    const open = async (day: string, ...records: string[]) =>
      (await found.all(day, agreement, claim, ...records))
        .filter(({ code }) => code === 'CLAIM_OPEN')
        .map(({ severity, message }) => `${severity} ${/(\d+) days/.exec(message)![1]}`);
    expect(await open('2024-05-15')).toEqual([]);
    expect(await open('2024-05-16')).toEqual(['NOTICE 31']);
    expect(await open('2024-07-15')).toEqual(['WARNING 91']);
    expect(await open('2024-07-15', payment('P1', '2024-05-01', -25000, { reference: REFERENCE }))).toEqual([]);
  });
});

it('names a payment that came twice with another amount', async () => {
  const line = { weo: 'W1', component: 'C1', month: '2024-01-01' };
  const twice = [payment('P1', '2024-04-20', 15000, line), payment('P1', '2024-04-22', 16000, line)];
  const all = await found.all('2024-05-01', agreement, ...twice);
  expect(all.filter(({ code }) => code === 'PAYMENT_CHANGED').map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^Payment P1 came twice: 150\.00 euro \(delivery 2017-01-01, payment\.csv line \d+\), then 160\.00 euro/,
    ),
  ]);
  expect(await found.of('PAYMENT_CHANGED', '2024-05-01', agreement, twice[0]!)).toEqual([]);
});

describe('PAYMENT_UNMATCHED', () => {
  it('is silent about confirmations and opening balances', async () => {
    expect(
      await unmatched(
        booked,
        payment('P1', '2024-04-20', 25000, { reference: '202400000138' }),
        payment('P2', '2023-12-20', 15000, { weo: 'W1', component: 'C1', month: '2024-01-01' }),
        payment('P3', '2024-04-21', -25000, { reference: REFERENCE }),
      ),
    ).toEqual([]);
    expect(
      await unmatched(
        booked,
        payment('P1', '2024-04-20', 10000, { reference: REFERENCE }),
        payment('P2', '2024-04-22', 15000, { reference: REFERENCE }),
      ),
    ).toEqual([]);
    const line = { reference: REFERENCE, weo: 'W1', component: 'EFF', month: '2024-01-01' };
    expect(await unmatched(booked, payment('P1', '2024-04-20', 25000, line))).toEqual([]);
  });

  it('proposes the batch that waits for the same amount', async () => {
    const wrong = payment('P1', '2024-04-20', 25000, { reference: '+++999/9999/99948+++' });
    expect(await unmatched(booked, wrong)).toEqual([
      'Payment P1 of 2024-04-20, 250.00 euro, counts for nothing: no batch has its reference. It could be ' +
        '+++202/4000/00138+++ of batch 2024-04-15/quarterly-payment: if so, send it again with that reference.',
    ]);
    const confirmed = payment('P2', '2024-04-19', 25000, { reference: REFERENCE });
    expect(await unmatched(booked, wrong, confirmed)).toEqual([
      'Payment P1 of 2024-04-20, 250.00 euro, counts for nothing: no batch has its reference. Send it again corrected, ' +
        'or withdraw it.',
    ]);
  });

  it.each([
    ['incomplete', payment('P1', '2024-04-20', 500, { weo: 'W1' }), /does not name agreement, component and month/],
    [
      'of another amount',
      payment('P1', '2024-04-20', 24999, { reference: REFERENCE }),
      /its reference asks 250.00 euro/,
    ],
    [
      'for another line',
      payment('P1', '2024-04-20', 1, { reference: REFERENCE, weo: 'W1', component: 'C1', month: '2024-01-01' }),
      /has no line for that/,
    ],
    [
      'of another OCMW',
      payment('P1', '2024-04-20', 25000, { reference: REFERENCE, ocmw: '0207204053' }),
      /belongs to another OCMW/,
    ],
  ])('tells why a payment counts for nothing: %s', async (_name, received, message) => {
    expect(await unmatched(booked, received)).toEqual([expect.stringMatching(message)]);
  });

  it('waits for the approval of a batch, and knows a claim by its sign', async () => {
    const waiting = batch(1, '2024-04-15', 25000, REFERENCE, { decision: null });
    expect(await unmatched(waiting, payment('P1', '2024-04-20', 25000, { reference: REFERENCE }))).toEqual([
      expect.stringMatching(/not approved/),
    ]);
    const claim = batch(1, '2024-04-15', -25000, REFERENCE);
    expect(await unmatched(claim, payment('P1', '2024-04-20', 25000, { reference: REFERENCE }))).toEqual([
      expect.stringMatching(/that of a claim/),
    ]);
    expect(await unmatched(claim, payment('P1', '2024-04-20', -25000, { reference: REFERENCE }))).toEqual([]);
  });
});

describe('PAYMENT_DUPLICATE', () => {
  it('finds an opening balance that was imported twice', async () => {
    const line = { weo: 'W1', component: 'EFF', month: '2024-01-01' };
    const once = payment('P1', '2024-02-01', 25000, line);
    expect(await found.of('PAYMENT_DUPLICATE', '2024-05-01', agreement, once)).toEqual([]);
    const [finding] = (await found.all('2024-05-01', agreement, once, payment('P2', '2024-02-02', 25000, line))).filter(
      ({ code }) => code === 'PAYMENT_DUPLICATE',
    );
    expect(finding).toMatchObject({
      weoId: 'W1',
      subject: 'P2',
      message:
        'Payment P2 of 2024-02-02, 250.00 euro, is for the same as P1, and both count as paid before: withdraw one of the ' +
        'two if it was paid once.',
    });
  });
});

describe('IBAN_MISSING', () => {
  it('is an error when money waits or an agreement runs', async () => {
    const other = '0207204053';
    const missing = async (...records: string[]) =>
      (await found.all('2024-05-01', ocmw(other), ...records))
        .filter(({ code }) => code === 'IBAN_MISSING')
        .map(({ ocmwId, message }) => `${ocmwId}: ${message}`);
    expect(await missing()).toEqual([]);
    expect(await missing(weo('W1', '2024-01-01', null, { ocmw: other }))).toEqual([
      `${other}: No account number (IBAN) is known, while 1 agreement runs: send it in ocmw.csv.`,
    ]);
    expect(await missing(batch(1, '2024-04-15', 25000, REFERENCE, { ocmw: other }))).toEqual([
      `${other}: No account number (IBAN) is known, while 250.00 euro waits to be paid: send it in ocmw.csv.`,
    ]);
  });
});

describe('the increased allowance', () => {
  const contract = art60('E1', 'W1', '2024-01-01', null, { increased: true });
  const CODES = ['INCREASED_GRANTS_NEARLY_USED', 'INCREASED_GRANTS_USED'];
  const INC = 7;

  it('is told at 10 grants and at 12', async () => {
    const granted = (months: number) =>
      found.of(CODES, '2025-01-31', agreement, contract, posted(1, 'W1', INC, 24288, 24288 + months - 1, 150000));
    expect(await granted(9)).toEqual([]);
    expect(await granted(10)).toEqual(['NOTICE INCREASED_GRANTS_NEARLY_USED W1']);
    expect(await granted(12)).toEqual(['NOTICE INCREASED_GRANTS_USED W1']);
  });

  it('falls back to the ordinary one when the budget of the year is used', async () => {
    const ORD = 6;
    const fallen = posted(1, 'W1', ORD, 24298, 24299, 100000, ruleNumber('R-I-5'));
    const [finding] = (await found.all('2025-01-31', agreement, contract, fallen)).filter(
      ({ code }) => code === 'BUDGET_EXHAUSTED',
    );
    expect(finding).toMatchObject({ severity: 'NOTICE', ocmwId: OCMW, weoId: '', subject: '2024' });
    expect(finding?.message).toMatch(/since 2024-11: 2 months of 1 agreement fell back/);
    // The budget was raised: the months were granted after all.
    const raised = posted(2, 'W1', ORD, 24298, 24299, -100000) + posted(3, 'W1', INC, 24298, 24299, 150000);
    expect(await found.of('BUDGET_EXHAUSTED', '2025-01-31', agreement, contract, fallen, raised)).toEqual([]);
  });
});

describe('every finding', () => {
  it('is quiet about a trajectory on which nothing is wrong, and about none at all', async () => {
    expect(await found.all('2024-05-01')).toEqual([]);
    expect(await found.all('2024-02-10', agreement)).toEqual([]);
  });
});
