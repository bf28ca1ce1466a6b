/** A simulation as plain values: what terminal, JSON, CSV and workbook show. Amounts in cents. Pure. */
import { formatDay, type Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import type { LawKeyName, LawOverrides } from '../../law/keys.js';
import type { Law } from '../../law/law.js';
import type { Text } from '../../law/rulebook/sources.js';
import type { Cents } from '../../money.js';
import { changedParameters, isWithoutEffect, type ChangedParameter } from './changed-parameters.js';
import type { Months } from './period.js';
import type { Simulated } from './simulate.js';
import type { Amounts, OcmwSums } from './sums.js';

/** What the two laws make of something, and other minus present. */
export interface Effect {
  readonly presentCents: Cents;
  readonly otherCents: Cents;
  readonly differenceCents: Cents;
  readonly changedTrajectories: number;
}

export interface ComponentEffect extends Effect {
  readonly component: Component;
}

export interface OcmwEffect extends Effect {
  /** Who is paid on the evening of the night. */
  readonly ocmwId: string;
  readonly name: string;
  readonly nisCode: string;
  /** Components with an amount under one of the laws. */
  readonly components: readonly ComponentEffect[];
}

export interface Simulation {
  readonly firstMonth: Month;
  readonly lastMonth: Month;
  readonly night: { readonly runId: string; readonly businessDate: string };
  readonly presentLawDigest: string;
  readonly otherLawDigest: string;
  readonly parameters: readonly ChangedParameter[];
  /** Sentences that whoever reads the amounts must know. */
  readonly notes: readonly Text[];
  /** Trajectories that were computed. */
  readonly trajectories: number;
  readonly total: Effect;
  readonly components: readonly ComponentEffect[];
  /** In order of number; those with an amount under one of the laws. */
  readonly ocmws: readonly OcmwEffect[];
}

/** A law as the simulation names it. */
export interface NamedLaw {
  readonly law: Law;
  readonly overrides: LawOverrides;
  readonly digest: string;
}

/**
 * @param fileKeys keys that the file with the other law holds
 */
export function describeSimulation(
  simulated: Simulated,
  months: Months,
  present: NamedLaw,
  other: NamedLaw,
  fileKeys: readonly LawKeyName[],
): Simulation {
  const { night, sums, payees } = simulated;
  const total = sums.total();
  return {
    firstMonth: months.first,
    lastMonth: months.last,
    night: { runId: night.runId, businessDate: formatDay(night.today) },
    presentLawDigest: present.digest,
    otherLawDigest: other.digest,
    parameters: changedParameters(present.overrides, other.overrides),
    notes: notesOf(simulated, present, other, fileKeys),
    trajectories: sums.trajectories,
    total: effectOf(total),
    components: componentsOf(total),
    ocmws: [...sums.byOcmw()].map(([ocmwId, own]) => ({
      ocmwId,
      name: payees.get(ocmwId)?.name ?? '',
      nisCode: payees.get(ocmwId)?.nisCode ?? '',
      ...effectOf(own),
      components: componentsOf(own),
    })),
  };
}

function effectOf({ presentCents, otherCents, changedTrajectories }: Readonly<Amounts>): Effect {
  return { presentCents, otherCents, differenceCents: otherCents - presentCents, changedTrajectories };
}

function componentsOf({ components }: OcmwSums): ComponentEffect[] {
  return components.map((each) => ({ component: each.component, ...effectOf(each) }));
}

function notesOf(
  { night, judgedOtherwise }: Simulated,
  present: NamedLaw,
  other: NamedLaw,
  fileKeys: readonly LawKeyName[],
): Text[] {
  const notes: Text[] = [];
  if (night.lawDigest !== present.digest) notes.push(OTHER_THAN_THE_NIGHT);
  notes.push(...missingAllowances(present.law, other.law));
  const idle = fileKeys.filter((key) => isWithoutEffect(key, other.law.categoryPolicy === 'FORFEIT'));
  if (idle.length > 0) notes.push(withoutEffect(idle));
  if (judgedOtherwise > 0) notes.push(judgedAnew(judgedOtherwise));
  return notes;
}

const OTHER_THAN_THE_NIGHT: Text = {
  nl: 'De wet van de configuratie is een andere dan die waarmee de laatste nacht rekende: de huidige bedragen zijn die van de configuratie.',
  en: 'The law of the configuration is another than the one with which the last night computed: the present amounts are those of the configuration.',
};

const ALLOWANCES = {
  ORD: { nl: 'de gewone toelage', en: 'the ordinary allowance' },
  INC: { nl: 'de verhoogde toelage', en: 'the increased allowance' },
} as const;

/** Rulebook 3.5: without an amount an allowance is left out. One sentence for each allowance. */
function missingAllowances(present: Law, other: Law): Text[] {
  return (['ORD', 'INC'] as const)
    .filter((component) => present.amount[component] === undefined)
    .map((component) => {
      const { nl, en } = ALLOWANCES[component];
      const key = `amount.${component}`;
      return other.amount[component] === undefined
        ? {
            nl: `Voor ${nl} is geen bedrag opgegeven (${key}): ze is aan beide kanten weggelaten.`,
            en: `No amount is given for ${en} (${key}): it is left out on both sides.`,
          }
        : {
            nl: `Voor ${nl} geeft de configuratie geen bedrag (${key}): ze staat alleen bij de andere wet.`,
            en: `The configuration gives no amount for ${en} (${key}): it stands under the other law only.`,
          };
    });
}

function withoutEffect(keys: readonly LawKeyName[]): Text {
  const list = keys.join(', ');
  return {
    nl: `Zonder gevolg voor deze bedragen, want dit regelt alleen wanneer en hoe wordt betaald of teruggevorderd: ${list}.`,
    en: `Without effect on these amounts, as it only says when and how is paid or claimed back: ${list}.`,
  };
}

/** The other law is taken as if it had held when those outcomes were frozen (rulebook 4.3). */
function judgedAnew(trajectories: number): Text {
  return {
    nl: `Trajecten die al eindafgerekend zijn en waarvan de andere wet een meting in deze maanden anders beoordeelt: ${trajectories}; daar tellen de gegevens zoals ze nu zijn.`,
    en: `Trajectories that are finally settled and of which the other law judges a measurement in these months otherwise: ${trajectories}; there the records count as they stand now.`,
  };
}
