/** What is wrong with a configuration: one sentence for each fault, all of them gathered before anything is said. */

export interface Fault {
  /** Key as written, `law.` in front of the keys of the law. */
  readonly key: string;
  /** What is wrong, without the key. */
  readonly problem: string;
  /** What would be right. */
  readonly allowed: string;
}

/** One line: key, what is wrong, what is allowed. */
function describeFault(fault: Fault): string {
  return `${fault.key}: ${fault.problem}. ${fault.allowed}`;
}

/** All faults as one text: a single one in the same line as the heading, several one a line. */
export function describeFaults(heading: string, faults: readonly Fault[]): string {
  return [heading, ...faults.map(describeFault)].join(faults.length === 1 ? ' ' : '\n');
}

/** The known key that looks most like a text, when one is near enough to be a typing error. */
export function nearestKey(unknown: string, known: readonly string[]): string | undefined {
  let best: { key: string; distance: number } | undefined;
  for (const key of known) {
    const distance = editDistance(unknown.toLowerCase(), key.toLowerCase());
    if (!best || distance < best.distance) best = { key, distance };
  }
  return best && best.distance <= Math.max(2, Math.floor(unknown.length / 3)) ? best.key : undefined;
}

/** Fewest insertions, deletions and replacements that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
