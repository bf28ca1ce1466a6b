/**
 * The packed form of facts: fields in a fixed order, each ended by the unit separator (0x1f), lists preceded by their
 * length. `sql/queries/records/build_facts.sql` writes it, this file reads it; ids never contain control characters
 * (feeds refuse them). One row is read in about a microsecond, straight from the bytes of COPY.
 */
import type {
  Art60Contract,
  CategoryPeriod,
  CategoryVersion,
  Decision,
  EmploymentKind,
  FrozenMeasurements,
  Job,
  Outcome,
  TrajectoryFacts,
  WeoEndVersion,
} from './facts.js';

const UNIT_SEPARATOR = 0x1f;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;

/** Reads fields one after the other from the bytes of one COPY text field. */
class FieldReader {
  private position: number;

  constructor(
    private readonly bytes: Buffer,
    start: number,
  ) {
    this.position = start;
  }

  integer(): number {
    const { bytes } = this;
    let position = this.position;
    let value = 0;
    const negative = bytes[position] === MINUS;
    if (negative) position++;
    for (let byte = bytes[position]!; byte !== UNIT_SEPARATOR; byte = bytes[++position]!) {
      value = value * 10 + (byte - ZERO);
    }
    this.position = position + 1;
    return negative ? -value : value;
  }

  text(): string {
    const { bytes } = this;
    const start = this.position;
    let end = start;
    let escaped = false;
    while (bytes[end] !== UNIT_SEPARATOR) {
      if (bytes[end] === BACKSLASH) escaped = true;
      end++;
    }
    this.position = end + 1;
    const text = bytes.toString('utf8', start, end);
    // COPY text doubles a backslash; other escapes stand for control characters, which ids cannot hold.
    return escaped ? text.replaceAll('\\\\', '\\') : text;
  }

  list<T>(item: () => T): readonly T[] {
    const length = this.integer();
    if (length === 0) return NOTHING;
    const items = new Array<T>(length);
    for (let i = 0; i < length; i++) items[i] = item();
    return items;
  }
}

const NOTHING: readonly never[] = Object.freeze([]);

/**
 * Facts of one trajectory from the bytes of a COPY field that starts at `start`.
 * @param frozen outcomes frozen by a final settlement, from the ledger's state
 */
export function unpackFacts(
  ocmwId: string,
  weoId: string,
  bytes: Buffer,
  start: number,
  frozen: FrozenMeasurements | undefined,
): TrajectoryFacts {
  const fields = new FieldReader(bytes, start);
  const own = section(ocmwId, weoId, fields, frozen);
  const siblings = fields.list(() => section(fields.text(), fields.text(), fields, undefined));
  return siblings.length === 0 ? own : { ...own, siblings };
}

function section(
  ocmwId: string,
  weoId: string,
  fields: FieldReader,
  frozen: FrozenMeasurements | undefined,
): TrajectoryFacts {
  // The literal evaluates its members in order: that order is the packed form.
  return {
    ocmwId,
    weoId,
    withdrawn: fields.integer() === 1,
    start: fields.integer(),
    end: fields.integer(),
    extendedForRights: optionalBoolean(fields.text()),
    registrationRank: fields.integer(),
    contracts: fields.list(() => contract(fields)),
    jobs: fields.list(() => job(fields)),
    categories: fields.list(() => category(fields)),
    categoryVersions: fields.list(() => categoryVersion(fields)),
    decisions: fields.list(() => decision(fields)),
    weoEnds: fields.list(() => weoEnd(fields)),
    frozen,
    siblings: NOTHING,
  };
}

function optionalBoolean(text: string): boolean | undefined {
  return text === '' ? undefined : text === '1';
}

function contract(fields: FieldReader): Art60Contract {
  const employmentId = fields.text();
  const start = fields.integer();
  const end = fields.integer();
  const flags = fields.integer();
  return {
    employmentId,
    start,
    end,
    socialEconomy: (flags & 1) !== 0,
    increasedRequested: (flags & 2) !== 0,
    hasNovaPrimaReference: (flags & 4) !== 0,
  };
}

function job(fields: FieldReader): Job {
  return {
    employmentId: fields.text(),
    kind: fields.text() as EmploymentKind,
    dimonaType: fields.text(),
    start: fields.integer(),
    end: fields.integer(),
    ftePermille: fields.integer(),
    employerIsOcmw: fields.integer() === 1,
    knownOn: fields.integer(),
    withdrawn: fields.integer() === 1,
  };
}

function category(fields: FieldReader): CategoryPeriod {
  return { categoryId: fields.text(), code: fields.text(), from: fields.integer(), to: fields.integer() };
}

function categoryVersion(fields: FieldReader): CategoryVersion {
  return {
    ...category(fields),
    registeredOn: fields.integer(),
    deliveredOn: fields.integer(),
    withdrawn: fields.integer() === 1,
  };
}

function decision(fields: FieldReader): Decision {
  return {
    decisionId: fields.text(),
    measurement: fields.integer() as 1 | 2,
    outcome: fields.text() as 'POSITIVE' | 'NEGATIVE',
    registeredAtMicros: fields.integer(),
  };
}

function weoEnd(fields: FieldReader): WeoEndVersion {
  return { registeredAtMicros: fields.integer(), knownOn: fields.integer(), end: fields.integer() };
}

/** Frozen outcomes: frozen on, end, then outcome, evidence and decision of M1, of M2, separated like the facts. */
export function unpackFrozen(text: string): FrozenMeasurements {
  const [frozenOn, end, outcome1, evidence1, decision1, outcome2, evidence2, decision2] = text.split('\x1f');
  return {
    frozenOn: Number(frozenOn),
    end: Number(end),
    outcomes: [outcome1 as Outcome, outcome2 as Outcome],
    evidence: [evidence1!, evidence2!],
    decisions: [decision1!, decision2!],
  };
}
