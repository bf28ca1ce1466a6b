/** Rulebook 15: the readings that make two people compute the same. All of them our own choice. */
import { entry, section, type RuleEntry } from './rule.js';

const reading = (number: number, nl: string, en: string): RuleEntry => entry(`R-K-${number}`, 'INF', [], nl, en);

export const readingSections = [
  section('15.1', 'Wat bekend is', 'What is known', [
    reading(
      1,
      'Bekend op een avond is wat tot het einde van die dag (Brussel) geregistreerd is en in een levering tot en met die dag zat. Een kwartaalbetaling kent wat tot haar afsluitdatum geregistreerd en tot haar betaaldag geleverd is.',
      'Known on an evening is what was registered up to the end of that day (Brussels) and came in a delivery up to that day. A quarterly run knows what was registered up to its cut-off and delivered up to its run day.',
    ),
    reading(
      2,
      'Een betaling waarvan de dag voorbij is, wordt door de volgende nacht geboekt met wat zij moest kennen; er is geen betaling van vóór de eerste levering.',
      'A batch whose day has passed is booked by the next night with what it was to know; there is no batch from before the first delivery.',
    ),
    reading(
      3,
      'Een intrekking is een versie als een andere: ze telt vanaf haar eigen registratie, en een latere versie kan het gegeven terugbrengen.',
      'A withdrawal is a version like any other: it counts from its own registration, and a later version may bring the record back.',
    ),
  ]),
  section('15.2', 'Wat besteld is', 'What was ordered', [
    reading(
      4,
      'Eerder besteld is wat in goedgekeurde of nog goed te keuren betalingen staat, plus het beginsaldo: betalingen zonder mededeling die een lijn noemen. Een betaling met mededeling bevestigt alleen.',
      'Ordered before is what stands in batches that are approved or wait for approval, plus the opening balance: payments without a reference that name a line. A payment with a reference only confirms.',
    ),
    reading(
      5,
      'Een mislukte of teruggekeerde betaling en een geweigerde betaling tellen niet meer; hun lijnen komen terug in de volgende verwerking van hun soort.',
      'A payment that failed or came back and a rejected batch count no more; their lines come again in the next run of their kind.',
    ),
    reading(
      6,
      'Gegevens tellen tot de afsluitdatum, bestellingen en betalingen tot de betaaldag.',
      'Facts count up to the cut-off, orders and payments up to the run day.',
    ),
    reading(
      7,
      'Betaald is wat bevestigd is; dat wordt opgevolgd maar bepaalt niet wat besteld wordt.',
      'Paid is what was confirmed; it is watched but does not decide what is ordered.',
    ),
    reading(
      8,
      'Is het saldo van een OCMW in een betaling bevestigd, dan geldt elke lijn ervan als betaald.',
      'When the net amount of an OCMW in a batch is confirmed, each of its lines counts as paid.',
    ),
    reading(
      9,
      'Een terugvordering onder de drempel wordt niet geboekt; haar lijnen blijven open en komen terug.',
      'A claim below the threshold is not booked; its lines stay open and come again.',
    ),
    reading(
      10,
      'Een kwartaal betaalt EFF, C1 en C3 van zijn maanden, C2 van alle maanden van een WEO die in het kwartaal eindigde, en M1 en M2 waarvan de datum erin valt; negatief als er eerder meer besteld was.',
      'A quarter pays EFF, C1 and C3 of its months, C2 of all months of a WEO that ended in it, and M1 and M2 whose date lies in it; negative when more was ordered before.',
    ),
  ]),
  section('15.3', 'Maanden en gegevens', 'Months and records', [
    reading(
      11,
      'Een maand wordt berekend zodra haar laatste dag bereikt is; C2 is verschuldigd zodra de WEO geëindigd is.',
      'A month is computed once its last day is reached; C2 is due once the WEO has ended.',
    ),
    reading(
      12,
      'Een artikel 60 hoort bij de WEO die het noemt; een ander INSZ dan dat van de WEO geeft een melding.',
      'An art. 60 belongs to the WEO that it names; another INSZ than that of the WEO gives a finding.',
    ),
    reading(
      13,
      'Een geregistreerde start in de toekomst telt meteen als tijdig of te laat.',
      'A registered start in the future counts at once as timely or late.',
    ),
    reading(
      14,
      'In 2019 opgenomen is een artikel 60 dat vóór 2017 startte, op 1 januari 2019 nog loopt en een WEO heeft die precies op 1 januari 2019 start.',
      'Brought in in 2019 is an art. 60 that started before 2017, still runs on 1 January 2019 and has a WEO that starts on exactly 1 January 2019.',
    ),
    reading(
      15,
      'Dekken twee categorieën dezelfde dag, dan geldt de latere begindatum en daarna de latere registratie; geen categorie is niet in orde.',
      'When two categories cover a day, the later first date wins and then the later registration; no category is not right.',
    ),
    reading(
      16,
      'Bij overlapping telt de WEO waarvan de eerste versie het vroegst geregistreerd is; de andere wordt in haar geheel opgeschort: gemeten, niets verschuldigd.',
      'In an overlap the WEO counts whose first version was registered earlier; the other is held whole: measured, nothing due.',
    ),
    reading(
      17,
      'Is niet opgegeven of een traject voor de rechten verlengd is, dan geldt dat zolang artikel 60 loopt.',
      'When it is not given whether a trajectory was extended for rights, it counts as such while art. 60 runs.',
    ),
    reading(
      18,
      'Met een ander bedrag voor EFF is het jaarmaximum twaalf keer dat bedrag.',
      'With another amount of EFF the yearly maximum is twelve times that amount.',
    ),
  ]),
  section('15.4', 'Metingen', 'Measurements', [
    reading(
      19,
      'Een positieve job gaat voor op een artikel 60 op dezelfde datum; daarna komt zelfstandige arbeid (open); anders is het negatief.',
      'A positive job wins over an art. 60 on the same date; then comes self-employment (pending); otherwise it is negative.',
    ),
    reading(
      20,
      'De soort tewerkstelling beslist; een gewone job met een Dimona-type buiten OTH, BCW, EXT of leeg is negatief, met een melding.',
      'The kind of employment decides; a regular job with a Dimona type outside OTH, BCW, EXT or empty is negative, with a finding.',
    ),
    reading(
      21,
      'Bij meerdere bewijzen telt de vroegste start en dan het laagste nummer. Een negatieve uitkomst heeft geen bewijs; bij een beslissing is het bewijs wat automatisch gekozen was.',
      'With several proofs the earliest start counts, then the lowest id. A negative outcome has no evidence; with a decision the evidence is what would have been chosen automatically.',
    ),
    reading(
      22,
      'Verdwijnt het bewijs of komt er laat een job bij, dan volgt de uitkomst de gegevens tot ze vastligt; daarna geeft dat alleen een melding.',
      'When evidence is lost or a job comes late, the outcome follows the records until it is frozen; after that there is only a finding.',
    ),
    reading(
      23,
      'Een beslissing hoort bij de datum die gold toen ze geregistreerd werd; ze vervalt als de einddatum verschuift, ook als die terugschuift, en telt niet als er nog geen einddatum bekend was.',
      'A decision belongs to the date that held when it was registered; it is void when the end date moves, also when it moves back, and counts for nothing when no end was known yet.',
    ),
  ]),
  section('15.5', 'Toelagen', 'Allowances', [
    reading(
      24,
      'Toelagen hangen alleen af van het contract en zijn referentie in Nova Prima, niet van tijdigheid, categorie of einde van de WEO; voor een ingetrokken of opgeschorte WEO zijn er geen.',
      'Allowances depend on the contract and its Nova Prima reference alone, not on timeliness, category or end of the WEO; a withdrawn or held WEO has none.',
    ),
    reading(
      25,
      'Een maand wordt berekend als ze om is, per contract afgerond en dan opgeteld; twee verhoogde contracten in één maand zijn één toekenning.',
      'A month is computed when it is complete, rounded per contract and then summed; two increased contracts in one month are one grant.',
    ),
    reading(
      26,
      'Zonder budget voor OCMW en jaar is er geen grens; meerdere budgetten worden opgeteld, vast en flexibel samen.',
      'Without a budget for OCMW and year there is no limit; several budgets are added up, fixed and flexible together.',
    ),
  ]),
  section('15.6', "OCMW's", 'OCMWs', [
    reading(
      27,
      'Betaald wordt het OCMW van die dag: de opvolger zodra de geldigheid voorbij is; bij een betaling geldt de betaaldag.',
      'Paid is the OCMW of that day: the successor once the validity is over; for a batch the run day decides.',
    ),
    reading(
      28,
      'Wordt het OCMW van een WEO verbeterd, dan wordt het bestelde bij het oude teruggenomen en aan het nieuwe toegekend; het budget is dat van het huidige OCMW.',
      'When the OCMW of a WEO is corrected, what was ordered is taken back from the old one and due to the new one; the budget is that of the present OCMW.',
    ),
    reading(
      29,
      'Een vervangen INSZ wordt gevolgd zoals die dag bekend, voor jobs, categorieën, overlapping en tellingen per persoon.',
      'A replaced INSZ is followed as known on the day, for jobs, categories, overlap and counts per person.',
    ),
  ]),
];
