/**
 * Seals rows as they go by: a sha256 over all rows of a group and four bytes for each, by which a row that was changed is
 * found later. Rows of the same group mostly follow each other; their bytes are gathered and hashed together.
 */
import { createHash, type Hash } from 'node:crypto';

/** Bytes that are hashed at once. */
const GATHERED = 64 * 1024;
const NEWLINE = 0x0a;

/** The rows of one group, sealed. */
export interface SealedRows {
  readonly key: string;
  readonly rowCount: number;
  /** Numbers of the first and last row. */
  readonly firstNo: number;
  readonly lastNo: number;
  /** `checkOf` of each row, in order, as little-endian integers. */
  readonly checks: Buffer;
  /** Hex. */
  readonly rowsDigest: string;
}

/** Takes rows of many groups, in order within each. */
export class RowSeals {
  private readonly groups = new Map<string, Group>();
  private current: Group | undefined;
  private readonly gathered = Buffer.allocUnsafeSlow(GATHERED);
  private used = 0;

  /** @param row in COPY form without a line end, without what numbers it */
  add(key: string, no: number, row: string): void {
    // A character takes at most three bytes.
    const start = this.roomIn(key, row.length * 3 + 1);
    if (start === undefined) return this.addLong(no, Buffer.from(`${row}\n`));
    this.used += this.gathered.write(row, start);
    this.gathered[this.used++] = NEWLINE;
    this.current!.add(no, checkOf(this.gathered, start, this.used));
  }

  /** The same for a row that lies in a buffer, line end included. */
  addBytes(key: string, no: number, source: Buffer, from: number, to: number): void {
    const start = this.roomIn(key, to - from);
    if (start === undefined) return this.addLong(no, source.subarray(from, to));
    this.used += source.copy(this.gathered, start, from, to);
    this.current!.add(no, checkOf(this.gathered, start, this.used));
  }

  /** Everything that was added, by key in byte order. */
  finish(): SealedRows[] {
    this.flush();
    return [...this.groups.values()].map((group) => group.sealed()).sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Where a row may be written; undefined when it is longer than what is gathered. */
  private roomIn(key: string, bytes: number): number | undefined {
    if (this.current?.key !== key) {
      this.flush();
      this.current = this.groups.get(key) ?? new Group(key);
      this.groups.set(key, this.current);
    }
    if (this.used + bytes > GATHERED) this.flush();
    return bytes > GATHERED ? undefined : this.used;
  }

  private addLong(no: number, row: Buffer): void {
    this.current!.hash.update(row);
    this.current!.add(no, checkOf(row, 0, row.length));
  }

  private flush(): void {
    if (this.used > 0) this.current!.hash.update(this.gathered.subarray(0, this.used));
    this.used = 0;
  }
}

class Group {
  readonly hash: Hash = createHash('sha256');
  private checks = Buffer.alloc(64);
  private count = 0;
  private firstNo = 0;
  private lastNo = 0;

  constructor(readonly key: string) {}

  add(no: number, check: number): void {
    if (this.count === 0) this.firstNo = no;
    this.lastNo = no;
    if (this.count * 4 === this.checks.length) this.checks = Buffer.concat([this.checks], this.checks.length * 2);
    this.checks.writeInt32LE(check, this.count * 4);
    this.count++;
  }

  sealed(): SealedRows {
    return {
      key: this.key,
      rowCount: this.count,
      firstNo: this.firstNo,
      lastNo: this.lastNo,
      checks: this.checks.subarray(0, this.count * 4),
      rowsDigest: this.hash.digest('hex'),
    };
  }
}

const FNV_START = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/**
 * FNV-1a of a row with its line end: finds a row that was changed, it does not prove that none was (the digest does).
 * @param start check of what comes before these bytes
 */
export function checkOf(bytes: Uint8Array, from = 0, to = bytes.length, start = FNV_START): number {
  let hash = start;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, FNV_PRIME);
  return hash;
}

/** The same for a text in ASCII that follows what has the check `start`. */
export function checkOfText(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return hash;
}
