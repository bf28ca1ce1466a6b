/** An agreement that counts for nothing: withdrawn, or held because it overlaps. */
import { day, type Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import { statusOf, type TrajectoryStatus } from '../../law/status.js';
import { WEO_HELD, WEO_WITHDRAWN } from '../../law/verdict.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import { denial, test, type DraftLine, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { ref } from './records.js';
import { told } from './telling.js';

/** Why a trajectory counts or not. */
export function statusTest(facts: TrajectoryFacts, { records }: Setting): ExplainedTest {
  const own = ref('weo', facts.weoId);
  switch (statusOf(facts)) {
    case 'WITHDRAWN': {
      const version = records.present(own);
      const fact = told(({ t, date }) => {
        const withdrawn = t('the agreement was withdrawn', 'de overeenkomst is ingetrokken');
        if (version === undefined) return withdrawn;
        const on = date(day(version.registeredOn));
        return `${withdrawn} ${t('on', 'op')} ${on} (${t('delivery', 'levering')} ${version.delivery})`;
      });
      return test('R-F-9', false, fact, own);
    }
    case 'HELD': {
      const others = facts.siblings.filter(
        (each) =>
          !each.withdrawn &&
          each.registrationRank < facts.registrationRank &&
          each.start <= facts.end &&
          facts.start <= each.end,
      );
      const fact = told(({ t, span }) => {
        const named = others
          .map((each) => `${each.weoId} (${span(each)}, OCMW ${each.ocmwId})`)
          .join(t(' and ', ' en '));
        return t(
          `it overlaps with ${named}, registered earlier for the same client`,
          `ze overlapt met ${named}, eerder geregistreerd voor dezelfde klant`,
        );
      });
      return test('E-WEO-OVERLAP', false, fact, own);
    }
    case 'BEFORE_TWE':
      return test(
        'R-TR-1',
        false,
        told(({ t, date }) =>
          t(
            `the agreement started on ${date(facts.start)}, before TWE financing began`,
            `de overeenkomst begon op ${date(facts.start)}, voor de financiering van TWE bestond`,
          ),
        ),
        own,
      );
    case 'COUNTS':
      return test(
        'R-M-1',
        true,
        told(({ t }) => t('the agreement is registered and counts', 'de overeenkomst is geregistreerd en telt mee')),
        own,
      );
  }
}

const BEFORE_TWE = denial(
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

const NOT_PART_OF_IT = denial(
  'R-M-1',
  'NOTHING_LEFT',
  'nothing in the records gives a right to it any more',
  'niets in de gegevens geeft er nog recht op',
);

/** Money that was posted once for a month that no rule reaches any more: allowances of a contract that is gone. */
export function forgottenLine(component: Component, month: Month, facts: TrajectoryFacts, setting: Setting): DraftLine {
  const fact = told(({ t, date }) =>
    t(
      `no contract or measurement of the records known on ${date(setting.asOf.today)} gives ${component} here`,
      `geen contract of meting in de gegevens van ${date(setting.asOf.today)} geeft hier ${component}`,
    ),
  );
  return {
    component,
    month,
    dueCents: 0,
    decision: NOT_PART_OF_IT,
    tests: [test('R-M-1', false, fact, ref('weo', facts.weoId))],
    amount: undefined,
  };
}
