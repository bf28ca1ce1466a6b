import { describe, expect, it } from 'vitest';
import { findingTest } from './found.js';
import { art60, evaluation, ocmw, OCMW, replacement, weo } from './records.js';

const found = findingTest();

describe('WEO_OVERLAP', () => {
  it('tells which agreement is held by which, for as long as they overlap', async () => {
    const first = weo('W1', '2024-01-10', '2024-06-30', { registered: '2024-01-05' });
    const second = weo('W2', '2024-06-15', null, { registered: '2024-06-10' });
    const [finding] = (await found.all('2024-07-01', first, second)).filter(({ code }) => code === 'WEO_OVERLAP');
    expect(finding).toEqual({
      severity: 'ERROR',
      code: 'WEO_OVERLAP',
      ocmwId: OCMW,
      weoId: 'W2',
      subject: 'W1',
      message: expect.stringMatching(
        /^Held: since 2024-06-15 \(until 2024-06-30\) it overlaps with W1 of the same client, which was registered earlier, on 2024-01-05\. Nothing is paid for it \(E-WEO-OVERLAP; delivery 2017-01-01, weo\.csv line \d+\): correct the dates/,
      ) as string,
    });
    const corrected = weo('W1', '2024-01-10', '2024-06-14', { registered: '2024-07-01' });
    expect(await found.of('WEO_OVERLAP', '2024-06-30', first, second, corrected)).toEqual(['ERROR WEO_OVERLAP W2']);
    expect(await found.of('WEO_OVERLAP', '2024-07-01', first, second, corrected)).toEqual([]);
  });

  it('follows a replaced number, and does not hold a third agreement because of one that is held', async () => {
    const agreements = [
      weo('W1', '2024-01-01', '2024-03-31', { registered: '2024-01-01' }),
      weo('W2', '2024-03-15', '2024-06-30', { registered: '2024-03-01', client: 2 }),
      weo('W3', '2024-06-15', null, { registered: '2024-06-15' }),
    ];
    expect(await found.of('WEO_OVERLAP', '2024-07-01', ...agreements)).toEqual([]);
    expect(await found.of('WEO_OVERLAP', '2024-07-01', ...agreements, replacement(2, 1, '2024-06-20'))).toEqual([
      'ERROR WEO_OVERLAP W2',
    ]);
  });
});

describe('length of an agreement', () => {
  it('is a notice when it ends before a year is over, a day decides', async () => {
    expect(await found.of('WEO_SHORTER_THAN_A_YEAR', '2024-12-01', weo('W1', '2024-01-15', '2025-01-13'))).toEqual([
      'NOTICE WEO_SHORTER_THAN_A_YEAR W1',
    ]);
    expect(await found.of('WEO_SHORTER_THAN_A_YEAR', '2024-12-01', weo('W1', '2024-01-15', '2025-01-14'))).toEqual([]);
  });

  const CODES = ['MONTH_21_REACHED', 'MONTH_24_REACHED', 'WEO_PAST_24_WITHOUT_A60'];

  it.each([
    ['2023-08-31', []],
    ['2023-09-30', ['NOTICE MONTH_21_REACHED W1']],
    ['2023-12-30', ['NOTICE MONTH_21_REACHED W1']],
    ['2023-12-31', ['NOTICE MONTH_24_REACHED W1']],
    ['2024-01-31', ['WARNING WEO_PAST_24_WITHOUT_A60 W1']],
  ])('on %s of an agreement of January 2022 without art. 60 gives %j', async (evening, expected) => {
    expect(await found.of(CODES, evening, weo('W1', '2022-01-10', null))).toEqual(expected);
  });

  it('past 24 months is no finding while art. 60 runs', async () => {
    const records = [weo('W1', '2022-01-10', null), art60('E1', 'W1', '2022-02-01', '2024-03-31')];
    expect(await found.of(CODES, '2024-03-31', ...records)).toEqual([]);
    expect(await found.of(CODES, '2024-04-01', ...records)).toEqual(['WARNING WEO_PAST_24_WITHOUT_A60 W1']);
  });
});

describe('evaluations and reports', () => {
  it('are due every six months from the start, not chained (X52)', async () => {
    const agreement = weo('W1', '2024-08-31', null);
    const overdue = async (evening: string, ...more: string[]) =>
      (await found.all(evening, agreement, ...more))
        .filter(({ code }) => code === 'EVALUATION_OVERDUE')
        .map(({ message }) => message);
    expect(await overdue('2025-02-28')).toEqual([]);
    expect(await overdue('2025-03-01')).toEqual([
      'An evaluation was due by 2025-02-28 (every 6 months, R-LC-4); there is none yet. Evaluate and register it.',
    ]);
    const first = evaluation('W1', '2025-02-20');
    expect(await overdue('2025-08-31', first)).toEqual([]);
    expect(await overdue('2025-09-01', first)).toEqual([
      'An evaluation was due by 2025-08-31 (every 6 months, R-LC-4); the last one is of 2025-02-20. Evaluate and register it.',
    ]);
    expect(await overdue('2025-09-03', first, evaluation('W1', '2025-09-02'))).toEqual([]);
  });

  it('misses a final report from the day after the end', async () => {
    const agreement = weo('W1', '2023-01-01', '2024-06-30');
    expect(await found.of('FINAL_REPORT_MISSING', '2024-06-30', agreement)).toEqual([]);
    expect(await found.of('FINAL_REPORT_MISSING', '2024-07-01', agreement)).toEqual([
      'WARNING FINAL_REPORT_MISSING W1',
    ]);
    const report = evaluation('W1', '2024-06-30', 'FINAL_REPORT');
    expect(await found.of('FINAL_REPORT_MISSING', '2024-07-01', agreement, report)).toEqual([]);
  });
});

describe('number and OCMW of an agreement', () => {
  it('asks to register it under the number that replaced the old one', async () => {
    const records = [weo('W1', '2024-01-01', null), replacement(1, 2, '2024-03-05')];
    expect(await found.of('INSZ_REPLACED', '2024-03-04', ...records)).toEqual([]);
    expect(await found.of('INSZ_REPLACED', '2024-03-05', ...records)).toEqual(['NOTICE INSZ_REPLACED W1']);
    const again = weo('W1', '2024-01-01', null, { client: 2, registered: '2024-03-06' });
    expect(await found.of('INSZ_REPLACED', '2024-03-06', ...records, again)).toEqual([]);
  });

  it('is told to the successor after a merger, as an error when there is none', async () => {
    const successor = '0207204053';
    const records = [weo('W1', '2024-01-01', null, { ocmw: '0201310833' }), ocmw(successor)];
    const merged = ocmw('0201310833', { to: '2024-12-31', successor });
    expect(await found.of('OCMW_AFTER_MERGER', '2024-12-31', ...records, merged)).toEqual([]);
    const [finding] = (await found.all('2025-01-01', ...records, merged)).filter(
      ({ code }) => code === 'OCMW_AFTER_MERGER',
    );
    expect(finding).toMatchObject({ severity: 'NOTICE', ocmwId: successor, subject: '0201310833' });
    expect(
      await found.of('OCMW_AFTER_MERGER', '2025-01-01', ...records, ocmw('0201310833', { to: '2024-12-31' })),
    ).toEqual(['ERROR OCMW_AFTER_MERGER W1']);
  });
});
