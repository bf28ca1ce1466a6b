/** Compensation parts 1, 2 and 3 (compensatievergoeding). Amounts in euro per counted month. */
import { fromTheStart, type StatutoryValues } from './statutory.js';

export const compensationValues = {
  'amount.C1': fromTheStart(150, 'OFF', 'V1', 'G1'),
  'amount.C2': fromTheStart(45, 'OFF', 'V1', 'G1'),
  'amount.C3': fromTheStart(250, 'SEC', 'G1'),
  'comp.presence': fromTheStart('LAST_DAY', 'INF', 'G1'),
  'comp.suspension': fromTheStart('COUNT', 'INF'),
  'comp.formula': fromTheStart('FIXED_195', 'INF', 'V1', 'G1'),
  'c2.trigger': fromTheStart('WEO_END', 'INF', 'V1', 'V2'),
  'c3.valid_from': fromTheStart('2019-01-01', 'INF', 'G1'),
  'c3.max_months': fromTheStart('none', 'NF'),
} as const satisfies StatutoryValues;
