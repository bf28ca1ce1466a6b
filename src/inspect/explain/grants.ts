/** The increased allowance as the whole group got it: what the law decided for each month, and what it looked at. */
import {
  allowanceContracts,
  allowances,
  asksIncreased,
  type AllowanceContract,
  type AllowanceMonth,
  type GrantLook,
} from '../../law/allowance.js';
import { statusOf } from '../../law/status.js';
import type { Law } from '../../law/law.js';
import type { Gathered } from './gather.js';

/** One month of one contract. */
export interface ExplainedAllowance {
  readonly contract: AllowanceContract;
  readonly decided: AllowanceMonth;
  /** What the rules of grants and budget looked at; undefined when they were not asked. */
  readonly look: GrantLook | undefined;
}

/** The allowance months of the trajectory itself, in the order in which the law decided them. */
export function explainedAllowances({ computed, group, budgetOf, night }: Gathered, law: Law): ExplainedAllowance[] {
  const { weoId } = computed.streamed.facts;
  const contracts = group
    .filter(({ facts }) => statusOf(facts) === 'COUNTS')
    .map(({ facts, personId }) => allowanceContracts(facts, personId, night.today))
    .filter((own) => group.length === 1 || own.some(({ contract }) => asksIncreased(contract)))
    .flat();
  const heard: ExplainedAllowance[] = [];
  allowances(contracts, budgetOf, law, (contract, decided, look) => {
    if (contract.facts.weoId === weoId) heard.push({ contract, decided, look });
  });
  return heard;
}
