/** The result of a reconciliation on a terminal: amounts by matter, differences by kind, the differences themselves. */
import { formatDay, formatMonth } from '../../calendar.js';
import { enterpriseNumber } from '../../exports/workbook/common-sheets.js';
import { formatEuro, type Cents } from '../../money.js';
import { needsAttention } from './control-table.js';
import { sumOf, yearOfBooking } from './match/matching.js';
import {
  DIFFERENCE_KINDS,
  type Booking,
  type Difference,
  type DifferenceKind,
  type Expected,
  type Matter,
} from './model.js';
import type { Inspection } from './reconcile.js';

/** Differences that are told one by one; all stand in the workbook. */
const MOST_TOLD = 20;

const KIND_TEXT: Readonly<Record<DifferenceKind, string>> = {
  NOT_BOOKED: 'not booked',
  BOOKED_TWICE: 'booked twice',
  WRONG_AMOUNT: 'wrong amount',
  WRONG_YEAR: 'wrong year',
  WRONG_ACCOUNT: 'wrong account',
  UNKNOWN: 'unknown',
};
const MATTER_TEXT: Readonly<Record<Matter | 'NONE', string>> = {
  VDAB: 'payments of VDAB',
  ALLOWANCE: 'allowances',
  NONE: 'about nothing known',
};

export interface MatterTotal {
  /** NONE: lines that belong to nothing. */
  readonly matter: Matter | 'NONE';
  readonly expectedCents: Cents;
  readonly bookedCents: Cents;
}

/** What was expected and booked in the year, by matter. */
export function totalsByMatter({ expected, year, reconciliation }: Inspection): MatterTotal[] {
  const linked = (matter: Matter) =>
    reconciliation.links
      .filter((link) => link.expected[0]!.matter === matter)
      .flatMap(({ bookings, repeats }) => [...bookings, ...repeats])
      .filter((line) => yearOfBooking(line) === year);
  const totals = (['VDAB', 'ALLOWANCE'] as const).map((matter) => ({
    matter,
    expectedCents: sumOf(expected.filter((each) => each.matter === matter)),
    bookedCents: sumOf(linked(matter)),
  }));
  const rest = reconciliation.bookedCents - sumOf(totals.map(({ bookedCents }) => ({ cents: bookedCents })));
  return [...totals, { matter: 'NONE', expectedCents: 0, bookedCents: rest }];
}

/** Lines of at most 100 characters, but for what an OCMW wrote itself. */
export function summaryLines(inspection: Inspection): string[] {
  const { ocmw, year, night, reconciliation, control, isStatement } = inspection;
  const { differences, leftAside, bookedCents, expectedCents } = reconciliation;
  const attention = control.filter(needsAttention).length;
  return [
    `${ocmw.name} (${enterpriseNumber(ocmw.ocmwId)}), ${year}: ${plural(differences.length, 'difference')}.`,
    `Known on the evening of ${formatDay(night.today)} (${night.runId}). Amounts in euro; received is positive;`,
    'a difference is expected minus booked.',
    '',
    columns('', 'expected', 'booked', 'difference'),
    ...totalsByMatter(inspection).map((total) => totalLine(MATTER_TEXT[total.matter], total)),
    totalLine('together', { expectedCents, bookedCents }),
    '',
    columns('', 'number', '', 'difference'),
    ...DIFFERENCE_KINDS.map((kind) => kindLine(kind, differences)),
    ...(differences.length === 0 ? [] : ['', ...differences.slice(0, MOST_TOLD).map(differenceLine)]),
    ...(differences.length > MOST_TOLD ? [`... and ${differences.length - MOST_TOLD} more, in the workbook`] : []),
    '',
    `Control table: ${plural(control.length, 'month')} of beneficiaries, ${attention} to look at.`,
    ...(leftAside.length === 0
      ? []
      : [`Left aside: ${plural(leftAside.length, 'line')} about other years${isStatement ? ' or other things' : ''}.`]),
    ...notChecked(inspection),
  ];
}

function notChecked({ isStatement, reconciliation }: Inspection): string[] {
  const { uncheckedComponents, searchEnded } = reconciliation;
  return [
    ...(isStatement ? ['Not checked: accounts and policy fields; a bank statement has none.'] : []),
    ...(uncheckedComponents.length === 0
      ? []
      : [
          `Not checked: the account of ${uncheckedComponents.join(', ')}; no law gives one. Set ledger.map under "law" in the ` +
            'configuration.',
        ]),
    ...(searchEnded ? ['Not every combination of amounts was tried: the search for sums is limited.'] : []),
  ];
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function columns(title: string, first: string, second: string, third: string): string {
  return `${title.padEnd(22)}${first.padStart(18)}${second.padStart(18)}${third.padStart(18)}`.trimEnd();
}

function totalLine(title: string, { expectedCents, bookedCents }: Omit<MatterTotal, 'matter'>): string {
  return columns(title, money(expectedCents), money(bookedCents), money(expectedCents - bookedCents));
}

function kindLine(kind: DifferenceKind, differences: readonly Difference[]): string {
  const found = differences.filter((each) => each.kind === kind);
  const difference = found.reduce((sum, { effectCents }) => sum - effectCents, 0);
  return columns(`  ${KIND_TEXT[kind]}`, found.length === 0 ? '-' : String(found.length), '', money(difference));
}

function money(cents: Cents): string {
  if (cents === 0) return '-';
  return (cents / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function differenceLine({ kind, expected, bookings }: Difference): string {
  const what = [expected.length === 0 ? '' : expectedText(expected), bookings.length === 0 ? '' : bookedText(bookings)];
  return `  ${KIND_TEXT[kind].padEnd(13)} ${what.filter((each) => each !== '').join('; ')}`;
}

function expectedText(expected: readonly Expected[]): string {
  const [first] = expected;
  const { kind, reference, period, cents, parts, day } = first!;
  const amount = formatEuro(sumOf(expected));
  if (kind === 'OPENING') return `${amount} paid outside the program on ${formatDay(day)}`;
  if (kind === 'BATCH') return `${reference} ${cents < 0 ? 'claim' : 'payment'} ${period}, ${amount}`;
  const { weoId, component, month } = parts[0]!;
  const who = expected.length === 1 ? `${weoId} ${component}` : `${expected.length} allowances`;
  return `${who} ${formatMonth(month)}, ${amount}`;
}

function bookedText(bookings: readonly Booking[]): string {
  const [first] = bookings;
  const amount = formatEuro(sumOf(bookings));
  if (bookings.length > 1) return `${bookings.length} lines from line ${first!.line}, ${amount}`;
  return `line ${first!.line} of ${formatDay(first!.bookedOn)}, ${amount}`;
}
