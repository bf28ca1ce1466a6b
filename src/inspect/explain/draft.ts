/** The parts of which an explanation is made, before months and days become text. */
import type { Day, Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import type { Law } from '../../law/law.js';
import type { LawOverrides } from '../../law/keys.js';
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

export function decision(due: boolean, rule: string, why: string, english: string, dutch: string): Decision {
  return Object.freeze({ due, rule, why, english, dutch });
}

export function test(rule: string, passed: boolean, fact: string, ...records: string[]): ExplainedTest {
  return { rule, passed, fact, records };
}

/** A test together with the situations (`why`) that it decides. */
export interface Asked extends ExplainedTest {
  readonly decides: readonly string[];
}

export function asked(decides: readonly string[], one: ExplainedTest): Asked {
  return { ...one, decides };
}

/**
 * The tests up to the one that decided: those before it passed, for else they would have decided. Throws when a denial
 * has no test: then the law knows a situation that the explanation does not.
 */
export function testsUntil(verdict: Decision, tests: readonly Asked[]): ExplainedTest[] {
  const bare = tests.map(({ rule, fact, records }): ExplainedTest => ({ rule, passed: true, fact, records }));
  if (verdict.due) return bare;
  const deciding = tests.findIndex(({ decides }) => decides.includes(verdict.why));
  if (deciding === -1) throw new Error(`the explanation has no test for ${verdict.why} of ${verdict.rule}`);
  return [...bare.slice(0, deciding), { ...bare[deciding]!, passed: false }];
}

/** `2024-01-01 to 2024-12-31`, `2024-01-01, open`. */
export interface Span {
  readonly start: Day;
  readonly end: Day;
}
