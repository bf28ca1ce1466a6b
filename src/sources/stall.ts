/** A stream that falls silent is a fault, not a night that never ends. */
import type { Readable } from 'node:stream';
import { SourceFault } from './fault.js';

/** The pieces of a stream; when none comes for a while the stream is destroyed and a `SourceFault` thrown. */
export async function* withTimeout(stream: Readable, timeoutSeconds: number): AsyncGenerator<Buffer> {
  const silent = new SourceFault('UNREACHABLE', `nothing came for ${timeoutSeconds} seconds`);
  const watch = () => setTimeout(() => stream.destroy(silent), timeoutSeconds * 1000);
  let timer = watch();
  try {
    for await (const piece of stream) {
      // The time that the reader takes is not silence.
      clearTimeout(timer);
      yield piece as Buffer;
      timer = watch();
    }
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
}
