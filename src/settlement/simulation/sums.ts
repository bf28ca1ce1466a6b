/**
 * Adds up what two laws make of the same trajectories, per OCMW that is paid and component, over some months. Pure. Only
 * sums are kept, and trajectories of which one law has spoken and the other waits for its group (shared budgets).
 */
import { COMPONENTS, type Component } from '../../law/codes.js';
import type { Segment } from '../../law/segments.js';
import type { ComputedTrajectory } from '../../ledger/compute.js';
import { difference, type PostedSegment } from '../../ledger/difference.js';
import type { Cents } from '../../money.js';
import type { Months } from './period.js';

export interface Amounts {
  presentCents: Cents;
  otherCents: Cents;
  /** Trajectories of which some month differs. */
  changedTrajectories: number;
}

export interface ComponentAmounts extends Readonly<Amounts> {
  readonly component: Component;
}

/** Sums of one OCMW. */
export interface OcmwSums extends Amounts {
  /** In the order of COMPONENTS; those without any amount are left out. */
  readonly components: readonly ComponentAmounts[];
}

type Side = 'present' | 'other';

interface Group extends Amounts {
  readonly byComponent: readonly Amounts[];
}

const nothing = (): Amounts => ({ presentCents: 0, otherCents: 0, changedTrajectories: 0 });
const emptyGroup = (): Group => ({ ...nothing(), byComponent: COMPONENTS.map(nothing) });

export class SimulationSums {
  /** Trajectories that were computed, whether anything changes or not. */
  trajectories = 0;
  private readonly groups = new Map<string, Group>();
  private readonly all = emptyGroup();
  private readonly waiting = new Map<string, { readonly side: Side; readonly segments: readonly Segment[] }>();

  constructor(
    private readonly months: Months,
    private readonly payeeOf: (ocmwId: string) => string,
  ) {}

  /** What one law makes of a trajectory. Each trajectory comes once from each law, in any order. */
  take(side: Side, { streamed, segments }: ComputedTrajectory): void {
    const { weoId, ocmwId } = streamed.facts;
    const first = this.waiting.get(weoId);
    if (first === undefined) {
      this.waiting.set(weoId, { side, segments });
      return;
    }
    if (first.side === side) throw new Error(`the ${side} law spoke twice of the WEO ${weoId}`);
    this.waiting.delete(weoId);
    const [present, other] = side === 'other' ? [first.segments, segments] : [segments, first.segments];
    this.add(this.payeeOf(ocmwId), this.within(present), this.within(other));
  }

  /** Sums by OCMW, in order of its number; OCMWs without any amount are left out. */
  byOcmw(): ReadonlyMap<string, OcmwSums> {
    if (this.waiting.size > 0) throw new Error(`${this.waiting.size} trajectories were computed under one law only`);
    const filled = [...this.groups].map(([ocmwId, group]) => [ocmwId, sumsOf(group)] as const);
    return new Map(filled.filter(([, { components }]) => components.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Sums of all OCMWs together. */
  total(): OcmwSums {
    return sumsOf(this.all);
  }

  private add(payeeId: string, present: readonly Segment[], other: readonly Segment[]): void {
    this.trajectories++;
    let group = this.groups.get(payeeId);
    if (group === undefined) this.groups.set(payeeId, (group = emptyGroup()));
    const changed = new Set(difference(other, present).map(({ component }) => component));
    for (const sums of [group, this.all]) {
      addTo(sums, 'presentCents', present);
      addTo(sums, 'otherCents', other);
      if (changed.size > 0) sums.changedTrajectories++;
      for (const component of changed) sums.byComponent[component]!.changedTrajectories++;
    }
  }

  private within(segments: readonly Segment[]): readonly Segment[] {
    const { first, last } = this.months;
    return segments
      .filter(({ firstMonth, lastMonth }) => firstMonth <= last && lastMonth >= first)
      .map((each) => ({
        ...each,
        firstMonth: Math.max(each.firstMonth, first),
        lastMonth: Math.min(each.lastMonth, last),
      }));
  }
}

function addTo(group: Group, side: 'presentCents' | 'otherCents', segments: readonly PostedSegment[]): void {
  for (const { component, firstMonth, lastMonth, cents } of segments) {
    const sum = cents * (lastMonth - firstMonth + 1);
    group[side] += sum;
    group.byComponent[component]![side] += sum;
  }
}

function sumsOf({ byComponent, ...amounts }: Group): OcmwSums {
  const components = byComponent.map((sums, index) => ({ component: COMPONENTS[index]!, ...sums }));
  return {
    ...amounts,
    components: components.filter(({ presentCents, otherCents }) => presentCents !== 0 || otherCents !== 0),
  };
}
