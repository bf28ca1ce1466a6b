/** Outcome of a measurement: what is positive (rulebook 4.2), how it runs (4.3), readings of 15.4. */
import { describe, expect, it } from 'vitest';
import {
  art60,
  decision,
  due,
  frozen,
  job,
  measured,
  measuredOf,
  sameClient,
  totals,
  trajectory,
  weo,
  type JobKind,
  type Part,
  type Settings,
} from '../support/facts.js';

const END = '2024-09-30';
const M1 = '2024-10-01';
const M2 = '2025-01-01';
const ended = [weo('2024-01-15', END), art60('2024-03-01', END)];

/** Outcome and evidence of measurement 1 with these records. */
function first(records: readonly Part[], settings: Settings = {}): string {
  const { outcome, evidence } = measured(...ended, ...records, settings)[0]!;
  return evidence === '' ? outcome : `${outcome} by ${evidence}`;
}

const outcomes = (...given: readonly (Part | Settings)[]): string[] => measured(...given).map(({ outcome }) => outcome);

describe('what is positive on the date (4.2)', () => {
  const ROWS: readonly [string, string, JobKind, boolean][] = [
    ['temporary agency contract', 'pos.agency', 'AGENCY', true],
    ['student job', 'pos.student', 'STUDENT', false],
    ['flexi job', 'pos.flexi', 'FLEXI', false],
    ['art. 61', 'pos.a61', 'ART61', true],
    ['social economy target group worker', 'pos.social_economy', 'SOCIAL_ECONOMY', false],
    ['individual vocational training', 'pos.training', 'IBO', false],
    ['work placement', 'pos.training', 'PLACEMENT', false],
  ];

  it.each(ROWS)('%s follows %s', (_situation, key, kind, byDefault) => {
    const named = (positive: boolean): string => (positive ? 'POSITIVE by it' : 'NEGATIVE');
    const records = [job(kind, M1, undefined, { id: 'it' })];
    expect(first(records)).toBe(named(byDefault));
    expect(first(records, { law: { [key]: true } })).toBe(named(true));
    expect(first(records, { law: { [key]: false } })).toBe(named(false));
  });

  it('a regular job of any fraction is positive', () => {
    expect(first([job('REGULAR', '2024-08-05', undefined, { id: 'it', fte: 0.05 })])).toBe('POSITIVE by it');
  });

  it('pos.min_fte asks for a fraction', () => {
    const law = { 'pos.min_fte': 0.5 };
    expect(first([job('REGULAR', M1, undefined, { id: 'it', fte: 0.5 })], { law })).toBe('POSITIVE by it');
    expect(first([job('REGULAR', M1, undefined, { id: 'it', fte: 0.499 })], { law })).toBe('NEGATIVE');
  });

  it('pos.min_fte is not shown by a fraction that is unknown', () => {
    const unknown = job('REGULAR', M1, undefined, { id: 'it' });
    expect(first([unknown])).toBe('POSITIVE by it');
    expect(first([unknown], { law: { 'pos.min_fte': 0.5 } })).toBe('NEGATIVE');
  });

  it('an OCMW that hires outside art. 60 follows pos.public', () => {
    const records = [job('REGULAR', M1, undefined, { id: 'it', atOcmw: true })];
    expect(first(records)).toBe('POSITIVE by it');
    expect(first(records, { law: { 'pos.public': false } })).toBe('NEGATIVE');
  });

  it('art. 60 that still runs is negative, at the same or another OCMW', () => {
    expect(outcomes(weo('2024-01-15', END), art60('2024-03-01'))).toEqual(['NEGATIVE', 'NEGATIVE']);
    const [here] = sameClient(
      trajectory(...ended),
      trajectory(weo('2024-10-01', undefined, { ocmw: '0207489568' }), art60('2024-10-01')),
    );
    expect(measuredOf(here!).map(({ outcome }) => outcome)).toEqual(['NEGATIVE', 'NEGATIVE']);
  });

  it('self-employed is pending, or follows pos.self_employed', () => {
    const records = [job('SELF_EMPLOYED', M1, undefined, { id: 'it' })];
    expect(first(records)).toBe('PENDING by it');
    expect(first(records, { law: { 'pos.self_employed': 'MANUAL' } })).toBe('PENDING by it');
    expect(first(records, { law: { 'pos.self_employed': true } })).toBe('POSITIVE by it');
    expect(first(records, { law: { 'pos.self_employed': false } })).toBe('NEGATIVE');
  });

  it('counts a contract that starts or ends on the date, and none beside it', () => {
    expect(first([job('REGULAR', M1, M1, { id: 'it' })])).toBe('POSITIVE by it');
    expect(first([job('REGULAR', '2024-09-01', '2024-09-30')])).toBe('NEGATIVE');
    expect(first([job('REGULAR', '2024-10-02')])).toBe('NEGATIVE');
  });
});

describe('Dimona worker types (4.2, 15.4)', () => {
  it.each(['OTH', 'BCW', 'EXT', ''])("'%s' is a regular job", (dimona) => {
    expect(first([job('REGULAR', M1, undefined, { id: 'it', dimona })])).toBe('POSITIVE by it');
  });

  it.each(['STU', 'FLX', 'IVT', 'TRI', 'STG', 'A17', 'DWD'])('%s is none', (dimona) => {
    expect(first([job('REGULAR', M1, undefined, { dimona })])).toBe('NEGATIVE');
  });

  it('the kind decides: an agency contract is positive whatever its type', () => {
    expect(first([job('AGENCY', M1, undefined, { id: 'it', dimona: 'STU' })])).toBe('POSITIVE by it');
  });
});

describe('several records on one date (15.4)', () => {
  it('a positive job wins over art. 60 that still runs and over self-employment, which wins over art. 60', () => {
    const running = [weo('2024-01-15', END), art60('2024-03-01')];
    const own = job('SELF_EMPLOYED', '2024-01-01', undefined, { id: 'own' });
    expect(measured(...running, own)).toMatchObject([
      { outcome: 'PENDING', evidence: 'own' },
      { outcome: 'PENDING', evidence: 'own' },
    ]);
    const hired = job('REGULAR', '2024-10-01', undefined, { id: 'hired' });
    expect(measured(...running, own, hired)).toMatchObject([
      { outcome: 'POSITIVE', evidence: 'hired' },
      { outcome: 'POSITIVE', evidence: 'hired' },
    ]);
  });

  it('the evidence is the earliest start, then the lowest id', () => {
    const early = job('REGULAR', '2024-09-01', undefined, { id: 'z' });
    const late = job('AGENCY', '2024-09-15', undefined, { id: 'a' });
    expect(first([late, early])).toBe('POSITIVE by z');
    const same = job('REGULAR', '2024-09-01', undefined, { id: 'b' });
    expect(first([early, same])).toBe('POSITIVE by b');
    expect(first([same, early])).toBe('POSITIVE by b');
  });
});

describe('pending pays nothing and waits', () => {
  it('for measurement 1, and for measurement 2 on its track', () => {
    const parts = [...ended, job('SELF_EMPLOYED', M1, '2024-12-31'), job('REGULAR', M2)];
    expect(totals(due(...parts), '2024-10')).toEqual({ M2: 600 });
    expect(totals(due(...parts, { law: { 'result.scheme': 'TRACK' } }), '2024-10')).toEqual({});
  });
});

describe('decisions (4.3, 15.4)', () => {
  const hired = job('REGULAR', M1, undefined, { id: 'it' });
  const selfEmployed = job('SELF_EMPLOYED', M1, undefined, { id: 'own' });

  it('beat the records of their own measurement, with the automatic evidence', () => {
    expect(measured(...ended, hired, decision(1, 'NEGATIVE', '2024-10-05'))).toMatchObject([
      { outcome: 'NEGATIVE', evidence: 'it', euros: 0 },
      { outcome: 'POSITIVE', evidence: 'it', euros: 600 },
    ]);
    expect(first([selfEmployed, decision(1, 'POSITIVE', '2024-10-05')])).toBe('POSITIVE by own');
    expect(first([decision(1, 'POSITIVE', '2024-10-05')])).toBe('POSITIVE');
  });

  it('give way to a later decision', () => {
    const decided = [decision(1, 'NEGATIVE', '2024-10-20'), decision(1, 'POSITIVE', '2024-10-05')];
    expect(first(decided)).toBe('NEGATIVE');
  });

  it('registered before any end was known count for nothing', () => {
    const open = weo('2024-01-15', END, { ends: { '2024-01-15': undefined, '2024-09-20': END } });
    expect(outcomes(open, decision(1, 'POSITIVE', '2024-09-10'))[0]).toBe('NEGATIVE');
    expect(outcomes(open, decision(1, 'POSITIVE', '2024-09-25'))[0]).toBe('POSITIVE');
  });

  it('are void when the end moves, also when it moves back', () => {
    const moved = weo('2024-01-15', '2024-10-31', { ends: { '2024-01-15': END, '2024-11-20': '2024-10-31' } });
    expect(outcomes(moved, decision(1, 'POSITIVE', '2024-10-05'))[0]).toBe('NEGATIVE');
    const back = weo('2024-01-15', END, {
      ends: { '2024-01-15': END, '2024-11-20': '2024-10-31', '2024-12-01': END },
    });
    expect(outcomes(back, decision(1, 'POSITIVE', '2024-10-05'))[0]).toBe('NEGATIVE');
    expect(outcomes(back, decision(1, 'POSITIVE', '2024-12-05'))[0]).toBe('POSITIVE');
  });
});

describe('freezing by the final settlement (4.3)', () => {
  const settled = frozen('2025-01-15', END, ['NEGATIVE', 'NEGATIVE']);
  const late = job('REGULAR', M1, undefined, { knownOn: '2025-06-01' });

  it('holds against records that come later', () => {
    expect(outcomes(...ended, late)).toEqual(['POSITIVE', 'POSITIVE']);
    expect(outcomes(...ended, late, settled)).toEqual(['NEGATIVE', 'NEGATIVE']);
    expect(outcomes(...ended, frozen('2025-01-15', END, ['POSITIVE', 'NEGATIVE']))).toEqual(['POSITIVE', 'NEGATIVE']);
  });

  it('gives way to a decision', () => {
    expect(outcomes(...ended, settled, decision(2, 'POSITIVE', '2025-07-01'))).toEqual(['NEGATIVE', 'POSITIVE']);
  });

  it('holds a decision of before it, until another one is in force', () => {
    const decided = decision(1, 'POSITIVE', '2025-01-10');
    const settledSo = frozen('2025-01-15', END, ['POSITIVE', 'NEGATIVE'], [decided]);
    expect(outcomes(...ended, late, settledSo, decided)).toEqual(['POSITIVE', 'NEGATIVE']);
    const revised = decision(1, 'NEGATIVE', '2025-07-01');
    expect(outcomes(...ended, late, settledSo, decided, revised)).toEqual(['NEGATIVE', 'NEGATIVE']);
    // Withdrawn: the records of today decide again.
    expect(outcomes(...ended, late, settledSo)).toEqual(['POSITIVE', 'NEGATIVE']);
    expect(outcomes(...ended, settledSo)).toEqual(['NEGATIVE', 'NEGATIVE']);
  });

  it('ends when the WEO end moves, also when it moves back', () => {
    const moved = weo('2024-01-15', '2024-08-31', { ends: { '2024-01-15': END, '2025-07-01': '2024-08-31' } });
    const hired = job('REGULAR', '2024-08-15', undefined, { knownOn: '2025-06-01' });
    expect(outcomes(moved, hired, settled)).toEqual(['POSITIVE', 'POSITIVE']);
    const back = weo('2024-01-15', END, {
      ends: { '2024-01-15': END, '2025-07-01': '2024-08-31', '2025-07-02': END },
    });
    expect(outcomes(back, late, settled)).toEqual(['POSITIVE', 'POSITIVE']);
  });

  it('is not ended by a move of before it', () => {
    const corrected = weo('2024-01-15', END, { ends: { '2024-01-15': '2024-12-31', '2024-09-01': END } });
    expect(outcomes(corrected, late, settled)).toEqual(['NEGATIVE', 'NEGATIVE']);
  });
});

describe('m.recheck_until', () => {
  const law = { 'm.recheck_until': 'NONE' };
  const lateEvidence = job('REGULAR', '2024-09-15', undefined, { id: 'it', knownOn: '2024-10-08' });

  it('FINAL: evidence that comes late counts', () => {
    expect(outcomes(...ended, lateEvidence)).toEqual(['POSITIVE', 'POSITIVE']);
  });

  it('NONE: the knowledge of the evening of the date decides for good', () => {
    expect(outcomes(...ended, lateEvidence, { law })).toEqual(['NEGATIVE', 'POSITIVE']);
    expect(first([job('REGULAR', M1, undefined, { id: 'it', knownOn: M1 })], { law })).toBe('POSITIVE by it');
  });

  it('NONE: the grace days count', () => {
    expect(first([lateEvidence], { law: { ...law, 'm.grace_days': 6 } })).toBe('NEGATIVE');
    expect(first([lateEvidence], { law: { ...law, 'm.grace_days': 7 } })).toBe('POSITIVE by it');
  });

  it('NONE: a later withdrawal or shortening changes nothing any more', () => {
    const known = job('REGULAR', '2024-09-15', undefined, { id: 'it', knownOn: '2024-09-16' });
    const withdrawn = job('REGULAR', '2024-09-15', undefined, { id: 'it', knownOn: '2024-11-01', withdrawn: true });
    expect(outcomes(...ended, known, withdrawn, { law })).toEqual(['POSITIVE', 'NEGATIVE']);
    const shortened = job('REGULAR', '2024-09-15', '2024-09-20', { id: 'it', knownOn: '2024-09-25' });
    expect(outcomes(...ended, known, shortened, { law })).toEqual(['NEGATIVE', 'NEGATIVE']);
  });

  it('NONE: a decision still beats it', () => {
    expect(outcomes(...ended, decision(1, 'POSITIVE', '2024-12-01'), { law })).toEqual(['POSITIVE', 'NEGATIVE']);
  });
});

describe('what a result pays (3.6)', () => {
  const twice = [...ended, job('REGULAR', M1)];
  const once = [...ended, job('REGULAR', M1, '2024-12-31')];
  const results = (...given: readonly (Part | Settings)[]): number[] => measured(...given).map((each) => each.euros);

  it('result.cumulative = false keeps the higher one', () => {
    const law = { 'result.cumulative': false };
    expect(results(...twice, { law })).toEqual([0, 600]);
    expect(results(...twice, { law: { ...law, 'result.scheme': 'M1_600_M2_300' } })).toEqual([600, 0]);
    expect(results(...once, { law })).toEqual([300, 0]);
    expect(results(...twice, { law, today: '2024-12-31' })).toEqual([300]);
  });

  it('result.clawback_m1 = true takes M1 back after a negative M2', () => {
    const law = { 'result.clawback_m1': true };
    expect(results(...once, { law })).toEqual([0, 0]);
    expect(results(...once)).toEqual([300, 0]);
    expect(results(...twice, { law })).toEqual([300, 600]);
    expect(results(...once, { law, today: '2024-12-31' })).toEqual([300]);
  });

  it('amount.M1 and amount.M2 win over the scheme, on the date of the measurement', () => {
    const list = [
      { from: '2017-01-01', value: 100 },
      { from: '2025-01-01', value: 222.22 },
    ];
    expect(results(...twice, { law: { 'amount.M1': list, 'amount.M2': list } })).toEqual([100, 222.22]);
    expect(results(...twice, { law: { 'amount.M1': 50, 'result.scheme': 'TRACK' } })).toEqual([50, 300]);
  });

  it('a trajectory without art. 60 gets none', () => {
    expect(measured(weo('2024-01-15', END), job('REGULAR', M1))).toMatchObject([
      { outcome: 'POSITIVE', euros: 0 },
      { outcome: 'POSITIVE', euros: 0 },
    ]);
  });

  it('a held trajectory is measured and gets none', () => {
    const [, held] = sameClient(
      trajectory(weo('2024-01-01', '2024-06-30'), art60('2024-01-15', '2024-06-30')),
      trajectory(weo('2024-06-30', END), art60('2024-07-01', END), job('REGULAR', M1)),
    );
    expect(measuredOf(held!)).toMatchObject([
      { on: M1, outcome: 'POSITIVE', euros: 0 },
      { on: M2, outcome: 'POSITIVE', euros: 0 },
    ]);
  });
});
