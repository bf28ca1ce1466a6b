/**
 * The law over a stream of trajectories. Most are computed one by one; those that ask the increased allowance while its
 * budget (or the person) is shared wait until their group is complete.
 */
import { formatDay, type Day } from '../calendar.js';
import { addAllowances, vdabComponents } from '../law/entitlement.js';
import { statusOf } from '../law/status.js';
import {
  allowanceContracts,
  allowances,
  asksIncreased,
  type AllowanceContract,
  type AllowanceMonth,
  type BudgetOf,
} from '../law/allowance.js';
import type { Law } from '../law/law.js';
import type { Result } from '../law/result.js';
import { SegmentList, type Segment } from '../law/segments.js';
import type { AsOf } from '../law/trajectory.js';
import type { Session } from '../db/database.js';
import type { StreamedTrajectory } from './stream.js';

export interface ComputedTrajectory {
  readonly streamed: StreamedTrajectory;
  readonly segments: readonly Segment[];
  readonly results: readonly Result[];
}

export interface Budgets {
  readonly of: BudgetOf;
  /** OCMWs with a budget in some year. */
  readonly limited: ReadonlySet<string>;
}

/** Budgets for the increased allowance under K: rows added up, flexible added to fixed (rulebook 15.5). */
export async function loadBudgets(
  session: Session,
  known: { registeredUntil: Day; deliveredUntil: Day },
): Promise<Budgets> {
  const rows = await session.rows<{ ocmw_id: string; year: number; cents: number }>(
    `select ocmw_id, year, sum(fixed_cents + flexible_cents)::bigint as cents
     from (
       select distinct on (budget_id) *
       from twe.budget_version
       where registered_on <= $1 and counted_on <= $2
       order by budget_id, registered_at desc, delivery_id desc, line desc
     ) present
     where not withdrawn
     group by ocmw_id, year`,
    [formatDay(known.registeredUntil), formatDay(known.deliveredUntil)],
  );
  const byKey = new Map(rows.map((row) => [`${row.ocmw_id}/${row.year}`, row.cents]));
  return {
    of: (ocmwId, year) => byKey.get(`${ocmwId}/${year}`),
    limited: new Set(rows.map((row) => row.ocmw_id)),
  };
}

interface Waiting {
  readonly streamed: StreamedTrajectory;
  readonly segments: SegmentList;
  readonly results: readonly Result[];
  readonly contracts: readonly AllowanceContract[];
}

export class Computation {
  private waiting: Waiting[] = [];
  private readonly segments = new SegmentList();
  private readonly allowancesAreKnown: boolean;

  constructor(
    private readonly law: Law,
    private readonly asOf: AsOf,
    private readonly budgets: Budgets,
    private readonly emit: (computed: ComputedTrajectory) => void,
  ) {
    this.allowancesAreKnown = law.amount.ORD !== undefined || law.amount.INC !== undefined;
  }

  /** Takes the next trajectory, in order of OCMW; emits what can be decided. */
  take(streamed: StreamedTrajectory): void {
    const { facts } = streamed;
    if (this.waiting.length > 0 && this.groupEndsBefore(streamed)) this.flush();
    this.segments.clear();
    const results = vdabComponents(facts, this.law, this.asOf, this.segments);
    if (!this.allowancesAreKnown || facts.contracts.length === 0 || statusOf(facts) !== 'COUNTS') {
      this.emit({ streamed, segments: this.segments.segments, results });
      return;
    }
    const contracts = allowanceContracts(facts, streamed.personId, this.asOf.today);
    if (this.sharesAnything(streamed, contracts)) {
      const segments = new SegmentList();
      segments.segments = this.segments.segments;
      this.waiting.push({ streamed, segments, results, contracts });
      return;
    }
    addAllowances(this.segments, allowances(contracts, this.budgets.of, this.law));
    this.emit({ streamed, segments: this.segments.segments, results });
  }

  /** Decides the group that waits. Call once more at the end of the stream. */
  flush(): void {
    const all = this.waiting.flatMap((each) => each.contracts);
    const months = allowances(all, this.budgets.of, this.law);
    let next = 0;
    for (const { streamed, segments, results, contracts } of this.waiting) {
      const own: AllowanceMonth[][] = months.slice(next, (next += contracts.length));
      addAllowances(segments, own);
      this.emit({ streamed, segments: segments.segments, results });
    }
    this.waiting = [];
  }

  private sharesAnything({ facts }: StreamedTrajectory, contracts: readonly AllowanceContract[]): boolean {
    if (!contracts.some(({ contract }) => asksIncreased(contract))) return false;
    return this.law.incScope === 'PERSON' || this.budgets.limited.has(facts.ocmwId);
  }

  private groupEndsBefore({ facts }: StreamedTrajectory): boolean {
    // Grants counted per person may cross OCMWs: then the group is everyone who asks.
    return this.law.incScope !== 'PERSON' && this.waiting[0]!.streamed.facts.ocmwId !== facts.ocmwId;
  }
}
