import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../src/feeds/contracts.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { FeedFolder, GENT, HAACHT, LEUVEN, OTHER_PERSON, PERSON, emptyFeeds, night, type Row } from './support.js';

/** Each case is several nights on a database; `npm run test:long` takes more of them. */
const RUNS = process.env['TWE_LONG'] ? 400 : 15;
const DAYS = ['2024-01-01', '2024-01-02', '2024-01-03'];

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** A row of a record type, on a day. */
interface Sent {
  readonly name: string;
  readonly day: number;
  readonly row: Row;
}

const ids = fc.constantFrom('1', '2');
const ocmws = fc.constantFrom(GENT, HAACHT, LEUVEN);
const people = fc.constantFrom(PERSON, OTHER_PERSON, PERSON, OTHER_PERSON, '85073003329', `${PERSON}1`);
const days = fc.constantFrom('2024-01-10', '2024-01-10', '2024-02-31', '');
const rows: Record<string, fc.Arbitrary<Row>> = {
  ocmw: fc.record({
    ocmw_id: ocmws,
    successor_id: fc.option(ocmws, { nil: '' }),
    valid_to: fc.constantFrom('', '2024-12-31', '2000-01-01'),
  }),
  weo: fc.record({ weo_id: ids, ocmw_id: ocmws, insz: people, start_date: days }),
  employment: fc.record({ employment_id: ids, weo_id: ids, insz: people, start_date: days }),
  evaluation: fc.record({ evaluation_id: ids, weo_id: ids }),
  payment: fc.record({
    payment_id: ids,
    ocmw_id: ocmws,
    weo_id: fc.option(ids, { nil: '' }),
    reference: fc.constantFrom('', PERSON),
  }),
  wage: fc.record({ wage_id: ids, employment_id: ids, gross_wage_cost: fc.constantFrom('10.00', '10,00') }),
  replacement: fc.record({ insz: people, replaced_by: people }),
};

/** Rows on several days; no two of a record type are registered at the same moment. */
const feed: fc.Arbitrary<Sent[]> = fc
  .array(
    fc
      .constantFrom(...Object.keys(rows))
      .chain((name) => fc.record({ name: fc.constant(name), day: fc.nat(DAYS.length - 1), row: rows[name]! })),
    { minLength: 1, maxLength: 30 },
  )
  .map((sent) =>
    sent.map(({ name, day, row }, index) => {
      const moment = `2024-01-01T10:00:${String(index).padStart(2, '0')}+01:00`;
      return {
        name,
        day,
        row:
          name === 'ocmw'
            ? { ...row, valid_from: `2017-01-${String(index + 1).padStart(2, '0')}` }
            : { ...row, registered_at: moment },
      };
    }),
  );

async function deliver(folder: FeedFolder, sent: readonly Sent[], day: number): Promise<void> {
  const delivery: Record<string, Row[]> = {};
  for (const { name, row } of sent.filter((one) => one.day === day)) (delivery[name] ??= []).push(row);
  await folder.deliver(DAYS[day]!, { ...delivery, 'marker.txt': String(day) });
}

/** All that was kept, without places in files. */
async function kept(withLines: boolean): Promise<unknown[]> {
  const statements = CONTRACTS.map(({ name, columns }) => {
    const shown = columns.map(({ stored, kind }) =>
      kind.hidden ? `(select i.insz from twe.identity i where i.person_id = v.${stored})` : `v.${stored}`,
    );
    return `select '${name}' || ' ' || row(d.name, v.counted_on, ${shown.join(', ')})::text || ${withLines ? 'v.line' : `''`} as kept
      from twe.${name}_version v join twe.delivery d using (delivery_id)`;
  });
  const place = withLines ? 'r.line, r.message, r.record_id' : `''`;
  statements.push(`select row(d.name, r.file, r.column_name, r.code, r.raw, r.closed_on, r.waiting is null, ${place})::text
    from twe.rejected_row r join twe.delivery d using (delivery_id)`);
  return test.database.rows(
    `select kept from (${statements.join(' union all ')}) everything (kept) order by kept collate "C"`,
  );
}

async function afterNights(sent: readonly Sent[], nightByNight: boolean, withLines: boolean): Promise<unknown[]> {
  const folder = await FeedFolder.make();
  try {
    await emptyFeeds(test.database);
    for (let day = 0; day < DAYS.length; day++) {
      await deliver(folder, sent, day);
      if (nightByNight)
        await night(test.database, folder, { businessDate: DAYS[day]!, lastFinishedNight: DAYS[day - 1] });
    }
    if (!nightByNight) await night(test.database, folder, { businessDate: DAYS.at(-1)! });
    return await kept(withLines);
  } finally {
    await folder.remove();
  }
}

describe('whatever is delivered', () => {
  it('the order of rows in files does not matter', async () => {
    const shuffled = feed.chain((sent) =>
      fc.tuple(fc.constant(sent), fc.shuffledSubarray(sent, { minLength: sent.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([sent, other]) => {
        expect(await afterNights(other, false, false)).toEqual(await afterNights(sent, false, false));
      }),
      { numRuns: RUNS },
    );
  });

  it('night by night leads to the same as one night at the end', async () => {
    await fc.assert(
      fc.asyncProperty(feed, async (sent) => {
        expect(await afterNights(sent, true, true)).toEqual(await afterNights(sent, false, true));
      }),
      { numRuns: RUNS },
    );
  });

  it('every row is a version or set aside, none is both or lost, and no national number is shown', async () => {
    await fc.assert(
      fc.asyncProperty(feed, async (sent) => {
        await afterNights(sent, false, true);
        const versions = CONTRACTS.map(
          ({ name }) => `select delivery_id, '${name}.csv' as file, line from twe.${name}_version`,
        );
        const [counts] = await test.database.rows<{ rows: number; places: number }>(
          `select count(*)::integer as rows, count(distinct (delivery_id, file, line))::integer as places
           from (${versions.join(' union all ')}
             union all select delivery_id, file, line from twe.rejected_row where closed_on is null or waiting is null) kept`,
        );
        // A row that waited and was replaced is neither; one that came back is a version.
        const [replaced] = await test.database.rows<{ count: number }>(
          `select count(*)::integer as count from twe.rejected_row r
           where waiting is not null and closed_on is not null and not exists (
             select from (${versions.join(' union all ')}) v
             where v.delivery_id = r.delivery_id and v.file = r.file and v.line = r.line)`,
        );
        expect(counts!.places).toBe(counts!.rows);
        expect(counts!.rows + replaced!.count).toBe(sent.length);
        const shown = await test.database.rows<{ text: string }>(
          `select message || ' ' || raw as text from twe.rejected_row`,
        );
        for (const { text } of shown) expect(text.replaceAll(/\+\d\d:\d\d/g, '')).not.toMatch(/85073003|90010100/);
      }),
      { numRuns: RUNS },
    );
  });
});
