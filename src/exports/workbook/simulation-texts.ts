/** Texts and heads of the simulation workbook. Nothing in it is called due, ordered or booked. */
import { HEADING, type Heading } from './headings.js';
import { text } from './texts.js';

const heading = (title: Heading['title'], explain: Heading['explain']): Heading => ({ title, explain });

export const SIMULATION_TEXT = {
  title: text('Simulatie TWE', 'TWE simulation'),
  sheets: {
    overview: text('Overzicht', 'Overview'),
    ocmws: text('Per OCMW', 'Per OCMW'),
    detail: text('Per OCMW en onderdeel', 'Per OCMW and component'),
    parameters: text('Gewijzigde parameters', 'Changed parameters'),
    checks: text('Controle', 'Checks'),
    explanation: text('Uitleg', 'Explanation'),
  },
  noParameters: text('De andere wet wijzigt geen enkele parameter.', 'The other law changes no parameter at all.'),
  notes: text('Opmerkingen', 'Notes'),
  knowledge: text(
    'Beide wetten rekenen met wat op de avond van de laatste nacht bekend was. Een meting telt in haar maand; deel 2 van ' +
      'de compensatie telt in de prestatiemaand, zodra het traject beëindigd is.',
    'Both laws compute with what was known on the evening of the last night. A measurement counts in its month; part 2 ' +
      'of the compensation counts in its performance month, once the trajectory has ended.',
  ),
} as const;

export const SIMULATION_HEADING = {
  ocmwId: HEADING.ocmwId,
  ocmwName: HEADING.ocmwName,
  nisCode: HEADING.nisCode,
  component: heading(text('Onderdeel', 'Component'), text('Code van de vergoeding.', 'Code of the payment.')),
  componentName: heading(text('Naam', 'Name'), text('Naam van de vergoeding.', 'Name of the payment.')),
  present: heading(
    text('Huidige wet', 'Present law'),
    text('Bedrag onder de wet van de configuratie.', 'Amount under the law of the configuration.'),
  ),
  other: heading(
    text('Andere wet', 'Other law'),
    text('Bedrag als de gewijzigde parameters zouden gelden.', 'Amount if the changed parameters held.'),
  ),
  difference: heading(
    text('Verschil', 'Difference'),
    text(
      'Andere wet min huidige wet. Rood en negatief: de andere wet kost minder.',
      'Other law minus present law. Red and negative: the other law costs less.',
    ),
  ),
  changing: heading(
    text('Trajecten die wijzigen', 'Trajectories that change'),
    text(
      'Aantal trajecten waarvan een bedrag in deze maanden wijzigt. Een traject kan bij verschillende onderdelen tellen.',
      'Number of trajectories of which an amount in these months changes. One trajectory may count for several components.',
    ),
  ),
  parameter: HEADING.parameter,
  description: HEADING.description,
  presentValue: heading(
    text('Huidige waarde', 'Present value'),
    text('Waarde in de huidige wet; bedragen in euro.', 'Value in the present law; amounts in euro.'),
  ),
  otherValue: heading(
    text('Andere waarde', 'Other value'),
    text('Waarde in de andere wet; bedragen in euro.', 'Value in the other law; amounts in euro.'),
  ),
  rules: HEADING.rules,
  presentSource: heading(
    text('Bron van de huidige waarde', 'Source of the present value'),
    text('Waar de huidige waarde staat.', 'Where the present value stands.'),
  ),
  otherSource: heading(
    text('Bron van de andere waarde', 'Source of the other value'),
    text('Waar de andere waarde staat.', 'Where the other value stands.'),
  ),
  check: HEADING.check,
  checkNumber: HEADING.checkNumber,
  left: HEADING.left,
  right: HEADING.right,
  checkDifference: HEADING.checkDifference,
  verdict: HEADING.verdict,
  sheet: HEADING.sheet,
  column: HEADING.column,
  meaning: HEADING.meaning,
} as const satisfies Record<string, Heading>;
