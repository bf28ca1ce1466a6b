/** The months of a simulation, as a person writes them: a month, a quarter or a year, alone or from one to another. */
import { formatMonth, parseMonth, type Month } from '../../calendar.js';
import { EXIT, Failure } from '../../errors.js';

/** Both months included. */
export interface Months {
  readonly first: Month;
  readonly last: Month;
}

/**
 * `2024-01`, `2024-Q1` or `2024`; without `to` the months of `from` itself. Throws a Failure (exit 2) when a text is none
 * of these or the end lies before the start.
 */
export function readMonths(from: string, to: string | undefined): Months {
  const { first } = readOne('--from', from);
  const { last } = to === undefined ? readOne('--from', from) : readOne('--to', to);
  if (first <= last) return { first, last };
  throw new Failure(
    EXIT.usage,
    `--from ${from} lies after --to ${to ?? ''}; nothing was simulated. Give the earlier month first.`,
  );
}

function readOne(option: string, text: string): Months {
  const month = parseMonth(text);
  if (month !== undefined) return { first: month, last: month };
  const [, year, quarter] = /^(\d{4})(?:-Q([1-4]))?$/.exec(text) ?? [];
  if (year === undefined) {
    throw new Failure(
      EXIT.usage,
      `${option} ${text} is no month, quarter or year. Write 2024-03, 2024-Q1 or 2024, for example.`,
    );
  }
  const january = Number(year) * 12;
  if (quarter === undefined) return { first: january, last: january + 11 };
  const first = january + (Number(quarter) - 1) * 3;
  return { first, last: first + 2 };
}

/** Throws a Failure (exit 2) when months are asked that the night did not compute yet (rulebook 15.3). */
export function requireComplete({ last }: Months, lastComplete: Month, evening: string): void {
  if (last <= lastComplete) return;
  throw new Failure(
    EXIT.usage,
    `${formatMonth(last)} was not over on the evening of the last finished night (${evening}), so nothing can be said ` +
      `of it. The last complete month is ${formatMonth(lastComplete)}: end the simulation there, with --to.`,
  );
}
