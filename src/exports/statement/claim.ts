/** What a claim is made of, and whether a letter about it can be written. */
import type { Debtor, LetterSettings } from '../../config.js';
import type { Cents } from '../../money.js';
import { amountOf, sumOfLines, type NoteLine, type PaymentNote } from './note.js';

/** The lines behind a claim. Their sum and `otherCents` together are minus the claim. */
export interface ClaimBasis {
  readonly lines: readonly NoteLine[];
  /** What earlier batches left or later ones take over: below zero it raises the claim. */
  readonly otherCents: Cents;
}

/** Whether a letter is due: an approved batch asks something back. */
export function hasClaim(note: PaymentNote): boolean {
  return note.approvedOn !== undefined && amountOf(note, 'CLAIM') > 0;
}

/** A sentence for a finding when a setting is missing without which no letter can be written; else undefined. */
export function claimLetterFault(creditor: Debtor | undefined, letter: LetterSettings): string | undefined {
  const missing = [
    ...(creditor === undefined ? ['payment.debtor_name', 'payment.debtor_iban', 'payment.debtor_bic'] : []),
    ...(letter.paymentDays === undefined ? ['letter.payment_days'] : []),
    ...(letter.contact === undefined ? ['letter.contact'] : []),
    ...(letter.contest === undefined ? ['letter.contest'] : []),
  ];
  if (missing.length === 0) return undefined;
  return `No claim letters were written: the configuration does not give ${missing.join(', ')}; give them and run again.`;
}

/**
 * The lines behind the claim of a note. With `clawback.netting = NONE` a note pays and claims: then the trajectories that
 * come to less than nothing are claimed, the others paid. Throws when neither way adds up to the claim.
 */
export function claimBasis(note: PaymentNote): ClaimBasis {
  const claimCents = amountOf(note, 'CLAIM');
  const isPaidToo = amountOf(note, 'PAY') > 0;
  const otherCents = isPaidToo ? Math.min(0, note.offsetCents) : note.offsetCents - note.carriedCents;
  for (const lines of [note.lines, linesBelowZero(note.lines)]) {
    if (sumOfLines(lines) + otherCents === -claimCents) return { lines, otherCents };
  }
  throw new Error(`the claim of ${note.payee.ocmwId} in batch ${note.batchId} does not follow from its lines`);
}

/** The lines of trajectories whose lines together are negative. */
function linesBelowZero(lines: readonly NoteLine[]): NoteLine[] {
  const sums = new Map<string, Cents>();
  for (const { weoId, cents } of lines) sums.set(weoId, (sums.get(weoId) ?? 0) + cents);
  return lines.filter(({ weoId }) => sums.get(weoId)! < 0);
}
