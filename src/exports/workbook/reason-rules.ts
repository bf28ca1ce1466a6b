/** Which rule a reason of a batch line stands for: a batch keeps the reason of a line (R-F-7), not its rule. */
import { REASONS, ruleNumber, type Reason, type RuleId } from '../../law/codes.js';

/** Rule by family of component: guidance subsidy; compensation 1 and 2; compensation 3; results. */
interface Rules {
  readonly effort: RuleId;
  readonly compensation: RuleId;
  readonly part3: RuleId;
  readonly result: RuleId;
}

const everywhere = (rule: RuleId): Rules => ({ effort: rule, compensation: rule, part3: rule, result: rule });
const months: Rules = { ...everywhere('R-M-1'), result: 'R-LC-10' };
const timely: Rules = { effort: 'R-EFF-4', compensation: 'R-C-6', part3: 'R-C-6', result: 'R-RES-6' };
const category: Rules = { effort: 'R-EFF-5', compensation: 'R-C-10', part3: 'R-C-10', result: 'R-RES-6' };
const running: Rules = { effort: 'R-EFF-4', compensation: 'R-C-1', part3: 'R-C3-3', result: 'R-RES-6' };

/** Reasons that no rule stands for: something came late, or the law itself changed. */
const RULES_OF: Readonly<Partial<Record<Reason, Rules>>> = {
  RELEASED: category,
  LATE_A60: timely,
  NO_A60: timely,
  CATEGORY: category,
  WEO_START_CORRECTED: months,
  WEO_END_CORRECTED: months,
  A60_START_CORRECTED: running,
  A60_END_CORRECTED: { ...running, compensation: 'R-C-4' },
  WITHDRAWN: everywhere('R-F-9'),
  OVER_24: { effort: 'R-EFF-2', compensation: 'R-C3-2', part3: 'R-C3-2', result: 'R-LC-10' },
  DUPLICATE: everywhere('E-WEO-OVERLAP'),
  MEASUREMENT_VOID: everywhere('R-LC-10'),
};

/** By number of component; the allowances have rules of their own channel. */
const FAMILIES: readonly (keyof Rules)[] = ['effort', 'compensation', 'compensation', 'part3', 'result', 'result'];

/** Number in RULES of the rule behind a reason, -1 when there is none. */
export function ruleOfReason(reason: number, component: number): number {
  const rules = RULES_OF[REASONS[reason]!];
  const family = FAMILIES[component];
  return rules === undefined || family === undefined ? -1 : ruleNumber(rules[family]);
}
