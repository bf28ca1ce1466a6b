/** Payment calendar, settlements, clawback, moves and mergers. */
import { fromTheStart, type StatutoryValues } from './statutory.js';

export const settlementValues = {
  'run.day': fromTheStart(15, 'INF', 'V2'),
  'run.cutoff': fromTheStart('QUARTER_END', 'INF', 'V2'),
  late_correction: fromTheStart('YEAR_SETTLEMENT', 'INF', 'V1', 'V2'),
  'year.cutoff': fromTheStart('02-15', 'INF', 'V1'),
  'final.when': fromTheStart('QUARTERLY', 'INF', 'SD1'),
  'final.include_allowances': fromTheStart(false, 'INF', 'SD1'),
  'clawback.netting': fromTheStart('PER_OCMW', 'INF'),
  'clawback.method': fromTheStart('CLAIM', 'INF'),
  'clawback.threshold': fromTheStart(0, 'INF'),
  'transfer.mode': fromTheStart('NEW_WEO', 'INF'),
  'merger.mode': fromTheStart('SUCCESSOR', 'INF'),
  'ledger.map': [],
} as const satisfies StatutoryValues;
