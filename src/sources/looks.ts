/**
 * What a source said a moment ago. Catching up runs hundreds of nights in one process: asking each night anew would repeat
 * ten thousand names, or all the waits for a server that is down.
 */
import { SourceFault } from './fault.js';

const REMEMBERED_MS = 10 * 60 * 1000;

export class Looks {
  private readonly known = new Map<
    string,
    { readonly atMs: number; readonly names: readonly string[] | SourceFault }
  >();

  /** The names that a source holds, asked again after ten minutes. Throws the `SourceFault` that it ended in. */
  async names(label: string, ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
    const earlier = this.known.get(label);
    const isFresh = earlier !== undefined && performance.now() - earlier.atMs < REMEMBERED_MS;
    const names = isFresh ? earlier.names : await ask().catch(faultOf);
    if (!isFresh) this.known.set(label, { atMs: performance.now(), names });
    if (names instanceof SourceFault) throw names;
    return names;
  }

  /** A source that named its deliveries and then failed is left alone for as long. */
  failed(label: string, fault: SourceFault): void {
    this.known.set(label, { atMs: performance.now(), names: fault });
  }
}

function faultOf(error: unknown): SourceFault {
  if (error instanceof SourceFault) return error;
  throw error;
}
