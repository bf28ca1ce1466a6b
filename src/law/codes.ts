/**
 * The numbers under which components, rules and reasons stand in the ledger, and their names. Only ever append: a
 * number that was used in a ledger keeps its meaning for good.
 */

/** Payment components, contract section 3. */
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
