/** What the doctor says: one line for each thing that was looked at. */
import { EXIT, type Failure } from '../../errors.js';

export type Level = 'OK' | 'WARN' | 'FAIL';

export interface Diagnosis {
  readonly level: Level;
  /** What was looked at: `disk of out`. */
  readonly about: string;
  /** How it is; no secret. */
  readonly found: string;
  /** What to do; undefined when all is well. */
  readonly toDo?: string;
  /** Of a FAIL: exit code that it deserves. */
  readonly exitCode?: Failure['exitCode'];
}

export function fine(about: string, found: string): Diagnosis {
  return { level: 'OK', about, found };
}

/** A night would go on, but not as it should. */
export function warning(about: string, found: string, toDo: string): Diagnosis {
  return { level: 'WARN', about, found, toDo };
}

/** A night would fail, or nobody would hear of it. Exit code 2 unless said otherwise: something must be configured. */
export function failing(
  about: string,
  found: string,
  toDo: string,
  exitCode: Failure['exitCode'] = EXIT.usage,
): Diagnosis {
  return { level: 'FAIL', about, found, toDo, exitCode };
}

/** What is configured wrongly comes before a check that does not hold, that before the surroundings. */
const GRAVEST: readonly Failure['exitCode'][] = [EXIT.usage, EXIT.check, EXIT.unexpected];

/** The exit code of it all; 0 without a FAIL. */
export function exitCodeOfAll(diagnoses: readonly Diagnosis[]): Failure['exitCode'] | typeof EXIT.done {
  return GRAVEST.find((code) => diagnoses.some(({ exitCode }) => exitCode === code)) ?? EXIT.done;
}
