/** The account of an OCMW as its bookkeepers would write it, each in their own way, with errors that are known. */
import { formatMonth, type Day } from '../../../src/calendar.js';
import type { Component } from '../../../src/law/codes.js';
import type { LedgerMap } from '../../../src/law/keys.js';
import { yearOfBooking } from '../../../src/inspect/reconcile/match/matching.js';
import type { Booking, DifferenceKind, Expected, ExpectedPart } from '../../../src/inspect/reconcile/model.js';
import { makeRandom, type Random } from '../../support/random-feed/random.js';

/** Where the example OCMW books; no law gives such numbers. */
export const POSTINGS: LedgerMap = Object.fromEntries(
  (['EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC'] as const).map((component, index) => [
    component,
    { account: `740${index < 6 ? 5 : 6}${index}0`, field: index < 6 ? '0900' : '0905', sector: '' },
  ]),
);

/** What is booked for one thing that is expected. */
interface Entry {
  readonly expected: Expected;
  lines: Booking[];
  /** Lines say the structured communication, or beneficiary and month: an error in them can be told for sure. */
  readonly isNamed: boolean;
  readonly isCut: boolean;
}

/** What one planted error must be found as; lines by what they say. */
export interface Planted {
  readonly name: string;
  readonly sign: string;
}

export interface GeneratedAccount {
  readonly bookings: readonly Booking[];
  readonly planted: readonly Planted[];
}

/** A difference in a form that does not depend on where lines stand. */
export function signOf(
  kind: DifferenceKind,
  effectCents: number,
  expected: readonly Expected[],
  lines: readonly Booking[],
): string {
  const said = lines.map(({ bookedOn, account, field, cents, reference, text }) =>
    [bookedOn, account, field, cents, reference, text].join('|'),
  );
  return [kind, effectCents, expected.map(({ id }) => id).join('+'), ...said.sort()].join('\n');
}

/** An account of the year without errors, or with `errors` errors of each kind of PLANTS. */
export function generateAccount(
  all: readonly Expected[],
  novaPrima: ReadonlyMap<string, string>,
  year: number,
  seed: number,
  errors = 0,
): GeneratedAccount {
  const random = makeRandom(seed);
  const references = new Map([...novaPrima].map(([reference, weoId]) => [weoId, reference]));
  const writer = new Writer(random, references, year);
  const entries = all
    .filter((expected) => expected.year === year && expected.cents !== 0)
    .map((expected) => writer.entryOf(expected));
  const others = all.filter((expected) => expected.year !== year && expected.cents !== 0 && expected.kind === 'BATCH');
  const planter = new Planter(random, entries, others, writer, year);
  const planted = Array.from({ length: errors }, () => PLANTS.map((plant) => planter.plant(plant))).flat();
  const bookings = random.shuffle([...entries.flatMap(({ lines }) => lines), ...planter.besides]);
  return { bookings: bookings.map((booking, index) => ({ ...booking, line: index + 2 })), planted };
}

class Writer {
  private readonly habits = new Map<string, { readonly style: 'NAMED' | 'BY_WEO' | 'PLAIN'; readonly delay: number }>();

  constructor(
    private readonly random: Random,
    private readonly references: ReadonlyMap<string, string>,
    private readonly year: number,
  ) {}

  entryOf(expected: Expected): Entry {
    return expected.kind === 'ALLOWANCE' ? this.allowance(expected) : this.payment(expected);
  }

  line(bookedOn: Day, component: Component, cents: number, reference: string, text: string): Booking {
    const { account, field } = POSTINGS[component]!;
    return { line: 0, bookedOn, account, field, cents, reference, text };
  }

  private allowance(expected: Expected): Entry {
    const { weoId, component, month, cents } = expected.parts[0]!;
    const reference = this.references.get(weoId) ?? '';
    const habit = this.habits.get(weoId) ?? {
      style: reference === '' ? 'BY_WEO' : this.random.pick(['NAMED', 'BY_WEO', 'PLAIN'] as const),
      delay: this.random.int(2, 12),
    };
    this.habits.set(weoId, habit);
    const bookedOn = month % 12 === 11 ? expected.day : expected.day + habit.delay;
    const texts = {
      NAMED: [reference, `Toelage ${component} ${formatMonth(month)}`],
      BY_WEO: ['', `${weoId} ${component} ${formatMonth(month).split('-').reverse().join('/')}`],
      PLAIN: [reference, 'Toelage art. 60'],
    } as const;
    const [said, text] = texts[habit.style];
    const lines = [this.line(bookedOn, component, cents, said, text)];
    return { expected, lines, isNamed: habit.style !== 'PLAIN', isCut: false };
  }

  private payment(expected: Expected): Entry {
    const style = this.random.pick(['WHOLE', 'WHOLE', 'COMPONENTS', 'WEOS', 'BARE', 'BARE_COMPONENTS'] as const);
    const bookedOn = Math.min(expected.day + this.random.int(0, 4), this.lastDay(expected));
    const isBare = style.startsWith('BARE') || expected.reference === '';
    const reference = isBare ? '' : this.random.pick([expected.reference, expected.reference.replaceAll(/\D/g, '')]);
    const whole = style === 'WHOLE' || style === 'BARE';
    const adds = expected.parts.reduce((sum, { cents }) => sum + cents, 0) === expected.cents;
    if (whole || !adds) return this.uncut(expected, bookedOn, reference, !isBare);
    const keyOf = (part: ExpectedPart) => (style === 'WEOS' ? `${part.weoId} ${part.component}` : part.component);
    const pieces = new Map<string, { component: Component; cents: number }>();
    for (const part of expected.parts) {
      const piece = pieces.get(keyOf(part)) ?? { component: part.component, cents: 0 };
      pieces.set(keyOf(part), { ...piece, cents: piece.cents + part.cents });
    }
    const lines = [...pieces]
      .filter(([, { cents }]) => cents !== 0)
      .map(([key, { component, cents }]) => this.line(bookedOn, component, cents, reference, `VDAB ${key}`));
    if (lines.length < 2) return this.uncut(expected, bookedOn, reference, !isBare);
    return { expected, lines, isNamed: !isBare, isCut: true };
  }

  private uncut(expected: Expected, bookedOn: Day, reference: string, isNamed: boolean): Entry {
    const component = expected.parts[0]?.component ?? 'EFF';
    const lines = [this.line(bookedOn, component, expected.cents, reference, `VDAB ${expected.period}`)];
    return { expected, lines, isNamed, isCut: false };
  }

  private lastDay({ day }: Expected): Day {
    const line = { bookedOn: day } as Booking;
    let last = day;
    while (last < day + 4 && yearOfBooking({ ...line, bookedOn: last + 1 }) === this.year) last++;
    return last;
  }
}

type Plant = readonly [
  name: string,
  fits: (entry: Entry) => boolean,
  apply: (entry: Entry, planter: Planter) => string,
];

const uncut = ({ isNamed, isCut }: Entry) => isNamed && !isCut;
const cut = ({ isNamed, isCut }: Entry) => isNamed && isCut;
const payment = ({ expected }: Entry) => expected.kind === 'BATCH';
const ofEntry = (kind: DifferenceKind, effect: number, entry: Entry, lines: readonly Booking[]) =>
  signOf(kind, effect, [entry.expected], lines);

/** The kinds of errors that bookkeepers make. */
export const PLANTS: readonly Plant[] = [
  ['a payment that is not booked', payment, (entry) => removed(entry)],
  ['an allowance that is not booked', (entry) => uncut(entry) && !payment(entry), (entry) => removed(entry)],
  ['the same line again some days later', uncut, (entry, { random }) => repeated(entry, random.int(1, 9))],
  ['the same line twice on one day', uncut, (entry) => repeated(entry, 0)],
  ['one small line of a payment twice', cut, (entry, { random }) => repeated(entry, 0, random)],
  ['one small line of a payment missing', cut, (entry, { random }) => oneMissing(entry, random)],
  ['an amount with a wrong digit', uncut, (entry, { random }) => amount(entry, (cents) => cents + random.int(1, 9))],
  ['an amount with the wrong sign', uncut, (entry) => amount(entry, (cents) => -cents)],
  ['an amount ten times too large', uncut, (entry) => amount(entry, (cents) => cents * 10)],
  ['booked in the year after', uncut, (entry, { year }) => moved(entry, year + 1)],
  ['a payment of another year booked in this one', () => true, (_, planter) => planter.ofOtherYear()],
  ['on another general account', uncut, (entry) => elsewhere(entry, (line) => ({ ...line, account: '7000000' }))],
  ['under another policy field', uncut, (entry) => elsewhere(entry, (line) => ({ ...line, field: '0100' }))],
  ['a line that is about nothing', () => true, (_, planter) => planter.aboutNothing()],
];

function removed(entry: Entry): string {
  entry.lines = [];
  return ofEntry('NOT_BOOKED', -entry.expected.cents, entry, []);
}

function repeated(entry: Entry, daysLater: number, random?: Random): string {
  const line = random === undefined ? entry.lines[0]! : random.pick(entry.lines);
  const later = { ...line, bookedOn: line.bookedOn + daysLater };
  const again = yearOfBooking(later) === yearOfBooking(line) ? later : line;
  entry.lines = [...entry.lines, again];
  return ofEntry('BOOKED_TWICE', again.cents, entry, [again]);
}

function oneMissing(entry: Entry, random: Random): string {
  const missing = random.pick(entry.lines);
  entry.lines = entry.lines.filter((line) => line !== missing);
  return ofEntry('WRONG_AMOUNT', -missing.cents, entry, entry.lines);
}

function amount(entry: Entry, change: (cents: number) => number): string {
  entry.lines = entry.lines.map((line) => ({ ...line, cents: change(line.cents) }));
  return ofEntry('WRONG_AMOUNT', entry.lines[0]!.cents - entry.expected.cents, entry, entry.lines);
}

function moved(entry: Entry, toYear: number): string {
  entry.lines = entry.lines.map((line) => {
    let bookedOn = line.bookedOn;
    while (yearOfBooking({ ...line, bookedOn }) < toYear) bookedOn++;
    return { ...line, bookedOn: bookedOn + 3 };
  });
  return ofEntry('WRONG_YEAR', -entry.expected.cents, entry, entry.lines);
}

function elsewhere(entry: Entry, change: (line: Booking) => Booking): string {
  entry.lines = entry.lines.map(change);
  return ofEntry('WRONG_ACCOUNT', 0, entry, entry.lines);
}

/** Puts errors into entries, each into one of its own. */
class Planter {
  readonly besides: Booking[] = [];
  private readonly used = new Set<Entry>();
  private number = 0;

  constructor(
    readonly random: Random,
    private readonly entries: readonly Entry[],
    private readonly others: Expected[],
    private readonly writer: Writer,
    readonly year: number,
  ) {}

  plant([name, fits, apply]: Plant): Planted {
    const free = this.entries.filter((entry) => !this.used.has(entry) && fits(entry));
    // What a payment or a small line can have comes first: there are few of them.
    const scarce = name.includes('payment') || name.includes('small') ? free : free.filter((entry) => !payment(entry));
    const entry = this.random.pick(scarce);
    if (entry === undefined) return { name, sign: this.aboutNothing() };
    const needsNone = name.includes('another year') || name.includes('nothing');
    if (!needsNone) this.used.add(entry);
    return { name, sign: apply(entry, this) };
  }

  ofOtherYear(): string {
    const expected = this.others.splice(this.random.int(0, this.others.length - 1), 1)[0]!;
    let bookedOn = expected.day;
    while (yearOfBooking({ bookedOn } as Booking) < this.year) bookedOn++;
    while (yearOfBooking({ bookedOn } as Booking) > this.year) bookedOn--;
    const component = expected.parts[0]?.component ?? 'EFF';
    const line = this.writer.line(bookedOn, component, expected.cents, expected.reference, `VDAB ${expected.period}`);
    this.besides.push(line);
    return signOf('WRONG_YEAR', line.cents, [expected], [line]);
  }

  aboutNothing(): string {
    const first = this.entries[0]!.expected.day;
    const text = `Verzekering personeel ${(this.number += 1)}`;
    const cents = -this.random.int(1_000, 90_000) * 10 - 7;
    const line = this.writer.line(first + this.random.int(0, 200), 'EFF', cents, '', text);
    this.besides.push(line);
    return signOf('UNKNOWN', line.cents, [], [line]);
  }
}
