/** What the rules of the allowances decide about a month of a contract: due or not, by which rule, and why (rulebook 3.5). */

interface Said {
  /** Stable name of the situation. */
  readonly why: string;
  readonly english: string;
  readonly dutch: string;
}

/** Like a verdict of VDAB's components; a denial is never posted, so its rule needs no number in the ledger. */
export type AllowanceVerdict =
  | (Said & { readonly due: true; readonly rule: 'R-A-1' | 'R-I-1' | 'R-I-2' | 'R-I-5' })
  | (Said & { readonly due: false; readonly rule: string });

type DueRule = Extract<AllowanceVerdict, { due: true }>['rule'];

const due = (rule: DueRule, why: string, english: string, dutch: string): AllowanceVerdict =>
  Object.freeze({ due: true, rule, why, english, dutch });
const notDue = (rule: string, why: string, english: string, dutch: string): AllowanceVerdict =>
  Object.freeze({ due: false, rule, why, english, dutch });

export const CONTRACT_RUNS = due(
  'R-A-1',
  'CONTRACT_RUNS',
  'the art. 60 contract runs in the month',
  'het contract artikel 60 loopt in de maand',
);
export const TOPPED_UP = due(
  'R-A-1',
  'TOPPED_UP',
  'beside the increased allowance (inc.mode = TOP_UP)',
  'naast de verhoogde toelage (inc.mode = TOP_UP)',
);
export const ORDINARY_AFTER_GRANTS = due(
  'R-I-2',
  'GRANTS_USED_UP',
  'the grants of the increased allowance are used up, so the ordinary one',
  'de verhoogde toelage is opgebruikt, dus de gewone',
);
export const ORDINARY_WITHOUT_BUDGET = due(
  'R-I-5',
  'NO_BUDGET',
  'the month does not fit in the budget of the increased allowance, so the ordinary one',
  'de maand past niet in het budget van de verhoogde toelage, dus de gewone',
);
export const GRANTED = due(
  'R-I-1',
  'GRANTED',
  'granted: social economy, requested in Nova Prima',
  'toegekend: sociale economie, aangevraagd in Nova Prima',
);
export const REPLACED = notDue(
  'R-INC-3',
  'REPLACED',
  'the increased allowance takes its place',
  'de verhoogde toelage komt in de plaats',
);
export const CUT_TO_BUDGET = notDue(
  'R-INC-5',
  'CUT_TO_BUDGET',
  'the grant was cut to what was left of the budget, and nothing comes besides',
  'de toekenning is beperkt tot wat van het budget overbleef, en daar komt niets bij',
);
export const NOTHING_AFTER_GRANTS = notDue(
  'R-I-2',
  'NOTHING_AFTER_MAX',
  'the grants are used up and nothing comes after them (inc.after_max = NOTHING)',
  'de toekenningen zijn op en daarna komt niets (inc.after_max = NOTHING)',
);
export const GRANTS_USED_UP = notDue(
  'R-I-2',
  'GRANTS_USED_UP',
  'the grants of the increased allowance are used up',
  'de verhoogde toelage is opgebruikt',
);
export const NO_BUDGET = notDue(
  'R-I-5',
  'NO_BUDGET',
  'the month does not fit in what is left of the budget',
  'de maand past niet in wat van het budget overblijft',
);
export const PART_IS_NOTHING = notDue(
  'R-A-5',
  'PART_IS_NOTHING',
  'the part of the month in which the contract ran earns nothing',
  'het deel van de maand waarin het contract liep, geeft niets',
);
export const ORDINARY_AMOUNT_MISSING = notDue(
  'R-A-3',
  'AMOUNT_MISSING',
  'no amount is configured (amount.ORD)',
  'er is geen bedrag ingesteld (amount.ORD)',
);
export const INCREASED_AMOUNT_MISSING = notDue(
  'R-I-8',
  'AMOUNT_MISSING',
  'no amount is configured (amount.INC)',
  'er is geen bedrag ingesteld (amount.INC)',
);
export const NOT_ASKED = notDue(
  'R-I-1',
  'NOT_ASKED',
  'the increased allowance is not asked',
  'de verhoogde toelage is niet gevraagd',
);
