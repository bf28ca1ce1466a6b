/** What a server of the tests holds, and how it misbehaves. */
export interface ServedFile {
  content: Buffer;
  /** Milliseconds since 1970; long ago unless a test says otherwise. */
  modifiedMs: number;
}

export const LONG_AGO_MS = Date.UTC(2024, 0, 1);

export class Tree {
  /** Files by delivery. */
  readonly deliveries = new Map<string, Map<string, ServedFile>>();
  /** Cut the connection after so many bytes of files, once. */
  cutAfterBytes = Infinity;
  /** Send no more once so many bytes of files were sent, and never end. */
  stallAfterBytes = Infinity;
  /** Wait before each answer. */
  delayMs = 0;
  /** Called when a file is read. */
  onRead: (path: string) => void = () => undefined;
  /** First byte of each read of a file, in order; what a whole visit asked for. */
  readonly reads: { path: string; fromByte: number }[] = [];
  connections = 0;
  listings = 0;
  sentBytes = 0;

  put(delivery: string, name: string, content: string | Buffer, modifiedMs = LONG_AGO_MS): void {
    const files = this.deliveries.get(delivery) ?? new Map<string, ServedFile>();
    files.set(name, { content: Buffer.from(content), modifiedMs });
    this.deliveries.set(delivery, files);
  }

  file(path: string): ServedFile | undefined {
    const [delivery, name] = path.split('/').slice(-2);
    return this.deliveries.get(delivery ?? '')?.get(name ?? '');
  }

  /** Counts what is sent; true when the connection is to be cut now. */
  sent(bytes: number): boolean {
    this.sentBytes += bytes;
    if (this.sentBytes < this.cutAfterBytes) return false;
    this.cutAfterBytes = Infinity;
    return true;
  }
}
