/** The heads of the columns that only the documents of a batch have. */
import type { Heading } from './headings.js';
import { text } from './texts.js';

const heading = (title: Heading['title'], explain: Heading['explain']): Heading => ({ title, explain });

export const BATCH_HEADING = {
  positive: heading(
    text('Lijnen te betalen', 'Lines to pay'),
    text('Som van de lijnen waarvoor nog iets verschuldigd is.', 'Sum of the lines for which something is still due.'),
  ),
  negative: heading(
    text('Lijnen te veel', 'Lines too much'),
    text('Som van de lijnen waarvoor te veel besteld werd.', 'Sum of the lines for which too much was ordered.'),
  ),
  sum: heading(
    text('Som van de lijnen', 'Sum of the lines'),
    text(
      'Beide samen. Gelijk aan: te betalen min terug te vorderen, plus wat open blijft, min wat van vorige batches kwam.',
      'Both together. Equal to: to pay minus to claim, plus what stays open, minus what came from earlier batches.',
    ),
  ),
  offset: heading(
    text('Open uit vorige batches', 'Open from earlier batches'),
    text(
      'Wat vorige batches overdroegen om van een betaling af te houden (nul of negatief).',
      'What earlier batches carried over, to be taken off a payment (zero or negative).',
    ),
  ),
  carried: heading(
    text('Blijft af te houden', 'Left to take off'),
    text(
      'Wat na deze batch nog van een volgende betaling af te houden blijft (nul of negatief).',
      'What is left to take off a later payment after this batch (zero or negative).',
    ),
  ),
  pay: heading(
    text('Te betalen', 'To pay'),
    text('Wat het OCMW met deze batch ontvangt.', 'What the OCMW receives with this batch.'),
  ),
  payReference: heading(
    text('Mededeling betaling', 'Reference of the payment'),
    text('Gestructureerde mededeling van de betaling.', 'Structured communication of the payment.'),
  ),
  claim: heading(
    text('Terug te vorderen', 'To claim'),
    text(
      'Wat het OCMW moet terugbetalen. Nul als alles verrekend of overgedragen is.',
      'What the OCMW has to pay back. Zero when all was netted or carried over.',
    ),
  ),
  claimReference: heading(
    text('Mededeling terugvordering', 'Reference of the claim'),
    text('Gestructureerde mededeling van de terugvordering.', 'Structured communication of the claim.'),
  ),
  notBooked: heading(
    text('Niet in deze batch', 'Not in this batch'),
    text(
      'Lijnen die niet geboekt zijn (OCMW uitgehouden, of terugvordering onder de drempel); ze komen in een volgende batch terug.',
      'Lines that are not booked (OCMW held out, or claim below the threshold); they come again in a later batch.',
    ),
  ),
  account: heading(
    text('Rekening', 'Account'),
    text(
      'Of op de rundag een rekeningnummer van het OCMW gekend was.',
      'Whether an account of the OCMW was known on the run day.',
    ),
  ),
  result: heading(
    text('Wat er gebeurt', 'What happens'),
    text('Betalen, terugvorderen, verrekenen, afhouden of uithouden.', 'Pay, claim, net, take off or hold out.'),
  ),
  netted: heading(
    text('Verrekend in deze batch', 'Netted in this batch'),
    text(
      'Deel van het te veel bestelde dat in deze batch met nog verschuldigde bedragen van het OCMW verrekend is: het wordt niet teruggevraagd.',
      'Part of what was ordered too much that is netted in this batch with amounts still due to the OCMW: it is not claimed.',
    ),
  ),
  later: heading(
    text('Later af te houden', 'To take off later'),
    text('Deel dat naar een volgende betaling overgedragen is.', 'Part that is carried over to a later payment.'),
  ),
  claimed: heading(
    text('Teruggevorderd', 'Claimed'),
    text(
      'Deel waarvoor een terugvordering met eigen mededeling geboekt is.',
      'Part for which a claim with its own reference is booked.',
    ),
  ),
  quarter: heading(
    text('Kwartaal', 'Quarter'),
    text('Kwartaal van de prestatiemaanden.', 'Quarter of the performance months.'),
  ),
  orderedBefore: heading(
    text('Eerder besteld', 'Ordered before'),
    text(
      'Wat vóór deze batch besteld was. Jaarafrekening: alles van het jaar, en van vroegere jaren wat gecorrigeerd wordt. Andere batches: de lijnen van de batch.',
      'What was ordered before this batch. Yearly settlement: all of its year, and of earlier years what is corrected. Other batches: the lines of the batch.',
    ),
  ),
  paidBefore: heading(
    text('Daarvan betaald', 'Of which paid'),
    text('Wat daarvan op de rundag als betaald bevestigd was.', 'What of it was confirmed as paid on the run day.'),
  ),
  booked: heading(
    text('Verschil in deze batch', 'Difference in this batch'),
    text(
      'Geboekt in deze batch. Rood en negatief: te veel besteld.',
      'Booked in this batch. Red and negative: too much.',
    ),
  ),
  firstMonth: heading(
    text('Van', 'From'),
    text('Eerste prestatiemaand van het verschil.', 'First performance month of the difference.'),
  ),
  lastMonth: heading(
    text('Tot en met', 'To'),
    text('Laatste prestatiemaand van het verschil.', 'Last performance month of the difference.'),
  ),
  differenceAmount: heading(
    text('Bedrag', 'Amount'),
    text('Som van die maanden. Rood en negatief: te veel besteld.', 'Sum of those months. Red and negative: too much.'),
  ),
  reasonInWords: heading(
    text('Reden', 'Reason'),
    text('De reden van de lijn in woorden.', 'The reason of the line in words.'),
  ),
  record: heading(
    text('Gegeven', 'Record'),
    text('Welk gegeven wijzigde: soort en nummer.', 'Which record changed: kind and number.'),
  ),
  event: heading(
    text('Wat er wijzigde', 'What changed'),
    text(
      'Wat het gegeven zei toen de maand laatst besteld werd (of toen haar kwartaal betaald werd), en wat deze batch weet.',
      'What the record said when the month was last ordered (or when its quarter was paid), and what this batch knows.',
    ),
  ),
  registeredOn: heading(
    text('Geregistreerd', 'Registered'),
    text('Dag waarop de wijziging geregistreerd werd.', 'Day on which the change was registered.'),
  ),
  delivery: heading(
    text('Levering', 'Delivery'),
    text('Naam van de levering die de wijziging bracht.', 'Name of the delivery that brought the change.'),
  ),
  deliveredOn: heading(
    text('Geleverd', 'Delivered'),
    text('Dag vanaf welke die levering telt.', 'Day from which that delivery counts.'),
  ),
} as const satisfies Record<string, Heading>;
