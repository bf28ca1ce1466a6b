/**
 * What a rule decides about one component of one month: due or not, by which rule, and why. The same objects that
 * compute are what an explanation prints, so the two can never tell different stories.
 */
import type { RuleId } from './codes.js';

export interface Verdict {
  readonly due: boolean;
  /** The rule that decided. */
  readonly rule: RuleId;
  /** Stable name of the situation. */
  readonly why: string;
  readonly english: string;
  readonly dutch: string;
}

function verdict(due: boolean, rule: RuleId, why: string, english: string, dutch: string): Verdict {
  return Object.freeze({ due, rule, why, english, dutch });
}

export const due = (rule: RuleId, why: string, english: string, dutch: string): Verdict =>
  verdict(true, rule, why, english, dutch);
export const notDue = (rule: RuleId, why: string, english: string, dutch: string): Verdict =>
  verdict(false, rule, why, english, dutch);

/** What the rules ask of a month. */
export type Question =
  | 'TIMELY'
  | 'WITHIN_MAXIMUM'
  | 'PAST_MAXIMUM'
  | 'EXTENDED'
  | 'CATEGORY'
  | 'ART60_PRESENT'
  | 'ART60_ON_LAST_DAY'
  | 'BESIDE_PART_3'
  | 'AGREEMENT_ENDED'
  | 'PART_3_IN_FORCE'
  | 'WITHIN_BOUND_OF_PART_3';

/** Hears each question with its answer, in the order in which a rule asks them; the last one decided. For explanations. */
export type Ask = (question: Question, passed: boolean) => void;

export const GUIDANCE_DUE = due(
  'R-EFF-1',
  'GUIDANCE',
  'registered with guidance on the last day of the month',
  'op de laatste dag van de maand met begeleiding geregistreerd',
);
export const NOT_TIMELY = notDue(
  'R-EFF-4',
  'LATE_A60',
  'art. 60 started after the deadline',
  'artikel 60 begon na de uiterste datum',
);
export const NO_ART60 = notDue(
  'R-EFF-4',
  'NO_A60',
  'the deadline passed without any art. 60 start',
  'de uiterste datum is voorbij zonder start van artikel 60',
);
export const HELD_WHILE_PENDING = notDue(
  'R-EFF-4',
  'PENDING_HELD',
  'no art. 60 start is known yet and the month is held until there is one',
  'er is nog geen start van artikel 60 bekend en de maand wordt zolang aangehouden',
);
export const BEFORE_ART60 = notDue(
  'R-EFF-4',
  'BEFORE_A60',
  'art. 60 started late, so nothing is due before the first month in which it ran on the last day',
  'artikel 60 begon te laat, dus niets voor de eerste maand waarin het op de laatste dag liep',
);
export const OVER_MAXIMUM = notDue(
  'R-EFF-2',
  'OVER_24',
  'the maximum number of months of guidance subsidy is used up',
  'het maximumaantal maanden inspanningsvergoeding is bereikt',
);
export const CATEGORY_WRONG = notDue(
  'R-EFF-5',
  'CATEGORY',
  'art. 60 ran on the last day but the category was not 90 or 93',
  'artikel 60 liep op de laatste dag maar de categorie was niet 90 of 93',
);
export const COMPENSATION_DUE = due(
  'R-C-1',
  'COMPENSATION',
  'art. 60 ran in the month, inside the trajectory',
  'artikel 60 liep in de maand, binnen het traject',
);
export const COMPENSATION_BESIDE_PART_3 = due(
  'R-C-5',
  'COMPENSATION_BESIDE_PART_3',
  'past month 24, beside part 3 while art. 60 still runs',
  'voorbij maand 24, naast deel 3 zolang artikel 60 nog loopt',
);
export const COMPENSATION_TERM_RUNS = notDue(
  'R-C-1',
  'TERM_RUNS',
  'not due yet: compensation needs an art. 60 contract that started',
  'nog niet verschuldigd: compensatie vraagt een contract artikel 60 dat begonnen is',
);
export const ART60_NOT_BEGUN = notDue(
  'R-C-1',
  'A60_NOT_BEGUN',
  'art. 60 had not started yet',
  'artikel 60 was nog niet begonnen',
);
export const BETWEEN_CONTRACTS = notDue(
  'R-C-8',
  'BETWEEN_CONTRACTS',
  'between two art. 60 contracts',
  'tussen twee contracten artikel 60',
);
export const ART60_STOPPED = notDue('R-C-4', 'A60_NOT_RUNNING', 'art. 60 had stopped', 'artikel 60 was gestopt');
export const COMPENSATION_CATEGORY_WRONG = notDue(
  'R-C-10',
  'CATEGORY',
  'art. 60 ran on the last day but the category was not 90 or 93',
  'artikel 60 liep op de laatste dag maar de categorie was niet 90 of 93',
);
export const COMPENSATION_NOT_TIMELY = notDue(
  'R-C-6',
  'NOT_TIMELY',
  'art. 60 did not start in time',
  'artikel 60 begon niet tijdig',
);
export const NOTHING_AFTER_MAXIMUM = notDue(
  'R-C3-2',
  'OVER_24_WITHOUT_PART_3',
  'after month 24 there is only compensation when part 3 is due, and it is not',
  'na maand 24 is er enkel compensatie als deel 3 verschuldigd is, en dat is het niet',
);
export const PART_2_WAITS_FOR_THE_END = notDue(
  'R-C-3',
  'C2_WAITS',
  'earned, but payable only after the end of guidance',
  'verdiend, maar pas betaalbaar na het einde van de begeleiding',
);
export const PART_3_DUE = due(
  'R-C3-1',
  'PART_3',
  'past month 24 while art. 60 still runs to open social security rights',
  'voorbij maand 24 terwijl artikel 60 nog loopt om socialezekerheidsrechten te openen',
);
export const PART_3_NOT_YET = notDue(
  'R-C3-1',
  'NOT_PAST_24',
  'the trajectory is not past month 24',
  'het traject is niet voorbij maand 24',
);
export const NOT_EXTENDED = notDue(
  'R-C3-2',
  'NOT_EXTENDED',
  'the trajectory is not extended for social security rights',
  'het traject is niet verlengd voor socialezekerheidsrechten',
);
export const PART_3_WITHOUT_ART60 = notDue(
  'R-C3-3',
  'A60_NOT_RUNNING',
  'art. 60 did not run on the last day of the month',
  'artikel 60 liep niet op de laatste dag van de maand',
);
export const PART_3_OVER_BOUND = notDue(
  'R-C3-5',
  'C3_MAXIMUM',
  'the configured maximum number of months of part 3 is used up',
  'het ingestelde maximumaantal maanden van deel 3 is bereikt',
);
export const PART_3_NOT_IN_FORCE = notDue(
  'R-C3-6',
  'C3_NOT_IN_FORCE',
  'part 3 was not in force yet',
  'deel 3 was nog niet van kracht',
);
export const WEO_HELD = notDue(
  'E-WEO-OVERLAP',
  'HELD',
  'held: it overlaps with an agreement of the same client that was registered earlier',
  'aangehouden: overlapt met een eerder geregistreerde overeenkomst van dezelfde klant',
);
export const WEO_WITHDRAWN = notDue(
  'R-F-9',
  'WITHDRAWN',
  'the agreement was withdrawn',
  'de overeenkomst is ingetrokken',
);
