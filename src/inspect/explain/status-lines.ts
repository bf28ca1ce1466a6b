/** An agreement that counts for nothing: withdrawn, or held because it overlaps. */
import { formatDay, type Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import { statusOf, type TrajectoryStatus } from '../../law/status.js';
import { WEO_HELD, WEO_WITHDRAWN } from '../../law/verdict.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import { decision, test, type DraftLine, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { spanOf } from './facts-in-words.js';
import { ref } from './records.js';

/** Why a trajectory counts or not. */
export function statusTest(facts: TrajectoryFacts, { records }: Setting): ExplainedTest {
  const own = ref('weo', facts.weoId);
  switch (statusOf(facts)) {
    case 'WITHDRAWN': {
      const version = records.present(own);
      const where = version ? ` on ${version.registeredOn} (delivery ${version.delivery})` : '';
      return test('R-F-9', false, `the agreement was withdrawn${where}`, own);
    }
    case 'HELD': {
      const others = facts.siblings.filter(
        (each) =>
          !each.withdrawn &&
          each.registrationRank < facts.registrationRank &&
          each.start <= facts.end &&
          facts.start <= each.end,
      );
      const named = others.map((each) => `${each.weoId} (${spanOf(each)}, OCMW ${each.ocmwId})`).join(' and ');
      return test('E-WEO-OVERLAP', false, `it overlaps with ${named}, registered earlier for the same client`, own);
    }
    case 'BEFORE_TWE':
      return test(
        'R-TR-1',
        false,
        `the agreement started on ${formatDay(facts.start)}, before TWE financing began`,
        own,
      );
    case 'COUNTS':
      return test('R-M-1', true, 'the agreement is registered and counts', own);
  }
}

const BEFORE_TWE = decision(
  false,
  'R-TR-1',
  'BEFORE_TWE',
  'the agreement started before TWE financing began',
  'de overeenkomst begon voor de financiering van TWE bestond',
);
const DENIED = { WITHDRAWN: WEO_WITHDRAWN, HELD: WEO_HELD, BEFORE_TWE } as const;

/** One line for each month and component that could be asked about; nothing is due for any. */
export function statusLines(
  facts: TrajectoryFacts,
  status: Exclude<TrajectoryStatus, 'COUNTS'>,
  cells: readonly { readonly component: Component; readonly month: Month }[],
  setting: Setting,
): DraftLine[] {
  const why = DENIED[status];
  const tests = [statusTest(facts, setting)];
  return cells.map(({ component, month }) => ({
    component,
    month,
    dueCents: 0,
    decision: why,
    tests,
    amount: undefined,
  }));
}

const NOT_PART_OF_IT = decision(
  false,
  'R-M-1',
  'NOTHING_LEFT',
  'nothing in the records gives a right to it any more',
  'niets in de gegevens geeft er nog recht op',
);

/** Money that was posted once for a month that no rule reaches any more: allowances of a contract that is gone. */
export function forgottenLine(component: Component, month: Month, facts: TrajectoryFacts, setting: Setting): DraftLine {
  const fact = `no contract or measurement of the records known on ${formatDay(setting.asOf.today)} gives ${component} here`;
  return {
    component,
    month,
    dueCents: 0,
    decision: NOT_PART_OF_IT,
    tests: [test('R-M-1', false, fact, ref('weo', facts.weoId))],
    amount: undefined,
  };
}
