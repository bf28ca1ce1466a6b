/**
 * 64 bits over everything the ledger holds of a trajectory: its segments, its measurements and its OCMW. Equal
 * fingerprints mean that nothing has to be posted; two 32-bit multiplicative hashes with different constants keep the
 * chance of a false match below one in 10^12 for a million trajectories.
 */
import type { Result } from '../law/result.js';
import type { Segment } from '../law/segments.js';
import type { Fingerprint } from './stream.js';

/** Fingerprint of what is due now. Pure and the same on every machine: it is stored. */
export function fingerprintOf(ocmwId: string, segments: readonly Segment[], results: readonly Result[]): Fingerprint {
  const hash = new Hash();
  hash.text(ocmwId);
  for (const segment of segments) {
    hash.integer(segment.component);
    hash.integer(segment.firstMonth);
    hash.integer(segment.lastMonth);
    hash.integer(segment.cents);
  }
  for (const { measurement, cents } of results) {
    hash.integer(measurement.measurement);
    hash.integer(measurement.measuredOn);
    hash.text(measurement.outcome);
    hash.text(measurement.evidenceId);
    hash.integer(cents);
  }
  return { high: hash.high, low: hash.low };
}

class Hash {
  high = 0x9e3779b9 | 0;
  low = 0x85ebca6b | 0;

  integer(value: number): void {
    this.high = Math.imul(this.high ^ value, 0x01000193);
    this.high ^= this.high >>> 15;
    this.low = Math.imul(this.low ^ value, 0xc2b2ae35 | 0);
    this.low ^= this.low >>> 13;
    this.low = Math.imul(this.low, 0x27d4eb2f);
  }

  text(text: string): void {
    this.integer(text.length);
    for (let i = 0; i < text.length; i++) this.integer(text.charCodeAt(i));
  }
}
