/** What changed between two evenings for one OCMW, line by line, each with the events behind it. */
import { formatMonth } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import type { Cents } from '../../money.js';
import type { Between, Cause, ChangedLine, ExplainedChange, Side } from './causes.js';
import { dueCauses } from './due-causes.js';
import type { Evening, MeasurementOfEvening, PositionOfEvening } from './evening.js';
import { orderCauses, paidCauses } from './order-causes.js';

export interface ChangedMeasurement {
  readonly weoId: string;
  readonly measurement: number;
  readonly before: string | null;
  readonly now: string | null;
}

/** Everything that moved for the same reason. */
export interface CauseGroup {
  readonly cause: Cause;
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
  readonly paidCents: Cents;
  readonly lines: readonly (Omit<ChangedLine, 'month' | 'beforeCents' | 'nowCents'> & {
    readonly month: string;
    readonly cents: Cents;
  })[];
}

export interface Comparison {
  readonly causes: readonly CauseGroup[];
  readonly measurements: readonly ChangedMeasurement[];
}

/**
 * Compares two evenings. The session is a transaction in the database of the later moment, in which `readEvening` was
 * called.
 */
export async function compareEvenings(
  session: Session,
  before: Evening,
  now: Evening,
  between: Between,
): Promise<Comparison> {
  const changed = changedLines(before.positions, now.positions);
  const sideOf = (side: Side) => changed.filter((line) => line.side === side);
  const explained = [
    ...(await dueCauses(session, sideOf('due'), between)),
    ...(await orderCauses(session, sideOf('ordered'), between)),
    ...(await paidCauses(session, sideOf('paid'), between)),
  ];
  return { causes: grouped(explained), measurements: changedMeasurements(before.measurements, now.measurements) };
}

const NOTHING = { dueCents: 0, orderedCents: 0, paidCents: 0 };
const SIDES = [
  ['due', 'dueCents'],
  ['ordered', 'orderedCents'],
  ['paid', 'paidCents'],
] as const;

/** Lines of which an amount is another one, in order of WEO, component and month. */
export function changedLines(
  before: readonly PositionOfEvening[],
  now: readonly PositionOfEvening[],
): readonly ChangedLine[] {
  const keyOf = ({ weoId, component, month }: PositionOfEvening) => `${weoId}\t${component}\t${formatMonth(month)}`;
  const [then, present] = [before, now].map((lines) => new Map(lines.map((line) => [keyOf(line), line])));
  const keys = [...new Set([...then!.keys(), ...present!.keys()])].sort();
  return keys.flatMap((key) => {
    const { weoId, component, month } = (present!.get(key) ?? then!.get(key))!;
    return SIDES.flatMap(([side, field]) => {
      const beforeCents = (then!.get(key) ?? NOTHING)[field];
      const nowCents = (present!.get(key) ?? NOTHING)[field];
      return beforeCents === nowCents ? [] : [{ weoId, component, month, side, beforeCents, nowCents }];
    });
  });
}

function changedMeasurements(
  before: readonly MeasurementOfEvening[],
  now: readonly MeasurementOfEvening[],
): ChangedMeasurement[] {
  const keyOf = ({ weoId, measurement }: MeasurementOfEvening) => `${weoId}\t${measurement}`;
  const says = (each: MeasurementOfEvening | undefined) => (each ? `${each.outcome} on ${each.measuredOn}` : null);
  const [then, present] = [before, now].map((list) => new Map(list.map((each) => [keyOf(each), each])));
  return [...new Set([...then!.keys(), ...present!.keys()])].sort().flatMap((key) => {
    const { weoId, measurement } = (present!.get(key) ?? then!.get(key))!;
    const [was, is] = [says(then!.get(key)), says(present!.get(key))];
    return was === is ? [] : [{ weoId, measurement, before: was, now: is }];
  });
}

/** By cause, in the order of the nights; within one by line. */
function grouped(changes: readonly ExplainedChange[]): CauseGroup[] {
  const groups = new Map<string, { cause: Cause; shares: { line: ExplainedChange; cents: Cents }[] }>();
  for (const line of changes) {
    for (const { cause, cents } of line.shares) {
      const key = JSON.stringify(cause);
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { cause, shares: [] }));
      group.shares.push({ line, cents });
    }
  }
  const sum = (shares: readonly { line: ExplainedChange; cents: Cents }[], side: Side) =>
    shares.filter(({ line }) => line.side === side).reduce((total, { cents }) => total + cents, 0);
  return [...groups.values()]
    .map(({ cause, shares }) => ({
      cause,
      dueCents: sum(shares, 'due'),
      orderedCents: sum(shares, 'ordered'),
      paidCents: sum(shares, 'paid'),
      lines: shares.map(({ line: { weoId, component, month, side }, cents }) => ({
        ...{ weoId, component, side, cents },
        month: formatMonth(month),
      })),
    }))
    .sort((a, b) => compareText(a.cause.night ?? '', b.cause.night ?? '') || compareText(a.cause.text, b.cause.text));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
