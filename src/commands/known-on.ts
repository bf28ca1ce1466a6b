/** `--known-on`: the past evening whose knowledge is asked for. */
import { formatDay, parseDay, type Day } from '../calendar.js';
import { businessDateToday } from '../clock.js';
import { EXIT, Failure } from '../errors.js';

/** The day of `--known-on`, undefined without it. Throws a Failure (exit 2) for what is no date or lies in the future. */
export function knownOnAsked(text: string | undefined): Day | undefined {
  if (text === undefined) return undefined;
  const asked = parseDay(text);
  if (asked === undefined) {
    throw new Failure(EXIT.usage, `--known-on ${text} is not a date. Write it as YYYY-MM-DD, for example 2024-04-15.`);
  }
  const today = businessDateToday();
  if (asked <= today) return asked;
  throw new Failure(
    EXIT.usage,
    `--known-on ${text} lies in the future (today is ${formatDay(today)} in Brussels): nobody knows yet what will be known. ` +
      'Use that day or an earlier one.',
  );
}
