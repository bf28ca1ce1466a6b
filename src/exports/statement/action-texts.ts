/** What an action says to the people of an OCMW: what it is about, and what they can do. Keys are codes of findings or our own. */
import type { Text } from '../../law/rulebook/sources.js';
import { text } from '../workbook/texts.js';

export interface ActionText {
  readonly what: Text;
  readonly advice: Text;
}

const told = (nl: string, adviceNl: string, en: string, adviceEn: string): ActionText => ({
  what: text(nl, en),
  advice: text(adviceNl, adviceEn),
});

export const ACTION_TEXT: Readonly<Record<string, ActionText>> = {
  A60_TO_START: told(
    'Artikel 60 is nog niet gestart',
    'Laat de tewerkstelling artikel 60 ten laatste op deze datum beginnen, of registreer het begin als dat al zo is. Na die datum vervalt het recht op inspanningsvergoeding en compensatie voor het hele traject; wat al betaald werd, wordt teruggevorderd.',
    'Article 60 has not started yet',
    'Let the article 60 employment begin on this day at the latest, or register its start if it did. After that day the right to guidance subsidy and compensation lapses for the whole trajectory, and what was paid is claimed back.',
  ),
  NO_A60: told(
    'Geen artikel 60 gestart binnen twee maanden',
    'Er is geen recht op inspanningsvergoeding en compensatie. Begon artikel 60 toch op tijd? Registreer dan de juiste begindatum: alles wordt opnieuw berekend.',
    'No article 60 within two months',
    'There is no right to guidance subsidy and compensation. Did article 60 begin in time after all? Register the right start and everything is computed again.',
  ),
  LATE_A60: told(
    'Artikel 60 te laat gestart',
    'Artikel 60 begon na deze uiterste datum. Klopt de begindatum van de WEO of van artikel 60 niet? Verbeter ze: alles wordt opnieuw berekend.',
    'Article 60 started late',
    'Article 60 began after this last day. Is the start of the WEO or of article 60 wrong? Correct it and everything is computed again.',
  ),
  CATEGORY_NOT_CHANGED: told(
    'Categorie was geen 90 of 93 terwijl artikel 60 liep',
    'Zet de categorie op 90 (voltijds) of 93 (deeltijds) vanaf de begindatum van artikel 60. De maanden die daardoor niet betaald werden, komen dan mee met de jaarafrekening of de eindafrekening.',
    'Category was not 90 or 93 while article 60 ran',
    'Set the category to 90 (full-time) or 93 (part-time) from the first day of article 60. The months that were not paid then come with the yearly or the final settlement.',
  ),
  CATEGORY_TO_CHANGE: told(
    'Categorie is nog geen 90 of 93',
    'Artikel 60 loopt. Wijzig de categorie vóór het einde van de maand, anders wordt ook die maand niet betaald.',
    'Category is not 90 or 93 yet',
    'Article 60 runs. Change the category before the end of the month, or that month is not paid either.',
  ),
  CATEGORY_00_TO_COME: told(
    'Categorie 00 na artikel 60',
    'Artikel 60 is afgelopen. Zet de categorie ten laatste op deze datum op 00, of registreer de nieuwe job.',
    'Category 00 after article 60',
    'Article 60 is over. Set the category to 00 by this day at the latest, or register the new job.',
  ),
  CATEGORY_00_OVERDUE: told(
    'Categorie 00 ontbreekt na artikel 60',
    'De categorie moest ten laatste op deze datum op 00 staan. Zet ze recht, of registreer de nieuwe job.',
    'Category 00 is missing after article 60',
    'The category had to be 00 by this day. Set it right, or register the new job.',
  ),
  CATEGORY_AT_START: told(
    'Ongewone categorie bij het begin',
    'Op de eerste dag van de WEO stond de cliënt niet in categorie 05, 00, 02, 11, 14, 80 of 82. Kijk na of de cliënt kon instappen.',
    'Unusual category at the start',
    'On the first day of the WEO the client did not stand in category 05, 00, 02, 11, 14, 80 or 82. Check that the client could enter.',
  ),
  MONTH_21_REACHED: told(
    'Maand 21 bereikt: het einde komt eraan',
    'De inspanningsvergoeding stopt na maand 24, op deze datum. Bereid het einde voor met een evaluatie en een eindverslag.',
    'Month 21 reached: the end is near',
    'The guidance subsidy stops after month 24, on this day. Prepare the end with an evaluation and a final report.',
  ),
  MONTH_24_REACHED: told(
    'Maand 24 bereikt',
    'De inspanningsvergoeding is opgebruikt. Registreer het einde van de WEO, of registreer dat ze verlengd is als artikel 60 langer moet lopen om sociale rechten op te bouwen.',
    'Month 24 reached',
    'The guidance subsidy is used up. Register the end of the WEO, or that it was extended when article 60 must run longer to build up social rights.',
  ),
  WEO_PAST_24_WITHOUT_A60: told(
    'Voorbij maand 24 zonder artikel 60',
    'Er is geen recht meer. Registreer het einde van de WEO: dan wordt compensatie deel 2 betaalbaar.',
    'Past month 24 without article 60',
    'There is no right any more. Register the end of the WEO: compensation part 2 then becomes payable.',
  ),
  EVALUATION_OVERDUE: told(
    'Evaluatie ontbreekt',
    'Om de zes maanden hoort een evaluatie; die van deze datum ontbreekt. Evalueer en registreer ze.',
    'Evaluation is missing',
    'Every six months an evaluation is due; that of this day is missing. Evaluate and register it.',
  ),
  EVALUATION_AFTER_PHASE_MISSING: told(
    'Evaluatie na artikel 60 ontbreekt',
    'Artikel 60 is afgelopen en die fase werd nog niet geëvalueerd. Evalueer en registreer ze.',
    'Evaluation after article 60 is missing',
    'Article 60 is over and that phase was not evaluated yet. Evaluate and register it.',
  ),
  FINAL_REPORT_MISSING: told(
    'Eindverslag ontbreekt',
    'De WEO eindigde op deze datum. Registreer het eindverslag.',
    'Final report is missing',
    'The WEO ended on this day. Register the final report.',
  ),
  WEO_SHORTER_THAN_A_YEAR: told(
    'Traject korter dan een jaar',
    'Een traject duurt minstens een jaar. Er hangt geen geld van af; kijk na of de einddatum klopt.',
    'Trajectory shorter than a year',
    'A trajectory lasts at least a year. No money depends on it; check that the end is right.',
  ),
  WEO_OVERLAP: told(
    'WEO overlapt met een andere WEO van de cliënt',
    'De eerder geregistreerde WEO telt; voor deze wordt niets betaald. Verbeter de data van een van beide of trek er een in.',
    'WEO overlaps with another WEO of the client',
    'The one that was registered earlier counts; nothing is paid for this one. Correct the dates of one of the two or withdraw one.',
  ),
  A60_BEFORE_WEO: told(
    'Artikel 60 begint vóór de WEO',
    'Dit contract telt niet mee. Verbeter de begindatum van het contract of van de WEO.',
    'Article 60 begins before the WEO',
    'This contract does not count. Correct the start of the contract or of the WEO.',
  ),
  A60_OTHER_INSZ: told(
    'Artikel 60 staat op een ander rijksregisternummer',
    'Het contract telt voor deze WEO, maar staat op naam van iemand anders. Verbeter het nummer of de WEO.',
    'Article 60 has another national number',
    'The contract counts for this WEO but stands under another person. Correct the number or the WEO.',
  ),
  NO_NOVA_PRIMA_REFERENCE: told(
    'Geen referentie van Nova Prima',
    'Zonder referentie is er geen toelage. Meld het begin in Nova Prima en registreer de referentie.',
    'No Nova Prima reference',
    'Without a reference there is no allowance. Report the start in Nova Prima and register the reference.',
  ),
  EMPLOYER_NOT_OCMW: told(
    'De werkgever is niet het OCMW',
    'Bij artikel 60 is het OCMW altijd de wettelijke werkgever. Verbeter de werkgever in de aangifte, of de WEO.',
    'The employer is not the OCMW',
    'Under article 60 the OCMW is always the legal employer. Correct the employer in the declaration, or the WEO.',
  ),
  INCREASED_WITHOUT_SOCIAL_ECONOMY: told(
    'Verhoogde toelage gevraagd buiten de sociale economie',
    'Zonder erkend initiatief van de sociale economie volgt enkel de gewone toelage. Registreer de erkenning, of trek de aanvraag in.',
    'Increased allowance asked outside social economy',
    'Without a recognised social economy initiative only the ordinary allowance follows. Register the recognition, or withdraw the request.',
  ),
  ALLOWANCE_ABOVE_WAGE_COST: told(
    'De toelage ligt boven de loonkost',
    'Kijk de loonkost en de toelage van deze maanden na: een toelage is niet hoger dan wat de tewerkstelling kost.',
    'The allowance is above the wage cost',
    'Check wage cost and allowance of these months: an allowance is not higher than what the employment costs.',
  ),
  INCREASED_GRANTS_NEARLY_USED: told(
    'Verhoogde toelage bijna opgebruikt',
    'De verhoogde toelage wordt hoogstens 12 keer toegekend. Plan wat daarna komt.',
    'Increased allowance nearly used up',
    'The increased allowance is granted at most 12 times. Plan what follows.',
  ),
  INCREASED_GRANTS_USED: told(
    'Verhoogde toelage opgebruikt',
    'De verhoogde toelage werd 12 keer toegekend. Voor de volgende maanden geldt de gewone toelage.',
    'Increased allowance used up',
    'The increased allowance was granted 12 times. The ordinary allowance holds for the months that follow.',
  ),
  BUDGET_EXHAUSTED: told(
    'Budget verhoogde toelage opgebruikt',
    'Het budget van dit jaar volstaat niet meer; de volgende maanden krijgen de gewone toelage. Vraag een flexibel deel aan als dat kan.',
    'Budget for the increased allowance used up',
    'The budget of this year no longer suffices; the months that follow get the ordinary allowance. Ask for a flexible part if you can.',
  ),
  INSZ_REPLACED: told(
    'Rijksregisternummer vervangen',
    'De cliënt heeft een nieuw nummer. Beide worden gevolgd; registreer de WEO op het nieuwe.',
    'National number replaced',
    'The client has a new number. Both are followed; register the WEO under the new one.',
  ),
  OCMW_AFTER_MERGER: told(
    'WEO staat nog op het OCMW van vóór de fusie',
    'De betaling gaat naar de opvolger. Registreer de WEO daar.',
    'WEO still stands under the OCMW before the merger',
    'The successor is paid. Register the WEO there.',
  ),
  MEASUREMENT_PENDING: told(
    'Meting wacht op een beslissing',
    'De cliënt was op de dag van de meting zelfstandig. Bezorg uw projectopvolger wat nodig is om te beslissen; tot dan is er geen eindafrekening.',
    'Measurement waits for a decision',
    'The client was self-employed on the day of the measurement. Send your project follower what is needed to decide; until then there is no final settlement.',
  ),
  EVIDENCE_LOST: told(
    'Bewijs van een positieve meting is weggevallen',
    'De job waarop de meting steunt, werd ingetrokken of verkort. Was ze juist? Registreer ze dan opnieuw.',
    'Evidence of a positive measurement is gone',
    'The job that the measurement rests on was withdrawn or shortened. Was it right? Then register it again.',
  ),
  EVIDENCE_LATE: told(
    'Job te laat bekend voor de meting',
    'De eindafrekening is al gemaakt; de meting blijft negatief, tenzij VDAB anders beslist.',
    'Job known too late for the measurement',
    'The final settlement was made; the measurement stays negative unless VDAB decides otherwise.',
  ),
  DIMONA_TYPE_UNUSUAL: told(
    'Ongewoon Dimona-type op de dag van de meting',
    'De job telde daardoor niet als gewone job. Kijk het type na.',
    'Unusual Dimona type on the day of the measurement',
    'The job therefore did not count as a regular job. Check the type.',
  ),
  MEASUREMENT_CATEGORY_DISAGREES: told(
    'Meting en categorie spreken elkaar tegen',
    'Kijk na welke van de twee klopt: de tewerkstelling of de categorie op de dag van de meting.',
    'Measurement and category disagree',
    'Check which of the two is right: the employment or the category on the day of the measurement.',
  ),
  IBAN_MISSING: told(
    'Geen rekeningnummer bekend',
    'Zonder rekeningnummer kan er niets betaald worden. Bezorg het aan VDAB.',
    'No account number known',
    'Without an account nothing can be paid. Send it to VDAB.',
  ),
  CLAIM_OPEN: told(
    'Terugvordering nog niet betaald',
    'Betaal met de gestructureerde mededeling die hiernaast staat. Al betaald? Dan hoeft u niets te doen.',
    'Claim not paid yet',
    'Pay with the structured communication given here. Paid already? Then nothing is needed.',
  ),
  PAYMENT_RETURNED: told(
    'Betaling kwam terug',
    'De betaling komt opnieuw in de volgende betaalnota. Kijk na of uw rekeningnummer klopt.',
    'Payment came back',
    'The payment comes again in the next note. Check that your account number is right.',
  ),
};

/** Findings that are for VDAB alone: an OCMW can do nothing with them. */
export const NOT_FOR_OCMW: ReadonlySet<string> = new Set([
  'PAYMENT_UNMATCHED',
  'PAYMENT_CHANGED',
  'PAYMENT_DUPLICATE',
  'STATEMENT_PASSWORD_MISSING',
]);
