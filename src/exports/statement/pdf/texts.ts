/** Every text of the payment note and the claim letter, in Dutch and in English. */
import type { Reason } from '../../../law/codes.js';
import type { Text } from '../../../law/rulebook/sources.js';
import type { Lang } from '../../workbook/look.js';
import { text } from '../../workbook/texts.js';
import type { BatchJob, NoteLine } from '../note.js';

export const MONTH_NAMES: Readonly<Record<Lang, readonly string[]>> = {
  nl: [
    ...['januari', 'februari', 'maart', 'april', 'mei', 'juni'],
    ...['juli', 'augustus', 'september', 'oktober', 'november', 'december'],
  ],
  en: [
    ...['January', 'February', 'March', 'April', 'May', 'June'],
    ...['July', 'August', 'September', 'October', 'November', 'December'],
  ],
};

export const JOB_TEXT: Readonly<Record<BatchJob, Text>> = {
  'quarterly-payment': text('Kwartaalbetaling', 'Quarterly payment'),
  'yearly-settlement': text('Jaarafrekening', 'Yearly settlement'),
  'final-settlement': text('Eindafrekening', 'Final settlement'),
};

/** Where a line comes from, when a note has lines of more than one kind. */
export const KIND_TEXT: Readonly<Record<NoteLine['kind'], Text>> = {
  QUARTER: text('kwartaal', 'quarter'),
  FINAL: text('eindafrekening', 'final settlement'),
  YEAR: text('jaarafrekening', 'yearly settlement'),
};

export const PDF_TEXT = {
  author: text('VDAB', 'VDAB'),
  programme: text('Tijdelijke werkervaring (TWE)', 'Temporary work experience (TWE)'),
  pageOf: (page: number, pages: number) => text(`Pagina ${page} van ${pages}`, `Page ${page} of ${pages}`),
  ocmw: text('OCMW', 'OCMW'),
  enterpriseNumber: text('Ondernemingsnummer', 'Enterprise number'),
  nisCode: text('NIS-code', 'NIS code'),
  batch: text('Batch', 'Batch'),
  runDay: text('Rundag', 'Run day'),
  approvedOn: text('Goedgekeurd op', 'Approved on'),
  notApproved: text('nog niet', 'not yet'),
  account: text('Rekening', 'Account'),
  reference: text('Mededeling', 'Communication'),
  total: text('Totaal', 'Total'),
  number: text('Aantal', 'Number'),
  numberShort: text('#', '#'),
  euro: text('Euro', 'Euro'),
  months: text('Maanden', 'Months'),
  trajectory: text('Traject', 'Trajectory'),
  trajectories: text('Trajecten', 'Trajectories'),
  kind: text('Soort', 'Kind'),
  due: text('Recht', 'Due'),
  before: text('Eerder', 'Before'),
  difference: text('Verschil', 'Difference'),
  reason: text('Reden', 'Reason'),
  unknownStart: text('onbekend', 'unknown'),
} as const;

export const NOTE_TEXT = {
  title: text('Betaalnota', 'Payment note'),
  pay: text('Te betalen aan het OCMW', 'To be paid to the OCMW'),
  claim: text('Terug te betalen door het OCMW', 'To be paid back by the OCMW'),
  balance: text('Te betalen min terug te betalen', 'To be paid less to be paid back'),
  nothing: text('Te betalen', 'To be paid'),
  nothingCancels: text(
    'Wat erbij komt en wat wegvalt is samen nul. Niemand betaalt.',
    'What comes in and what falls out cancel. Nobody pays.',
  ),
  nothingCarried: text(
    'Alles wordt verrekend met een andere betaling: zie hieronder.',
    'All of it is settled with another payment: see below.',
  ),
  noAccount: text('niet gekend op de rundag: de betaling wacht', 'not known on the run day: the payment waits'),
  howToPay: text('rekening en termijn: zie de brief', 'account and term: see the letter'),
  waits: text(
    'Deze nota wacht op goedkeuring. De bedragen zijn nog niet definitief.',
    'This note waits for approval. The amounts are not final yet.',
  ),
  howItAddsUp: text('Hoe dit bedrag tot stand komt', 'How this amount comes about'),
  added: text('Maanden en resultaten die erbij komen', 'Months and results that come in'),
  takenBack: text('Maanden en resultaten die wegvallen', 'Months and results that fall out'),
  offsetNegative: text('Nog af te houden van vorige batches', 'Still to be taken off from earlier batches'),
  offsetPositive: text('Te veel afgehouden in vorige batches', 'Taken off too much in earlier batches'),
  carriedNegative: text('Af te houden van een volgende betaling', 'To be taken off a later payment'),
  carriedPositive: text('Goed te maken bij een volgende betaling', 'To be made good with a later payment'),
  byMonth: text('Per prestatiemaand', 'By performance month'),
  byMonthMeaning: text(
    'De maand waarvoor betaald wordt. Een resultaat hoort bij de maand van de meting.',
    'The month that is paid for. A result belongs to the month of its measurement.',
  ),
  month: text('Maand', 'Month'),
  byStart: text('Per startmaand van de begeleiding', 'By start month of guidance'),
  byStartMeaning: text(
    'Dezelfde bedragen, volgens de maand waarin de begeleiding begon.',
    'The same amounts, by the month in which the guidance began.',
  ),
  start: text('Start', 'Start'),
  byReason: text('Per reden', 'By reason'),
  byReasonMeaning: text('Waarom er iets bijkomt of wegvalt.', 'Why something comes in or falls out.'),
  addedShort: text('Erbij', 'Added'),
  takenBackShort: text('Eraf', 'Taken back'),
  lines: text('Per traject', 'By trajectory'),
  linesMeaning: text(
    'Recht: wat nu verschuldigd is. Eerder: wat voor dezelfde maanden al toegekend was. Verschil: wat deze nota daarom betaalt of terugneemt.',
    'Due: what is due now. Before: what was granted for the same months earlier. Difference: what this note therefore pays or takes back.',
  ),
  numberMeaning: text(
    '# (aantal): maanden of resultaten die erbij komen min die die wegvallen. Wijzigt enkel een bedrag, dan telt de maand niet.',
    '# (number): months or results that come in less those that fall out. When only an amount changes the month does not count.',
  ),
  guidanceFrom: text('begeleiding vanaf', 'guidance from'),
  unknownGuidance: text('WEO ingetrokken of niet gekend', 'WEO withdrawn or not known'),
  noLines: text(
    'Geen lijnen: deze nota verrekent enkel wat van vorige batches openstond.',
    'No lines: this note only settles what earlier batches left.',
  ),
} as const;

export const LETTER_TEXT = {
  title: text('Terugvordering', 'Clawback'),
  date: text('Datum', 'Date'),
  ourReference: text('Ons kenmerk', 'Our reference'),
  subject: text('Betreft', 'Subject'),
  subjectOf: (period: string) =>
    text(`terugvordering tijdelijke werkervaring, ${period}`, `clawback of temporary work experience, ${period}`),
  greeting: text('Geachte mevrouw, geachte heer', 'Dear Sir or Madam'),
  what: (period: string) =>
    text(
      `Wij hebben opnieuw berekend waarop uw OCMW recht heeft voor tijdelijke werkervaring (${period}). Voor sommige maanden of resultaten werd eerder meer toegekend dan nu verschuldigd is. Daarom vragen wij u terug te betalen:`,
      `We have computed again what your OCMW is entitled to for temporary work experience (${period}). For some months or results more was granted earlier than is due now. We therefore ask you to pay back:`,
    ),
  why: text('Waarom', 'Why'),
  whyMeaning: text(
    'Een negatief bedrag vragen wij terug; een positief bedrag gaat ervan af. Elk traject en elke maand staat in de bijlage.',
    'We ask back a negative amount; a positive one is taken off it. Every trajectory and month stands in the annex.',
  ),
  other: text('Openstaand of verrekend uit andere batches', 'Open or settled from other batches'),
  toPayBack: text('Terug te betalen', 'To be paid back'),
  howToPay: text('Hoe u betaalt', 'How to pay'),
  amount: text('Bedrag', 'Amount'),
  toAccount: text('Op rekening', 'To account'),
  inNameOf: text('Op naam van', 'In the name of'),
  structured: text('Gestructureerde mededeling', 'Structured communication'),
  structuredMeaning: text(
    'Neem de mededeling ongewijzigd over: zo herkennen wij uw betaling.',
    'Copy the communication unchanged: it is how we recognise your payment.',
  ),
  atTheLatest: text('Ten laatste op', 'At the latest on'),
  term: (days: number) =>
    text(`${days} dagen na de datum van deze brief`, `${days} days after the date of this letter`),
  contest: text('Bent u het niet eens?', 'Do you disagree?'),
  contact: text('Vragen?', 'Questions?'),
  closing: text('Met vriendelijke groeten', 'Yours faithfully'),
  reasonsAnnex: text('Bijlage 1: redenen in woorden', 'Annex 1: reasons in words'),
  reasonsMeaning: text(
    'Erbij: wat nu verschuldigd is en nog niet toegekend was. Eraf: wat toegekend was en niet verschuldigd is.',
    'Added: what is due now and was not granted yet. Taken back: what was granted and is not due.',
  ),
  trajectoriesAnnex: text('Bijlage 2: per traject', 'Annex 2: by trajectory'),
  trajectoriesMeaning: text(
    'Recht: wat nu verschuldigd is. Eerder: wat voor dezelfde maanden al toegekend was. Een negatief verschil vragen wij terug; een positief verschil gaat ervan af.',
    'Due: what is due now. Before: what was granted for the same months earlier. We ask back a negative difference; a positive one is taken off it.',
  ),
} as const;

/** What a reason means, for somebody who does not know its short name: one sentence. */
export const REASON_SENTENCE: Readonly<Record<Reason, Text>> = {
  REGULAR: text('Voor het eerst betaald.', 'Paid for the first time.'),
  LATE_REGISTRATION: text(
    'Het recht bestond al, maar werd pas na een vorige betaling geregistreerd.',
    'The right existed, but was registered only after an earlier payment.',
  ),
  RELEASED: text(
    'De categorie van de werkzoekende is in orde gebracht: wat wachtte, is vrijgegeven.',
    'The category of the jobseeker was set right: what waited is released.',
  ),
  LATE_A60: text(
    'Artikel 60 begon later dan toegestaan na de start van de begeleiding.',
    'Article 60 started later than allowed after the start of the guidance.',
  ),
  NO_A60: text(
    'Bij dit traject is geen artikel 60 geregistreerd.',
    'No article 60 is registered with this trajectory.',
  ),
  CATEGORY: text(
    'De categorie van de werkzoekende werd niet omgezet naar 90 of 93.',
    'The category of the jobseeker was not changed to 90 or 93.',
  ),
  WEO_START_CORRECTED: text(
    'De werkervaringsovereenkomst begint op een andere dag dan eerder geregistreerd.',
    'The work experience agreement starts on another day than registered before.',
  ),
  WEO_END_CORRECTED: text(
    'De werkervaringsovereenkomst eindigt op een andere dag dan eerder geregistreerd.',
    'The work experience agreement ends on another day than registered before.',
  ),
  A60_START_CORRECTED: text(
    'Artikel 60 begint op een andere dag dan eerder geregistreerd.',
    'Article 60 starts on another day than registered before.',
  ),
  A60_END_CORRECTED: text(
    'Artikel 60 eindigt op een andere dag dan eerder geregistreerd.',
    'Article 60 ends on another day than registered before.',
  ),
  WITHDRAWN: text(
    'De registratie waarop het recht steunde, bestaat niet meer.',
    'The registration behind the right exists no more.',
  ),
  OVER_24: text(
    'De maanden liggen voorbij het hoogste aantal dat betaald wordt.',
    'The months lie beyond the highest number that is paid.',
  ),
  DUPLICATE: text(
    'Dezelfde maand stond in twee overeenkomsten of werd twee keer betaald.',
    'The same month stood in two agreements or was paid twice.',
  ),
  MEASUREMENT_VOID: text(
    'De meting waarop het resultaat steunde, is vervallen of gewijzigd.',
    'The measurement behind the result is void or was changed.',
  ),
  DECISION: text('Over de uitkomst van de meting werd beslist.', 'The outcome of the measurement was decided.'),
  LAW_CHANGED: text(
    'De maand wordt met andere bedragen of regels berekend.',
    'The month is computed with other amounts or rules.',
  ),
  OTHER: text('Een andere wijziging van de gegevens.', 'Another change of the records.'),
};
