import { describe, expect, it } from 'vitest';
import { findingTest } from './found.js';
import { category, frozen, job, measured, weo } from './records.js';

const found = findingTest();
const agreement = weo('W1', '2023-10-01', '2024-09-30');

describe('MEASUREMENT_PENDING', () => {
  it('tells since when, and is a warning after 30 days', async () => {
    const records = [agreement, measured('W1', 1, '2024-10-01', 'PENDING', { evidence: 'J1' })];
    expect(await found.of('MEASUREMENT_PENDING', '2024-10-31', ...records)).toEqual(['NOTICE MEASUREMENT_PENDING W1']);
    expect(await found.of('MEASUREMENT_PENDING', '2024-11-01', ...records)).toEqual(['WARNING MEASUREMENT_PENDING W1']);
    const decided = measured('W1', 1, '2024-10-01', 'POSITIVE', { source: 'DECISION' });
    expect(await found.of('MEASUREMENT_PENDING', '2024-11-01', ...records, decided)).toEqual([]);
  });
});

describe('evidence', () => {
  const positive = measured('W1', 1, '2024-10-01', 'POSITIVE', { evidence: 'J1' });
  const work = job('J1', 'REGULAR', '2024-09-15', null);

  it('that holds is no finding', async () => {
    expect(await found.of('EVIDENCE_LOST', '2024-12-01', agreement, positive, work)).toEqual([]);
  });

  it('that is shortened after a final settlement is lost, the outcome stays', async () => {
    const shortened = job('J1', 'REGULAR', '2024-09-15', '2024-09-30', { registered: '2025-02-01' });
    const records = [agreement, positive, work, frozen('W1', '2024-09-30', '2025-01-15'), shortened];
    const [finding] = (await found.all('2025-02-01', ...records)).filter(({ code }) => code === 'EVIDENCE_LOST');
    expect(finding).toMatchObject({
      severity: 'WARNING',
      weoId: 'W1',
      subject: 'J1',
      message:
        'Measurement 1 of 2024-10-01 was positive because of employment J1, which was withdrawn or no longer covers that ' +
        'day. A final settlement froze the outcome: it stays positive unless a decision (decision.csv) says otherwise.',
    });
  });

  it('that is withdrawn before it is frozen takes the outcome with it', async () => {
    const withdrawn = job('J1', 'REGULAR', '2024-09-15', null, { registered: '2024-11-01', withdrawn: true });
    const records = [agreement, positive, work, withdrawn, measured('W1', 1, '2024-10-01', 'NEGATIVE')];
    const [finding] = (await found.all('2024-11-01', ...records)).filter(({ code }) => code === 'EVIDENCE_LOST');
    expect(finding?.message).toMatch(/The outcome follows the records/);
  });

  it('that comes after a final settlement is late', async () => {
    const late = job('J1', 'REGULAR', '2024-09-15', null, { registered: '2025-02-01' });
    const records = [agreement, measured('W1', 1, '2024-10-01', 'NEGATIVE'), frozen('W1', '2024-09-30', '2025-01-15')];
    expect(await found.of('EVIDENCE_LATE', '2025-02-01', ...records)).toEqual([]);
    expect(await found.of('EVIDENCE_LATE', '2025-02-01', ...records, late)).toEqual(['NOTICE EVIDENCE_LATE W1']);
  });
});

describe('what the records say of the day of a measurement', () => {
  it('is odd when a regular job has a Dimona type of another kind', async () => {
    const negative = measured('W1', 1, '2024-10-01', 'NEGATIVE');
    const records = (dimona: string) => [agreement, negative, job('J1', 'REGULAR', '2024-09-15', null, { dimona })];
    expect(await found.of('DIMONA_TYPE_UNUSUAL', '2024-10-02', ...records('STU'))).toEqual([
      'WARNING DIMONA_TYPE_UNUSUAL W1',
    ]);
    expect(await found.of('DIMONA_TYPE_UNUSUAL', '2024-10-02', ...records('OTH'))).toEqual([]);
  });

  it.each([
    ['POSITIVE', '00', ['NOTICE MEASUREMENT_CATEGORY_DISAGREES W1']],
    ['POSITIVE', '90', []],
    ['NEGATIVE', '78', ['NOTICE MEASUREMENT_CATEGORY_DISAGREES W1']],
    ['NEGATIVE', '05', []],
  ])('compares outcome %s with category %s', async (outcome, code, expected) => {
    const records = [agreement, measured('W1', 1, '2024-10-01', outcome), category('C1', code, '2024-10-01', null)];
    expect(await found.of('MEASUREMENT_CATEGORY_DISAGREES', '2024-10-02', ...records)).toEqual(expected);
  });
});
