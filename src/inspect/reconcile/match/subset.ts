/**
 * Which of some amounts add up to another. Amounts that are equal are one amount with a number of times, so a thousand equal
 * ones cost nothing; what could grow without end is limited by a budget of steps that all searches of a run share.
 */
import type { Cents } from '../../../money.js';

/** What is left to spend, in sums that are looked at. */
export interface SearchBudget {
  stepsLeft: number;
  /** Set when a search was ended for want of steps. */
  ended: boolean;
}

/** Of one search; a run has some dozens of them at most before its own budget ends. */
const MOST_STEPS_OF_SEARCH = 250_000;

/** Enough for twenty searches that find nothing: some seconds at most. */
export function searchBudget(stepsLeft = 5_000_000): SearchBudget {
  return { stepsLeft, ended: false };
}

export interface Subset {
  /** How often each amount is taken. */
  readonly times: ReadonlyMap<Cents, number>;
  /** No other amounts add up to it. */
  readonly isOnly: boolean;
}

/**
 * Amounts that add up to a target, all of its sign. Undefined when there are none or the budget ended first. Of several the
 * same ones are found whatever the order of the amounts.
 */
export function findSubset(amounts: readonly Cents[], target: Cents, budget: SearchBudget): Subset | undefined {
  const counts = new Map<Cents, number>();
  for (const cents of amounts) {
    if (cents !== 0 && cents < 0 === target < 0 && Math.abs(cents) <= Math.abs(target)) {
      counts.set(cents, (counts.get(cents) ?? 0) + 1);
    }
  }
  const distinct = [...counts].sort(([a], [b]) => Math.abs(b) - Math.abs(a));
  const layers = layersOf(distinct, target, budget);
  const ways = layers?.at(-1)!.get(target);
  if (layers === undefined || ways === undefined) return undefined;
  const times = new Map<Cents, number>();
  let rest = target;
  for (let at = distinct.length - 1; at >= 0; at--) {
    const [cents, most] = distinct[at]!;
    let count = 0;
    while (count <= most && !layers[at]!.has(rest - count * cents)) count++;
    if (count > 0) times.set(cents, count);
    rest -= count * cents;
  }
  return { times, isOnly: ways === 1 };
}

/** Sums that the first amounts can reach, with the number of ways (2: several); undefined when the budget ended. */
function layersOf(
  distinct: readonly (readonly [Cents, number])[],
  target: Cents,
  budget: SearchBudget,
): ReadonlyMap<Cents, number>[] | undefined {
  let left = Math.min(MOST_STEPS_OF_SEARCH, budget.stepsLeft);
  const layers = [new Map([[0, 1]])];
  for (const [cents, most] of distinct) {
    const layer = new Map<Cents, number>();
    for (const [sum, ways] of layers.at(-1)!) {
      for (let count = 0, next = sum; count <= most && Math.abs(next) <= Math.abs(target); count++, next += cents) {
        layer.set(next, Math.min(2, (layer.get(next) ?? 0) + ways));
        left--;
        budget.stepsLeft--;
      }
      if (left < 0) {
        budget.ended = true;
        return undefined;
      }
    }
    layers.push(layer);
  }
  return layers;
}
