/**
 * All components of one trajectory together: what is due under the facts, the law and the day. The rules stand in the
 * files of the components; this one walks over the months and asks them in order.
 */
import { monthOf, type Month } from '../calendar.js';
import type { Art60Contract, TrajectoryFacts } from '../records/facts.js';
import type { AllowanceMonth } from './allowance.js';
import type { AllowanceVerdict } from './allowance-verdicts.js';
import { compensation, compensationPart3 } from './compensation.js';
import { contractsThatCount, standingOf, TWE_BEGINS, type Standing } from './contracts.js';
import { guidanceSubsidy } from './guidance.js';
import type { Law } from './law.js';
import { measurements } from './outflow.js';
import { countingTrajectories } from './overlap.js';
import { statusOf } from './status.js';
import { results, type Result } from './result.js';
import type { SegmentList } from './segments.js';
import { activeMonths, fillMonth, newCountedMonth, type AsOf, type CountedMonth } from './trajectory.js';
import { PART_2_WAITS_FOR_THE_END, type Ask, type Verdict } from './verdict.js';

/** Verdicts on one active month. */
export interface MonthVerdicts {
  readonly EFF: Verdict;
  readonly C1: Verdict;
  readonly C2: Verdict;
  readonly C3: Verdict;
}

/** Hears what was decided for each active month; for explanations. The month object is reused: copy what you keep. */
export type MonthListener = (month: Readonly<CountedMonth>, verdicts: MonthVerdicts) => void;

/** Hears what each component asked of a month, before the `MonthListener` hears its verdicts; for explanations. */
export type MonthTrace = Readonly<Record<keyof MonthVerdicts, Ask>>;

/**
 * Adds guidance subsidy, compensation and result financing to `segments` and returns the results of the measurements.
 * Withdrawn: nothing at all. Held or from before TWE: measured, nothing due.
 */
export function vdabComponents(
  facts: TrajectoryFacts,
  law: Law,
  asOf: AsOf,
  segments: SegmentList,
  listener?: MonthListener,
  trace?: MonthTrace,
): readonly Result[] {
  const status = statusOf(facts);
  if (status === 'WITHDRAWN') return [];
  const contracts = contractsThatCount(facts);
  const standing = standingOf(facts, contracts, law, asOf.knownUntil);
  if (status === 'COUNTS') {
    const capBase = law.effCapScope === 'PERSON' ? monthsUsedByOthers(facts, law, asOf) : 0;
    const heard: MonthListener = (month, verdicts) => {
      addMonth(segments, month, verdicts, law);
      listener?.(month, verdicts);
    };
    walkMonths(facts, contracts, standing, capBase, law, asOf, heard, trace);
  }
  const made = results(measurements(facts, law, asOf.today), standing, status, law);
  for (const { measurement, cents, verdict } of made) {
    segments.add(measurement.measurement === 1 ? 'M1' : 'M2', monthOf(measurement.measuredOn), cents, verdict.rule);
  }
  return made;
}

/** Adds the allowances of a trajectory: months of each of its contracts, rounded per contract, then summed. */
export function addAllowances(segments: SegmentList, contracts: readonly (readonly AllowanceMonth[])[]): void {
  const byMonth = contracts.length === 1 ? contracts[0]! : sumByMonth(contracts);
  for (const { month, ordinary, increased, ordinaryBy, increasedBy } of byMonth) {
    if (ordinaryBy.due) segments.add('ORD', month, ordinary, ordinaryBy.rule);
    if (increasedBy.due) segments.add('INC', month, increased, increasedBy.rule);
  }
}

function sumByMonth(contracts: readonly (readonly AllowanceMonth[])[]): AllowanceMonth[] {
  const sums = new Map<Month, AllowanceMonth>();
  for (const each of contracts.flat()) {
    const before = sums.get(each.month);
    sums.set(
      each.month,
      before === undefined
        ? each
        : {
            month: each.month,
            ordinary: before.ordinary + each.ordinary,
            increased: before.increased + each.increased,
            ordinaryBy: deciding(before.ordinaryBy, each.ordinaryBy),
            increasedBy: deciding(before.increasedBy, each.increasedBy),
          },
    );
  }
  return [...sums.values()].sort((a, b) => a.month - b.month);
}

/** Of two contracts in one month: the first that gives something, else the first. */
function deciding(first: AllowanceVerdict, second: AllowanceVerdict): AllowanceVerdict {
  return first.due || !second.due ? first : second;
}

function addMonth(segments: SegmentList, month: CountedMonth, verdicts: MonthVerdicts, law: Law): void {
  if (verdicts.EFF.due) segments.add('EFF', month.month, law.amount.EFF!.ofMonth(month.month), verdicts.EFF.rule);
  if (verdicts.C1.due) segments.add('C1', month.month, law.amount.C1!.ofMonth(month.month), verdicts.C1.rule);
  if (verdicts.C2.due) segments.add('C2', month.month, law.amount.C2!.ofMonth(month.month), verdicts.C2.rule);
  if (verdicts.C3.due) segments.add('C3', month.month, law.amount.C3!.ofMonth(month.month), 'R-C3-1');
}

/** Asks the rules for each active month in order; returns the number of months with guidance subsidy due. */
function walkMonths(
  facts: TrajectoryFacts,
  contracts: readonly Art60Contract[],
  standing: Standing,
  capBase: number,
  law: Law,
  asOf: AsOf,
  listener: MonthListener,
  trace?: MonthTrace,
): number {
  const { first, last } = activeMonths(facts, asOf.today);
  const ended = facts.end <= asOf.today;
  const counted = newCountedMonth();
  counted.standing = standing;
  counted.extendedForRights = facts.extendedForRights;
  let paid = 0;
  for (let month = first; month <= last; month++) {
    counted.seq = month - first + 1;
    counted.capRank = capBase + (law.effCapCounts === 'ACTIVE' ? counted.seq : paid + 1);
    fillMonth(counted, month, facts, contracts, law);
    const C3 = compensationPart3(counted, law, trace?.C3);
    const EFF = guidanceSubsidy(counted, C3, law, trace?.EFF);
    const C1 = compensation(counted, C3, law, trace?.C1);
    if (C1.due) trace?.C2('AGREEMENT_ENDED', ended);
    const C2 = C1.due && !ended ? PART_2_WAITS_FOR_THE_END : C1;
    if (EFF.due) paid++;
    listener(counted, { EFF, C1, C2, C3 });
  }
  return paid;
}

/**
 * `eff.cap_scope = PERSON`: months that earlier agreements of the same client used of the cap; those from before TWE
 * used none (R-TR-1). Agreements that count do not overlap, so all months of an earlier one come before.
 */
function monthsUsedByOthers(facts: TrajectoryFacts, law: Law, asOf: AsOf): number {
  const earlier = countingTrajectories(facts)
    .filter((each) => TWE_BEGINS <= each.start && each.start < facts.start)
    .sort((a, b) => a.start - b.start);
  let used = 0;
  for (const each of earlier) {
    if (law.effCapCounts === 'ACTIVE') {
      const { first, last } = activeMonths(each, asOf.today);
      used += Math.max(0, last - first + 1);
    } else {
      const contracts = contractsThatCount(each);
      const standing = standingOf(each, contracts, law, asOf.knownUntil);
      used += walkMonths(each, contracts, standing, used, law, asOf, () => undefined);
    }
  }
  return used;
}
