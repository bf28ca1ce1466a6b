/**
 * What is known (rulebook 15.1): of every record the last version that was registered and delivered in time, put
 * together per client and per WEO. Everything else of the oracle asks a `Knowledge` and nothing but that.
 */
import type { Row } from './columns.js';
import { later, NEVER, type Day } from './days.js';
import { inVersionOrder, type Feeds, type Version } from './feeds.js';
import { toCents } from './law.js';

export interface Employment {
  readonly id: string;
  readonly person: string;
  readonly weoId: string;
  readonly kind: string;
  readonly start: Day;
  readonly end: Day;
  readonly row: Row;
}

export interface Category {
  readonly id: string;
  readonly person: string;
  readonly code: string;
  readonly from: Day;
  readonly to: Day;
  readonly version: Version;
}

export interface Weo {
  readonly id: string;
  readonly ocmwId: string;
  readonly person: string;
  readonly insz: string;
  readonly start: Day;
  readonly end: Day;
  /** '', 'true' or 'false'. */
  readonly extended: string;
  /** The last known version withdraws it. */
  readonly withdrawn: boolean;
  /** Overlaps a WEO of the same client that was registered earlier: measured, nothing due (15.3). */
  readonly held: boolean;
  /** ART60 contracts that count, in order of start and id; those that start before the WEO are left out. */
  readonly contracts: readonly Employment[];
  /** Every known version, in order. */
  readonly versions: readonly Version[];
}

export interface OpeningPayment {
  readonly ocmwId: string;
  readonly weoId: string;
  readonly component: string;
  readonly month: string;
  readonly cents: number;
}

/** A payment with a reference: it confirms something of a batch, or says that it came back. */
export interface ReferencedPayment {
  readonly reference: string;
  readonly ocmwId: string;
  /** These three are '' when it names no line. */
  readonly weoId: string;
  readonly component: string;
  readonly month: string;
  readonly cents: number;
}

export interface Knowledge {
  /** Facts registered up to the end of this day. "Now" of whoever asks for deadlines and months. */
  readonly registeredUntil: Day;
  /** The night, or the run day of a batch. */
  readonly deliveredUntil: Day;
  readonly weos: ReadonlyMap<string, Weo>;
  employmentsOf(person: string): readonly Employment[];
  categoriesOf(person: string): readonly Category[];
  decisionsOn(weoId: string): readonly Version[];
  /** Cents by `ocmw/year`; absent: no limit. */
  readonly budgets: ReadonlyMap<string, number>;
  readonly openingPayments: readonly OpeningPayment[];
  /** In the order in which they became known. */
  readonly referencedPayments: readonly ReferencedPayment[];
  /** Present INSZ of a client. */
  person(insz: string): string;
  isOcmw(id: string): boolean;
  /** Who is paid on a day: the OCMW itself or, once its validity has ended, its successor. */
  payee(ocmwId: string, day: Day): string;
}

/** All versions by file and record, and the knowledges that were already asked for. */
export interface Archive {
  readonly firstDelivery: Day | undefined;
  readonly byFile: ReadonlyMap<string, ReadonlyMap<string, readonly Version[]>>;
  readonly asked: Map<string, Knowledge>;
}

/** Sorts the versions of a feed folder by record. */
export function makeArchive(feeds: Feeds): Archive {
  const byFile = new Map<string, Map<string, Version[]>>();
  for (const version of [...feeds.versions].sort(inVersionOrder)) {
    const records = byFile.get(version.file) ?? new Map<string, Version[]>();
    byFile.set(version.file, records);
    records.set(version.id, [...(records.get(version.id) ?? []), version]);
  }
  return { firstDelivery: feeds.firstDelivery, byFile, asked: new Map() };
}

/** What was known with everything registered and delivered up to these days. */
export function know(archive: Archive, registeredUntil: Day, deliveredUntil: Day): Knowledge {
  const key = `${registeredUntil}/${deliveredUntil}`;
  const known = archive.asked.get(key) ?? build(archive, registeredUntil, deliveredUntil);
  archive.asked.set(key, known);
  return known;
}

function build(archive: Archive, registeredUntil: Day, deliveredUntil: Day): Knowledge {
  const histories = (file: string): Version[][] =>
    [...(archive.byFile.get(file) ?? new Map<string, Version[]>()).values()]
      .map((versions) => versions.filter((v) => v.registeredOn <= registeredUntil && v.countedOn <= deliveredUntil))
      .filter((versions) => versions.length > 0);
  const current = (file: string): Version[] =>
    histories(file)
      .map((versions) => versions.at(-1)!)
      .filter((version) => !version.withdrawn);

  const replacements = new Map(current('replacement.csv').map(({ row }) => [row.insz!, row.replaced_by!]));
  const person = (insz: string): string => followReplacements(replacements, insz);
  const employments = current('employment.csv').map((version) => toEmployment(version, person));
  const employmentsByPerson = groupBy(employments, (employment) => employment.person);
  const categories = current('category.csv').map((version) => toCategory(version, person));
  const categoriesByPerson = groupBy(categories, (category) => category.person);
  const decisionsByWeo = groupBy(current('decision.csv'), (decision) => decision.row.weo_id!);
  const ocmws = current('ocmw.csv');
  return {
    registeredUntil,
    deliveredUntil,
    person,
    weos: buildWeos(histories('weo.csv'), employments, person),
    employmentsOf: (of) => employmentsByPerson.get(of) ?? [],
    categoriesOf: (of) => categoriesByPerson.get(of) ?? [],
    decisionsOn: (weoId) => decisionsByWeo.get(weoId) ?? [],
    budgets: addBudgets(current('budget.csv')),
    openingPayments: current('payment.csv')
      .filter(isOpeningBalance)
      .map(({ row }) => toOpeningPayment(row)),
    referencedPayments: current('payment.csv')
      .filter(({ row }) => row.reference !== '')
      .sort(byDayKnown)
      .map(({ row }) => ({ ...toOpeningPayment(row), reference: row.reference! })),
    isOcmw: (id) => ocmws.some(({ row }) => row.ocmw_id === id),
    payee: (ocmwId, day) => followSuccessors(ocmws, ocmwId, day),
  };
}

/** Items by a name that several of them may share. */
export function groupBy<T>(items: readonly T[], name: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(name(item));
    if (group) group.push(item);
    else groups.set(name(item), [item]);
  }
  return groups;
}

function followReplacements(replacements: ReadonlyMap<string, string>, insz: string): string {
  const seen = new Set([insz]);
  for (let at = insz; ;) {
    const next = replacements.get(at);
    if (next === undefined || seen.has(next)) return at;
    seen.add(next);
    at = next;
  }
}

/** Of several rows of one OCMW the last one that is valid from `day` or before decides (reading O-15). */
function followSuccessors(ocmws: readonly Version[], ocmwId: string, day: Day): string {
  const seen = new Set([ocmwId]);
  for (let at = ocmwId; ;) {
    const row = ocmws
      .map((version) => version.row)
      .filter((r) => r.ocmw_id === at && r.valid_from! <= day)
      .sort((a, b) => (a.valid_from! < b.valid_from! ? -1 : 1))
      .at(-1);
    const successor = row?.successor_id ?? '';
    if (!row || row.valid_to === '' || row.valid_to! >= day || successor === '' || seen.has(successor)) return at;
    seen.add(successor);
    at = successor;
  }
}

function toEmployment({ id, row }: Version, person: (insz: string) => string): Employment {
  const end = row.end_date || NEVER;
  return { id, person: person(row.insz!), weoId: row.weo_id!, kind: row.kind!, start: row.start_date!, end, row };
}

function toCategory(version: Version, person: (insz: string) => string): Category {
  const { id, row } = version;
  return { id, person: person(row.insz!), code: row.code!, from: row.from_date!, to: row.to_date || NEVER, version };
}

function addBudgets(versions: readonly Version[]): Map<string, number> {
  const budgets = new Map<string, number>();
  for (const { row } of versions) {
    const key = `${row.ocmw_id}/${row.year}`;
    const cents = toCents(row.fixed_amount!) + toCents(row.flexible_amount!);
    budgets.set(key, (budgets.get(key) ?? 0) + cents);
  }
  return budgets;
}

function byDayKnown(a: Version, b: Version): number {
  const [dayA, dayB] = [a, b].map((version) => later(version.registeredOn, version.countedOn));
  return dayA === dayB ? inVersionOrder(a, b) : dayA! < dayB! ? -1 : 1;
}

/** Names a line and has no reference: paid outside the program (contract section 3). */
function isOpeningBalance({ row }: Version): boolean {
  return row.reference === '' && row.weo_id !== '' && row.component !== '' && row.month !== '';
}

function toOpeningPayment(row: Row): OpeningPayment {
  const { ocmw_id: ocmwId, weo_id: weoId, component, month, amount } = row;
  return { ocmwId: ocmwId!, weoId: weoId!, component: component!, month: month!, cents: toCents(amount!) };
}

function buildWeos(
  histories: readonly Version[][],
  employments: readonly Employment[],
  person: (insz: string) => string,
): Map<string, Weo> {
  const contractsByWeo = groupBy(employments, (employment) => employment.weoId);
  const plain = histories.map((versions): Weo => {
    const { id, row, withdrawn } = versions.at(-1)!;
    const weo = { id, ocmwId: row.ocmw_id!, insz: row.insz!, start: row.start_date!, end: row.end_date || NEVER };
    const contracts = (contractsByWeo.get(id) ?? [])
      .filter((e) => e.start >= weo.start || isTransition(e, weo.start))
      .sort(byStartThenId);
    const extended = row.extended_for_rights!;
    return { ...weo, person: person(weo.insz), extended, withdrawn, held: false, contracts, versions };
  });
  const byPerson = groupBy(plain, (weo) => weo.person);
  const isHeld = (weo: Weo): boolean =>
    !weo.withdrawn && byPerson.get(weo.person)!.some((other) => goesBefore(other, weo));
  const weos = plain.map((weo) => ({ ...weo, held: isHeld(weo) }));
  return new Map(weos.map((weo) => [weo.id, weo]));
}

/**
 * The national number under which a WEO named its client in an earlier knowledge. A WEO that came in later: the number
 * that was registered by then, else its first one, so that sending it again changes nothing (reading O-04).
 */
export function inszThen(weo: Weo, then: Knowledge): string {
  const registered = weo.versions.filter((version) => version.registeredOn <= then.registeredUntil).at(-1);
  return then.weos.get(weo.id)?.insz ?? (registered ?? weo.versions[0]!).row.insz!;
}

/** Earlier start first, then lower id. */
export function byStartThenId(a: Employment, b: Employment): number {
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** R-TR-3: started before 2017, still running on 2019-01-01, in a WEO that starts exactly then. */
export function isTransition(contract: Employment, weoStart: Day): boolean {
  return contract.start < '2017-01-01' && contract.end >= '2019-01-01' && weoStart === '2019-01-01';
}

/**
 * 15.3: `other`, of the same client, overlaps `weo` and was registered first. Pair by pair: a WEO that is held
 * itself still holds a later one (reading O-01).
 */
function goesBefore(other: Weo, weo: Weo): boolean {
  if (other.id === weo.id || other.withdrawn) return false;
  if (other.start > weo.end || weo.start > other.end) return false;
  const order = inVersionOrder(other.versions[0]!, weo.versions[0]!);
  return order !== 0 ? order < 0 : other.id < weo.id;
}
