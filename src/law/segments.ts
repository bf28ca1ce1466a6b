/**
 * Amounts of a trajectory as segments: runs of months with the same amount and rule, one list for all components. That
 * is the form of the ledger; months are only unfolded for people.
 */
import { COMPONENT, type Component, ruleNumber, type RuleId } from './codes.js';
import type { Month } from '../calendar.js';
import type { Cents } from '../money.js';

export interface Segment {
  /** Index in COMPONENTS. */
  readonly component: number;
  readonly firstMonth: Month;
  lastMonth: Month;
  /** Per month. */
  readonly cents: Cents;
  /** Index in RULES. */
  readonly rule: number;
}

export class SegmentList {
  segments: Segment[] = [];
  private readonly open: (Segment | undefined)[] = new Array<Segment | undefined>(8).fill(undefined);

  /** Forgets everything, for the next trajectory. */
  clear(): void {
    this.segments = [];
    this.open.fill(undefined);
  }

  /** Adds one month of a component; months of a component come in ascending order. Zero is left out. */
  add(component: Component, month: Month, cents: Cents, rule: RuleId): void {
    if (cents === 0) return;
    const index = COMPONENT[component];
    const number = ruleNumber(rule);
    const last = this.open[index];
    if (last !== undefined && last.lastMonth === month - 1 && last.cents === cents && last.rule === number) {
      last.lastMonth = month;
      return;
    }
    const segment = { component: index, firstMonth: month, lastMonth: month, cents, rule: number };
    this.open[index] = segment;
    this.segments.push(segment);
  }
}
