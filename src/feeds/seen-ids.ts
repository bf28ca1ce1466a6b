/** Whether an id came before, from fingerprints of 64 bits: a set of a hundred thousand strings costs more than reading them. */

const FIRST_SLOTS = 1 << 12;

/** A different id is now and then taken for the same (once in 10^19 pairs); the same one is never taken for another. */
export class SeenIds {
  // A slot is free while its low half is zero.
  private high = new Uint32Array(FIRST_SLOTS);
  private low = new Uint32Array(FIRST_SLOTS);
  private count = 0;

  /** Notes an id; whether it had been noted before. */
  add(id: string): boolean {
    let high = 0x811c9dc5;
    let low = 0x9e3779b9;
    for (let at = 0; at < id.length; at++) {
      const code = id.charCodeAt(at);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code, 0x85ebca6b);
      low ^= low >>> 13;
    }
    const isNew = this.place(high >>> 0, low >>> 0 || 1);
    if (isNew && ++this.count * 2 > this.low.length) this.grow();
    return !isNew;
  }

  private place(high: number, low: number): boolean {
    const last = this.low.length - 1;
    let at = low & last;
    for (; this.low[at] !== 0; at = (at + 1) & last) {
      if (this.low[at] === low && this.high[at] === high) return false;
    }
    this.high[at] = high;
    this.low[at] = low;
    return true;
  }

  private grow(): void {
    const { high, low } = this;
    this.high = new Uint32Array(high.length * 2);
    this.low = new Uint32Array(low.length * 2);
    for (let at = 0; at < low.length; at++) if (low[at] !== 0) this.place(high[at]!, low[at]!);
  }
}
