/** The texts of the statement workbook but its heads, actions and explanation, in Dutch and in English. */
import type { Text } from '../../law/rulebook/sources.js';
import type { Standing } from '../../law/contracts.js';
import { text } from '../workbook/texts.js';
import type { Stake, StatedMeasurement, TrajectoryState, Urgency } from './statement.js';

export const STATEMENT_TEXT = {
  title: text('Maandoverzicht TWE', 'Monthly TWE statement'),
  sheets: {
    explanation: text('Uitleg', 'Explanation'),
    fields: text('Betekenis velden', 'Field meanings'),
    trajectories: text('Trajecten', 'Trajectories'),
    calendar: text('Maanden', 'Months'),
    note: text('BETAALNOTA', 'PAYMENT NOTE'),
    noteLines: text('BETAALNOTA lijnen', 'PAYMENT NOTE lines'),
    actions: text('Actie nodig', 'Action needed'),
    changes: text('Gewijzigd', 'Changed'),
    checks: text('Controle', 'Checks'),
  },
  nothing: {
    trajectories: text('Er zijn nog geen trajecten geregistreerd.', 'No trajectories are registered yet.'),
    calendar: text('Er zijn nog geen maanden om te tonen.', 'There are no months to show yet.'),
    note: text(
      'Deze maand werd geen betaling goedgekeurd. U vindt de betaalnota in het overzicht van de eerste maand van elk kwartaal.',
      'No payment was approved this month. The payment note comes with the statement of the first month of each quarter.',
    ),
    noteLines: text('Deze maand werd geen betaling goedgekeurd.', 'No payment was approved this month.'),
    actions: text('Niets te doen: alles is in orde. Dank u wel.', 'Nothing to do: all is well. Thank you.'),
    changes: text('Er is niets gewijzigd sinds vorige maand.', 'Nothing has changed since last month.'),
  },
  isFirst: text(
    'dit is het eerste overzicht: er is geen vorige maand om mee te vergelijken, dus alles is nieuw',
    'this is the first statement: there is no month before to compare with, so everything is new',
  ),
  removedClient: text('verwijderd', 'removed'),
  noCategory: text('geen', 'none'),
  toMeasure: text('nog te meten', 'to be measured'),
  newRight: text('nieuw: voor het eerst verschuldigd', 'new: due for the first time'),
  month: text('Prestatiemaand', 'Performance month'),
  startMonth: text('Startmaand van de begeleiding', 'First month of guidance'),
  byMonth: text('Per prestatiemaand', 'By performance month'),
  byStart: text('Per startmaand van de begeleiding', 'By first month of guidance'),
  byReason: text('Per reden', 'By reason'),
  result: text('Wat u krijgt of terugbetaalt', 'What you receive or pay back'),
  noStart: text('WEO ingetrokken', 'WEO withdrawn'),
  subtotal: text('Totaal', 'Total'),
  sumOfLines: text('Som van de lijnen', 'Sum of the lines'),
  offset: text('Overgenomen van vorige betaalnota’s', 'Brought forward from earlier notes'),
  carried: text('Over te dragen naar een volgende betaalnota', 'Carried to a later note'),
  pay: text('Wordt u betaald', 'Is paid to you'),
  claim: text('Wordt teruggevorderd', 'Is claimed back'),
} as const;

export const STATE_TEXT: Readonly<Record<TrajectoryState, Text>> = {
  RUNS: text('loopt', 'runs'),
  ENDED: text('beëindigd', 'ended'),
  TO_COME: text('begint nog', 'to come'),
  HELD: text('aangehouden', 'held'),
  BEFORE_TWE: text('van vóór TWE', 'before TWE'),
  WITHDRAWN: text('ingetrokken', 'withdrawn'),
  ELSEWHERE: text('ander OCMW', 'other OCMW'),
};

export const STATE_MEANING: Readonly<Record<TrajectoryState, Text>> = {
  RUNS: text('De WEO loopt op de dag van dit overzicht.', 'The WEO runs on the day of this statement.'),
  ENDED: text('De WEO is beëindigd.', 'The WEO has ended.'),
  TO_COME: text('De WEO begint later.', 'The WEO begins later.'),
  HELD: text(
    'De WEO overlapt met een andere WEO van dezelfde cliënt die eerder geregistreerd werd. Zolang dat zo is, wordt niets betaald.',
    'The WEO overlaps with another one of the same client that was registered earlier. Nothing is paid until that is put right.',
  ),
  BEFORE_TWE: text(
    'De WEO begon vóór 1 januari 2017: de financiering TWE geldt niet.',
    'The WEO began before 1 January 2017: TWE financing does not apply.',
  ),
  WITHDRAWN: text(
    'De registratie werd ingetrokken, maar er was al iets besteld of betaald.',
    'The registration was withdrawn, but something had been ordered or paid.',
  ),
  ELSEWHERE: text(
    'De WEO staat nu op naam van een ander OCMW; er was bij u al iets besteld of betaald.',
    'The WEO stands under another OCMW now; something had been ordered or paid to you.',
  ),
};

export const STANDING_TEXT: Readonly<Record<Standing, Text>> = {
  TIMELY: text('tijdig', 'timely'),
  PENDING: text('moet nog starten', 'still to start'),
  LATE: text('te laat', 'late'),
  NO_ART60: text('niet gestart', 'not started'),
};

export const MEASURED_TEXT: Readonly<Record<StatedMeasurement['outcome'], Text>> = {
  POSITIVE: text('positief', 'positive'),
  NEGATIVE: text('negatief', 'negative'),
  PENDING: text('in beraad', 'pending'),
  AHEAD: STATEMENT_TEXT.toMeasure,
};

/** What begins with this is no right: the cell turns red. */
export const NO_RIGHT_SIGN = '–';

/** Names of verdicts and states, short enough for a cell of the calendar; what each means follows. */
export const NO_RIGHT_TEXT: Readonly<Record<string, { readonly short: Text; readonly meaning: Text }>> = {
  LATE_A60: {
    short: text('te laat', 'late'),
    meaning: text(
      'Artikel 60 begon later dan twee maanden na de start van de WEO.',
      'Article 60 began more than two months after the start of the WEO.',
    ),
  },
  NO_A60: {
    short: text('geen art. 60', 'no art. 60'),
    meaning: text(
      'Artikel 60 begon niet binnen twee maanden na de start van de WEO.',
      'Article 60 did not begin within two months of the start of the WEO.',
    ),
  },
  PENDING_HELD: {
    short: text('wacht', 'waits'),
    meaning: text('De maand wacht op de start van artikel 60.', 'The month waits for the start of article 60.'),
  },
  BEFORE_A60: {
    short: text('vóór art. 60', 'before art. 60'),
    meaning: text(
      'Artikel 60 begon te laat: er is pas recht vanaf de maand waarin het liep.',
      'Article 60 began late: there is a right only from the month in which it ran.',
    ),
  },
  CATEGORY: {
    short: text('categorie', 'category'),
    meaning: text(
      'Artikel 60 liep, maar de categorie was op de laatste dag van de maand geen 90 of 93.',
      'Article 60 ran, but the category on the last day of the month was not 90 or 93.',
    ),
  },
  A60_NOT_RUNNING: {
    short: text('na 24', 'past 24'),
    meaning: text(
      'Na maand 24 is er enkel recht zolang artikel 60 loopt.',
      'After month 24 there is a right only while article 60 runs.',
    ),
  },
  NOT_EXTENDED: {
    short: text('niet verlengd', 'not extended'),
    meaning: text(
      'Na maand 24 is er enkel recht als het traject verlengd is om sociale rechten op te bouwen.',
      'After month 24 there is a right only when the trajectory was extended to build up social rights.',
    ),
  },
  C3_MAXIMUM: {
    short: text('maximum', 'maximum'),
    meaning: text('Het hoogste aantal maanden is bereikt.', 'The highest number of months is reached.'),
  },
  C3_NOT_IN_FORCE: {
    short: text('vóór deel 3', 'before part 3'),
    meaning: text(
      'Na maand 24, in een maand waarin compensatie deel 3 nog niet bestond.',
      'Past month 24, in a month in which compensation part 3 did not exist yet.',
    ),
  },
  NOT_TIMELY: {
    short: text('niet tijdig', 'not timely'),
    meaning: text('Artikel 60 begon niet tijdig.', 'Article 60 did not begin in time.'),
  },
  HELD: { short: text('overlapt', 'overlaps'), meaning: STATE_MEANING.HELD },
  BEFORE_TWE: { short: text('vóór TWE', 'before TWE'), meaning: STATE_MEANING.BEFORE_TWE },
  WITHDRAWN: { short: text('ingetrokken', 'withdrawn'), meaning: STATE_MEANING.WITHDRAWN },
};

export const URGENCY_TEXT: Readonly<Record<Urgency, Text>> = {
  NOW: text('nu', 'now'),
  SOON: text('binnenkort', 'soon'),
  KNOW: text('ter info', 'to know'),
};

export const STAKE_TEXT: Readonly<Record<Stake, Text>> = {
  CLAIMED: text('is nog terug te betalen', 'is still to be paid back'),
  LOST: text('gaat verloren', 'is lost'),
  RECLAIMED: text('wordt teruggevorderd', 'is claimed back'),
  WITHHELD: text('nog niet betaald', 'not paid yet'),
  WAITS: text('ligt klaar voor u', 'is ready for you'),
};
