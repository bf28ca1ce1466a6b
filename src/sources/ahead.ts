/** Work on several things at once whose results are wanted in order. */

/**
 * What `work` makes of each item, in the order of the items, with some of them under way at once. A fault is thrown when
 * the turn of its item comes. Whatever the end is, nothing is under way after it: `stop` makes that short.
 */
export async function* ahead<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
  stop: () => void,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  let next = 0;
  try {
    for (let turn = 0; turn < items.length; turn++) {
      while (next < items.length && underWay.length < atOnce) underWay.push(heard(work(items[next++]!)));
      yield await underWay[0]!;
      void underWay.shift();
    }
  } finally {
    stop();
    await Promise.allSettled(underWay);
  }
}

/** A fault that is told later, or never when an earlier one was, is no fault that nobody heard. */
export function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** So many at once; the others wait for their turn, in the order in which they came. */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.free === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.free--;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free++;
      else next();
    }
  }
}
