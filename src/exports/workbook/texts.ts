/** Every text of the workbooks but the heads of columns, in Dutch and in English. */
import type { Component, Reason } from '../../law/codes.js';
import type { Text } from '../../law/rulebook/sources.js';

/** The same text in both languages. */
export const text = (nl: string, en: string): Text => ({ nl, en });

export const TEXT = {
  status: {
    PROVISIONAL: text('VOORLOPIG', 'PROVISIONAL'),
    FOR_APPROVAL: text('TER GOEDKEURING', 'FOR APPROVAL'),
    FINAL: text('DEFINITIEF', 'FINAL'),
    REJECTED: text('VERWORPEN', 'REJECTED'),
    SIMULATION: text('SIMULATIE', 'SIMULATION'),
    ANSWER: text('ANTWOORD', 'ANSWER'),
    INSPECTION: text('INSPECTIE', 'INSPECTION'),
  },
  statusMeaning: {
    PROVISIONAL: text(
      'Stand van deze nacht. Niets hiervan is geboekt; de bedragen kunnen nog wijzigen.',
      'Position of this night. Nothing of it is booked; amounts may still change.',
    ),
    FOR_APPROVAL: text(
      'Geboekt en wacht op goedkeuring door een tweede persoon.',
      'Booked and waiting for approval by a second person.',
    ),
    FINAL: text('Goedgekeurd. De bedragen wijzigen niet meer.', 'Approved. The amounts no longer change.'),
    REJECTED: text(
      'Niet goedgekeurd. De lijnen komen terug in een volgende batch.',
      'Not approved. The lines come again in a later batch.',
    ),
    SIMULATION: text(
      'Rekenoefening met een andere wet. Niets hiervan is geboekt, en niets hiervan wordt geboekt.',
      'A calculation with another law. Nothing of it is booked, and nothing of it will be.',
    ),
    ANSWER: text(
      'Wat hier niet staat, is ingelezen. Zie het blad Opnieuw sturen.',
      'What does not stand here was taken in. See the sheet on sending again.',
    ),
    INSPECTION: text(
      'De rekening van het OCMW naast grootboek, betalingen en toelagen. Hierdoor is niets gewijzigd.',
      'The account of the OCMW beside ledger, payments and allowances. Nothing was changed by it.',
    ),
  },
  settlementTitle: text('Afrekening TWE', 'TWE settlement'),
  clawbackTitle: text('Terugvordering TWE', 'TWE clawback'),
  sheets: {
    overview: text('Overzicht', 'Overview'),
    trajectories: text('Per traject', 'Per trajectory'),
    calendar: text('Per maand', 'Per month'),
    measurements: text('Metingen', 'Measurements'),
    parameters: text('Parameters', 'Parameters'),
    checks: text('Controle', 'Checks'),
    questions: text('Open vragen', 'Open questions'),
    explanation: text('Uitleg', 'Explanation'),
    reasons: text('Per reden', 'Per reason'),
    lines: text('Lijnen', 'Lines'),
    payments: text('Betalingen en terugvorderingen', 'Payments and claims'),
    quarters: text('Per kwartaal', 'Per quarter'),
    differences: text('Verschillen verklaard', 'Differences explained'),
  },
  accountKnown: text('gekend', 'known'),
  accountMissing: text('ontbreekt', 'missing'),
  isRejected: text('niets: de batch is verworpen', 'nothing: the batch is rejected'),
  isPaid: text('wordt betaald', 'is paid'),
  isPaidLater: text('betaling wacht op een rekeningnummer', 'payment waits for an account'),
  isClaimed: text('wordt teruggevorderd', 'is claimed'),
  isNetted: text('volledig verrekend, niets te betalen', 'netted in full, nothing to pay'),
  isTakenOff: text('afgehouden wat van vorige batches openstond', 'what earlier batches left was taken off'),
  isCarried: text('af te houden van een volgende betaling', 'to be taken off a later payment'),
  isBelowThreshold: text(
    'terugvordering onder de drempel niet geboekt, komt terug',
    'claim below the threshold not booked, comes again',
  ),
  quarterLetter: text('K', 'Q'),
  visibleTotal: text('Totaal (zichtbaar)', 'Total (visible)'),
  pageOf: text('Pagina &P van &N', 'Page &P of &N'),
  toDetail: text('naar detail', 'to detail'),
  vdab: text('VDAB', 'VDAB'),
  allowances: text('Toelagen', 'Allowances'),
  correct: text('OK', 'OK'),
  wrong: text('FOUT', 'WRONG'),
  none: text('geen', 'none'),
  noLines: text('Geen lijnen in deze periode.', 'No lines in this period.'),
  allDates: text('altijd', 'always'),
  noValue: text('geen waarde', 'no value'),
} as const;

export const COMPONENT_TEXT: Readonly<Record<Component, Text>> = {
  EFF: text('Inspanningsvergoeding', 'Guidance subsidy'),
  C1: text('Compensatievergoeding deel 1', 'Compensation part 1'),
  C2: text('Compensatievergoeding deel 2', 'Compensation part 2'),
  C3: text('Compensatievergoeding deel 3', 'Compensation part 3'),
  M1: text('Resultaatsvergoeding meting 1', 'Result financing measurement 1'),
  M2: text('Resultaatsvergoeding meting 2', 'Result financing measurement 2'),
  ORD: text('Toelage', 'Ordinary allowance'),
  INC: text('Verhoogde toelage', 'Increased allowance'),
};

export const COMPONENT_EXPLANATION: Readonly<Record<Component, Text>> = {
  EFF: text(
    'Bedrag per maand waarin het traject op de laatste dag van de maand loopt, hoogstens 24 maanden.',
    'Amount per month in which the trajectory runs on the last day of the month, at most 24 months.',
  ),
  C1: text(
    'Bedrag per maand waarin artikel 60 op de laatste dag van de maand loopt.',
    'Amount per month in which article 60 runs on the last day of the month.',
  ),
  C2: text(
    'Tweede deel voor dezelfde maanden; betaalbaar na het einde van de begeleiding.',
    'Second part for the same months; payable after the end of the guidance.',
  ),
  C3: text(
    'Vanaf maand 25, zolang artikel 60 loopt om rechten op te bouwen.',
    'From month 25, as long as article 60 runs to build up rights.',
  ),
  M1: text(
    'Bedrag bij een positieve meting op de dag na het einde van het traject.',
    'Amount for a positive measurement on the day after the end of the trajectory.',
  ),
  M2: text(
    'Bedrag bij een positieve meting drie maanden later.',
    'Amount for a positive measurement three months later.',
  ),
  ORD: text(
    'Voor de artikel 60-tewerkstelling. Loopt via POD MI, niet via de betaling van VDAB. Verborgen als er niets in staat.',
    'For the article 60 employment. Goes through POD MI, not through the VDAB payment. Hidden when empty.',
  ),
  INC: text(
    'Voor sociale economie, hoogstens 12 keer. Loopt via POD MI. Verborgen als er niets in staat.',
    'For social economy, at most 12 times. Goes through POD MI. Hidden when empty.',
  ),
};

export const REASON_TEXT: Readonly<Record<Reason, Text>> = {
  REGULAR: text('gewone betaling', 'regular payment'),
  LATE_REGISTRATION: text('te laat geregistreerd', 'registered too late'),
  RELEASED: text('vrijgegeven: categorie in orde gebracht', 'released: category set right'),
  LATE_A60: text('artikel 60 te laat gestart', 'article 60 started too late'),
  NO_A60: text('geen artikel 60 gestart', 'no article 60 started'),
  CATEGORY: text('categorie niet op 90 of 93', 'category not 90 or 93'),
  WEO_START_CORRECTED: text('begindatum van de WEO gewijzigd', 'start date of the WEO corrected'),
  WEO_END_CORRECTED: text('einddatum van de WEO gewijzigd', 'end date of the WEO corrected'),
  A60_START_CORRECTED: text('begindatum van artikel 60 gewijzigd', 'start date of article 60 corrected'),
  A60_END_CORRECTED: text('einddatum van artikel 60 gewijzigd', 'end date of article 60 corrected'),
  WITHDRAWN: text('registratie ingetrokken', 'registration withdrawn'),
  OVER_24: text('meer dan 24 maanden', 'more than 24 months'),
  DUPLICATE: text('dubbel: overlappende WEO of dubbel betaald', 'double: overlapping WEO or paid twice'),
  MEASUREMENT_VOID: text('meting vervallen of gewijzigd', 'measurement void or changed'),
  DECISION: text('beslissing over een meting', 'decision on a measurement'),
  LAW_CHANGED: text('bedragen of regels gewijzigd', 'amounts or rules changed'),
  OTHER: text('andere reden', 'other reason'),
};

/** A line that was ordered while the ledger never held it. */
export const NEVER_DUE_TEXT = text('besteld of betaald zonder recht', 'ordered or paid without a right');

export const OUTCOME_TEXT: Readonly<Record<string, Text>> = {
  POSITIVE: text('positief', 'positive'),
  NEGATIVE: text('negatief', 'negative'),
  PENDING: text('in beraad', 'pending'),
};
export const EVIDENCE_TEXT: Readonly<Record<string, Text>> = {
  RECORDS: text('gegevens', 'records'),
  DECISION: text('beslissing', 'decision'),
  FROZEN: text('vastgelegd bij eindafrekening', 'frozen by final settlement'),
};
export const CONFIDENCE_TEXT: Readonly<Record<string, Text>> = {
  DOC: text('in een van de twee basisdocumenten', 'in one of the two founding documents'),
  OFF: text('officiële pagina', 'official page'),
  SEC: text('secundaire bron', 'secondary source'),
  INF: text('eigen keuze, te bevestigen', 'our inference, to be confirmed'),
  NF: text('niet gevonden', 'not found'),
  CONFIG: text('opgegeven in de configuratie', 'given in the configuration'),
};

/** Values of parameters that are no names of policies. */
export const VALUE_TEXT: Readonly<Record<string, Text>> = {
  true: text('ja', 'yes'),
  false: text('nee', 'no'),
  none: text('geen', 'none'),
};

export const MONTH_TEXT: readonly Text[] = [
  text('jan', 'Jan'),
  text('feb', 'Feb'),
  text('mrt', 'Mar'),
  text('apr', 'Apr'),
  text('mei', 'May'),
  text('jun', 'Jun'),
  text('jul', 'Jul'),
  text('aug', 'Aug'),
  text('sep', 'Sep'),
  text('okt', 'Oct'),
  text('nov', 'Nov'),
  text('dec', 'Dec'),
];
