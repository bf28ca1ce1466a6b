/** What a share says and what it does not: intervals for small numbers. */

/** Standard normal bounds of 95 % and 99.8 %, two-sided. */
export const Z95 = 1.96;
export const Z998 = 3.09;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of a share, 95 %. Undefined without any case. */
export function shareInterval(hits: number, cases: number): Interval | undefined {
  if (cases === 0) return undefined;
  const share = hits / cases;
  const z2 = Z95 * Z95;
  const centre = (share + z2 / (2 * cases)) / (1 + z2 / cases);
  const half = (Z95 * Math.sqrt((share * (1 - share)) / cases + z2 / (4 * cases * cases))) / (1 + z2 / cases);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Between which shares chance alone keeps `cases` cases when the true share is `expected`. */
export function chanceLimits(expected: number, cases: number, z: number): Interval {
  const half = z * Math.sqrt((expected * (1 - expected)) / cases);
  return { low: Math.max(0, expected - half), high: Math.min(1, expected + half) };
}
