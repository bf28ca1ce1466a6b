/** Keys of what VDAB pays by month: guidance subsidy and compensation. */
import { compensationValues as compensation } from '../amounts/compensation.js';
import { guidanceValues as guidance } from '../amounts/guidance.js';
import * as kind from './kinds.js';
import { lawKey } from './law-key.js';

/** Longer than any trajectory; a limit on everything. */
const MAX_MONTHS = 600;

export const paymentKeys = {
  'amount.EFF': lawKey(
    kind.amount,
    guidance['amount.EFF'],
    ['R-EFF-1', 'R-EFF-3', 'R-PAY-3', 'R-PAY-5'],
    'Inspanningsvergoeding in euro per maand.',
    'Guidance subsidy in euro per month.',
  ),
  'amount.C1': lawKey(
    kind.amount,
    compensation['amount.C1'],
    ['R-C-1', 'R-C-3', 'R-PAY-3', 'R-PAY-5'],
    'Compensatievergoeding deel 1 in euro per maand.',
    'Compensation part 1 in euro per month.',
  ),
  'amount.C2': lawKey(
    kind.amount,
    compensation['amount.C2'],
    ['R-C-1', 'R-C-3', 'R-PAY-3', 'R-PAY-5'],
    'Compensatievergoeding deel 2 in euro per maand, betaalbaar na het einde van de begeleiding.',
    'Compensation part 2 in euro per month, payable after the end of guidance.',
  ),
  'amount.C3': lawKey(
    kind.amount,
    compensation['amount.C3'],
    ['R-C3-1', 'R-PAY-3'],
    'Compensatievergoeding deel 3 in euro per maand, vanaf maand 25.',
    'Compensation part 3 in euro per month, from month 25.',
  ),
  'eff.max_months': lawKey(
    kind.integer(0, MAX_MONTHS),
    guidance['eff.max_months'],
    ['R-EFF-2', 'R-C3-1'],
    'Hoogste aantal maanden inspanningsvergoeding.',
    'Highest number of months of guidance subsidy.',
  ),
  'eff.cap_counts': lawKey(
    kind.choice('ACTIVE', 'PAID'),
    guidance['eff.cap_counts'],
    ['R-EFF-7'],
    'Of het maximum de actieve maanden telt of alleen de betaalde.',
    'Whether the cap counts active months or only paid ones.',
  ),
  'eff.cap_scope': lawKey(
    kind.choice('TRAJECTORY', 'PERSON'),
    guidance['eff.cap_scope'],
    ['R-MV-3'],
    'Of het maximum per traject geldt of per persoon.',
    'Whether the cap holds for each trajectory or for each person.',
  ),
  'a60.deadline_months': lawKey(
    kind.integer(0, MAX_MONTHS),
    guidance['a60.deadline_months'],
    ['R-LC-2', 'R-D-2'],
    'Aantal maanden na het begin van de WEO waarbinnen artikel 60 moet starten.',
    'Number of months after the start of the WEO within which art. 60 must start.',
  ),
  'a60.deadline_inclusive': lawKey(
    kind.boolean,
    guidance['a60.deadline_inclusive'],
    ['R-D-2'],
    'Of een start op de laatste dag van die termijn nog tijdig is.',
    'Whether a start on the last day of that term is still timely.',
  ),
  'a60.late_policy': lawKey(
    kind.choice('FORFEIT_ALL', 'PAY_FROM_START', 'EFF_ONLY'),
    guidance['a60.late_policy'],
    ['R-LATE-1', 'R-EFF-4', 'R-C-6', 'R-F-8'],
    'Gevolg van een te late of ontbrekende start van artikel 60: alles vervalt, betaald vanaf de start, of enkel EFF vervalt.',
    'Effect of a late or missing start of art. 60: all is lost, paid from the start on, or only EFF is lost.',
  ),
  'a60.pending_policy': lawKey(
    kind.choice('PAY_PROVISIONAL', 'HOLD'),
    guidance['a60.pending_policy'],
    ['R-PEND-1'],
    'Wat gebeurt zolang de termijn voor artikel 60 nog loopt: voorlopig betalen of wachten.',
    'What happens while the term for art. 60 still runs: pay provisionally or wait.',
  ),
  'category.policy': lawKey(
    kind.choice('WITHHOLD', 'WARN_ONLY', 'FORFEIT'),
    guidance['category.policy'],
    ['R-CAT-1', 'R-EFF-5', 'R-C-10'],
    'Gevolg van een categorie die niet op 90 of 93 staat: ingehouden, enkel een melding, of verloren.',
    'Effect of a category that is not 90 or 93: withheld, only a finding, or lost.',
  ),
  'vdab.part_time_factor': lawKey(
    kind.only('NONE'),
    guidance['vdab.part_time_factor'],
    ['R-PAY-1'],
    'Deeltijds artikel 60 geeft dezelfde bedragen als voltijds.',
    'Part-time art. 60 gives the same amounts as full-time.',
  ),
  'transition.timely': lawKey(
    kind.boolean,
    guidance['transition.timely'],
    ['R-TR-4'],
    'Of contracten die op 1 januari 2019 werden opgenomen als tijdig gelden.',
    'Whether contracts brought in on 1 January 2019 count as timely.',
  ),
  'comp.presence': lawKey(
    kind.choice('LAST_DAY', 'ANY_DAY'),
    compensation['comp.presence'],
    ['R-C-2'],
    'Of artikel 60 op de laatste dag van de maand moet lopen of op eender welke dag.',
    'Whether art. 60 must run on the last day of the month or on any day.',
  ),
  'comp.suspension': lawKey(
    kind.only('COUNT'),
    compensation['comp.suspension'],
    ['R-C-9'],
    'Ziekte of schorsing terwijl het contract loopt telt mee.',
    'Sickness or suspension while the contract runs counts.',
  ),
  'comp.formula': lawKey(
    kind.only('FIXED_195'),
    compensation['comp.formula'],
    ['R-PAY-5'],
    'De compensatie is vast (deel 1 plus deel 2), ook als de inspanningsvergoeding vervalt.',
    'The compensation is fixed (part 1 plus part 2), also when the guidance subsidy is lost.',
  ),
  'c2.trigger': lawKey(
    kind.only('WEO_END'),
    compensation['c2.trigger'],
    ['R-C-7', 'R-Y-5'],
    'Deel 2 wordt betaalbaar na het einde van de WEO.',
    'Part 2 becomes payable after the end of the WEO.',
  ),
  'c3.valid_from': lawKey(
    kind.date,
    compensation['c3.valid_from'],
    ['R-C3-6'],
    'Eerste dag waarop deel 3 bestaat.',
    'First day on which part 3 exists.',
  ),
  'c3.max_months': lawKey(
    kind.integerOrNone(0, MAX_MONTHS),
    compensation['c3.max_months'],
    ['R-C3-5'],
    'Hoogste aantal maanden deel 3.',
    'Highest number of months of part 3.',
  ),
};
