/**
 * Ordinary and increased allowance (toelage, verhoogde toelage). Their amounts were looked for and not found: there is
 * no default, the configuration must give them.
 */
import { fromTheStart, type StatutoryValues } from './statutory.js';

export const allowanceValues = {
  'amount.ORD': [],
  'amount.INC': [],
  'inc.count_unit': fromTheStart('GRANT_MONTHS', 'INF', 'SD1'),
  'inc.scope': fromTheStart('TRAJECTORY', 'INF'),
  'inc.mode': fromTheStart('REPLACE', 'INF', 'SD1', 'G2'),
  'inc.after_max': fromTheStart('ORDINARY', 'INF'),
  'inc.partial': fromTheStart(false, 'INF'),
  'allow.partial_month': fromTheStart('CALENDAR_DAYS', 'INF'),
  'allow.rounding': fromTheStart('HALF_UP_CENT', 'INF'),
} as const satisfies StatutoryValues;
