/** Batch lines: for which OCMW, with which payment or claim, and every amount that is unlike another by itself. */
import { parseMonth } from '../../../calendar.js';
import { COMPONENTS, type Component } from '../../../law/codes.js';
import { formatEuro } from '../../../money.js';
import type { ExplainedBatchLine, ExplainedBatchPart, ExplainedClaim, ExplainedPayment } from '../explanation.js';
import { period, signed, type Page } from './layout.js';

export const STATE: Readonly<Record<ExplainedBatchLine['state'], string>> = {
  APPROVED: 'approved',
  REJECTED: 'rejected, counts for nothing',
  WAITING: 'waits for approval',
  HELD: 'held out, counts for nothing',
};

/** The lines of each OCMW in each batch, under its payment or claim. */
export function batchTexts(
  page: Page,
  lines: readonly ExplainedBatchLine[],
  parts: readonly ExplainedBatchPart[],
): string[] {
  return parts.flatMap((part) => {
    const own = lines.filter((line) => line.batchId === part.batchId && line.ocmwId === part.ocmwId);
    const state = own[0]!.state;
    const claims = claimTexts(part, state).flatMap((text) => page.under('    ', text));
    return [
      ...page.under(`  ${part.batchId}  `, `${ocmwText(part)}, ${STATE[state]}`),
      ...claims,
      ...amounts(page, own),
    ];
  });
}

function ocmwText({ ocmwId, ocmwName }: ExplainedBatchPart): string {
  return `OCMW ${ocmwId} ${ocmwName ?? ''}`.trimEnd();
}

/** What the OCMW gets or pays back for the whole batch, and what payment.csv said of it. */
export function claimTexts({ claims }: ExplainedBatchPart, state: ExplainedBatchLine['state']): string[] {
  if (claims.length === 0) return ['nothing was left to pay or to claim for its lines together'];
  return claims.map((claim) => {
    const what = `${claim.direction === 'PAY' ? 'payment' : 'claim'} ${claim.reference}`;
    return `${what} of ${formatEuro(claim.cents)} for all its lines${confirmed(claim, state)}`;
  });
}

function confirmed({ direction, payments }: ExplainedClaim, state: ExplainedBatchLine['state']): string {
  if (payments.length > 0) return `; ${payments.map((payment) => paymentText(payment, direction)).join(', ')}`;
  return state === 'APPROVED' ? '; not confirmed by payment.csv' : '';
}

function paymentText({ paymentId, paidOn, cents, forLine }: ExplainedPayment, direction: 'PAY' | 'CLAIM'): string {
  const back = direction === 'PAY' ? 'came back' : 'paid back';
  const about = forLine ? ' for a line of this agreement' : '';
  return `${formatEuro(Math.abs(cents))} ${cents > 0 ? 'paid' : back}${about} on ${paidOn} (${paymentId})`;
}

function amounts(page: Page, lines: readonly ExplainedBatchLine[]): string[] {
  const groups = new Map<string, ExplainedBatchLine[]>();
  for (const line of lines) {
    const key = `${line.kind} ${line.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups].flatMap(([key, group]) => {
    const runs = COMPONENTS.flatMap((component) => runsOf(group, component));
    return page.under(`    ${key}: `, `${runs.join(', ')}${sumText(group)}`);
  });
}

/** Equal amounts of consecutive months together; never a sum of unlike ones, which could hide both. */
function runsOf(lines: readonly ExplainedBatchLine[], component: Component): string[] {
  const runs: { first: ExplainedBatchLine; last: ExplainedBatchLine; months: number }[] = [];
  for (const line of lines) {
    if (line.component !== component) continue;
    const run = runs.at(-1);
    if (run?.last.cents === line.cents && parseMonth(run.last.month)! + 1 === parseMonth(line.month)!) {
      run.last = line;
      run.months++;
    } else {
      runs.push({ first: line, last: line, months: 1 });
    }
  }
  return runs.map(({ first, last, months }) => {
    const each = months === 1 ? '' : ' each';
    return `${component} ${period(first.month, last.month)} ${signed(first.cents)}${each}`;
  });
}

/** What is given and what is taken, each by itself. */
function sumText(lines: readonly ExplainedBatchLine[]): string {
  if (lines.length === 1) return '';
  const given = lines.reduce((sum, { cents }) => sum + Math.max(cents, 0), 0);
  const taken = lines.reduce((sum, { cents }) => sum + Math.min(cents, 0), 0);
  return ` = ${[given, taken]
    .filter((cents) => cents !== 0)
    .map(signed)
    .join(' and ')}`;
}
