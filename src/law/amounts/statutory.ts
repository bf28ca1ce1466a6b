/** The shape of a value of the law: dated, with its source, the day on which that was checked, and how sure it is. */
import type { Confidence, SourceKey } from '../rulebook/sources.js';

export interface StatutoryValue<T = unknown> {
  /** `YYYY-MM-DD`: first day on which the value holds. */
  readonly from: string;
  /** As it would stand in the configuration: euro, number, word or truth value. */
  readonly value: T;
  readonly sources: readonly SourceKey[];
  /** `YYYY-MM-DD`: day on which the sources were last looked at. */
  readonly checkedOn: string;
  readonly confidence: Confidence;
}

/** Values by configuration key. An empty list: looked for and not found, so there is no default. */
export type StatutoryValues = Readonly<Record<string, readonly StatutoryValue[]>>;

/** Start of TWE: everything holds from there unless a source says otherwise. */
export const TWE_START = '2017-01-01';

/** Day on which the sources were last looked at. A file that is checked again later gets its own date. */
export const CHECKED_ON = '2026-11-22';

/** One value that holds from the start of TWE. */
export function fromTheStart<const T>(
  value: T,
  confidence: Confidence,
  ...sources: SourceKey[]
): readonly StatutoryValue<T>[] {
  return [{ from: TWE_START, value, sources, checkedOn: CHECKED_ON, confidence }];
}
