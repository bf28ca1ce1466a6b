/** Facts of some trajectories as they were known on an earlier evening: what a reason compares with. */
import type { Day } from '../calendar.js';
import type { Database } from '../db/database.js';
import type { AsOf } from '../law/trajectory.js';
import { buildWantedFacts, type CarriedHistory, type KnownUntil, wantWeos } from '../records/build.js';
import type { Seen } from './reason.js';
import { streamTrajectories } from './stream.js';

/** The knowledge of a night: registered and delivered up to its evening. */
export function eveningOf(day: Day): Moment {
  return { known: { registeredUntil: day, deliveredUntil: day }, asOf: { today: day, knownUntil: day } };
}

/** An earlier knowledge, and the day for which it was computed. */
export interface Moment {
  readonly known: KnownUntil;
  readonly asOf: AsOf;
}

/** Facts of these WEOs under each of some earlier knowledges; WEOs that were not known then are missing. */
export async function factsAsSeen(
  database: Database,
  weoIds: readonly string[],
  moments: readonly Moment[],
  carried: CarriedHistory,
): Promise<Map<string, Seen>[]> {
  return database.transaction(async (session) => {
    await wantWeos(session, weoIds);
    const all: Map<string, Seen>[] = [];
    for (const { known, asOf } of moments) {
      await buildWantedFacts(session, known, carried);
      const seen = new Map<string, Seen>();
      for await (const piece of streamTrajectories(session, 'built_facts')) {
        for (const { facts } of piece) seen.set(facts.weoId, { facts, asOf });
      }
      all.push(seen);
    }
    return all;
  });
}
