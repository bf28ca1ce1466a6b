/** Outflow measurements: their dates, when they are made, and what counts as a regular job. */
import { fromTheStart, type StatutoryValues } from './statutory.js';

export const outflowValues = {
  'm2.anchor': fromTheStart('M1', 'INF', 'SD1'),
  'm.grace_days': fromTheStart(0, 'INF'),
  'm.recheck_until': fromTheStart('FINAL', 'INF'),
  'pos.min_fte': fromTheStart(0, 'INF'),
  'pos.agency': fromTheStart(true, 'INF'),
  'pos.student': fromTheStart(false, 'INF'),
  'pos.flexi': fromTheStart(false, 'INF'),
  'pos.public': fromTheStart(true, 'INF'),
  'pos.a61': fromTheStart(true, 'INF'),
  'pos.social_economy': fromTheStart(false, 'INF', 'V3'),
  'pos.training': fromTheStart(false, 'INF'),
  'pos.self_employed': fromTheStart('MANUAL', 'INF'),
} as const satisfies StatutoryValues;
