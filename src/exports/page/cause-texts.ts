/** What findings and rows that were set aside are about, by stable code. */
import { contractOf } from '../../feeds/contracts.js';
import type { Text } from '../../law/rulebook/sources.js';
import { whatIsWrong } from '../sender-answer-texts.js';
import { text } from '../workbook/texts.js';
import type { Lang } from '../workbook/look.js';

/** A short name of each kind of finding; one that is new shows its code alone. */
export const FINDING_TEXT: Readonly<Record<string, Text>> = {
  A60_BEFORE_WEO: text('artikel 60 begint vóór de WEO', 'article 60 starts before the WEO'),
  A60_DEADLINE_NEAR: text('termijn voor artikel 60 loopt af', 'deadline for article 60 is near'),
  A60_OTHER_INSZ: text('artikel 60 staat op iemand anders', 'article 60 is of another person'),
  ALLOWANCE_ABOVE_WAGE_COST: text('toelage boven de loonkost', 'allowance above the wage cost'),
  ALLOWANCE_AMOUNT_MISSING: text('bedrag van een toelage ontbreekt', 'amount of an allowance is missing'),
  BUDGET_EXHAUSTED: text('budget verhoogde toelage is op', 'budget of the increased allowance is used up'),
  CATEGORY_00_OVERDUE: text('categorie 00 laat op zich wachten', 'category 00 is overdue'),
  CATEGORY_AT_START: text('ongewone categorie bij de start', 'unusual category at the start'),
  CATEGORY_NOT_CHANGED: text('categorie niet aangepast', 'category was not changed'),
  CLAIM_OPEN: text('vordering nog niet terugbetaald', 'claim is not paid back yet'),
  DELIVERY_DUPLICATE: text('levering met zelfde inhoud', 'delivery of the same content'),
  DELIVERY_LATE: text('levering kwam te laat', 'delivery came too late'),
  DELIVERY_WAITS: text('levering wacht op een ontbrekende', 'delivery waits for a missing one'),
  DELIVERY_SKIPPED: text('levering overgeslagen', 'delivery was passed over'),
  DELIVERY_DAMAGED: text('levering beschadigd', 'delivery is damaged'),
  DELIVERY_GROWING: text('levering groeit nog', 'delivery is still growing'),
  DIMONA_TYPE_UNUSUAL: text('ongewoon type Dimona', 'unusual Dimona type'),
  DOCUMENT_ALTERED: text('document is gewijzigd', 'document was altered'),
  EMPLOYER_NOT_OCMW: text('werkgever is niet het OCMW', 'employer is not the OCMW'),
  EMPTY_FEED_FOLDER: text('geen leveringen gevonden', 'no deliveries were found'),
  EVALUATION_AFTER_PHASE_MISSING: text('evaluatie na een fase ontbreekt', 'evaluation after a phase is missing'),
  EVALUATION_OVERDUE: text('evaluatie is te laat', 'evaluation is overdue'),
  EVIDENCE_LATE: text('bewijs kwam na de afrekening', 'evidence came after the settlement'),
  EVIDENCE_LOST: text('bewijs van een meting is weg', 'evidence of a measurement is gone'),
  FINAL_REPORT_MISSING: text('eindverslag ontbreekt', 'final report is missing'),
  GUARD_ACCEPTED: text('bewaking doorgelaten', 'guard was accepted'),
  IBAN_MISSING: text('rekeningnummer ontbreekt', 'account number is missing'),
  INCREASED_GRANTS_NEARLY_USED: text('bijna 12 verhoogde toelagen', 'nearly 12 increased allowances'),
  INCREASED_GRANTS_USED: text('12 verhoogde toelagen gebruikt', '12 increased allowances were used'),
  INCREASED_WITHOUT_SOCIAL_ECONOMY: text(
    'verhoogde toelage zonder sociale economie',
    'increased allowance without social economy',
  ),
  INSZ_REPLACED: text('rijksregisternummer vervangen', 'national number was replaced'),
  LATE_A60: text('artikel 60 te laat gestart', 'article 60 started too late'),
  LAW_CHANGED: text('bedragen of regels gewijzigd', 'amounts or rules changed'),
  MEASUREMENT_CATEGORY_DISAGREES: text('categorie spreekt de meting tegen', 'category disagrees with the measurement'),
  MEASUREMENT_PENDING: text('meting wacht op een beslissing', 'measurement waits for a decision'),
  MONTH_21_REACHED: text('maand 21 bereikt', 'month 21 is reached'),
  MONTH_24_REACHED: text('maand 24 bereikt', 'month 24 is reached'),
  NO_A60: text('geen artikel 60 gestart', 'no article 60 started'),
  NO_NOVA_PRIMA_REFERENCE: text('referentie van Nova Prima ontbreekt', 'Nova Prima reference is missing'),
  OCMW_AFTER_MERGER: text('traject bij een gefuseerd OCMW', 'trajectory at a merged OCMW'),
  PAYMENT_CHANGED: text('betaling is gewijzigd', 'payment was changed'),
  PAYMENT_DUPLICATE: text('betaling staat er dubbel', 'payment stands twice'),
  PAYMENT_RETURNED: text('betaling kwam terug', 'payment came back'),
  PAYMENT_UNMATCHED: text('betaling zonder batch', 'payment without a batch'),
  RECORD_VANISHED: text('gegeven ontbreekt in volledige levering', 'record is missing in a full delivery'),
  SOURCE_DENIED: text('bron weigert toegang', 'source denies access'),
  SOURCE_UNREACHABLE: text('bron niet bereikbaar', 'source cannot be reached'),
  SOURCE_UNREADABLE: text('bron niet leesbaar', 'source cannot be read'),
  UNKNOWN_FILE: text('onbekend bestand in een levering', 'unknown file in a delivery'),
  WEO_OVERLAP: text('WEO’s overlappen', 'WEOs overlap'),
  WEO_PAST_24_WITHOUT_A60: text('WEO voorbij 24 maanden zonder artikel 60', 'WEO past 24 months without article 60'),
  WEO_SHORTER_THAN_A_YEAR: text('WEO korter dan een jaar', 'WEO shorter than a year'),
};

/** Causes that are no matter of the form of one value. */
const ENGLISH_CAUSE: Readonly<Record<string, string>> = {
  MISSING_VALUE: 'The value is missing; this column must be filled.',
  WRONG_FIELD_COUNT: 'The row has not as many fields as the header.',
  END_BEFORE_START: 'The end lies before the start.',
  WEO_MISSING: 'An ART60 employment must name its WEO.',
  WEO_NOT_ALLOWED: 'Only an ART60 employment has a WEO.',
  UNKNOWN_OCMW: 'The OCMW is not known.',
  UNKNOWN_WEO: 'The WEO is not known.',
};

/** Why rows of a file were set aside, one sentence. */
export function causeText(lang: Lang, file: string, column: string, code: string): string {
  if (lang === 'nl') {
    return whatIsWrong({ file, line: 0, column, code, message: '', waits: false }).replace(/: $/, '');
  }
  const fault = contractOf(file)?.columns.find(({ name }) => name === column)?.kind.fault;
  return ENGLISH_CAUSE[code] ?? (fault === undefined ? code : `The value ${fault}.`);
}
