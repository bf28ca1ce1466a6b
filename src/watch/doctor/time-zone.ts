/** Whether this program and the database know the same clock changes of Brussels. */
import { IANAZone } from 'luxon';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { EXIT } from '../../errors.js';
import { failing, fine, type Diagnosis } from './diagnosis.js';

const ABOUT = 'time zone';
const FROM_MS = Date.UTC(2024, 0, 1);
const UNTIL_MS = Date.UTC(2033, 0, 1);
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Two in each of the nine years. */
const EXPECTED_CHANGES = 18;

/** A moment from which another offset holds. */
export interface ClockChange {
  /** Seconds since 1970. */
  readonly at: number;
  readonly offsetMinutes: number;
}

/** Changes of Brussels from 2024 to 2032 as this program knows them. */
export function knownChanges(): ClockChange[] {
  const zone = IANAZone.create('Europe/Brussels');
  const changes: ClockChange[] = [];
  for (let at = FROM_MS; at < UNTIL_MS; at += DAY_MS) {
    if (zone.offset(at) === zone.offset(at + DAY_MS)) continue;
    let hour = at;
    while (zone.offset(hour) === zone.offset(at)) hour += HOUR_MS;
    changes.push({ at: hour / 1000, offsetMinutes: zone.offset(hour) });
  }
  return changes;
}

/** Compares them with those of PostgreSQL. */
export async function lookAtTimeZone(session: Session): Promise<Diagnosis> {
  const theirs = await session.rows<ClockChange>(sql('watch/list_clock_changes'));
  return compareChanges(knownChanges(), theirs);
}

export function compareChanges(ours: readonly ClockChange[], theirs: readonly ClockChange[]): Diagnosis {
  const toDo = 'Bring Node.js and the time zone data of the system (tzdata) and of PostgreSQL up to date.';
  if (ours.length !== EXPECTED_CHANGES) {
    const found = `this program knows ${ours.length} clock changes of Brussels from 2024 to 2032, not ${EXPECTED_CHANGES}`;
    return failing(ABOUT, found, toDo, EXIT.unexpected);
  }
  const shown = ({ at, offsetMinutes }: ClockChange) =>
    `${new Date(at * 1000).toISOString()} to UTC+${offsetMinutes / 60}`;
  const differs = ours.find((change, index) => theirs[index] === undefined || shown(theirs[index]) !== shown(change));
  if (differs === undefined && theirs.length === ours.length) {
    return fine(ABOUT, 'this program and the database agree on every clock change of Brussels from 2024 to 2032');
  }
  const where = differs === undefined ? 'the database knows more of them' : `first at ${shown(differs)}`;
  return failing(ABOUT, `the database knows other clock changes of Brussels: ${where}`, toDo, EXIT.unexpected);
}
