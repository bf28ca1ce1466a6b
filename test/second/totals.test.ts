/**
 * The ledger against a second computation: totals.sql works out from the versions of the records, in plain SQL and by
 * itself, what is due, and both must agree to the cent after each of some nights over the fixtures.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nightly } from '../../jobs/nightly.js';
import { day } from '../../src/calendar.js';
import { loadConfig, type Config } from '../../src/config.js';
import { packageRoot } from '../../src/db/package-root.js';
import { createLogger } from '../../src/log.js';
import type { Job } from '../../src/runs/job.js';
import { runJob } from '../../src/runs/run-job.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createFixturesDatabase, EVENING } from '../support/fixtures-database.js';

/** Documents are not what is compared here. */
const night: Job = { ...nightly, steps: nightly.steps.filter(({ name }) => name !== 'export') };
const LONG = process.env['TWE_LONG'] !== undefined;
/** A quarter's batch in the middle of the first year, and the end: the second night goes on from the first. */
const EVENINGS = LONG ? ['2024-07-20', EVENING] : [EVENING];

let test: TestDatabase;
let config: Config;

beforeAll(async () => {
  test = await (LONG ? createTestDatabase() : createFixturesDatabase());
  config = loadConfig({ configFile: 'fixtures/twe.config.json', cwd: packageRoot, env: {} });
});

afterAll(() => test.drop());

describe('a second computation in SQL', () => {
  it.each(EVENINGS)(
    'agrees with the ledger to the cent on the evening of %s',
    async (evening) => {
      await runJob(test.database, night, {
        config,
        today: day(evening),
        skipDeliveries: [],
        lang: 'nl',
        progress: () => undefined,
        log: createLogger({ level: 'error', file: undefined }),
      });
      const compared = await compare(evening);
      expect(compared.differences).toEqual({ totals: [], months: [], outcomes: [] });
      // Not by both having nothing: the fixtures have money of every component.
      expect(compared.components).toEqual(['C1', 'C2', 'C3', 'EFF', 'INC', 'M1', 'M2', 'ORD']);
    },
    300_000,
  );
});

interface Comparison {
  readonly components: string[];
  readonly differences: {
    /** Per OCMW, component and year. */
    readonly totals: readonly object[];
    /** The first months behind them. */
    readonly months: readonly object[];
    readonly outcomes: readonly object[];
  };
}

async function compare(evening: string): Promise<Comparison> {
  const { amount } = config.law;
  const secondComputation = readFileSync(join(packageRoot, 'test/second/totals.sql'), 'utf8')
    .replaceAll(':evening', `date '${evening}'`)
    .replaceAll(':ordinary_cents', String(amount.ORD!.on(day(evening))))
    .replaceAll(':increased_cents', String(amount.INC!.on(day(evening))));
  return test.database.session(async (session) => {
    await session.rows(secondComputation);
    const present = await session.rows<{ component: string }>(
      `select distinct component from second_due order by component`,
    );
    return {
      components: present.map(({ component }) => component),
      differences: {
        totals: await session.rows(differences('ocmw_id, component, extract(year from month)::integer as year')),
        months: await session.rows(differences('ocmw_id, weo_id, component, month')),
        outcomes: await session.rows(DIFFERENT_OUTCOMES),
      },
    };
  });
}

/** The first lines on which the ledger and the second computation differ, at some grain. */
function differences(grain: string): string {
  const keys = grain.replace(/extract.*as /, '');
  return `
    with posted as (
      select
        ocmw_id, weo_id, (array['EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC'])[component + 1] as component,
        make_date(month / 12, month % 12 + 1, 1) as month, cents
      from twe.ledger_entry
      cross join generate_series(first_month, last_month) as month
    ),
    ledger as (select ${grain}, sum(cents)::bigint as ledger_cents from posted group by ${keys}),
    "second" as (select ${grain}, sum(cents)::bigint as second_cents from second_due group by ${keys})
    select ${keys}, ledger_cents, second_cents
    from ledger
    full join "second" using (${keys})
    where coalesce(ledger_cents, 0) <> coalesce(second_cents, 0)
    order by ${keys}
    limit 20`;
}

const DIFFERENT_OUTCOMES = `
  with latest as (
    select distinct on (weo_id, measurement) weo_id, measurement, measured_on, outcome, source, voided
    from twe.measurement_version
    order by weo_id, measurement, version_no desc
  )
  select weo_id, measurement, l.measured_on, l.outcome, l.source, s.measured_on as second_on, s.outcome as second_outcome
  from (select * from latest where not voided) l
  full join second_outcome s using (weo_id, measurement)
  where (l.measured_on, l.outcome) is distinct from (s.measured_on, s.outcome)
  order by weo_id, measurement
  limit 20`;
