/**
 * Which row was changed, by the four bytes that were kept of each: the first one that differs, and whether it was changed,
 * removed, added or swapped with another one. Pure.
 */

/** A row as it stands now. */
export interface PresentRow {
  readonly no: number;
  readonly check: number;
}

export type Change =
  /** The row says something else; `others` more do not fit either. */
  | { readonly kind: 'CHANGED'; readonly index: number; readonly sealed: number; readonly others: number }
  | { readonly kind: 'SWAPPED'; readonly index: number; readonly with: number }
  /** `count` rows are gone that stood at `index`. */
  | { readonly kind: 'DELETED'; readonly index: number; readonly count: number }
  | { readonly kind: 'INSERTED'; readonly index: number; readonly count: number };

/** Undefined when every check fits: then only the digest knows, and the checks were written anew with the row. */
export function findChange(sealed: readonly number[], present: readonly PresentRow[]): Change | undefined {
  const now = present.map(({ check }) => check);
  const most = Math.max(sealed.length, now.length);
  let index = 0;
  while (index < most && sealed[index] === now[index]) index++;
  if (index === most) return undefined;
  const missing = sealed.length - now.length;
  if (missing > 0) return { kind: 'DELETED', index, count: missing };
  if (missing < 0) return { kind: 'INSERTED', index, count: -missing };
  const differing = sealed.map((_, i) => i).filter((i) => sealed[i] !== now[i]);
  const [first, second] = differing as [number, number?];
  if (differing.length === 2 && second !== undefined) {
    if (sealed[first] === now[second] && sealed[second] === now[first])
      return { kind: 'SWAPPED', index: first, with: second };
  }
  return { kind: 'CHANGED', index: first, sealed: sealed[first]!, others: differing.length - 1 };
}

/** The checks of a link as numbers. */
export function checksOf(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(i * 4));
}
