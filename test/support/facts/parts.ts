/** What a case of the law tests is told in: an agreement, contracts, jobs, categories, decisions; and the facts they make. */
import { day, formatDay, OPEN_END } from '../../../src/calendar.js';
import { decisionName } from '../../../src/law/outflow.js';
import type {
  Art60Contract,
  CategoryVersion,
  Decision,
  EmploymentKind,
  FrozenMeasurements,
  Job,
  Outcome,
  TrajectoryFacts,
  WeoEndVersion,
} from '../../../src/records/facts.js';

/** A date `YYYY-MM-DD`. */
export type Text = string;

/** Kinds of employment that measurements look at. */
export type JobKind = Exclude<EmploymentKind, 'ART60'>;

interface WeoPart {
  readonly is: 'weo';
  readonly facts: Pick<
    TrajectoryFacts,
    'ocmwId' | 'weoId' | 'withdrawn' | 'start' | 'end' | 'extendedForRights' | 'weoEnds'
  >;
}
interface Art60Part {
  readonly is: 'art60';
  readonly contract: Art60Contract;
}
interface JobPart {
  readonly is: 'job';
  readonly job: Job;
}
interface CategoryPart {
  readonly is: 'category';
  readonly category: CategoryVersion;
}
interface DecisionPart {
  readonly is: 'decision';
  readonly decision: Decision;
}
interface FrozenPart {
  readonly is: 'frozen';
  readonly frozen: FrozenMeasurements;
}
export type Part = WeoPart | Art60Part | JobPart | CategoryPart | DecisionPart | FrozenPart;

const MICROS_PER_DAY = 86_400_000_000;

const endOf = (end: Text | undefined): number => (end === undefined ? OPEN_END : day(end));

/** Noon of a day in microseconds: when something registered on that day was registered. */
const noonOf = (on: Text): number => (day(on) + 0.5) * MICROS_PER_DAY;

let numbered = 0;
const nextId = (prefix: string): string => `${prefix}-${String(++numbered).padStart(6, '0')}`;

/** A work experience agreement; without an end it is open. `ends` tells the ends it had, by the day they were registered. */
export function weo(
  start: Text,
  end?: Text,
  more: {
    readonly id?: string;
    readonly ocmw?: string;
    readonly extended?: boolean;
    readonly withdrawn?: boolean;
    readonly ends?: Readonly<Record<Text, Text | undefined>>;
  } = {},
): WeoPart {
  const ends = Object.entries(more.ends ?? { [start]: end });
  return {
    is: 'weo',
    facts: {
      weoId: more.id ?? nextId('weo'),
      ocmwId: more.ocmw ?? '0212214917',
      withdrawn: more.withdrawn ?? false,
      start: day(start),
      end: endOf(end),
      extendedForRights: more.extended,
      weoEnds: ends.sort(([a], [b]) => (a < b ? -1 : 1)).map(([on, held]) => endVersion(on, held)),
    },
  };
}

function endVersion(on: Text, end: Text | undefined): WeoEndVersion {
  return { registeredAtMicros: noonOf(on), knownOn: day(on), end: endOf(end) };
}

/** An art. 60 contract of the agreement. `socialEconomy` also asks for the increased allowance unless `increased` says no. */
export function art60(
  start: Text,
  end?: Text,
  more: {
    readonly id?: string;
    readonly socialEconomy?: boolean;
    readonly increased?: boolean;
    readonly novaPrima?: boolean;
  } = {},
): Art60Part {
  const socialEconomy = more.socialEconomy ?? false;
  return {
    is: 'art60',
    contract: {
      employmentId: more.id ?? nextId('a60'),
      start: day(start),
      end: endOf(end),
      socialEconomy,
      increasedRequested: more.increased ?? socialEconomy,
      hasNovaPrimaReference: more.novaPrima ?? true,
    },
  };
}

/** A category record of the client. Without any, the client has category 90 from the first art. 60 start on. */
export function category(
  code: string,
  from: Text,
  to?: Text,
  more: { readonly id?: string; readonly registered?: Text; readonly withdrawn?: boolean } = {},
): CategoryPart {
  const registered = day(more.registered ?? from);
  return {
    is: 'category',
    category: {
      categoryId: more.id ?? nextId('cat'),
      code,
      from: day(from),
      to: endOf(to),
      registeredOn: registered,
      deliveredOn: registered,
      withdrawn: more.withdrawn ?? false,
    },
  };
}

/** An employment of the client other than art. 60. */
export function job(
  kind: JobKind,
  start: Text,
  end?: Text,
  more: {
    readonly id?: string;
    readonly dimona?: string;
    readonly fte?: number;
    readonly atOcmw?: boolean;
    readonly knownOn?: Text;
    readonly withdrawn?: boolean;
  } = {},
): JobPart {
  return {
    is: 'job',
    job: {
      employmentId: more.id ?? nextId('job'),
      kind,
      dimonaType: more.dimona ?? '',
      start: day(start),
      end: endOf(end),
      ftePermille: more.fte === undefined ? -1 : Math.round(more.fte * 1000),
      employerIsOcmw: more.atOcmw ?? false,
      knownOn: day(more.knownOn ?? start),
      withdrawn: more.withdrawn ?? false,
    },
  };
}

/** A manual decision on a measurement. */
export function decision(measurement: 1 | 2, outcome: 'POSITIVE' | 'NEGATIVE', registeredOn: Text): DecisionPart {
  const decisionId = nextId('decision');
  return { is: 'decision', decision: { decisionId, measurement, outcome, registeredAtMicros: noonOf(registeredOn) } };
}

/** Outcomes frozen by a final settlement on a day, with the WEO end and the decisions that held then. */
export function frozen(
  on: Text,
  weoEnd: Text,
  outcomes: readonly [Outcome, Outcome],
  decided: readonly [DecisionPart?, DecisionPart?] = [],
): FrozenPart {
  const decisions = [decisionName(decided[0]?.decision), decisionName(decided[1]?.decision)] as const;
  return { is: 'frozen', frozen: { frozenOn: day(on), end: day(weoEnd), outcomes, evidence: ['', ''], decisions } };
}

/** The facts of one trajectory, in the order that facts promise. */
export function trajectory(...parts: readonly Part[]): TrajectoryFacts {
  const { facts } = parts.find((part) => part.is === 'weo')!;
  const contracts = parts
    .flatMap((part) => (part.is === 'art60' ? part.contract : []))
    .sort((a, b) => a.start - b.start || (a.employmentId < b.employmentId ? -1 : 1));
  const categoryVersions = parts
    .flatMap((part) => (part.is === 'category' ? part.category : []))
    .sort((a, b) => a.registeredOn - b.registeredOn);
  const first = contracts[0];
  if (categoryVersions.length === 0 && first) categoryVersions.push(category('90', formatDay(first.start)).category);
  return {
    ...facts,
    registrationRank: 1,
    contracts,
    categoryVersions,
    categories: presentCategories(categoryVersions),
    jobs: parts.flatMap((part) => (part.is === 'job' ? part.job : [])),
    decisions: parts
      .flatMap((part) => (part.is === 'decision' ? part.decision : []))
      .sort((a, b) => a.registeredAtMicros - b.registeredAtMicros),
    frozen: parts.find((part) => part.is === 'frozen')?.frozen,
    siblings: [],
  };
}

/** The last version of each record that is not withdrawn: later from first, then later registered. */
function presentCategories(versions: readonly CategoryVersion[]): CategoryVersion[] {
  const present = new Map(versions.map((version) => [version.categoryId, version]));
  return [...present.values()]
    .filter((version) => !version.withdrawn)
    .sort((a, b) => b.from - a.from || b.registeredOn - a.registeredOn);
}

/** Agreements of one client, in order of first registration: each knows the others and all jobs. */
export function sameClient(...given: readonly TrajectoryFacts[]): TrajectoryFacts[] {
  const jobs = [...new Map(given.flatMap((each) => each.jobs).map((each) => [each.employmentId, each])).values()];
  const all = given.map((each, index) => ({ ...each, jobs, registrationRank: index + 1 }));
  return all.map((each) => ({
    ...each,
    siblings: all.filter((other) => other.weoId !== each.weoId && !other.withdrawn),
  }));
}
