/** How the account was compared, in the words of a report: what was done, what was chosen, what could not be checked. */
import { COMPONENT_TEXT } from '../../../exports/workbook/texts.js';
import type { Inspection } from '../reconcile.js';
import { sumOf } from '../match/matching.js';
import { euro } from './words.js';

export function vdabProcedure({ settings }: Inspection): string[] {
  return [
    'Verwacht is elke goedgekeurde betaling en terugvordering van VDAB aan dit OCMW, en wat vóór dit programma betaald werd. ' +
      'Wat verworpen of opgehouden is, wacht op goedkeuring of teruggekomen is, wordt niet verwacht.',
    settings.year === 'PAID'
      ? 'Een betaling hoort bij het boekjaar waarin ze betaald is; zonder bevestiging geldt de betaaldag (eigen keuze, sleutel ' +
        'reconcile.year).'
      : 'Een betaling hoort bij het boekjaar van haar periode, ook als ze later betaald is (eigen keuze, sleutel reconcile.year).',
    'Boekingen zijn gezocht op gestructureerde mededeling, dan op begunstigde, dan op bedrag en datum ' +
      `(hoogstens ${settings.days} dagen verschil), en ten slotte als som: kleine boekingen per onderdeel, traject of maand, of ` +
      'boekingen van één dag die samen maar op één manier het bedrag geven.',
  ];
}

export function allowanceProcedure({ settings }: Inspection): string[] {
  return [
    'Verwacht is elke toelage die het grootboek per begunstigde en maand toekent, de gewone en de verhoogde apart. Een toelage ' +
      'hoort bij het jaar van haar maand, ook als ze later betaald of geboekt is.',
    'Boekingen zijn gezocht op begunstigde (WEO of referentie in Nova Prima) en de maand die ze noemen, dan op bedrag en datum ' +
      `(hoogstens ${settings.days} dagen van de laatste dag van de maand), dan als totaal van een maand.`,
    'Elke maand met een contract, een toelage of een boeking is administratief en wettelijk nagekeken. De antwoorden staan op het ' +
      'blad Controletabel, het feit achter elk antwoord op het blad Feiten.',
    'De loonkost is vergeleken waar ze voor elk contract van de maand meegedeeld is; anders is het antwoord n.v.t.',
  ];
}

/** What an inspector must know was not looked at, or only in part. */
export function notChecked({ isStatement, year, reconciliation, bookings }: Inspection): string[] {
  const { uncheckedComponents, leftAside, searchEnded } = reconciliation;
  const names = uncheckedComponents.map((component) => `${component} (${COMPONENT_TEXT[component].nl.toLowerCase()})`);
  return [
    ...(isStatement
      ? [
          'Het bestand is een rekeninguittreksel: er zijn geen algemene rekeningen en beleidsvelden, dus verkeerde rekeningen zijn ' +
            'niet nagekeken, en wat niet over TWE gaat is geen verschil.',
        ]
      : []),
    ...(names.length > 0
      ? [
          `Rekening en beleidsveld zijn niet nagekeken voor ${names.join(', ')}: er is geen wettelijke rekening gevonden en ` +
            'ledger.map geeft er geen. Vul ledger.map in om ook verkeerde rekeningen te vinden.',
        ]
      : []),
    ...(bookings.some(({ field }) => field !== undefined)
      ? []
      : ['Het bestand heeft geen kolom met het beleidsveld: dat is niet nagekeken.']),
    ...(leftAside.length > 0
      ? [
          `${leftAside.length} boekingen (samen ${euro(sumOf(leftAside))}) gaan niet over ${year}${isStatement ? ' of niet over TWE' : ''} ` +
            'en zijn buiten de vergelijking gelaten.',
        ]
      : []),
    ...(searchEnded
      ? [
          'Niet alle combinaties van bedragen zijn geprobeerd: het zoeken naar sommen is begrensd. Wat zo niet gevonden is, staat bij ' +
            'de verschillen.',
        ]
      : []),
    'Een wettelijk controlerooster met rekeningnummers voor artikel 60 is niet gevonden (R-INSP-3); dit rooster is een eigen keuze ' +
      '(R-INSP-2).',
  ];
}
