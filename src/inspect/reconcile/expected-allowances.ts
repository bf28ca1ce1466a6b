/** Allowances that the ledger grants: each beneficiary, month and component is booked on its own (rulebook section 9). */
import { formatMonth, lastDayOf, yearOf } from '../../calendar.js';
import type { GrantedMonth } from './load.js';
import type { Expected } from './model.js';

/** A month belongs to its own year, whenever it is paid (R-Y-4). */
export function allowancesOf(granted: readonly GrantedMonth[]): Expected[] {
  return granted.map(({ weoId, ocmwId, component, month, cents }) => ({
    id: `${weoId} ${component} ${formatMonth(month)} ${ocmwId}`,
    kind: 'ALLOWANCE',
    matter: 'ALLOWANCE',
    year: yearOf(month),
    day: lastDayOf(month),
    cents,
    standing: 'STANDS',
    reference: '',
    batchId: '',
    period: formatMonth(month),
    confirmedOn: undefined,
    parts: [{ weoId, component, month, cents }],
  }));
}
