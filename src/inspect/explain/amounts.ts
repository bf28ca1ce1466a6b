/** Where an amount comes from: the dated value that holds, its source and how sure it is. */
import { formatDay, type Day } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import type { LawOverrides } from '../../law/keys.js';
import { parameterTable, type ParameterRow } from '../../law/parameters.js';
import type { Cents } from '../../money.js';
import type { ExplainedAmount } from './explanation.js';

export class AmountBook {
  private readonly rows: ReadonlyMap<string, ParameterRow>;

  constructor(overrides: LawOverrides) {
    this.rows = new Map(parameterTable(overrides).map((row) => [row.key, row]));
  }

  /** The amount of a component on a day. @param cents what the law used, of a whole month or a measurement */
  of(component: Component, on: Day, cents: Cents): ExplainedAmount {
    const key = `amount.${component}`;
    const row = this.rows.get(key);
    if (row === undefined) throw new RangeError(`the law has no key ${key}`);
    const date = formatDay(on);
    const value = row.values.filter(({ from }) => from === undefined || from <= date).at(-1);
    return {
      key,
      from: value?.from ?? null,
      cents,
      source: row.source,
      confidence: row.confidence,
      checkedOn: row.checkedOn ?? null,
    };
  }
}
