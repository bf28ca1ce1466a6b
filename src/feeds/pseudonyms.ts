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
    numbers.forEach((number, index) => blocks.write(inszText(number), index * BLOCK_BYTES, 'latin1'));
    const cipher = createCipheriv('aes-256-ecb', this.key, null).setAutoPadding(false);
    const digits = Buffer.concat([cipher.update(blocks), cipher.final()]).toString('hex');
    return numbers.map((_, index) => digits.slice(index * PSEUDONYM_DIGITS, (index + 1) * PSEUDONYM_DIGITS));
  }
}

/** A national number as it is written. */
export function inszText(number: number): string {
  return String(number).padStart(INSZ_DIGITS, '0');
}
