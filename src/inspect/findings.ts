/** Findings of an evening: everything in the records and the money that a human should look at. */
import type { Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import type { Law } from '../law/law.js';
import type { Finding } from '../finding.js';

/** Findings as known on the evening of `today`, in no particular order. */
export async function collectFindings(_session: Session, _today: Day, law: Law): Promise<Finding[]> {
  return missingAllowanceAmounts(law);
}

/** Rulebook 3.5: the allowance amounts have no default; without them allowances are left out, everything else goes on. */
function missingAllowanceAmounts(law: Law): Finding[] {
  return (['ORD', 'INC'] as const)
    .filter((component) => law.amount[component] === undefined)
    .map((component) => ({
      severity: 'WARNING',
      code: 'ALLOWANCE_AMOUNT_MISSING',
      ocmwId: '',
      weoId: '',
      subject: `amount.${component}`,
      message:
        `No amount is configured for ${component === 'ORD' ? 'the ordinary' : 'the increased'} allowance, and none was ` +
        `found in law (R-A-3, R-I-8): it was left out. Set amount.${component} under "law" in the configuration.`,
    }));
}
