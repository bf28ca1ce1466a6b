/** `twe history`: everything exactly as it was known on the evening of a day, and what changed since. */
import { resolve } from 'node:path';
import { formatDay, parseDay, type Day } from '../calendar.js';
import { businessDateToday } from '../clock.js';
import { EXIT, Failure } from '../errors.js';
import { asJson, batchLines, comparisonLines, countLine, positionLines } from '../inspect/history/text.js';
import { history, type History } from '../runs/history.js';
import { openOptions, settingsOf, withDatabase, type CommonOptions } from './options.js';
import { stopSignals } from './stop-signals.js';
import { createTerminal } from './terminal.js';

export interface HistoryCommandOptions extends CommonOptions {
  readonly knownOn: string;
  readonly ocmw?: string;
  readonly compare?: string;
  readonly lang?: string;
}

/** Throws a Failure (exit 2) for a day that is none or lies ahead, and whatever `history` throws. */
export async function historyCommand(options: HistoryCommandOptions): Promise<void> {
  const knownOn = pastDay('--known-on', options.knownOn);
  const compareTo = options.compare === undefined ? undefined : pastDay('--compare', options.compare);
  const settings = settingsOf(options);
  const terminal = createTerminal(options.json ?? false);
  const note = (text: string) => terminal.note(text);
  const told = await withDatabase(
    settings,
    (database) =>
      history(database, {
        ...{ settings, knownOn, compareTo, ocmwId: options.ocmw },
        open: openOptions(settings),
        out: options.out === undefined ? undefined : resolve(options.out),
        lang: options.lang === 'en' ? 'en' : 'nl',
        progress: (text) => terminal.progress(text),
        stop: stopSignals(),
      }),
    note,
  );
  terminal.clear();
  if (options.json) terminal.print(JSON.stringify(jsonOf(told), null, 2));
  else for (const line of linesOf(told)) terminal.print(line);
}

function pastDay(option: string, text: string): Day {
  const asked = parseDay(text);
  if (asked === undefined) {
    throw new Failure(EXIT.usage, `${option} ${text} is not a date. Write it as YYYY-MM-DD, for example 2024-06-30.`);
  }
  const today = businessDateToday();
  if (asked <= today) return asked;
  throw new Failure(
    EXIT.usage,
    `${option} ${text} lies in the future (today is ${formatDay(today)} in Brussels): nothing is known of it yet. Give that day or an earlier one.`,
  );
}

function jsonOf({ knownOn, evening, ocmw, runs, files, comparison, notes, ...rest }: History) {
  return {
    version: 1,
    knownOn: formatDay(knownOn),
    evening: formatDay(evening),
    ocmw: ocmw ?? null,
    runs,
    ...asJson(rest),
    files,
    comparison: comparison === undefined ? null : { ...comparison, evening: formatDay(comparison.evening) },
    notes,
  };
}

function linesOf(told: History): string[] {
  const { knownOn, evening, ocmw, runs, files, comparison, notes } = told;
  const who = ocmw === undefined ? 'All OCMWs' : `OCMW ${ocmw.id}${ocmw.name === null ? '' : ` (${ocmw.name})`}`;
  const other =
    evening === knownOn ? '' : ` (no night was finished on ${formatDay(knownOn)}; this was the last one before)`;
  return [
    `${who} as known on the evening of ${formatDay(evening)}${other}`,
    ...runs.map(
      ({ runId, lawDigest, programVersion }) => `  ${runId}, law ${lawDigest.slice(0, 12)}, twe ${programVersion}`,
    ),
    ...positionLines(told, ocmw?.id),
    ...(ocmw === undefined ? [] : [countLine(told)]),
    ...batchLines(told.batches, ocmw?.id),
    ...(comparison === undefined
      ? []
      : [`Changed until the evening of ${formatDay(comparison.evening)}`, ...comparisonLines(comparison)]),
    ...files.map((file) => `  ${file}`),
    ...notes.map((text) => `Note: ${text}`),
  ];
}
