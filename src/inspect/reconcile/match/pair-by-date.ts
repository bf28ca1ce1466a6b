/** Pairs of days, each used once: as many as there can be, then those that lie nearest to each other. */
import type { Day } from '../../../calendar.js';

/** Cells of the table of the exact search; beyond it days are paired in order. 1,000 by 1,000 fits. */
const MOST_CELLS = 4_000_000;

/**
 * Indexes of pairs `[left, right]` that lie at most `days` apart. Both lists are in order of day. Pairs never cross: of two
 * that do, the uncrossed ones are as many and never farther apart.
 */
export function pairByDate(left: readonly Day[], right: readonly Day[], days: number): [number, number][] {
  if (left.length * right.length > MOST_CELLS) return pairInOrder(left, right, days);
  const width = right.length + 1;
  // What a pair is worth is more than any sum of distances.
  const worth = (days + 1) * (left.length + right.length + 1);
  const best = new Float64Array((left.length + 1) * width);
  for (let i = 1; i <= left.length; i++) {
    for (let j = 1; j <= right.length; j++) {
      const apart = Math.abs(left[i - 1]! - right[j - 1]!);
      const paired = apart > days ? -1 : best[(i - 1) * width + j - 1]! + worth - apart;
      best[i * width + j] = Math.max(best[(i - 1) * width + j]!, best[i * width + j - 1]!, paired);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = left.length, j = right.length; i > 0 && j > 0;) {
    const value = best[i * width + j]!;
    if (value === best[(i - 1) * width + j]) i--;
    else if (value === best[i * width + j - 1]) j--;
    else pairs.push([--i, --j]);
  }
  return pairs.reverse();
}

function pairInOrder(left: readonly Day[], right: readonly Day[], days: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const apart = left[i]! - right[j]!;
    if (Math.abs(apart) <= days) pairs.push([i++, j++]);
    else if (apart < 0) i++;
    else j++;
  }
  return pairs;
}
