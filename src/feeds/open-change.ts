/**
 * The guard over the number of open trajectories: agreements that run tonight, by what is known now against what was known
 * on the night before. Both are counted for the same day, so that time that passes is no change. Only a fall stops the night:
 * growth is what a first import in several parts looks like, and takes nothing from anybody.
 */
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { EXIT, Failure } from '../errors.js';
import type { FeedFinding } from './findings.js';
import { acceptance, percent, type GuardLimits, type Guards } from './guards.js';

/** Throws a `Failure` (exit code 3) when the number moved too far and that is not accepted. */
export async function guardOpenTrajectories(
  session: Session,
  previousNight: string,
  today: string,
  { maxOpenChangeRatio, minRows }: GuardLimits,
  guards: Guards,
): Promise<FeedFinding[]> {
  const [moved] = await session.rows<{ difference: number }>(sql('feeds/count_open_difference'), [
    previousNight,
    today,
  ]);
  const { difference } = moved!;
  // All agreements are only counted where it matters: with fewer than minRows, no guard looks.
  if (-difference <= maxOpenChangeRatio * minRows) return [];
  const [known] = await session.rows<{ open: number }>(sql('feeds/count_open'), [previousNight, today]);
  const { open } = known!;
  if (open < minRows || -difference <= maxOpenChangeRatio * open) return [];
  const what =
    `${open} trajectories ran on ${today} by what was known on ${previousNight}, ${open + difference} by what was ` +
    `delivered since (-${percent(-difference / open)}, guard.max_open_change_ratio ` +
    `allows ${percent(maxOpenChangeRatio)})`;
  const refusal = new Failure(
    EXIT.refused,
    `The night of ${today} was stopped before anything was booked: ${what}. Nothing that was delivered was kept; look at the ` +
      `deliveries since ${previousNight}, have them corrected or pass them over with --skip-delivery, or go on with ` +
      `${acceptance('open-change')}.`,
  );
  return [await guards.stopAt('open-change', what, refusal)];
}
