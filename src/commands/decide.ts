/** `twe decide`: a human's word on a measurement. */
import { formatDay } from '../calendar.js';
import { momentOf } from '../clock.js';
import { EXIT, Failure } from '../errors.js';
import { decideMeasurement, type ManualDecision } from '../records/decide.js';
import { withLease } from '../runs/lease.js';
import { machine, systemUser } from '../system-user.js';
import { dayAsked, saidIn, settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface DecideOptions extends CommonOptions {
  readonly measurement: string;
  readonly outcome: string;
  readonly by: string;
  readonly reason: string;
}

const OUTCOMES = ['POSITIVE', 'NEGATIVE', 'WITHDRAWN'] as const;

export async function decideCommand(weoId: string, options: DecideOptions): Promise<void> {
  const by = saidIn('--by', options.by);
  const reason = saidIn('--reason', options.reason);
  const measurement = measurementOf(options.measurement);
  const outcome = outcomeOf(options.outcome);
  const on = dayAsked(options);
  const account = `${systemUser()}@${machine()}`;
  const decision = { weoId, measurement, outcome, by, reason, on, registeredAt: momentOf(on), account };
  const countedOn = await withDatabase(settingsOf(options), (database) =>
    withLease(database, { doing: 'decide' }, (fenced) =>
      fenced.transaction((session) => decideMeasurement(session, decision)),
    ),
  );
  createTerminal(false).print(
    `measurement ${measurement} of WEO ${weoId}: ${outcome.toLowerCase()} by ${by}, counting from the night of ${formatDay(countedOn)}.`,
  );
}

function measurementOf(text: string): ManualDecision['measurement'] {
  if (text === '1') return 1;
  if (text === '2') return 2;
  throw new Failure(EXIT.usage, `--measurement is 1 or 2, not ${text}; nothing was changed.`);
}

function outcomeOf(text: string): ManualDecision['outcome'] {
  const outcome = OUTCOMES.find((each) => each === text.toUpperCase());
  if (outcome !== undefined) return outcome;
  throw new Failure(EXIT.usage, `--outcome is ${OUTCOMES.join(', ')}, not ${text}; nothing was changed.`);
}
