/** A history for a person at a terminal: at most 100 columns. */
import { formatMonth } from '../../calendar.js';
import { COMPONENTS } from '../../law/codes.js';
import { formatEuro, type Cents } from '../../money.js';
import type { Cause } from './causes.js';
import type { Comparison } from './compare.js';
import { Totals, type BatchOfEvening, type Evening, type EveningTotals } from './evening.js';

const WIDTH = 15;

/** What is due, ordered and paid: by component of one OCMW, else by OCMW. */
export function positionLines(evening: Evening, ocmwId: string | undefined): string[] {
  const sums = ocmwId === undefined ? evening.totals : byComponent(evening);
  if (sums.size === 0) return ['  nothing is due, ordered or paid'];
  const all = new Totals();
  for (const sum of sums.values()) all.add('total', sum);
  return [
    row('', ['due', 'ordered', 'paid', 'open']),
    ...[...sums].map(([name, sum]) => row(name, amounts(sum))),
    row('total', amounts(all.all.get('total')!)),
  ];
}

/** Measurements and trajectories of one OCMW in a line. */
export function countLine({ positions, measurements }: Evening): string {
  const trajectories = new Set(positions.map(({ weoId }) => weoId)).size;
  const outcomes = ['POSITIVE', 'NEGATIVE', 'PENDING'].map(
    (outcome) => `${measurements.filter((each) => each.outcome === outcome).length} ${outcome.toLowerCase()}`,
  );
  return `  ${trajectories} trajectories with money, ${positions.length} lines; measurements: ${outcomes.join(', ')}`;
}

export function batchLines(batches: readonly BatchOfEvening[], ocmwId: string | undefined): string[] {
  return batches.map(({ batchId, period, lines, cents, decision, decidedOn, held }) => {
    const decided = decision === null ? 'waits for approval' : `${decision.toLowerCase()} from ${decidedOn!}`;
    const heldOut = held === 0 ? '' : ocmwId === undefined ? `, ${held} held out` : ', held out';
    return `  ${batchId.padEnd(30)} ${period.padEnd(8)} ${String(lines).padStart(7)} lines ${formatEuro(cents).padStart(WIDTH)}  ${decided}${heldOut}`;
  });
}

/** What changed, by cause in the order of the nights. */
export function comparisonLines({ causes, measurements }: Comparison): string[] {
  if (causes.length === 0 && measurements.length === 0) return ['  nothing'];
  const lines = causes.flatMap(({ cause, dueCents, orderedCents, paidCents, lines: changed }) => [
    `  ${cause.night ?? 'no night'}  ${cause.kind.padEnd(8)} ${cause.text}`,
    ...placeLines(cause),
    `    ${sides({ due: dueCents, ordered: orderedCents, paid: paidCents })} (${about(changed)})`,
  ]);
  return [
    ...lines,
    ...measurements.map(
      ({ weoId, measurement, before, now }) =>
        `  measurement ${measurement} of ${weoId}: ${before ?? 'none'} became ${now ?? 'none'}`,
    ),
  ];
}

function placeLines({ delivery, file, line }: Cause): string[] {
  if (delivery === null) return [];
  return [`    delivery ${delivery}${file === null ? '' : `, ${file} line ${line!}`}`];
}

function sides(cents: Readonly<Record<'due' | 'ordered' | 'paid', Cents>>): string {
  const parts = Object.entries(cents).filter(([, amount]) => amount !== 0);
  if (parts.length === 0) return 'nothing on balance';
  return parts.map(([side, amount]) => `${side} ${amount > 0 ? '+' : ''}${formatEuro(amount)}`).join(', ');
}

/** The agreements behind it; a few by name. */
function about(lines: readonly { readonly weoId: string }[]): string {
  const weoIds = [...new Set(lines.map(({ weoId }) => weoId))];
  const few = 4;
  if (weoIds.length <= few) return weoIds.join(', ');
  return `${weoIds.slice(0, few).join(', ')} and ${weoIds.length - few} more`;
}

function byComponent({ positions }: Evening): ReadonlyMap<string, EveningTotals> {
  const totals = new Totals();
  for (const line of positions) totals.add(line.component, line);
  return new Map(COMPONENTS.flatMap((name) => (totals.all.has(name) ? [[name, totals.all.get(name)!] as const] : [])));
}

function amounts({ dueCents, orderedCents, paidCents, openCents }: EveningTotals): string[] {
  return [dueCents, orderedCents, paidCents, openCents].map((cents) => formatEuro(cents));
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(12)}${cells.map((cell) => cell.padStart(WIDTH + 2)).join('')}`;
}

/** The evening for `--json`: months as text, totals as a list. */
export function asJson({ totals, positions, measurements, batches }: Evening) {
  return {
    totals: [...totals].map(([ocmwId, sums]) => ({ ocmwId, ...sums })),
    positions: positions.map((line) => ({ ...line, month: formatMonth(line.month) })),
    measurements,
    batches,
  };
}
