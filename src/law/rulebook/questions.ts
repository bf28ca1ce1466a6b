/** Rulebook 13: what VDAB finance has to answer. Each question names the keys that its answer would set. */
import type { LawKeyName } from '../keys.js';
import type { Text } from './sources.js';

export interface OpenQuestion {
  readonly number: number;
  readonly text: Text;
  /** Keys whose value the answer confirms or changes; empty where no key exists. */
  readonly keys: readonly LawKeyName[];
}

const question = (number: number, nl: string, en: string, keys: readonly LawKeyName[]): OpenQuestion => ({
  number,
  text: { nl, en },
  keys,
});

export const OPEN_QUESTIONS: readonly OpenQuestion[] = [
  question(
    1,
    'Welke meting geeft 300 euro en welke 600 euro, en worden ze opgeteld?',
    'Which measurement pays 300 euro and which 600, and are they added together?',
    ['result.scheme', 'result.cumulative', 'amount.M1', 'amount.M2'],
  ),
  question(
    2,
    'Wat is precies positieve uitstroom: uren, dagen, zelfstandigen, sociale economie, uitzendwerk?',
    'What exactly is positive outflow: hours, days, self-employed, social economy, agency work?',
    ['pos.min_fte', 'pos.self_employed', 'pos.social_economy', 'pos.agency', 'pos.a61', 'pos.public', 'pos.training'],
  ),
  question(
    3,
    'Telt meting 2 vanaf het einde van de WEO of vanaf meting 1?',
    'Is measurement 2 counted from the end of the WEO or from measurement 1?',
    ['m2.anchor'],
  ),
  question(
    4,
    'Vervalt bij een te late start van artikel 60 alles, alleen EFF, of alleen de eerste maanden?',
    'When art. 60 starts late, is everything lost, only EFF, or only the first months?',
    ['a60.late_policy', 'a60.deadline_inclusive'],
  ),
  question(
    5,
    'Worden C1 en C2 op de laatste dag van de maand bekeken?',
    'Are C1 and C2 tested on the last day of the month?',
    ['comp.presence'],
  ),
  question(
    6,
    'Is een maand met categorie 78 ingehouden of verloren?',
    'Is a month with category 78 withheld or lost?',
    ['category.policy'],
  ),
  question(
    7,
    'Op welke dag wordt betaald, en wanneer volgen C2 en de resultaten?',
    'On which day is paid, and when do C2 and the results follow?',
    ['run.day', 'run.cutoff', 'c2.trigger'],
  ),
  question(8, 'Wat is het voorschot dat VDAB noemt?', 'What is the advance that VDAB names?', []),
  question(
    9,
    'Welke bedragen hebben de toelagen (voltijds, deeltijds, verhoogd), hoe telt een onvolledige maand, en welk budget heeft elk OCMW?',
    'Which amounts have the allowances (full-time, part-time, increased), how does an incomplete month count, and which budget has each OCMW?',
    ['amount.ORD', 'amount.INC', 'allow.partial_month', 'inc.mode', 'inc.count_unit'],
  ),
  question(10, 'Zijn de bedragen na 2019 gewijzigd?', 'Did the amounts change after 2019?', [
    'amount.EFF',
    'amount.C1',
    'amount.C2',
    'amount.C3',
  ]),
  question(
    11,
    'Welke regels gelden bij verhuis, fusie en onderbreking?',
    'Which rules hold for moves, mergers and interruptions?',
    ['transfer.mode', 'merger.mode', 'eff.cap_scope'],
  ),
  question(
    12,
    'Welke interest, drempel en termijn heeft een terugvordering, en wordt ze verrekend?',
    'Which interest, threshold and term has a clawback, and is it netted?',
    ['clawback.threshold', 'clawback.netting', 'clawback.method'],
  ),
];
