/** What the inspection workbook says of differences, checks and lines. Dutch: OCMWs and inspectors read it. */
import { maskInszIn } from '../../../identifiers.js';
import { belgianDate } from '../../../exports/workbook/document.js';
import { COMPONENT_TEXT, MONTH_TEXT } from '../../../exports/workbook/texts.js';
import type { Month } from '../../../calendar.js';
import type { LedgerMap } from '../../../law/keys.js';
import type { Cents } from '../../../money.js';
import type { AllowanceCheck, Answer } from '../allowance-checks.js';
import { sumOf, yearOfBooking } from '../match/matching.js';
import type { Booking, Difference, DifferenceKind, Expected, FoundBy, Matter, Standing } from '../model.js';

export const KIND_WORDS: Readonly<Record<DifferenceKind, string>> = {
  NOT_BOOKED: 'niet geboekt',
  BOOKED_TWICE: 'dubbel geboekt',
  WRONG_AMOUNT: 'verkeerd bedrag',
  WRONG_YEAR: 'verkeerd boekjaar',
  WRONG_ACCOUNT: 'verkeerde rekening',
  UNKNOWN: 'onbekende boeking',
};

/** What each kind means. */
export const KIND_MEANING: Readonly<Record<DifferenceKind, string>> = {
  NOT_BOOKED: 'Een betaling, terugvordering of toelage van het boekjaar zonder enige boeking.',
  BOOKED_TWICE: 'Een boeking die herhaalt wat al geboekt is.',
  WRONG_AMOUNT: 'De boekingen geven samen niet het bedrag dat verwacht is.',
  WRONG_YEAR: 'Een boeking in een ander jaar dan dat waartoe de betaling of toelage hoort.',
  WRONG_ACCOUNT: 'Een boeking op een andere rekening of een ander beleidsveld dan ledger.map voor het onderdeel geeft.',
  UNKNOWN: 'Een boeking waarvoor geen betaling, terugvordering of toelage bekend is.',
};

/** What the OCMW is asked to do. */
export const ADVICE_WORDS: Readonly<Record<DifferenceKind, string>> = {
  NOT_BOOKED: 'Boek wat ontbreekt, of toon op welke rekening het geboekt is.',
  BOOKED_TWICE: 'Boek de herhaling tegen.',
  WRONG_AMOUNT: 'Verbeter het bedrag, of toon het stuk waarop het steunt.',
  WRONG_YEAR: 'Breng de boeking over naar het boekjaar waartoe ze hoort.',
  WRONG_ACCOUNT: 'Breng de boeking over naar de rekening en het beleidsveld van het onderdeel.',
  UNKNOWN: 'Toon het stuk waarop de boeking steunt, of boek ze tegen.',
};

export const MATTER_WORDS: Readonly<Record<Matter, string>> = { VDAB: 'Betalingen VDAB', ALLOWANCE: 'Toelagen' };
export const NO_MATTER = 'Niet toe te wijzen';

export const ANSWER_WORDS: Readonly<Record<Answer, string>> = { YES: 'ja', NO: 'nee', NOT_APPLICABLE: 'n.v.t.' };

export const CHECK_WORDS: Readonly<Record<AllowanceCheck, { readonly title: string; readonly explain: string }>> = {
  CONTRACT: { title: 'Contract', explain: 'In de maand loopt een contract artikel 60.' },
  NOVA_PRIMA: { title: 'Nova Prima', explain: 'Elk contract van de maand heeft een referentie in Nova Prima.' },
  TWELVE_GRANTS: {
    title: 'Hoogstens 12 keer',
    explain: 'De verhoogde toelage is tot en met deze maand hoogstens 12 keer toegekend.',
  },
  SOCIAL_ECONOMY: {
    title: 'Sociale economie',
    explain: 'Het contract loopt in een erkend initiatief van de sociale economie.',
  },
  AFTER_CONTRACT: { title: 'Niet na contract', explain: 'Er is geen toelage toegekend na het einde van het contract.' },
  EMPLOYER: { title: 'Werkgever', explain: 'Het OCMW staat als werkgever in de tewerkstelling.' },
  WAGE_COST: { title: 'Niet boven loonkost', explain: 'De toelage is niet hoger dan de brutoloonkost van de maand.' },
};

export const FOUND_WORDS: Readonly<Record<FoundBy, string>> = {
  REFERENCE: 'mededeling',
  BENEFICIARY: 'begunstigde',
  AMOUNT_AND_DATE: 'bedrag en datum',
  MONTH_TOTAL: 'maandtotaal',
  SUBSET: 'som van regels',
  LIKENESS: 'gelijkend bedrag',
};

const STANDING_WORDS: Readonly<Record<Exclude<Standing, 'STANDS'>, string>> = {
  REJECTED: 'batch verworpen',
  HELD: 'opgehouden',
  WAITING: 'wacht op goedkeuring',
  RETURNED: 'betaling teruggekomen',
};

/** `1.234,56`. */
export function euro(cents: Cents): string {
  return (cents / 100).toLocaleString('nl-BE', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `mrt 2024`. */
export function monthWords(month: Month): string {
  return `${MONTH_TEXT[month % 12]!.nl} ${Math.floor(month / 12)}`;
}

/** What an OCMW wrote, without a national number. */
export function shownText(text: string): string {
  return maskInszIn(text).replaceAll(/\s+/g, ' ').trim();
}

/** Line numbers: `12, 13 en 14`, or the first ones of many. */
export function lineNumbers(bookings: readonly Booking[]): string {
  const numbers = bookings.map(({ line }) => line).sort((a, b) => a - b);
  if (numbers.length > 6) return `${numbers.slice(0, 5).join(', ')} en nog ${numbers.length - 5}`;
  return numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} en ${numbers.at(-1)!}`;
}

/** What is expected, in a few words. */
export function expectedWords(expected: readonly Expected[]): string {
  const [first] = expected;
  if (first === undefined) return '';
  const [part] = first.parts;
  if (first.kind === 'ALLOWANCE' && part !== undefined) {
    if (expected.length > 1) return `${expected.length} toelagen van ${monthWords(part.month)}`;
    return `${part.weoId}, ${COMPONENT_TEXT[part.component].nl.toLowerCase()} ${monthWords(part.month)}`;
  }
  if (first.kind === 'OPENING') return `Betaling van ${belgianDate(first.day)} buiten dit programma`;
  return `${first.reference} (${first.cents < 0 ? 'terugvordering' : 'betaling'} ${first.period})`;
}

export function standingWords({ standing, confirmedOn, kind }: Expected): string {
  if (standing !== 'STANDS') return STANDING_WORDS[standing];
  if (kind === 'OPENING') return 'buiten programma';
  return confirmedOn === undefined ? 'goedgekeurd' : 'betaald';
}

/** The finding in one or two sentences. */
export function differenceWords(difference: Difference, year: number, ledgerMap: LedgerMap): string {
  const { kind, expected, bookings, repeated } = difference;
  const [first] = expected;
  switch (kind) {
    case 'NOT_BOOKED':
      return first?.kind === 'BATCH' && first.confirmedOn === undefined
        ? 'Er is geen boeking voor. De betaling is goedgekeurd maar nog niet als uitgevoerd bevestigd.'
        : 'Er is geen boeking voor.';
    case 'BOOKED_TWICE':
      return `Regel ${lineNumbers(bookings)} herhaalt ${repeated.length === 1 ? 'regel' : 'wat staat op'} ${lineNumbers(repeated)}.`;
    case 'WRONG_AMOUNT':
      return amountWords(sumOf(expected), sumOf(bookings));
    case 'WRONG_YEAR': {
      const years = [...new Set(bookings.map(yearOfBooking))].join(' en ');
      return `Hoort bij boekjaar ${first?.year ?? year}, geboekt in ${years}.`;
    }
    case 'WRONG_ACCOUNT':
      return accountWords(expected, bookings, ledgerMap);
    case 'UNKNOWN':
      return first === undefined
        ? 'Er is geen betaling, terugvordering of toelage die hierbij hoort.'
        : `Hiervoor is niets betaald: ${standingWords(first)}.`;
  }
}

function amountWords(expected: Cents, booked: Cents): string {
  if (booked === -expected) return `Geboekt met het omgekeerde teken: ${euro(booked)} in plaats van ${euro(expected)}.`;
  const much = booked > expected ? 'te veel' : 'te weinig';
  return `Geboekt ${euro(booked)}, verwacht ${euro(expected)}: ${euro(Math.abs(booked - expected))} ${much}.`;
}

function accountWords(expected: readonly Expected[], bookings: readonly Booking[], ledgerMap: LedgerMap): string {
  const shown = (account: string, field: string) => (field === '' ? account : `${account} / ${field}`);
  const found = bookings.map(({ account, field }) => shown(account ?? '', field ?? ''));
  const components = expected.flatMap(({ parts }) => parts.map(({ component }) => component));
  const right = components.flatMap((component) => {
    const posting = ledgerMap[component];
    return posting === undefined ? [] : [shown(posting.account, posting.field)];
  });
  return `Geboekt op ${[...new Set(found)].join(', ')}; verwacht op ${[...new Set(right)].join(' of ')}.`;
}
