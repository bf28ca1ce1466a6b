/** What went, or would go, and what stays although its term is over: the summary of `twe run retention`. */
import type { RunSummary } from '../runs/run-job.js';
import { amount } from './terminal.js';

/** @param dry nothing was removed */
export function retentionLines({ runId, steps, findings }: RunSummary, dry: boolean): string[] {
  const of = (step: string) => (name: string) => amount(steps[step]?.[name] ?? 0);
  const [people, originals, exports] = ['remove-clients', 'remove-originals', 'remove-exports'].map(of) as [
    ...[ReturnType<typeof of>, ReturnType<typeof of>, ReturnType<typeof of>],
  ];
  return [
    `${runId}${dry ? ' (dry run: nothing was removed)' : ''}`,
    `  ${dry ? 'would go' : 'removed '}    ${people('clients')} clients, ${people('rowsSetAside')} rows set aside, ` +
      `${originals('deliveries')} deliveries, ${exports('folders')} folders of documents`,
    `  kept        clients: ${people('keptOpen')} open, ${people('keptPending')} with a pending measurement, ` +
      `${people('keptUndecided')} in a batch that is undecided or held, ${people('keptMoney')} with open money`,
    `              ${originals('keptNeeded')} deliveries and ${exports('keptNeeded')} folders of what is not over`,
    ...findings.map(({ message }) => `  note        ${message}`),
  ];
}
