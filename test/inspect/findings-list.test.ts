/**
 * The data quality findings that finance asked for, one by one: each has a code, a severity, an OCMW, a trajectory and a
 * sentence that says since when; and it is gone on the evening on which its cause is gone.
 */
import { expect, it } from 'vitest';
import { findingTest } from './found.js';
import { art60, category, evaluation, job, measured, ocmw, OCMW, posted, replacement, wage, weo } from './records.js';

const found = findingTest();

const WEO = weo('W1', '2024-01-15', null);
const ART60 = art60('E1', 'W1', '2024-02-05', null);
const ENDED = art60('E1', 'W1', '2024-02-05', '2024-08-31', { registered: '2024-09-01' });
const OLD = weo('W1', '2022-01-10', null);
const SUCCESSOR = '0207204053';
/** Months of INC in the ledger, from February 2024. */
const grants = (count: number) => posted(1, 'W1', 7, 2024 * 12 + 1, 2024 * 12 + count, 150000);
const INCREASED = art60('E1', 'W1', '2024-02-01', null, { increased: true });
const MERGED = [weo('W1', '2024-01-15', null, { ocmw: '0201310833' }), ocmw(SUCCESSOR)];

interface Case {
  readonly what: string;
  readonly code: string;
  readonly severity: string;
  readonly evening: string;
  readonly records: readonly string[];
  /** What the sentence says of the time. */
  readonly since: string;
  readonly cure: readonly string[];
  readonly ocmwId?: string;
  readonly weoId?: string;
}

const CASES: readonly Case[] = [
  {
    what: 'the deadline of art. 60 within 14 days',
    ...{ code: 'A60_DEADLINE_NEAR', severity: 'WARNING', evening: '2024-03-01', since: 'by 2024-03-15' },
    ...{ records: [WEO], cure: [ART60] },
  },
  {
    what: 'the deadline of art. 60 passed',
    ...{ code: 'NO_A60', severity: 'WARNING', evening: '2024-03-16', since: 'Since 2024-03-15' },
    ...{ records: [WEO], cure: [ART60] },
  },
  {
    what: 'art. 60 after its deadline',
    ...{ code: 'LATE_A60', severity: 'WARNING', evening: '2024-04-02', since: 'started on 2024-04-01' },
    records: [WEO, art60('E1', 'W1', '2024-04-01', null)],
    cure: [art60('E1', 'W1', '2024-03-11', null, { registered: '2024-04-02' })],
  },
  {
    what: 'category still 78',
    ...{ code: 'CATEGORY_NOT_CHANGED', severity: 'WARNING', evening: '2024-02-29', since: 'On 2024-02-29' },
    records: [WEO, ART60, category('C1', '78', '2024-02-05', null)],
    cure: [category('C1', '90', '2024-02-05', null, { registered: '2024-02-20' })],
  },
  {
    what: 'category 00 not there 8 days after the day after art. 60 ended',
    ...{ code: 'CATEGORY_00_OVERDUE', severity: 'WARNING', evening: '2024-09-10', since: 'by 2024-09-09' },
    records: [WEO, ENDED],
    cure: [category('C1', '00', '2024-09-02', null)],
  },
  {
    what: 'a category at the start that is none of 05, 00, 02, 11, 14, 80, 82',
    ...{ code: 'CATEGORY_AT_START', severity: 'NOTICE', evening: '2024-01-20', since: 'first day, 2024-01-15' },
    records: [WEO, category('C1', '90', '2023-01-01', null)],
    cure: [category('C1', '05', '2023-01-01', null, { registered: '2024-01-19' })],
  },
  {
    what: 'no evaluation in six months',
    ...{ code: 'EVALUATION_OVERDUE', severity: 'WARNING', evening: '2024-07-16', since: 'by 2024-07-15' },
    ...{ records: [WEO], cure: [evaluation('W1', '2024-07-16')] },
  },
  {
    what: 'no evaluation after a phase',
    ...{ code: 'EVALUATION_AFTER_PHASE_MISSING', severity: 'WARNING', evening: '2024-10-01' },
    since: 'ended on 2024-08-31 and no evaluation after that phase was registered by 2024-09-30',
    ...{ records: [WEO, ENDED, evaluation('W1', '2024-07-10')], cure: [evaluation('W1', '2024-08-20')] },
  },
  {
    what: 'no final report after the WEO ended',
    ...{ code: 'FINAL_REPORT_MISSING', severity: 'WARNING', evening: '2024-07-01', since: 'ended on 2024-06-30' },
    records: [weo('W1', '2023-01-01', '2024-06-30')],
    cure: [evaluation('W1', '2024-07-01', 'FINAL_REPORT')],
  },
  {
    what: 'a trajectory shorter than a year',
    ...{ code: 'WEO_SHORTER_THAN_A_YEAR', severity: 'NOTICE', evening: '2024-06-01', since: 'to 2024-11-30' },
    records: [weo('W1', '2024-01-15', '2024-11-30')],
    cure: [weo('W1', '2024-01-15', '2025-01-14', { registered: '2024-06-01' })],
  },
  {
    what: 'month 21',
    ...{
      code: 'MONTH_21_REACHED',
      severity: 'NOTICE',
      evening: '2023-09-30',
      since: 'Running since 2022-01-10, 21 months',
    },
    ...{ records: [OLD], cure: [weo('W1', '2022-01-10', '2023-09-29', { registered: '2023-09-30' })] },
  },
  {
    what: 'month 24',
    ...{
      code: 'MONTH_24_REACHED',
      severity: 'NOTICE',
      evening: '2023-12-31',
      since: 'Running since 2022-01-10, 24 months',
    },
    ...{ records: [OLD], cure: [weo('W1', '2022-01-10', '2023-12-30', { registered: '2023-12-31' })] },
  },
  {
    what: 'past 24 months without art. 60',
    ...{ code: 'WEO_PAST_24_WITHOUT_A60', severity: 'WARNING', evening: '2024-01-31' },
    since: 'Running since 2022-01-10, 25 months',
    ...{ records: [OLD], cure: [art60('E1', 'W1', '2022-02-01', '2024-06-30')] },
  },
  {
    what: 'a measurement that waits for data',
    ...{
      code: 'MEASUREMENT_PENDING',
      severity: 'NOTICE',
      evening: '2024-07-20',
      since: 'since 2024-07-01, for 19 days',
    },
    records: [weo('W1', '2023-01-01', '2024-06-30'), measured('W1', 1, '2024-07-01', 'PENDING', { evidence: 'J1' })],
    cure: [measured('W1', 1, '2024-07-01', 'POSITIVE', { source: 'DECISION' })],
  },
  ...[10, 12].map((count) => ({
    what: `the increased allowance at grant ${count}`,
    ...{ code: count === 12 ? 'INCREASED_GRANTS_USED' : 'INCREASED_GRANTS_NEARLY_USED', severity: 'NOTICE' },
    ...{
      evening: '2025-02-10',
      since: `granted ${count} times out of 12, last for ${count === 12 ? '2025-01' : '2024-11'}`,
    },
    records: [WEO, INCREASED, grants(count)],
    cure: [art60('E1', 'W1', '2024-02-01', '2025-02-09', { increased: true, registered: '2025-02-10' })],
  })),
  {
    what: 'another employer than the OCMW',
    ...{
      code: 'EMPLOYER_NOT_OCMW',
      severity: 'WARNING',
      evening: '2024-02-05',
      since: 'from 2024-02-05, has 0207204053',
    },
    records: [WEO, art60('E1', 'W1', '2024-02-05', null, { employer: SUCCESSOR })],
    cure: [art60('E1', 'W1', '2024-02-05', null, { employer: OCMW, registered: '2024-02-05' })],
  },
  {
    what: 'the increased allowance asked outside social economy',
    ...{ code: 'INCREASED_WITHOUT_SOCIAL_ECONOMY', severity: 'WARNING', evening: '2024-02-05' },
    since: 'from 2024-02-05',
    records: [WEO, art60('E1', 'W1', '2024-02-05', null, { increased: true, socialEconomy: false })],
    cure: [art60('E1', 'W1', '2024-02-05', null, { increased: true, registered: '2024-02-05' })],
  },
  {
    what: 'an allowance above the wage cost',
    ...{ code: 'ALLOWANCE_ABOVE_WAGE_COST', severity: 'WARNING', evening: '2025-02-10' },
    since: 'For 2 months, from 2024-02 to 2024-03, the allowance is together 300.00 euro above',
    records: [WEO, INCREASED, grants(12), wage('E1', '2024-02', 140000), wage('E1', '2024-03', 130000)],
    cure: [
      wage('E1', '2024-02', 150000, { registered: '2025-02-10' }),
      wage('E1', '2024-03', 150000, { registered: '2025-02-10' }),
    ],
  },
  {
    what: 'overlapping agreements',
    ...{ code: 'WEO_OVERLAP', severity: 'ERROR', evening: '2024-07-01', since: 'since 2024-06-15', weoId: 'W2' },
    records: [WEO, weo('W2', '2024-06-15', null)],
    cure: [weo('W1', '2024-01-15', '2024-06-14', { registered: '2024-07-01' })],
  },
  {
    what: 'a replaced INSZ',
    ...{ code: 'INSZ_REPLACED', severity: 'NOTICE', evening: '2024-03-05', since: 'registered on 2024-03-05' },
    records: [WEO, replacement(1, 2, '2024-03-05')],
    cure: [weo('W1', '2024-01-15', null, { client: 2, registered: '2024-03-05' })],
  },
  {
    what: 'an OCMW after its merger',
    ...{ code: 'OCMW_AFTER_MERGER', severity: 'NOTICE', evening: '2025-01-01', since: 'ended on 2024-12-31' },
    ...{ ocmwId: SUCCESSOR, records: [...MERGED, ocmw('0201310833', { to: '2024-12-31', successor: SUCCESSOR })] },
    cure: [weo('W1', '2024-01-15', null, { ocmw: SUCCESSOR, registered: '2025-01-01' })],
  },
];

it.each(CASES)(
  '$what ($code)',
  async ({ code, severity, evening, records, since, cure, ocmwId = OCMW, weoId = 'W1' }) => {
    const told = (await found.all(evening, ...records)).filter((finding) => finding.code === code);
    expect(told).toEqual([
      {
        severity,
        code,
        ocmwId,
        weoId,
        subject: expect.any(String) as string,
        message: expect.stringContaining(since) as string,
      },
    ]);
    expect(await found.of(code, evening, ...records, ...cure)).toEqual([]);
  },
);

it('EVALUATION_AFTER_PHASE_MISSING comes on the 31st day, and not while another contract runs or after the agreement', async () => {
  const of = (evening: string, ...more: string[]) =>
    found.of('EVALUATION_AFTER_PHASE_MISSING', evening, WEO, ENDED, ...more);
  expect(await of('2024-09-30')).toEqual([]);
  expect(await of('2024-10-01')).toEqual(['WARNING EVALUATION_AFTER_PHASE_MISSING W1']);
  expect(await of('2024-10-01', evaluation('W1', '2024-07-31'))).not.toEqual([]);
  expect(await of('2024-10-01', evaluation('W1', '2024-08-01'))).toEqual([]);
  expect(await of('2024-10-01', art60('E2', 'W1', '2024-09-02', null))).toEqual([]);
  expect(await of('2024-10-01', job('J1', 'REGULAR', '2024-09-02', null))).not.toEqual([]);
  expect(await of('2024-10-01', weo('W1', '2024-01-15', '2024-09-15', { registered: '2024-09-16' }))).toEqual([]);
});
