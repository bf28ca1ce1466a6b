/** Times of the schedule, as they stand in the configuration. */
import * as kind from '../law/keys/kinds.js';

/** A time of the day in Europe/Brussels. */
export interface At {
  /** `HH:MM` */
  readonly text: string;
  /** Since midnight. */
  readonly minutes: number;
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
/** The hour in which the clock jumps in spring and repeats in autumn. */
const JUMP = { from: 2 * 60, until: 3 * 60 };

/** A time at which a job can run: once on every day of the year. */
export const timeOfDay: kind.ValueKind<At> = {
  allowed:
    'a time as HH:MM in Europe/Brussels, not from 02:00 to 03:00: there the clock jumps when summer time begins and repeats ' +
    'when it ends, so that a job would be left out or run twice',
  read: (json) => {
    const match = typeof json === 'string' ? TIME.exec(json) : null;
    if (match === null) return { ok: false, problem: `${kind.shown(json)} is no time` };
    const minutes = Number(match[1]) * 60 + Number(match[2]);
    if (minutes >= JUMP.from && minutes <= JUMP.until) {
      return { ok: false, problem: `${kind.shown(json)} does not exist on one day of the year` };
    }
    return { ok: true, value: { text: match[0], minutes } };
  },
};

/** The same, or `off`. */
export const timeOfDayOrOff: kind.ValueKind<At | 'off'> = {
  allowed: `${timeOfDay.allowed}; or off`,
  read: (json) => (json === 'off' ? { ok: true, value: 'off' } : timeOfDay.read(json)),
};

export const NIGHTLY_AT: At = { text: '21:30', minutes: 21 * 60 + 30 };
export const STATEMENT_AT: At = { text: '23:00', minutes: 23 * 60 };
export const RETENTION_AT: At = { text: '23:30', minutes: 23 * 60 + 30 };

/** When jobs run by themselves. */
export interface Timetable {
  readonly nightly: At;
  /** Undefined: no statements are made by themselves. */
  readonly statement: At | undefined;
  /** Undefined: nothing is removed by itself. */
  readonly retention: At | undefined;
}

/** Terms in months; undefined: what it is about is kept. */
export interface RetentionTerms {
  readonly identityMonths: number | undefined;
  readonly originalsMonths: number | undefined;
  readonly exportsMonths: number | undefined;
}

/** Without passwords there is nothing that statements could be protected with; without a term nothing is too old. */
export function timetableOf(
  values: {
    readonly 'schedule.nightly': At;
    readonly 'schedule.monthly_statement': At | 'off' | undefined;
    readonly 'schedule.retention': At | 'off' | undefined;
    readonly 'statement.passwords_file': string | undefined;
  },
  env: Readonly<Record<string, string | undefined>>,
  terms: RetentionTerms,
): Timetable {
  const hasPasswords = Boolean(values['statement.passwords_file'] ?? env['TWE_STATEMENT_PASSWORDS']);
  const statement = values['schedule.monthly_statement'] ?? (hasPasswords ? STATEMENT_AT : 'off');
  const hasTerm = Object.values(terms).some((months) => months !== undefined);
  const retention = values['schedule.retention'] ?? (hasTerm ? RETENTION_AT : 'off');
  return {
    nightly: values['schedule.nightly'],
    statement: statement === 'off' ? undefined : statement,
    retention: retention === 'off' ? undefined : retention,
  };
}
