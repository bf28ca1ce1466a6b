/** Keys of the ordinary and increased allowance. */
import { allowanceValues as allowance } from '../amounts/allowance.js';
import * as kind from './kinds.js';
import { lawKey } from './law-key.js';

export const allowanceKeys = {
  'amount.ORD': lawKey(
    kind.amount,
    allowance['amount.ORD'],
    ['R-A-1', 'R-A-3'],
    'Gewone toelage in euro per maand. Geen standaardwaarde: zelf op te geven.',
    'Ordinary allowance in euro per month. No default: must be given.',
  ),
  'amount.INC': lawKey(
    kind.amount,
    allowance['amount.INC'],
    ['R-I-1', 'R-I-8'],
    'Verhoogde toelage in euro per maand. Geen standaardwaarde: zelf op te geven.',
    'Increased allowance in euro per month. No default: must be given.',
  ),
  'inc.count_unit': lawKey(
    kind.choice('GRANT_MONTHS', 'CALENDAR_SPAN'),
    allowance['inc.count_unit'],
    ['R-INC-1', 'R-I-2'],
    'Of de twaalf keer toegekende maanden telt of twaalf kalendermaanden vanaf de eerste.',
    'Whether the twelve times count granted months or twelve calendar months from the first.',
  ),
  'inc.scope': lawKey(
    kind.choice('TRAJECTORY', 'CONTRACT', 'PERSON'),
    allowance['inc.scope'],
    ['R-INC-2', 'R-I-2'],
    'Of de twaalf keer per traject, per contract of per persoon gelden.',
    'Whether the twelve times hold for each trajectory, contract or person.',
  ),
  'inc.mode': lawKey(
    kind.choice('REPLACE', 'TOP_UP'),
    allowance['inc.mode'],
    ['R-INC-3'],
    'Of de verhoogde toelage de gewone vervangt of erbovenop komt.',
    'Whether the increased allowance replaces the ordinary one or comes on top.',
  ),
  'inc.after_max': lawKey(
    kind.choice('ORDINARY', 'NOTHING'),
    allowance['inc.after_max'],
    ['R-INC-4'],
    'Wat na de twaalfde keer volgt: de gewone toelage of niets.',
    'What follows after the twelfth time: the ordinary allowance or nothing.',
  ),
  'inc.partial': lawKey(
    kind.boolean,
    allowance['inc.partial'],
    ['R-INC-5', 'R-I-5'],
    'Of een toekenning die niet meer in het budget past gedeeltelijk wordt betaald.',
    'Whether a grant that no longer fits the budget is paid in part.',
  ),
  'allow.partial_month': lawKey(
    kind.choice('CALENDAR_DAYS', 'FULL_IF_LAST_DAY', 'FULL_IF_ANY_DAY'),
    allowance['allow.partial_month'],
    ['R-A-5'],
    'Hoe een onvolledige maand telt: naar kalenderdagen, of volledig als het contract op de laatste of op eender welke dag loopt.',
    'How an incomplete month counts: by calendar days, or in full when the contract runs on the last or on any day.',
  ),
  'allow.rounding': lawKey(
    kind.only('HALF_UP_CENT'),
    allowance['allow.rounding'],
    ['R-PAY-2'],
    'Toelagen worden afgerond op de cent, een halve cent naar boven.',
    'Allowances are rounded to the cent, half a cent up.',
  ),
};
