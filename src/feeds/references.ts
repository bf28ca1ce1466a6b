/** Rows that refer to something that is not known: their sentence, and the OCMWs that name each other. */
import type { ColumnContract, Reference } from './contracts.js';
import type { RowFault } from './rows.js';
import { shownValue } from './shown.js';

const NOUN: Record<Reference, string> = { ocmw: 'OCMW', weo: 'WEO' };

/** The fault of a row whose column at this place names something unknown. */
export function unknownReference(column: ColumnContract, at: number, value: string, shifted: boolean): RowFault {
  const reference = column.reference!;
  const text = `${NOUN[reference]} ${shownValue(value, shifted)} is not known`;
  return { at, code: `UNKNOWN_${reference.toUpperCase()}`, text };
}

/** What happens to a row whose only fault is a reference. */
export function waitingAdvice(column: ColumnContract): string {
  return `it comes back when that ${NOUN[column.reference!]} is delivered, or send it again corrected`;
}

/** A row of ocmw.csv that may be accepted if the OCMW it names is. */
export interface SuccessorCandidate {
  readonly ocmwId: string;
  /** null when it names none. */
  readonly successorId: string | null;
}

/**
 * The candidates that name an OCMW that is neither known nor brought by another candidate that stays. All of them are
 * believed at first, so that OCMWs that name each other in one delivery are accepted together.
 */
export function unknownSuccessors<T extends SuccessorCandidate>(
  candidates: readonly T[],
  known: ReadonlySet<string>,
): Set<T> {
  const unknown = new Set<T>();
  const bearers = new Map<string, number>();
  const namedBy = new Map<string, T[]>();
  for (const candidate of candidates) {
    bearers.set(candidate.ocmwId, (bearers.get(candidate.ocmwId) ?? 0) + 1);
    const { successorId } = candidate;
    if (successorId === null || known.has(successorId)) continue;
    const others = namedBy.get(successorId);
    if (others) others.push(candidate);
    else namedBy.set(successorId, [candidate]);
  }
  const lost = [...namedBy.keys()].filter((id) => !bearers.has(id));
  for (let id = lost.pop(); id !== undefined; id = lost.pop()) {
    for (const candidate of namedBy.get(id) ?? []) {
      if (unknown.has(candidate)) continue;
      unknown.add(candidate);
      const left = bearers.get(candidate.ocmwId)! - 1;
      bearers.set(candidate.ocmwId, left);
      if (left === 0 && !known.has(candidate.ocmwId)) lost.push(candidate.ocmwId);
    }
  }
  return unknown;
}
