/** What the months of an allowance mean: the law gives amounts and a rule, these are the situations behind them. */
import { asksIncreased } from '../../law/allowance.js';
import type { Law } from '../../law/law.js';
import type { Cents } from '../../money.js';
import { decision, type Decision } from './draft.js';
import type { ExplainedAllowance } from './grants.js';

export type AllowanceKind = 'ORD' | 'INC';

const CONTRACT_RUNS = decision(
  true,
  'R-A-1',
  'CONTRACT_RUNS',
  'the art. 60 contract runs in the month',
  'het contract artikel 60 loopt in de maand',
);
const TOPPED_UP = decision(
  true,
  'R-A-1',
  'TOPPED_UP',
  'beside the increased allowance (inc.mode = TOP_UP)',
  'naast de verhoogde toelage (inc.mode = TOP_UP)',
);
const ORDINARY_AFTER_GRANTS = decision(
  true,
  'R-I-2',
  'GRANTS_USED_UP',
  'the grants of the increased allowance are used up, so the ordinary one',
  'de verhoogde toelage is opgebruikt, dus de gewone',
);
const ORDINARY_WITHOUT_BUDGET = decision(
  true,
  'R-I-5',
  'NO_BUDGET',
  'the month does not fit in the budget of the increased allowance, so the ordinary one',
  'de maand past niet in het budget van de verhoogde toelage, dus de gewone',
);
const REPLACED = decision(
  false,
  'R-INC-3',
  'REPLACED',
  'the increased allowance takes its place',
  'de verhoogde toelage komt in de plaats',
);
const CUT_TO_BUDGET = decision(
  false,
  'R-INC-5',
  'CUT_TO_BUDGET',
  'the grant was cut to what was left of the budget, and nothing comes besides',
  'de toekenning is beperkt tot wat van het budget overbleef, en daar komt niets bij',
);
const NOTHING_AFTER_GRANTS = decision(
  false,
  'R-I-2',
  'NOTHING_AFTER_MAX',
  'the grants are used up and nothing comes after them (inc.after_max = NOTHING)',
  'de toekenningen zijn op en daarna komt niets (inc.after_max = NOTHING)',
);
const GRANTED = decision(
  true,
  'R-I-1',
  'GRANTED',
  'granted: social economy, requested in Nova Prima',
  'toegekend: sociale economie, aangevraagd in Nova Prima',
);
const GRANTS_USED_UP = decision(
  false,
  'R-I-2',
  'GRANTS_USED_UP',
  'the grants of the increased allowance are used up',
  'de verhoogde toelage is opgebruikt',
);
const NO_BUDGET = decision(
  false,
  'R-I-5',
  'NO_BUDGET',
  'the month does not fit in what is left of the budget',
  'de maand past niet in wat van het budget overblijft',
);
const PART_IS_NOTHING = decision(
  false,
  'R-A-5',
  'PART_IS_NOTHING',
  'the part of the month in which the contract ran earns nothing',
  'het deel van de maand waarin het contract liep, geeft niets',
);

/** What a month of a contract gives of one kind. */
export function centsOf(kind: AllowanceKind, { decided }: ExplainedAllowance): Cents {
  return kind === 'ORD' ? decided.ordinary : decided.increased;
}

/** Why the ordinary allowance of a month of a contract is due or not. @param monthly undefined when not configured */
export function decideOrdinary(part: ExplainedAllowance, monthly: Cents | undefined, law: Law): Decision {
  const { rule, ordinary, increased } = part.decided;
  if (ordinary > 0) {
    if (rule === 'R-I-2') return ORDINARY_AFTER_GRANTS;
    if (rule === 'R-I-5') return ORDINARY_WITHOUT_BUDGET;
    return rule === 'R-I-1' ? TOPPED_UP : CONTRACT_RUNS;
  }
  if (increased > 0) return law.incMode === 'REPLACE' ? REPLACED : CUT_TO_BUDGET;
  if (monthly === undefined) return amountMissing('ORD', 'R-A-3');
  if (rule === 'R-I-2') return NOTHING_AFTER_GRANTS;
  // Granted, but of an amount that nobody gave.
  return rule === 'R-I-1' && asksIncreased(part.contract.contract) ? amountMissing('INC', 'R-I-8') : PART_IS_NOTHING;
}

/** The same for the increased allowance of a contract that asks it. */
export function decideIncreased({ decided }: ExplainedAllowance, monthly: Cents | undefined): Decision {
  if (decided.increased > 0) return GRANTED;
  if (monthly === undefined) return amountMissing('INC', 'R-I-8');
  if (decided.rule === 'R-I-2') return GRANTS_USED_UP;
  return decided.rule === 'R-I-5' ? NO_BUDGET : PART_IS_NOTHING;
}

function amountMissing(kind: AllowanceKind, rule: string): Decision {
  const key = `amount.${kind}`;
  const english = `no amount is configured (${key})`;
  return decision(false, rule, 'AMOUNT_MISSING', english, `er is geen bedrag ingesteld (${key})`);
}
