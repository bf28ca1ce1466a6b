/**
 * Pseudonyms of clients: the national number under a key, so that a client can be found without anybody reading numbers.
 * Without the key a pseudonym says nothing, although there are few enough numbers to try them all.
 */
import { createCipheriv, createHash } from 'node:crypto';

const BLOCK_BYTES = 16;
/** A pseudonym in hexadecimal digits, as a uuid may be written. */
const PSEUDONYM_DIGITS = BLOCK_BYTES * 2;
/** Digits of a national number. */
export const INSZ_DIGITS = 11;

const ZERO = 0x30;

/** Bytes of a key. */
export const KEY_BYTES = 32;

export class Pseudonyms {
  constructor(
    /** 32 bytes. */
    private readonly key: Buffer,
  ) {}

  /** Tells one key from another; says nothing about the key. */
  get fingerprint(): string {
    return createHash('sha256').update('fingerprint of a pseudonym key').update(this.key).digest('hex');
  }

  /**
   * The pseudonyms of national numbers (as integers), in their order: AES-256 of the eleven digits. Each number is one
   * block of its own and no number comes twice under another key, which is what the plain form (ECB) is good for; and a
   * million of them take hundredths of a second in one call.
   */
  of(numbers: readonly number[]): string[] {
    const blocks = Buffer.alloc(numbers.length * BLOCK_BYTES);
    numbers.forEach((number, index) => writeDigits(blocks, index * BLOCK_BYTES, number));
    const cipher = createCipheriv('aes-256-ecb', this.key, null).setAutoPadding(false);
    const digits = Buffer.concat([cipher.update(blocks), cipher.final()]).toString('hex');
    return numbers.map((_, index) => digits.slice(index * PSEUDONYM_DIGITS, (index + 1) * PSEUDONYM_DIGITS));
  }
}

/** Writes a number as the eleven digits of a national number, zeros before it. */
export function writeDigits(bytes: Buffer, place: number, number: number): void {
  // In two halves, for whole numbers of 32 bits are divided ten times as fast.
  let low = number % 1_000_000;
  let high = (number - low) / 1_000_000;
  for (let at = place + INSZ_DIGITS - 1; at >= place + INSZ_DIGITS - 6; at--) {
    bytes[at] = ZERO + (low % 10);
    low = (low / 10) | 0;
  }
  for (let at = place + INSZ_DIGITS - 7; at >= place; at--) {
    bytes[at] = ZERO + (high % 10);
    high = (high / 10) | 0;
  }
}
