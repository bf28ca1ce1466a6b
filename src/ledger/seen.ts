/** Facts of some trajectories as they were known on an earlier evening: what a reason compares with. */
import type { Day } from '../calendar.js';
import type { Database } from '../db/database.js';
import type { AsOf } from '../law/trajectory.js';
import { buildWantedFacts, type CarriedHistory, type KnownUntil, wantWeos } from '../records/build.js';
import type { Seen } from './reason.js';
import { streamTrajectories } from './stream.js';

/** The knowledge of a night: registered and delivered up to its evening. */
export function eveningOf(day: Day): { known: KnownUntil; asOf: AsOf } {
  return { known: { registeredUntil: day, deliveredUntil: day }, asOf: { today: day, knownUntil: day } };
}

/** Facts of these WEOs under an earlier knowledge; WEOs that were not known then are missing. */
export async function factsAsSeen(
  database: Database,
  weoIds: readonly string[],
  { known, asOf }: { readonly known: KnownUntil; readonly asOf: AsOf },
  carried: CarriedHistory,
): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  await database.transaction(async (session) => {
    await wantWeos(session, weoIds);
    await buildWantedFacts(session, known, carried);
    for await (const piece of streamTrajectories(session, 'built_facts')) {
      for (const { facts } of piece) seen.set(facts.weoId, { facts, asOf });
    }
  });
  return seen;
}
