/** The law: values that are missing, and values whose sources nobody has looked at for a year. */
import { day, formatMonth, lastCompleteMonth, monthOf, type Day, type Month } from '../../calendar.js';
import type { Settings } from '../../config.js';
import { COMPONENTS } from '../../law/codes.js';
import { TWE_START } from '../../law/amounts/statutory.js';
import type { DatedAmount } from '../../law/dated.js';
import { parameterTable } from '../../law/parameters.js';
import { fine, warning, type Diagnosis } from './diagnosis.js';

const DAYS_OF_A_YEAR = 365;
/** Named one by one up to here. */
const SHOWN_KEYS = 5;

type LawOf = Pick<Settings, 'law' | 'lawOverrides'>;

export function lookAtLaw(settings: LawOf, today: Day): Diagnosis[] {
  return [lookAtGaps(settings, today), lookAtAge(settings, today)];
}

function lookAtGaps({ law }: LawOf, today: Day): Diagnosis {
  const last = lastCompleteMonth(today);
  const gaps: string[] = [];
  for (const component of COMPONENTS) {
    const amount = law.amount[component];
    if (amount !== undefined) gaps.push(...gapIn(amount, last));
    else if (component === 'ORD' || component === 'INC') gaps.push(`amount.${component} has no value at all`);
  }
  for (const amount of [law.resultLower, law.resultHigher]) gaps.push(...gapIn(amount, last));
  if (gaps.length === 0) return fine('law', `every amount has a value from ${TWE_START} on`);
  return warning(
    'law',
    gaps.join('; '),
    'Give what is missing under "law" in the configuration: without it allowances are left out, and a month that needs ' +
      'another amount stops the night.',
  );
}

/** Months are without a value before the first one only: each value holds until the next. */
function gapIn(amount: DatedAmount, last: Month): string[] {
  const first = monthOf(day(TWE_START));
  if (amount.hasMonth(first)) return [];
  let month = first;
  while (month <= last && !amount.hasMonth(month)) month++;
  return [`${amount.key} has no value from ${formatMonth(first)} to ${formatMonth(month - 1)}`];
}

function lookAtAge({ lawOverrides }: LawOf, today: Day): Diagnosis {
  const dated = parameterTable(lawOverrides).flatMap(({ key, checkedOn }) =>
    checkedOn === undefined ? [] : [{ key, checkedOn }],
  );
  const old = dated.filter(({ checkedOn }) => today - day(checkedOn) > DAYS_OF_A_YEAR);
  const oldest = dated.map(({ checkedOn }) => checkedOn).sort()[0];
  if (old.length === 0) return fine('law sources', `all looked at within a year (the oldest on ${oldest ?? 'no day'})`);
  const shown = old.slice(0, SHOWN_KEYS).map(({ key }) => key);
  const more = old.length > shown.length ? ` and ${old.length - shown.length} more` : '';
  return warning(
    'law sources',
    `nobody has looked for a year at the sources of ${shown.join(', ')}${more} (the oldest on ${oldest!})`,
    'Have finance compare them with the sources that the rules name, and take the version of the program with the new dates.',
  );
}
