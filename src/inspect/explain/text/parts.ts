/** Pieces that the overview and the detail of a month share. */
import { formatEuro } from '../../../money.js';
import type { ExplainedAmount, ExplainedRecord, ExplainedTest, ExplainedVersion } from '../explanation.js';
import type { Page } from './layout.js';

/** The value, since when, and where it comes from. */
export function amountText(amount: ExplainedAmount): string {
  return `${formatEuro(amount.cents)}${originOf(amount)}`;
}

/** Since when a value holds, its source and how sure that is. */
export function originOf({ from, source, confidence, checkedOn }: ExplainedAmount): string {
  const since = from === null ? '' : ` from ${from}`;
  const checked = checkedOn === null ? '' : `, checked on ${checkedOn}`;
  return `${since}: ${source.en} [${confidence}${checked}]`;
}

/** Each test with its answer and fact; with `records` also where the fact stands. */
export function testLines(
  page: Page,
  tests: readonly ExplainedTest[],
  records: ReadonlyMap<string, ExplainedRecord> | undefined,
): string[] {
  const column = ruleColumn(tests.map((each) => each.rule));
  return tests.flatMap(({ rule, passed, fact, records: refs }) => {
    const places = refs.flatMap((each) => {
      const version = records?.get(each)?.versions.at(-1);
      return version === undefined ? [] : [placeOf(version)];
    });
    const where = places.length === 0 ? '' : ` (${[...new Set(places)].join('; ')})`;
    return page.under(`  ${passed ? 'yes' : 'NO '}     ${rule.padEnd(column)}  `, `${fact.en}${where}`);
  });
}

/** Width of a column for these rule ids. */
export function ruleColumn(rules: readonly string[]): number {
  return Math.max(8, ...rules.map((rule) => rule.length));
}

/** Where a version stood in the feeds. */
export function placeOf({ file, delivery, line }: ExplainedVersion): string {
  return `${file} ${delivery} line ${line}`;
}
