/**
 * Sentences that inspectors asked for, on the fixtures after one night: the job behind a positive result, what is pending and
 * what is lost, who pays, for whom a batch line was, and the law of the night when the configuration has another.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, parseMonth } from '../../../src/calendar.js';
import { readUnpaidResults } from '../../../src/exports/workbook/unpaid-results.js';
import { explain } from '../../../src/inspect/explain/explain.js';
import type { Explanation } from '../../../src/inspect/explain/explanation.js';
import { detail } from '../../../src/inspect/explain/text/detail.js';
import { overview } from '../../../src/inspect/explain/text/overview.js';
import type { Component } from '../../../src/law/codes.js';
import type { TestDatabase } from '../../support/database.js';
import { createFixturesDatabase, EVENING } from '../../support/fixtures-database.js';
import { lawInForce, lawOfFixtures, WIDE } from './support.js';

const law = lawOfFixtures();
let test: TestDatabase;

beforeAll(async () => {
  test = await createFixturesDatabase();
}, 300_000);

afterAll(() => test.drop());

/** The overview on one line, spaces as in a sentence. */
async function said(weoId: string): Promise<string> {
  return inOneLine(overview(WIDE, await explain(test.database, weoId, law), false));
}

const inOneLine = (lines: readonly string[]) => lines.join(' ').replaceAll(/ +/g, ' ');

function whyOf({ lines }: Explanation, component: Component, month: string): string | undefined {
  const line = lines.find((each) => each.component === component && each.month === month);
  return line && `${line.rule} ${line.why}`;
}

describe('a positive result', () => {
  it('names the job that proves it, with kind, employer and dates', async () => {
    expect(await said('X30')).toContain(
      '2025-01 600.00 R-RES-2 measurement 2 is positive: X30-J2 (REGULAR at employer 0900123475, Dimona type OTH, ' +
        '2024-12-21, still open) ran on 2025-01-01: a job in the regular economy',
    );
  });

  it('says so in every overview, also when a decision made it', async () => {
    const positive = await test.database.rows<{ weo_id: string; source: string; employment_id: string | null }>(
      `select distinct on (source, employment_id is null) weo_id, source, employment_id
       from twe.measurement_version where outcome = 'POSITIVE' and cents > 0 and not voided
       order by source, employment_id is null, weo_id`,
    );
    expect(positive.length).toBeGreaterThanOrEqual(2);
    for (const { weo_id: id, employment_id: job } of positive) {
      expect(await said(id)).toMatch(/measurement [12] is positive: (decision )?\S/);
      if (job !== null) expect(await said(id)).toContain(job);
    }
  });
});

describe('a positive measurement that pays nothing', () => {
  it('has its reason from the law, on the sheet of measurements and in the explanation', async () => {
    const unpaid = await test.database.rows<{ weo_id: string; measurement: 1 | 2; measured_on: string }>(
      `select weo_id, measurement, measured_on
       from (
         select distinct on (weo_id, measurement) * from twe.measurement_version
         order by weo_id, measurement, version_no desc
       ) present
       where outcome = 'POSITIVE' and cents = 0 and not voided
       order by weo_id, measurement limit 20`,
    );
    expect(unpaid.length).toBeGreaterThan(1);
    const why = await test.database.transaction((session) =>
      readUnpaidResults(session, day(EVENING), law.lawOverrides),
    );
    for (const { weo_id: id, measurement, measured_on: on } of unpaid) {
      const { lines } = await explain(test.database, id, law);
      const line = lines.find((each) => each.component === `M${measurement}` && each.month === on.slice(0, 7))!;
      expect(line).toMatchObject({
        due: false,
        why: expect.not.stringMatching(/^(POSITIVE|NEGATIVE|PENDING)$/) as unknown,
      });
      expect(why(id, measurement)).toEqual({
        nl: `${line.text.nl} (${line.rule})`,
        en: `${line.text.en} (${line.rule})`,
      });
    }
    expect(why('X30', 2)).toBeUndefined();
  });
});

describe('a month that nothing is due for', () => {
  it('says that the agreement ended when it did, also before the month is over', async () => {
    const explanation = await explain(test.database, 'T34022054A', law);
    const february = explanation.lines.filter(({ month, component }) => month === '2026-02' && component !== 'M1');
    expect(february.map(({ component, why, text }) => [component, why, text.en])).toEqual(
      ['EFF', 'C1', 'C2', 'C3'].map((component) => [
        component,
        'NOT_REGISTERED',
        'the agreement ended before the last day of the month',
      ]),
    );
    const open = await explain(test.database, 'T34022054A', law, { month: parseMonth('2024-01')! });
    expect(open.lines[0]!.text.en).toBe('the agreement had not started on the last day of the month');
  });

  it('before art. 60 began is told from one after it stopped', async () => {
    const explanation = await explain(test.database, 'X30', law);
    expect(whyOf(explanation, 'C1', '2024-01')).toBe('R-C-1 A60_NOT_BEGUN');
    expect(whyOf(explanation, 'C1', '2024-02')).toBe('R-C-1 COMPENSATION');
  });
});

describe('what is due in all', () => {
  it('keeps money of VDAB and allowances apart', async () => {
    const text = await said('X45');
    expect(text).toContain(
      'Due by VDAB 5340.00 in the ledger 5340.00 Allowances due through POD MI 17000.00 in the ledger 17000.00',
    );
    expect(text).not.toMatch(/Total due/);
  });
});

describe('batch lines', () => {
  it('name the OCMW and the reference of its payment or claim', async () => {
    const { batchLines, batchParts } = await explain(test.database, 'T11002069A', law);
    const claims = await test.database.rows<{ batch_id: string; ocmw_id: string; reference: string; cents: number }>(
      `select distinct batch_id, ocmw_id, reference, c.cents from twe.batch_claim c
       join twe.batch using (batch_no) join twe.batch_line l using (batch_no, ocmw_id)
       where l.weo_id = 'T11002069A'`,
    );
    const named = batchParts.flatMap(({ batchId, ocmwId, claims: own }) =>
      own.map(({ reference, cents }) => ({ batch_id: batchId, ocmw_id: ocmwId, reference, cents })),
    );
    expect(new Set(named)).toEqual(new Set(claims));
    expect(batchLines.every((line) => batchParts.some((part) => part.ocmwId === line.ocmwId))).toBe(true);
  });

  it('never hide what was taken behind what was given', async () => {
    const text = await said('T13040052A');
    expect(text).toMatch(/MEASUREMENT_VOID: M1 \d{4}-\d\d -300.00, M1 \d{4}-\d\d \+300.00/);
    expect(text).not.toContain('+0.00');
  });

  it('carry them in the detail of a month too', async () => {
    const asked = { month: parseMonth('2025-01')! };
    const text = inOneLine(detail(WIDE, await explain(test.database, 'X30', law, asked)));
    expect(text).toMatch(
      /QUARTER for OCMW 0925370694: due 600.00, before 0.00, line \+600.00, REGULAR, approved payment \+\+\+[\d/]{14}\+\+\+/,
    );
  });

  it('show what payment.csv confirmed of them, as known on the evening', async () => {
    const { batchParts } = await explain(test.database, 'X30', law);
    const { batchId, ocmwId, claims } = batchParts[0]!;
    const { reference, cents } = claims[0]!;
    const add = (id: string, registeredAt: string, weoId: string | null, withdrawn = false) =>
      test.database.rows(
        `insert into twe.payment_version
           (payment_id, ocmw_id, paid_on, cents, reference, weo_id, registered_at, withdrawn, counted_on, delivery_id, line)
         values ($1, $2, '2024-04-22', $3, $4, $5, $6, $7, '2024-04-30', 1, 1)`,
        [id, ocmwId, cents, reference, weoId, registeredAt, withdrawn],
      );
    await add('PAID', '2024-04-22', null);
    await add('OF_ANOTHER', '2024-04-22', 'X01');
    await add('TAKEN_BACK', '2024-04-22', null);
    await add('TAKEN_BACK', '2024-04-23', null, true);
    await add('LATER', '2026-02-18', null);
    const now = await explain(test.database, 'X30', law);
    expect(now.batchParts.find((part) => part.batchId === batchId)!.claims[0]!.payments).toEqual([
      { paymentId: 'PAID', paidOn: '2024-04-22', cents, forLine: false },
    ]);
    expect(await said('X30')).toContain(`${(cents / 100).toFixed(2)} paid on 2024-04-22 (PAID)`);
  });
});

describe('the law of the night', () => {
  const other = lawInForce({ 'a60.late_policy': 'EFF_ONLY' });

  it('explains it, whatever the configuration says by now', async () => {
    const own = await explain(test.database, 'X15', law);
    const explanation = await explain(test.database, 'X15', other);
    expect(explanation).toEqual({ ...own, law: 'NIGHT' });
    expect(overview(WIDE, explanation, false)[2]).toBe(
      'under the law of that night, which is not the one in the configuration now',
    );
    expect(overview(WIDE, own, false)[2]).toBe('');
  });

  it('gives way to the configuration when it was not kept, as long as that adds up', async () => {
    const kept = await test.database.rows<{ law_digest: string; overrides: unknown }>(
      'delete from twe.law returning *',
    );
    try {
      expect((await explain(test.database, 'X01', other)).law).toBe('CONFIGURATION_INSTEAD');
      await expect(explain(test.database, 'X15', other)).rejects.toMatchObject({
        exitCode: 2,
        message: expect.stringContaining(
          `The law of the last finished night (${EVENING}/nightly) was not kept and is not that of the configuration`,
        ) as unknown,
      });
    } finally {
      for (const row of kept) {
        const values = [row.law_digest, JSON.stringify(row.overrides)];
        await test.database.rows('insert into twe.law (law_digest, overrides) values ($1, $2)', values);
      }
    }
  });
});
