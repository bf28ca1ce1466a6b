/** The parts of which an explanation is made, before months and days become text. */
import type { Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import type { Law } from '../../law/law.js';
import type { LawOverrides } from '../../law/keys.js';
import type { Text } from '../../law/rulebook/sources.js';
import type { AsOf } from '../../law/trajectory.js';
import type { Cents } from '../../money.js';
import type { ExplainedAmount, ExplainedTest } from './explanation.js';
import type { RecordBook } from './records.js';

/** Like a verdict of the law, which every `Verdict` is; the explanation adds situations that the law never meets. */
export interface Decision {
  readonly due: boolean;
  readonly rule: string;
  readonly why: string;
  readonly english: string;
  readonly dutch: string;
}

export interface DraftLine {
  readonly component: Component;
  readonly month: Month;
  readonly dueCents: Cents;
  readonly decision: Decision;
  readonly tests: readonly ExplainedTest[];
  readonly amount: ExplainedAmount | undefined;
}

/** What every part of the explanation looks at. */
export interface Setting {
  readonly law: Law;
  readonly lawOverrides: LawOverrides;
  readonly asOf: AsOf;
  readonly records: RecordBook;
}

/** A situation in which nothing is due, and that no rule of the law was asked about. */
export function denial(rule: string, why: string, english: string, dutch: string): Decision {
  return Object.freeze({ due: false, rule, why, english, dutch });
}

export function test(rule: string, passed: boolean, fact: Text, ...records: string[]): ExplainedTest {
  return { rule, passed, fact, records };
}

/** A fact with the records that hold it. */
export interface Fact {
  readonly fact: Text;
  readonly records: readonly string[];
}

export function factTest(rule: string, passed: boolean, { fact, records }: Fact): ExplainedTest {
  return { rule, passed, fact, records };
}
