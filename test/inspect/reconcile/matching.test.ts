/** How lines are found to belong to what is expected, in cases that a bookkeeper could write. */
import { describe, expect, it } from 'vitest';
import { day, lastDayOf, monthOf, parseMonth, yearOf } from '../../../src/calendar.js';
import type { Component } from '../../../src/law/codes.js';
import { pairByDate } from '../../../src/inspect/reconcile/match/pair-by-date.js';
import { reconcileAccount } from '../../../src/inspect/reconcile/match/reconcile-account.js';
import { findSubset, searchBudget } from '../../../src/inspect/reconcile/match/subset.js';
import type { Booking, Expected } from '../../../src/inspect/reconcile/model.js';

const REFERENCE = '+++202/4000/02057+++';

function batch(
  on: string,
  euro: number,
  parts: readonly [string, Component, number][] = [],
  reference = REFERENCE,
): Expected {
  const bookedOn = day(on);
  return {
    ...{ id: `${on} ${reference}`, kind: 'BATCH', matter: 'VDAB', year: yearOf(monthOf(bookedOn)), day: bookedOn },
    ...{ cents: euro * 100, standing: 'STANDS', reference, batchId: on, period: '2024-Q1', confirmedOn: undefined },
    parts: parts.map(([weoId, component, cents]) => ({ weoId, component, month: 24288, cents: cents * 100 })),
  };
}

function allowance(weoId: string, month: string, euro: number, component: 'ORD' | 'INC' = 'ORD'): Expected {
  const of = parseMonth(month)!;
  return {
    ...{
      id: `${weoId} ${component} ${month}`,
      kind: 'ALLOWANCE',
      matter: 'ALLOWANCE',
      year: yearOf(of),
      day: lastDayOf(of),
    },
    ...{ cents: euro * 100, standing: 'STANDS', reference: '', batchId: '', period: month, confirmedOn: undefined },
    parts: [{ weoId, component, month: of, cents: euro * 100 }],
  };
}

let line = 1;
function booked(on: string, euro: number, reference = '', text = '', account = '7405'): Booking {
  return {
    line: (line += 1),
    bookedOn: day(on),
    account,
    field: '0900',
    cents: Math.round(euro * 100),
    reference,
    text,
  };
}

const OPTIONS = { year: 2024, days: 60, ledgerMap: {}, novaPrima: new Map([['NP-1', 'W1']]), isStatement: false };

function differences(expected: readonly Expected[], bookings: readonly Booking[], options = {}): string[] {
  return reconcileAccount(bookings, expected, { ...OPTIONS, ...options }).differences.map(
    (each) => `${each.kind} ${each.expected.map(({ id }) => id).join(' + ')} ${each.effectCents / 100}`,
  );
}

describe('a payment', () => {
  const PARTS = [
    ['W1', 'EFF', 750],
    ['W1', 'C1', 450],
    ['W2', 'EFF', 500],
    ['W2', 'C1', 300],
  ] as const;
  const PAYMENT = batch(
    '2024-04-15',
    2000,
    PARTS.map((part) => [...part]),
  );

  it.each([
    ['by its communication as a bank writes it', [booked('2024-04-16', 2000, '***202/4000/02057***')]],
    ['by its communication as a number', [booked('2024-04-16', 2000, '202400002057')]],
    ['by its communication in the text', [booked('2024-04-16', 2000, '', `VDAB ${REFERENCE} Q1`)]],
    ['by amount and date', [booked('2024-05-02', 2000, '', 'VDAB')]],
    ['in a line for each component', [booked('2024-04-16', 1250), booked('2024-04-17', 750)]],
    ['in a line for each trajectory', [booked('2024-04-16', 1200), booked('2024-04-16', 800)]],
    ['in lines of one day that add up in one way', [booked('2024-04-16', 1900), booked('2024-04-16', 100)]],
    [
      'in small lines of which one lost its communication',
      [
        booked('2024-04-16', 1250, REFERENCE),
        booked('2024-04-16', 450, '', 'W1 C1'),
        booked('2024-04-16', 300, '', 'W2 C1'),
      ],
    ],
    [
      'once more after it was booked back',
      [
        booked('2024-04-16', 2000, REFERENCE),
        booked('2024-04-17', -2000, REFERENCE),
        booked('2024-04-18', 2000, REFERENCE),
      ],
    ],
  ])('is found %s', (_, bookings) => {
    expect(differences([PAYMENT], bookings)).toEqual([]);
  });

  it('is not made up of lines that could be another sum as well', () => {
    const bookings = [
      booked('2024-04-16', 1100),
      booked('2024-04-16', 900),
      booked('2024-04-16', 1300),
      booked('2024-04-16', 700),
    ];
    expect(differences([PAYMENT], bookings).filter((each) => each.startsWith('NOT_BOOKED'))).toHaveLength(1);
  });

  it('is not taken for another one of the same amount far away', () => {
    expect(differences([PAYMENT], [booked('2024-11-16', 2000, '', 'Andere subsidie')])).toEqual([
      `NOT_BOOKED 2024-04-15 ${REFERENCE} -2000`,
      'UNKNOWN  2000',
    ]);
  });

  it('booked as a whole and in small lines is booked twice', () => {
    const bookings = [
      booked('2024-04-16', 2000, REFERENCE),
      booked('2024-04-18', 1250, REFERENCE),
      booked('2024-04-18', 750, REFERENCE),
    ];
    expect(differences([PAYMENT], bookings)).toEqual([`BOOKED_TWICE 2024-04-15 ${REFERENCE} 2000`]);
  });

  it('of the year before in a line without communication is of another year when both are the only ones', () => {
    const before = batch('2023-12-20', 345.5, [], '+++202/3000/00111+++');
    expect(
      differences([PAYMENT, before], [booked('2024-04-16', 2000, REFERENCE), booked('2024-01-03', 345.5)]),
    ).toEqual(['WRONG_YEAR 2023-12-20 +++202/3000/00111+++ 345.5']);
  });

  it('that was rejected and booked all the same is unknown', () => {
    const rejected: Expected = { ...PAYMENT, standing: 'REJECTED', cents: 0 };
    expect(differences([rejected], [booked('2024-04-16', 2000, REFERENCE)])).toEqual([
      `UNKNOWN 2024-04-15 ${REFERENCE} 2000`,
    ]);
    expect(differences([rejected], [])).toEqual([]);
  });

  it('on another account than one of its components is on a wrong one; nothing is said where one has none', () => {
    const posting = (account: string) => ({ account, field: '0900', sector: '' });
    const bookings = [booked('2024-04-16', 2000, REFERENCE, '', '7000')];
    const all = { ledgerMap: { EFF: posting('7405/1'), C1: posting('7405/2') } };
    expect(differences([PAYMENT], bookings, all)).toEqual([`WRONG_ACCOUNT 2024-04-15 ${REFERENCE} 0`]);
    expect(differences([PAYMENT], [booked('2024-04-16', 2000, REFERENCE, '', '74052')], all)).toEqual([]);
    const one = reconcileAccount(bookings, [PAYMENT], { ...OPTIONS, ledgerMap: { EFF: posting('7405/1') } });
    expect([one.differences, one.uncheckedComponents]).toEqual([[], ['C1']]);
  });

  it('on a bank statement is found among what is about other things', () => {
    const bookings = [booked('2024-04-16', 2000, REFERENCE), booked('2024-04-16', -12.5, '', 'Kosten')];
    const result = reconcileAccount(bookings, [PAYMENT], { ...OPTIONS, isStatement: true });
    expect([result.differences, result.leftAside.length, result.bookedCents]).toEqual([[], 1, 200_000]);
  });
});

describe('allowances', () => {
  const MONTHS = ['2024-01', '2024-02', '2024-03', '2024-04'];
  const W1 = MONTHS.map((month) => allowance('W1', month, 1000));
  const W2 = MONTHS.map((month) => allowance('W2', month, 1000));

  it('of a beneficiary are found by Nova Prima reference in the order of their months', () => {
    const bookings = ['2024-02-10', '2024-03-10', '2024-04-10', '2024-05-10'].map((on) => booked(on, 1000, 'NP-1'));
    expect(differences(W1, bookings)).toEqual([]);
    const dear = bookings.map((each, index) => (index === 2 ? { ...each, cents: 90_000 } : each));
    expect(differences(W1, dear)).toEqual(['WRONG_AMOUNT W1 ORD 2024-03 -100']);
  });

  it.each(['2024-02', '02/2024', 'februari 2024'])('name their month as %s', (month) => {
    const bookings = [booked('2024-04-10', 1000, '', `W1 toelage ${month}`)];
    expect(differences([W1[1]!], bookings)).toEqual([]);
    expect(differences([W1[2]!], bookings)).toEqual(['NOT_BOOKED W1 ORD 2024-03 -1000', 'UNKNOWN  1000']);
  });

  it('of all beneficiaries may stand in one line for each month', () => {
    const bookings = MONTHS.map((month) => booked(`${month}-28`, 2000, '', `Toelagen ${month}`));
    expect(differences([...W1, ...W2], bookings)).toEqual([]);
    const less = bookings.map((each, index) => (index === 1 ? { ...each, cents: 190_000 } : each));
    expect(differences([...W1, ...W2], less)).toEqual(['WRONG_AMOUNT W1 ORD 2024-02 + W2 ORD 2024-02 -100']);
  });

  it('of December belong to December, whenever they are booked', () => {
    const december = allowance('W1', '2023-12', 1000);
    expect(
      differences(
        [december, ...W1.slice(0, 1)],
        [booked('2024-01-10', 1000, 'NP-1', '2023-12'), booked('2024-02-10', 1000, 'NP-1', '2024-01')],
      ),
    ).toEqual(['WRONG_YEAR W1 ORD 2023-12 1000']);
  });
});

describe('hostile accounts', () => {
  it('of a thousand equal amounts end, and each is taken once', () => {
    const payments = Array.from({ length: 30 }, (_, index) =>
      batch(
        `2024-${String((index % 12) + 1).padStart(2, '0')}-15`,
        7000,
        [],
        `+++202/4001/${String(index).padStart(5, '0')}+++`,
      ),
    );
    const bookings = Array.from({ length: 1000 }, (_, index) =>
      booked(`2024-${String((index % 12) + 1).padStart(2, '0')}-16`, 100),
    );
    const result = reconcileAccount(bookings, payments, OPTIONS);
    const linked = result.links.flatMap((link) => link.bookings);
    expect(new Set(linked).size).toBe(linked.length);
  });

  it('of a thousand different amounts end, and say that not everything was tried', () => {
    const payments = Array.from({ length: 20 }, (_, index) =>
      batch('2024-06-15', 1_000_003 + index, [], `+++202/4002/${String(index).padStart(5, '0')}+++`),
    );
    const bookings = Array.from({ length: 1000 }, (_, index) => booked('2024-06-16', 1000.01 + index * 13.37));
    const result = reconcileAccount(bookings, payments, OPTIONS);
    expect(result.searchEnded).toBe(true);
  });

  it('pair equal amounts by date: as many as can be, then the nearest', () => {
    expect(pairByDate([10, 20, 30], [12, 31], 5)).toEqual([
      [0, 0],
      [2, 1],
    ]);
    expect(pairByDate([10, 20], [15], 5)).toHaveLength(1);
    const many = Array.from({ length: 3_000 }, (_, index) => index);
    expect(pairByDate(many, many, 1)).toHaveLength(3_000);
  });

  it('find a sum, and whether it is the only one', () => {
    const sum = (amounts: number[], target: number) => findSubset(amounts, target, searchBudget());
    expect(sum([5, 5, 5, 7], 17)).toEqual({
      times: new Map([
        [5, 2],
        [7, 1],
      ]),
      isOnly: true,
    });
    expect(sum([-5, -5, 3], -10)).toEqual({ times: new Map([[-5, 2]]), isOnly: true });
    expect(sum([5, 3, 2], 5)?.isOnly).toBe(false);
    expect(sum([5, 3], 4)).toBeUndefined();
  });
});
