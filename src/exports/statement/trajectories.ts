/** A trajectory as a statement shows it: what the facts say, and month by month what is due or why nothing is. */
import { monthOf, OPEN_END, type Day, type Month } from '../../calendar.js';
import { categoryOn } from '../../law/category.js';
import { COMPONENT } from '../../law/codes.js';
import { contractsThatCount, standingOf } from '../../law/contracts.js';
import { vdabComponents, type MonthVerdicts } from '../../law/entitlement.js';
import type { Law } from '../../law/law.js';
import { measurementDates, measurements } from '../../law/outflow.js';
import { SegmentList } from '../../law/segments.js';
import { statusOf } from '../../law/status.js';
import { activeMonths, type AsOf } from '../../law/trajectory.js';
import { GUIDANCE_DUE, OVER_MAXIMUM, PART_2_WAITS_FOR_THE_END } from '../../law/verdict.js';
import type { Cents } from '../../money.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import type { PositionLine } from '../positions.js';
import type { StatedMeasurement, StatedMonth, StatedTrajectory, TrajectoryState } from './statement.js';

/** What the facts alone say of a trajectory; the money is added when the ledger passes by. */
export interface DescribedTrajectory {
  readonly trajectory: Omit<StatedTrajectory, 'dueCents' | 'orderedCents' | 'allowanceCents' | 'months'>;
  readonly firstMonth: Month;
  /** By active month from `firstMonth`: '', PART_2_WAITS, or the name of the verdict why guidance subsidy is not due. */
  readonly marks: readonly string[];
}

const PART_2_WAITS = PART_2_WAITS_FOR_THE_END.why;

/** Describes a trajectory under the law as of a day. @param client masked number */
export function describeTrajectory(facts: TrajectoryFacts, client: string, law: Law, asOf: AsOf): DescribedTrajectory {
  const contracts = contractsThatCount(facts);
  const status = statusOf(facts);
  const { first, last } = activeMonths(facts, asOf.today);
  const used = Math.max(0, last - first + 1);
  const marks: string[] = Array.from({ length: used }, () => (status === 'COUNTS' ? '' : status));
  vdabComponents(facts, law, asOf, new SegmentList(), ({ month }, verdicts) => {
    marks[month - first] = markOf(verdicts);
  });
  return {
    firstMonth: first,
    marks,
    trajectory: {
      weoId: facts.weoId,
      client,
      state: stateOf(facts, asOf.today),
      start: facts.start,
      end: facts.end,
      art60:
        contracts.length === 0
          ? undefined
          : { start: contracts[0]!.start, end: Math.max(...contracts.map(({ end }) => end)) },
      category: categoryOn(facts.categories, asOf.today)?.code ?? '',
      standing: status === 'COUNTS' ? standingOf(facts, contracts, law, asOf.knownUntil) : undefined,
      monthsUsed: used,
      monthsLeft: Math.max(0, law.effMaxMonths - used),
      measurements: measuredOf(facts, law, asOf.today),
    },
  };
}

/** Past month 24 it is part 3 that could still be due. */
function markOf({ EFF, C2, C3 }: MonthVerdicts): string {
  if (C2.why === PART_2_WAITS) return PART_2_WAITS;
  if (EFF.why === OVER_MAXIMUM.why) return C3.due ? '' : C3.why;
  return EFF.why === GUIDANCE_DUE.why ? '' : EFF.why;
}

function stateOf(facts: TrajectoryFacts, today: Day): TrajectoryState {
  const status = statusOf(facts);
  if (status !== 'COUNTS') return status;
  if (facts.start > today) return 'TO_COME';
  return facts.end < today ? 'ENDED' : 'RUNS';
}

function measuredOf(facts: TrajectoryFacts, law: Law, today: Day): StatedMeasurement[] {
  if (facts.withdrawn || facts.end === OPEN_END) return [];
  const made = measurements(facts, law, today);
  return measurementDates(facts.end, law).map((on, index) => ({ on, outcome: made[index]?.outcome ?? 'AHEAD' }));
}

/** A trajectory with its money. `lines`: its position; empty when it never had any. */
export function stateTrajectory(
  { trajectory, firstMonth, marks }: DescribedTrajectory,
  lines: readonly PositionLine[],
): StatedTrajectory {
  const sums = { dueCents: 0, orderedCents: 0, allowanceCents: 0 };
  const byMonth = new Map<Month, PositionLine[]>();
  for (const line of lines) {
    if (line.component >= COMPONENT.ORD) sums.allowanceCents += line.dueCents;
    else {
      sums.dueCents += line.dueCents;
      sums.orderedCents += line.orderedCents;
    }
    if (line.dueCents === 0) continue;
    const ofMonth = byMonth.get(line.month);
    if (ofMonth) ofMonth.push(line);
    else byMonth.set(line.month, [line]);
  }
  const active = marks.map((_, index) => firstMonth + index);
  const shown = [...new Set([...active, ...byMonth.keys()])].sort((a, b) => a - b);
  const months = shown.map((month) => stateMonth(month, byMonth.get(month) ?? [], marks[month - firstMonth] ?? ''));
  return { ...trajectory, ...sums, months };
}

function stateMonth(month: Month, lines: readonly PositionLine[], mark: string): StatedMonth {
  const due = lines.map(({ component }) => component).sort((a, b) => a - b);
  const isPaidByVdab = due.some((component) => component < COMPONENT.M1);
  return {
    month,
    due,
    part2Waits: mark === PART_2_WAITS,
    why: isPaidByVdab || mark === PART_2_WAITS ? '' : mark,
    vdabCents: sumOf(lines.filter(({ component }) => component < COMPONENT.ORD)),
    allowanceCents: sumOf(lines.filter(({ component }) => component >= COMPONENT.ORD)),
  };
}

function sumOf(lines: readonly PositionLine[]): Cents {
  return lines.reduce((sum, { dueCents }) => sum + dueCents, 0);
}

/** A trajectory that has money at an OCMW under which it stands no more, or of which no fact is left. */
export function trajectoryElsewhere(weoId: string, client: string, start: Day, end: Day): DescribedTrajectory {
  return {
    firstMonth: monthOf(start),
    marks: [],
    trajectory: {
      ...{ weoId, client, state: 'ELSEWHERE', start, end, art60: undefined, category: '', standing: undefined },
      ...{ monthsUsed: 0, monthsLeft: 0, measurements: [] },
    },
  };
}
