import { describe, expect, it } from 'vitest';
import { findingTest } from './found.js';
import { art60, category, job, weo } from './records.js';

const found = findingTest();

describe('the deadline of art. 60', () => {
  const CODES = ['A60_DEADLINE_NEAR', 'NO_A60', 'LATE_A60'];

  it.each([
    ['2024-02-29', []],
    ['2024-03-01', ['WARNING A60_DEADLINE_NEAR W1']],
    ['2024-03-15', ['WARNING A60_DEADLINE_NEAR W1']],
    ['2024-03-16', ['WARNING NO_A60 W1']],
  ])('on %s of an agreement of 15 January gives %j', async (evening, expected) => {
    expect(await found.of(CODES, evening, weo('W1', '2024-01-15', null))).toEqual(expected);
  });

  it('is over with a start in time, and missed with one a day later (X10, X11)', async () => {
    const agreement = weo('W1', '2024-01-15', null);
    expect(await found.of(CODES, '2024-03-20', agreement, art60('E1', 'W1', '2024-03-15', null))).toEqual([]);
    expect(await found.of(CODES, '2024-03-20', agreement, art60('E1', 'W1', '2024-03-16', null))).toEqual([
      'WARNING LATE_A60 W1',
    ]);
  });

  it('asks nothing of an agreement that ended before it, nor of a contract brought in on 1 January 2019 (R-TR-4)', async () => {
    expect(await found.of(CODES, '2024-03-10', weo('W1', '2024-01-15', '2024-02-10'))).toEqual([]);
    const old = [weo('W1', '2019-01-01', null), art60('E1', 'W1', '2016-11-01', null)];
    expect(await found.of([...CODES, 'A60_BEFORE_WEO'], '2019-04-01', ...old)).toEqual([]);
  });
});

describe('a contract under art. 60', () => {
  it('that starts before its agreement is an error, whenever it was', async () => {
    const records = [weo('W1', '2020-01-15', '2021-01-14'), art60('E1', 'W1', '2020-01-14', '2021-01-14')];
    const [finding] = (await found.all('2024-01-01', ...records)).filter(({ code }) => code === 'A60_BEFORE_WEO');
    expect(finding).toMatchObject({
      severity: 'ERROR',
      weoId: 'W1',
      subject: 'E1',
      message: expect.stringMatching(
        /^Art\. 60 contract E1 starts on 2020-01-14, before its agreement \(2020-01-15\)\. It is held and counts for nothing \(E-A60-BEFORE-WEO; delivery 2017-01-01, employment\.csv line \d+\): correct one of the two dates\.$/,
      ) as string,
    });
  });

  it('of another person than the agreement is a warning, until one of them is corrected', async () => {
    const records = [weo('W1', '2024-01-15', null), art60('E1', 'W1', '2024-02-01', null, { client: 2 })];
    expect(await found.of('A60_OTHER_INSZ', '2024-03-01', ...records)).toEqual(['WARNING A60_OTHER_INSZ W1']);
    const corrected = art60('E1', 'W1', '2024-02-01', null, { registered: '2024-03-01' });
    expect(await found.of('A60_OTHER_INSZ', '2024-03-01', ...records, corrected)).toEqual([]);
  });

  it('without a Nova Prima reference is a warning from its start on', async () => {
    const records = [
      weo('W1', '2024-01-15', null),
      art60('E1', 'W1', '2024-02-01', null, { reference: null, registered: '2024-01-20' }),
    ];
    expect(await found.of('NO_NOVA_PRIMA_REFERENCE', '2024-01-31', ...records)).toEqual([]);
    expect(await found.of('NO_NOVA_PRIMA_REFERENCE', '2024-02-01', ...records)).toEqual([
      'WARNING NO_NOVA_PRIMA_REFERENCE W1',
    ]);
  });
});

describe('the category', () => {
  const agreement = weo('W1', '2024-01-15', null);
  const contract = art60('E1', 'W1', '2024-02-05', null);

  it('that stays 78 while art. 60 runs is a warning once a month is complete', async () => {
    const records = [agreement, contract, category('C1', '78', '2024-02-05', null)];
    expect(await found.of('CATEGORY_NOT_CHANGED', '2024-02-28', ...records)).toEqual([]);
    const messages = async (evening: string, ...more: string[]) =>
      (await found.all(evening, ...records, ...more))
        .filter(({ code }) => code === 'CATEGORY_NOT_CHANGED')
        .map(({ message }) => message.split(' (')[0]);
    expect(await messages('2024-02-29')).toEqual(['On 2024-02-29 art. 60 ran and the category was 78, not 90 or 93']);
    expect(await messages('2024-04-30')).toEqual([
      'On the last day of 3 months, from 2024-02-29 to 2024-04-30, art. 60 ran and the category was 78, not 90 or 93',
    ]);
    // Changed, but not from the start: February stays.
    expect(await messages('2024-04-30', category('C2', '90', '2024-03-01', null))).toEqual([
      'On 2024-02-29 art. 60 ran and the category was 78, not 90 or 93',
    ]);
    expect(await messages('2024-04-30', category('C2', '93', '2024-02-06', null))).toEqual([]);
  });

  it('must be 00 by the eighth day after the day after art. 60 ended, unless there is work (X24)', async () => {
    const records = [
      agreement,
      art60('E1', 'W1', '2024-02-05', '2024-12-31'),
      category('C1', '90', '2024-02-05', '2024-12-31'),
    ];
    expect(await found.of('CATEGORY_00_OVERDUE', '2025-01-09', ...records)).toEqual([]);
    expect(await found.of('CATEGORY_00_OVERDUE', '2025-01-10', ...records)).toEqual(['WARNING CATEGORY_00_OVERDUE W1']);
    const changed = category('C2', '00', '2025-01-02', null);
    expect(await found.of('CATEGORY_00_OVERDUE', '2025-01-10', ...records, changed)).toEqual([]);
    const work = job('J1', 'REGULAR', '2025-01-06', null);
    expect(await found.of('CATEGORY_00_OVERDUE', '2025-01-10', ...records, work)).toEqual([]);
  });

  it('at the start must be one of those with which one enters', async () => {
    const atStart = (code: string, ...more: string[]) =>
      found.of('CATEGORY_AT_START', '2024-01-20', agreement, category('C0', code, '2023-01-01', null), ...more);
    expect(await atStart('05')).toEqual([]);
    expect(await atStart('10')).toEqual(['NOTICE CATEGORY_AT_START W1']);
    // Moved from another OCMW while art. 60 ran.
    expect(await atStart('90', weo('W0', '2023-01-01', '2024-01-14'))).toEqual([]);
  });
});
