/** Keys of measurements and result financing. */
import { outflowValues as outflow } from '../amounts/outflow.js';
import { resultValues as result } from '../amounts/result.js';
import * as kind from './kinds.js';
import { lawKey } from './law-key.js';

export const outflowKeys = {
  'amount.M1': lawKey(
    kind.amount,
    result['amount.M1'],
    ['R-RES-1', 'R-RES-8', 'R-PAY-3'],
    'Resultaatsfinanciering bij meting 1 in euro; gaat voor op result.scheme.',
    'Result financing at measurement 1 in euro; wins over result.scheme.',
  ),
  'amount.M2': lawKey(
    kind.amount,
    result['amount.M2'],
    ['R-RES-2', 'R-RES-8', 'R-PAY-3'],
    'Resultaatsfinanciering bij meting 2 in euro; gaat voor op result.scheme.',
    'Result financing at measurement 2 in euro; wins over result.scheme.',
  ),
  'result.scheme': lawKey(
    kind.choice('M1_300_M2_600', 'M1_600_M2_300', 'TRACK'),
    result['result.scheme'],
    ['R-RES-8', 'R-RES-1', 'R-RES-2'],
    'Welke meting 300 euro en welke 600 euro oplevert; TRACK: M1 niets, M2 300 na een positieve en 600 na een negatieve M1.',
    'Which measurement pays 300 euro and which 600; TRACK: M1 nothing, M2 300 after a positive and 600 after a negative M1.',
  ),
  'result.cumulative': lawKey(
    kind.boolean,
    result['result.cumulative'],
    ['R-RES-3'],
    'Of twee positieve metingen allebei betaald worden; zo niet blijft het hoogste bedrag.',
    'Whether two positive measurements are both paid; if not the higher amount is kept.',
  ),
  'result.clawback_m1': lawKey(
    kind.boolean,
    result['result.clawback_m1'],
    ['R-RES-4'],
    'Of een negatieve meting 2 het bedrag van meting 1 laat terugvorderen.',
    'Whether a negative measurement 2 takes the amount of measurement 1 back.',
  ),
  'result.requires_timely': lawKey(
    kind.boolean,
    result['result.requires_timely'],
    ['R-RES-6'],
    'Of resultaatsfinanciering een tijdige start van artikel 60 vraagt.',
    'Whether result financing asks for a timely start of art. 60.',
  ),
  'm2.anchor': lawKey(
    kind.choice('M1', 'WEO_END', 'WEO_END_PLUS_1'),
    outflow['m2.anchor'],
    ['R-MEAS-2'],
    'Vanaf welke dag de drie maanden van meting 2 tellen.',
    'From which day the three months of measurement 2 count.',
  ),
  'm.grace_days': lawKey(
    kind.integer(0, 366),
    outflow['m.grace_days'],
    ['R-MEAS-15'],
    'Aantal dagen wachten voor een meting gebeurt.',
    'Number of days to wait before a measurement is made.',
  ),
  'm.recheck_until': lawKey(
    kind.choice('FINAL', 'NONE'),
    outflow['m.recheck_until'],
    ['R-MEAS-16'],
    'Of een meting de latere gegevens volgt tot de eindafrekening, of meteen vastligt.',
    'Whether a measurement follows later records until the final settlement, or is fixed at once.',
  ),
  'pos.min_fte': lawKey(
    kind.permille,
    outflow['pos.min_fte'],
    ['R-MEAS-3'],
    'Kleinste deel van een voltijdse job dat meetelt.',
    'Smallest part of a full-time job that counts.',
  ),
  'pos.agency': lawKey(
    kind.boolean,
    outflow['pos.agency'],
    ['R-MEAS-4'],
    'Of uitzendwerk positief is.',
    'Whether agency work is positive.',
  ),
  'pos.student': lawKey(
    kind.boolean,
    outflow['pos.student'],
    ['R-MEAS-5'],
    'Of een studentenjob positief is.',
    'Whether a student job is positive.',
  ),
  'pos.flexi': lawKey(
    kind.boolean,
    outflow['pos.flexi'],
    ['R-MEAS-5'],
    'Of een flexi-job positief is.',
    'Whether a flexi job is positive.',
  ),
  'pos.public': lawKey(
    kind.boolean,
    outflow['pos.public'],
    ['R-MEAS-7'],
    'Of een gewone job bij een OCMW of gemeente positief is.',
    'Whether an ordinary job at an OCMW or municipality is positive.',
  ),
  'pos.a61': lawKey(
    kind.boolean,
    outflow['pos.a61'],
    ['R-MEAS-8'],
    'Of artikel 61 positief is.',
    'Whether art. 61 is positive.',
  ),
  'pos.social_economy': lawKey(
    kind.boolean,
    outflow['pos.social_economy'],
    ['R-MEAS-9'],
    'Of een doelgroepjob in de sociale economie positief is.',
    'Whether a target group job in the social economy is positive.',
  ),
  'pos.training': lawKey(
    kind.boolean,
    outflow['pos.training'],
    ['R-MEAS-10'],
    'Of IBO of een stage positief is.',
    'Whether individual training or a placement is positive.',
  ),
  'pos.self_employed': lawKey(
    kind.manualOrBoolean,
    outflow['pos.self_employed'],
    ['R-MEAS-11'],
    'Of zelfstandige arbeid positief is; MANUAL wacht op een beslissing van een medewerker.',
    'Whether self-employment is positive; MANUAL waits for a decision by a person.',
  ),
};
