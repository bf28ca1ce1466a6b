/** Findings of an evening: everything in the records and the money that a human should look at. */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { COMPONENTS, ruleNumber } from '../law/codes.js';
import type { Law } from '../law/law.js';
import type { Finding } from '../finding.js';
import { fillPayee } from '../records/payee.js';
import { AGREEMENT_LOOKS } from './findings/agreements.js';
import { EMPLOYMENT_LOOKS } from './findings/employments.js';
import { statement, type Places } from './findings/look.js';
import { MEASUREMENT_LOOKS } from './findings/measurements.js';
import { MONEY_LOOKS } from './findings/money.js';

/**
 * Findings as known on the evening of `today`, in no particular order. Each is made anew every night, so it is gone when
 * its cause is gone. Needs a transaction: it works with temporary tables.
 */
export async function collectFindings(session: Session, today: Day, law: Law): Promise<Finding[]> {
  const places = placesOf(today, law);
  await fillPayee(session, today);
  await session.client.query(statement('fill_records', places));
  const findings = missingAllowanceAmounts(law);
  for (const look of [...AGREEMENT_LOOKS, ...EMPLOYMENT_LOOKS, ...MEASUREMENT_LOOKS, ...MONEY_LOOKS]) {
    for (const finding of await look(session, places)) findings.push(finding);
  }
  return findings;
}

function placesOf(today: Day, law: Law): Places {
  const positiveKinds = Object.entries(law.posKind).filter(([, isPositive]) => isPositive === true);
  const list = (names: readonly string[]) => `array[${names.map((name) => `'${name}'`).join(', ')}]::text[]`;
  return {
    evening: `date '${formatDay(today)}'`,
    deadline_months: String(law.a60DeadlineMonths),
    deadline_inclusive: String(law.a60DeadlineInclusive),
    positive_kinds: list(positiveKinds.map(([kind]) => kind)),
    components: list(COMPONENTS),
    budget_rule: String(ruleNumber('R-I-5')),
  };
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
