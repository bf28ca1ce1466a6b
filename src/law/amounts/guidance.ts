/** Guidance subsidy (inspanningsvergoeding), its conditions and its cap. Amount in euro per counted month. */
import { fromTheStart, type StatutoryValues } from './statutory.js';

export const guidanceValues = {
  'amount.EFF': fromTheStart(250, 'OFF', 'V1', 'G1'),
  'eff.max_months': fromTheStart(24, 'OFF', 'SD1', 'V1'),
  'eff.cap_counts': fromTheStart('ACTIVE', 'INF'),
  'eff.cap_scope': fromTheStart('TRAJECTORY', 'INF', 'V1'),
  'a60.deadline_months': fromTheStart(2, 'OFF', 'SD1', 'V1'),
  'a60.deadline_inclusive': fromTheStart(true, 'INF'),
  'a60.late_policy': fromTheStart('FORFEIT_ALL', 'INF', 'V1', 'P1'),
  'a60.pending_policy': fromTheStart('PAY_PROVISIONAL', 'INF', 'SD1'),
  'category.policy': fromTheStart('WITHHOLD', 'INF', 'SD1'),
  'vdab.part_time_factor': fromTheStart('NONE', 'INF', 'V1'),
  'transition.timely': fromTheStart(true, 'INF', 'V1'),
} as const satisfies StatutoryValues;
