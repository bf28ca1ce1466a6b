/**
 * Result financing (resultaatsfinanciering). Which of the two amounts belongs to which measurement is lost in the
 * source: `result.scheme` chooses, and `amount.M1` and `amount.M2` have no value of their own.
 */
import { fromTheStart, type StatutoryValues } from './statutory.js';

/** The two amounts of the source in euro. No configuration key: `amount.M1` and `amount.M2` replace them. */
export const resultAmounts = {
  lower: fromTheStart(300, 'DOC', 'SD1'),
  higher: fromTheStart(600, 'DOC', 'SD1'),
} as const satisfies StatutoryValues;

export const resultValues = {
  'amount.M1': [],
  'amount.M2': [],
  'result.scheme': fromTheStart('M1_300_M2_600', 'INF', 'SD1'),
  'result.cumulative': fromTheStart(true, 'INF', 'SD1'),
  'result.clawback_m1': fromTheStart(false, 'INF', 'SD1'),
  'result.requires_timely': fromTheStart(true, 'INF', 'P1'),
} as const satisfies StatutoryValues;
