/** With which law a night is explained: the one it was computed with, whatever the configuration says by now. */
import { createHash } from 'node:crypto';
import type { Law } from '../../law/law.js';
import type { LawOverrides } from '../../law/keys.js';
import { buildLaw, canonicalLaw } from '../../law/resolve.js';
import { carriedBy } from '../../ledger/carried.js';
import type { CarriedHistory } from '../../records/build.js';
import type { LawSource } from './explanation.js';
import type { Night } from './known.js';

/** The law of the configuration. */
export interface LawInForce {
  readonly law: Law;
  readonly lawOverrides: LawOverrides;
  readonly lawDigest: string;
}

export interface LawOfNight {
  readonly law: Law;
  readonly lawOverrides: LawOverrides;
  readonly carried: CarriedHistory;
  readonly source: LawSource;
}

/**
 * The law of a night: from its keys as the run kept them. A night whose keys were not kept, or were kept by a program with
 * other values in law, is explained with the configuration; its ledger then says whether that is right.
 */
export function lawOfNight(
  { lawDigest, lawOverrides }: Pick<Night, 'lawDigest' | 'lawOverrides'>,
  inForce: LawInForce,
): LawOfNight {
  const { law } = inForce;
  const configured = { law, lawOverrides: inForce.lawOverrides, carried: carriedBy(law) };
  if (lawDigest === inForce.lawDigest) return { ...configured, source: 'CONFIGURATION' };
  if (lawOverrides === undefined || digestOf(lawOverrides) !== lawDigest) {
    return { ...configured, source: 'CONFIGURATION_INSTEAD' };
  }
  const kept = buildLaw(lawOverrides);
  return { law: kept, lawOverrides, carried: carriedBy(kept), source: 'NIGHT' };
}

function digestOf(overrides: LawOverrides): string {
  return createHash('sha256').update(canonicalLaw(overrides)).digest('hex');
}
