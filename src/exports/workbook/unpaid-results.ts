/** Why a positive measurement pays nothing: the law is asked again, for only those. */
import { day, formatDay, type Day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import type { LawOverrides } from '../../law/keys.js';
import { vdabComponents } from '../../law/entitlement.js';
import { buildLaw } from '../../law/resolve.js';
import type { Text } from '../../law/rulebook/sources.js';
import { SegmentList } from '../../law/segments.js';
import { streamTrajectories } from '../../ledger/stream.js';

/** The reason and its rule for a measurement of a WEO; undefined for one that pays, or is not positive. */
export type WhyUnpaid = (weoId: string, measurement: number) => Text | undefined;

/** Reads them as the facts that the last night left behind say it. @param businessDate of a database without a night */
export async function readUnpaidResults(
  session: Session,
  businessDate: Day,
  lawOverrides: LawOverrides,
): Promise<WhyUnpaid> {
  const law = buildLaw(lawOverrides);
  const today = await dayOfFacts(session, businessDate);
  await session.client.query(sql('exports/choose_unpaid_facts'));
  const reasons = new Map<string, Text>();
  for await (const piece of streamTrajectories(session, 'chosen_facts')) {
    for (const { facts } of piece) {
      const results = vdabComponents(facts, law, { today, knownUntil: today }, new SegmentList());
      for (const { measurement, verdict } of results) {
        if (verdict.due || measurement.outcome !== 'POSITIVE') continue;
        const { dutch, english, rule } = verdict;
        reasons.set(`${facts.weoId}/${measurement.measurement}`, {
          nl: `${dutch} (${rule})`,
          en: `${english} (${rule})`,
        });
      }
    }
  }
  return (weoId, measurement) => reasons.get(`${weoId}/${measurement}`);
}

async function dayOfFacts(session: Session, businessDate: Day): Promise<Day> {
  const [row] = await session.rows<{ facts_on: string }>(
    `select coalesce(max(run.business_date), $1::date) as facts_on
     from twe.run_step join twe.run using (run_id) where step = 'facts'`,
    [formatDay(businessDate)],
  );
  return day(row!.facts_on);
}
