/**
 * The numbers that senders give their deliveries ("sequence" in manifest.json), per source. A number that is missing makes
 * what comes after it wait: a correction must not be read before what it corrects.
 */

/** What a delivery says of its place. */
export interface Numbered {
  /** Who counts; '' when the manifest names no source. */
  readonly source: string;
  /** Undefined when the manifest gives none. */
  readonly sequence: number | undefined;
}

interface Known {
  /** The highest number so far; what comes must be the next one. */
  last: number;
  readonly names: Map<number, string>;
}

export class Sequences {
  private readonly known = new Map<string, Known>();

  /** A delivery that was met: taken (then its number belongs to its name), or passed over. */
  remember(name: string, { source, sequence }: Numbered, wasTaken: boolean): void {
    if (sequence === undefined) return;
    const known = this.known.get(source) ?? { last: sequence, names: new Map<number, string>() };
    known.last = Math.max(known.last, sequence);
    if (wasTaken) known.names.set(sequence, name);
    this.known.set(source, known);
  }

  /** The number that must come before this delivery; undefined when nothing is missing. A first number may be any. */
  missingBefore({ source, sequence }: Numbered): number | undefined {
    const last = this.known.get(source)?.last;
    return sequence === undefined || last === undefined || sequence <= last + 1 ? undefined : last + 1;
  }

  /** The delivery that was taken under this number, undefined when there is none. */
  takenAs({ source, sequence }: Numbered): string | undefined {
    return sequence === undefined ? undefined : this.known.get(source)?.names.get(sequence);
  }
}
