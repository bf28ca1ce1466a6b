/** Keys of payment calendar, settlements, clawback, moves and mergers. */
import { settlementValues as settlement } from '../amounts/settlement.js';
import * as kind from './kinds.js';
import { lawKey } from './law-key.js';

/** Every month has it. */
const LAST_DAY_OF_EVERY_MONTH = 28;

export const settlementKeys = {
  'run.day': lawKey(
    kind.integer(1, LAST_DAY_OF_EVERY_MONTH),
    settlement['run.day'],
    ['R-P-7'],
    'Dag van de maand waarop het afgesloten kwartaal wordt betaald.',
    'Day of the month on which the closed quarter is paid.',
  ),
  'run.cutoff': lawKey(
    kind.choice('QUARTER_END', 'RUN_DATE'),
    settlement['run.cutoff'],
    ['R-P-7', 'R-K-1'],
    'Tot wanneer registraties meetellen: het einde van het kwartaal of de dag van de betaling.',
    'Until when registrations count: the end of the quarter or the day of the run.',
  ),
  late_correction: lawKey(
    kind.only('YEAR_SETTLEMENT'),
    settlement['late_correction'],
    ['R-P-6'],
    'Late correcties gaan naar de jaarafrekening.',
    'Late corrections go to the yearly settlement.',
  ),
  'year.cutoff': lawKey(
    kind.monthDay,
    settlement['year.cutoff'],
    ['R-Y-2'],
    'Dag van het volgende jaar waarop de jaarafrekening wordt gemaakt.',
    'Day of the next year on which the yearly settlement is made.',
  ),
  'final.when': lawKey(
    kind.choice('QUARTERLY', 'NIGHTLY'),
    settlement['final.when'],
    ['R-F-2'],
    'Of eindafrekeningen per kwartaal of elke nacht worden geboekt.',
    'Whether final settlements are booked by quarter or each night.',
  ),
  'final.include_allowances': lawKey(
    kind.boolean,
    settlement['final.include_allowances'],
    ['R-F-3', 'R-P-8'],
    'Of de toelagen in de eindafrekening komen.',
    'Whether the allowances are part of the final settlement.',
  ),
  'clawback.netting': lawKey(
    kind.choice('PER_OCMW', 'NONE'),
    settlement['clawback.netting'],
    ['R-F-4'],
    'Of plus en min van een OCMW binnen een verwerking worden verrekend.',
    'Whether plus and minus of one OCMW are netted within a run.',
  ),
  'clawback.method': lawKey(
    kind.choice('CLAIM', 'OFFSET_NEXT'),
    settlement['clawback.method'],
    ['R-F-5'],
    'Of een negatief saldo wordt teruggevorderd of van het volgende kwartaal afgehouden.',
    'Whether a negative balance is claimed or deducted from the next quarter.',
  ),
  'clawback.threshold': lawKey(
    kind.euro,
    settlement['clawback.threshold'],
    ['R-F-6', 'R-K-9'],
    'Terugvorderingen onder dit bedrag in euro worden vermeld, niet geboekt.',
    'Claims below this amount in euro are listed, not booked.',
  ),
  'transfer.mode': lawKey(
    kind.only('NEW_WEO'),
    settlement['transfer.mode'],
    ['R-MV-1'],
    'Bij een verhuis naar een ander OCMW begint een nieuwe WEO.',
    'A move to another OCMW starts a new WEO.',
  ),
  'merger.mode': lawKey(
    kind.only('SUCCESSOR'),
    settlement['merger.mode'],
    ['R-MV-4'],
    'Na een fusie gaat alles naar de opvolger.',
    'After a merger everything goes to the successor.',
  ),
  'ledger.map': lawKey(
    kind.ledgerMap,
    settlement['ledger.map'],
    ['R-INSP-3'],
    'Boekhoudrekening, beleidsveld en sectorcode per component. Geen standaardwaarde.',
    'Ledger account, policy field and sector code by component. No default.',
  ),
};
