/**
 * The numbers under which components, rules and reasons stand in the ledger, and their names. Only ever append: a
 * number that was used in a ledger keeps its meaning for good.
 */

/** Payment components. */
export const COMPONENTS = ['EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC'] as const;
export type Component = (typeof COMPONENTS)[number];

/** Index of each component in COMPONENTS. */
export const COMPONENT = { EFF: 0, C1: 1, C2: 2, C3: 3, M1: 4, M2: 5, ORD: 6, INC: 7 } as const;

/** Reasons of a line, R-F-7. */
export const REASONS = [
  'REGULAR',
  'LATE_REGISTRATION',
  'RELEASED',
  'LATE_A60',
  'NO_A60',
  'CATEGORY',
  'WEO_START_CORRECTED',
  'WEO_END_CORRECTED',
  'A60_START_CORRECTED',
  'A60_END_CORRECTED',
  'WITHDRAWN',
  'OVER_24',
  'DUPLICATE',
  'MEASUREMENT_VOID',
  'DECISION',
  'LAW_CHANGED',
  'OTHER',
] as const;
export type Reason = (typeof REASONS)[number];

/** Rules that may decide a ledger entry, by number. */
export const RULES = [
  'R-M-1',
  'R-EFF-1',
  'R-EFF-2',
  'R-EFF-4',
  'R-EFF-5',
  'R-C-1',
  'R-C-3',
  'R-C-4',
  'R-C-6',
  'R-C-10',
  'R-C3-1',
  'R-C3-2',
  'R-C3-3',
  'R-C3-5',
  'R-C3-6',
  'R-A-1',
  'R-A-2',
  'R-A-3',
  'R-I-1',
  'R-I-2',
  'R-I-5',
  'R-RES-1',
  'R-RES-2',
  'R-RES-3',
  'R-RES-4',
  'R-RES-6',
  'E-WEO-OVERLAP',
  'E-A60-BEFORE-WEO',
  'R-F-9',
  'R-LC-2',
  'R-LC-10',
  'R-EFF-3',
  'R-C-5',
  'R-TR-1',
  'R-C-8',
] as const;
export type RuleId = (typeof RULES)[number];

const ruleNumbers = new Map<string, number>(RULES.map((id, number) => [id, number]));

/** Number of a rule in the ledger. */
export function ruleNumber(id: RuleId): number {
  return ruleNumbers.get(id)!;
}

/** Number of a reason in the ledger. */
export function reasonNumber(reason: Reason): number {
  return REASONS.indexOf(reason);
}
