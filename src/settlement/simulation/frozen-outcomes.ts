/**
 * Outcomes that a final settlement froze under the present law (rulebook 4.3), as they would be if the other law had
 * held all along. Pure. Where both laws judge the records alike, what is frozen stays: late records opened it under
 * neither. Where they differ, the other law judges the records as they stand now.
 */
import { monthOf } from '../../calendar.js';
import type { Law } from '../../law/law.js';
import { measurementDates, outcomeByRecords } from '../../law/outflow.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import type { Months } from './period.js';

export class FrozenOutcomes {
  /** Finally settled trajectories with a measurement in these months that the other law judges otherwise. */
  judgedOtherwise = 0;

  constructor(
    private readonly present: Law,
    private readonly other: Law,
    private readonly months: Months,
  ) {}

  /**
   * The facts with which the other law computes.
   * @param facts as the present law sees them
   * @param others the same trajectory with what the other law looks back at
   */
  underOther(facts: TrajectoryFacts, others: TrajectoryFacts): TrajectoryFacts {
    const { frozen } = others;
    // When the end moved, nothing is frozen any more.
    if (frozen === undefined || frozen.end !== others.end) return others;
    const dates = measurementDates(frozen.end, this.present);
    const otherDates = measurementDates(frozen.end, this.other);
    const outcomes = [...frozen.outcomes] as [...typeof frozen.outcomes];
    const evidence = [...frozen.evidence] as [...typeof frozen.evidence];
    let differs = false;
    let counts = false;
    for (const i of [0, 1] as const) {
      // A decision beats the records under any law.
      if (frozen.decisions[i] !== '') continue;
      const judged = outcomeByRecords(others, otherDates[i], this.other);
      if (judged.outcome === outcomeByRecords(facts, dates[i], this.present).outcome) continue;
      outcomes[i] = judged.outcome;
      evidence[i] = judged.evidenceId;
      differs = true;
      counts ||= [dates[i], otherDates[i]].some((date) => this.isWithin(monthOf(date)));
    }
    if (counts) this.judgedOtherwise++;
    return differs ? { ...others, frozen: { ...frozen, outcomes, evidence } } : others;
  }

  private isWithin(month: number): boolean {
    return month >= this.months.first && month <= this.months.last;
  }
}
