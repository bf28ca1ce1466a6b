/** The heads of all columns, each with the sentence that the explanation sheet prints, in Dutch and in English. */
import type { Component } from '../../law/codes.js';
import type { Text } from '../../law/rulebook/sources.js';
import { COMPONENT_EXPLANATION, COMPONENT_TEXT, MONTH_TEXT, text } from './texts.js';

/** The head of a column and what it means, as the explanation sheet prints it. */
export interface Heading {
  readonly title: Text;
  readonly explain: Text;
}

const heading = (title: Text, explain: Text): Heading => ({ title, explain });

export const HEADING = {
  ocmwId: heading(
    text('OCMW-nummer', 'OCMW number'),
    text(
      'Ondernemingsnummer van het OCMW dat betaald wordt; na een fusie de opvolger.',
      'Enterprise number of the OCMW that is paid; after a merger the successor.',
    ),
  ),
  ocmwName: heading(text('OCMW', 'OCMW'), text('Naam van dat OCMW.', 'Name of that OCMW.')),
  nisCode: heading(text('NIS', 'NIS'), text('NIS-code van de gemeente.', 'NIS code of the municipality.')),
  trajectories: heading(
    text('Trajecten', 'Trajectories'),
    text('Aantal trajecten met een bedrag in deze periode.', 'Number of trajectories with an amount in this period.'),
  ),
  weoId: heading(
    text('WEO', 'WEO'),
    text(
      'Nummer van de werkervaringsovereenkomst: een traject van een cliënt bij een OCMW.',
      'Number of the work experience agreement: one trajectory of a client at one OCMW.',
    ),
  ),
  start: heading(text('Begin', 'Start'), text('Begindatum van de WEO.', 'Start date of the WEO.')),
  end: heading(
    text('Einde', 'End'),
    text('Laatste dag van de WEO; leeg zolang ze loopt.', 'Last day of the WEO; empty while it runs.'),
  ),
  due: heading(
    text('Verschuldigd', 'Due'),
    text(
      'Wat volgens de huidige gegevens en regels verschuldigd is: EFF, C1, C2, C3, M1 en M2 samen.',
      'What is due under present data and rules: EFF, C1, C2, C3, M1 and M2 together.',
    ),
  ),
  ordered: heading(
    text('Besteld', 'Ordered'),
    text(
      'Wat eerder besteld of buiten dit programma betaald werd voor dezelfde maanden.',
      'What was ordered earlier, or paid outside this program, for the same months.',
    ),
  ),
  difference: heading(
    text('Verschil', 'Difference'),
    text(
      'Verschuldigd min besteld. Rood en negatief: te veel besteld.',
      'Due minus ordered. Red and negative: too much was ordered.',
    ),
  ),
  paid: heading(text('Betaald', 'Paid'), text('Wat als betaald bevestigd is.', 'What was confirmed as paid.')),
  allowancesOrdered: heading(
    text('Toelagen besteld', 'Allowances ordered'),
    text(
      'Toelagen (ORD en INC) die al besteld of betaald werden; meestal nul, want POD MI betaalt ze. Verborgen als er niets in staat.',
      'Allowances (ORD and INC) already ordered or paid; mostly zero, as POD MI pays them. Hidden when empty.',
    ),
  ),
  detail: heading(
    text('Detail', 'Detail'),
    text('Springt naar het eerste traject van het OCMW.', 'Jumps to the first trajectory of the OCMW.'),
  ),
  reasons: heading(
    text('Waarom een verschil', 'Why a difference'),
    text(
      'De redenen van de maanden waarin verschuldigd en besteld verschillen, de grootste eerst.',
      'The reasons of the months in which due and ordered differ, the largest first.',
    ),
  ),
  year: heading(
    text('Jaar', 'Year'),
    text('Kalenderjaar van de prestatiemaanden.', 'Calendar year of the performance months.'),
  ),
  channel: heading(
    text('Kanaal', 'Channel'),
    text(
      'VDAB: vergoedingen die VDAB betaalt. Toelagen: ORD en INC, via POD MI.',
      'VDAB: what VDAB pays. Allowances: ORD and INC, through POD MI.',
    ),
  ),
  month: heading(
    text('Maand', 'Month'),
    text(
      'Prestatiemaand. Bij een meting de maand van de meting.',
      'Performance month. For a measurement the month of the measurement.',
    ),
  ),
  yearTotal: heading(text('Jaartotaal', 'Year total'), text('Som van de twaalf maanden.', 'Sum of the twelve months.')),
  component: heading(
    text('Onderdeel', 'Component'),
    text('Welke vergoeding: de code en de naam ervan.', 'Which payment: its code and name.'),
  ),
  reason: heading(
    text('Reden', 'Reason'),
    text(
      'Waarom het recht op deze maand verviel of kleiner werd.',
      'Why the right to this month lapsed or became smaller.',
    ),
  ),
  rule: heading(
    text('Regel', 'Rule'),
    text('Nummer van de regel die dat bepaalt.', 'Number of the rule that decides it.'),
  ),
  ruleText: heading(
    text('Wat de regel zegt', 'What the rule says'),
    text('De regel in gewone woorden.', 'The rule in plain words.'),
  ),
  lines: heading(
    text('Lijnen', 'Lines'),
    text('Aantal lijnen (traject, onderdeel, maand).', 'Number of lines (trajectory, component, month).'),
  ),
  toReclaim: heading(
    text('Te veel besteld', 'Ordered too much'),
    text(
      'Verschuldigd min besteld van de lijnen waar te veel besteld werd: altijd negatief.',
      'Due minus ordered of the lines where too much was ordered: always negative.',
    ),
  ),
  stillDue: heading(
    text('Nog te bestellen', 'Still to order'),
    text(
      'Verschuldigd min besteld van de lijnen waar nog iets verschuldigd is (zonder toelagen).',
      'Due minus ordered of the lines where something is still due (allowances left out).',
    ),
  ),
  net: heading(
    text('Saldo', 'Net'),
    text(
      'Te veel besteld en nog te bestellen samen: per OCMW wordt verrekend.',
      'Ordered too much and still to order together: netted for each OCMW.',
    ),
  ),
  measurement: heading(
    text('Meting', 'Measurement'),
    text('1: dag na het einde; 2: drie maanden later.', '1: day after the end; 2: three months later.'),
  ),
  measuredOn: heading(text('Datum', 'Date'), text('Dag waarop gemeten wordt.', 'Day of the measurement.')),
  outcome: heading(
    text('Uitkomst', 'Outcome'),
    text(
      'Positief: een gewone job op die dag. In beraad: er is een beslissing nodig.',
      'Positive: a regular job on that day. Pending: a decision is needed.',
    ),
  ),
  evidence: heading(
    text('Bewijs', 'Evidence'),
    text(
      'Nummer van de tewerkstelling waarop de uitkomst steunt.',
      'Number of the employment that the outcome rests on.',
    ),
  ),
  decidedBy: heading(
    text('Steunt op', 'Rests on'),
    text(
      'Gegevens, een beslissing van een medewerker, of vastgelegd bij de eindafrekening.',
      'Records, a decision by a person, or frozen by the final settlement.',
    ),
  ),
  whyUnpaid: heading(
    text('Waarom niets', 'Why nothing'),
    text('Waarom een positieve meting niets oplevert.', 'Why a positive measurement pays nothing.'),
  ),
  amount: heading(text('Bedrag', 'Amount'), text('Bedrag in euro.', 'Amount in euro.')),
  parameter: heading(text('Parameter', 'Parameter'), text('Naam in de configuratie.', 'Name in the configuration.')),
  description: heading(text('Betekenis', 'Meaning'), text('Wat de parameter regelt.', 'What the parameter governs.')),
  from: heading(
    text('Vanaf', 'From'),
    text('Eerste dag waarop de waarde geldt.', 'First day on which the value holds.'),
  ),
  value: heading(
    text('Waarde', 'Value'),
    text('Waarde die deze nacht gold; bedragen in euro.', 'Value in force this night; amounts in euro.'),
  ),
  source: heading(text('Bron', 'Source'), text('Waar de waarde staat.', 'Where the value stands.')),
  confidence: heading(
    text('Zekerheid', 'Confidence'),
    text(
      'Hoe zeker de bron is; een eigen keuze moet nog bevestigd worden.',
      'How sure the source is; our own inference is still to be confirmed.',
    ),
  ),
  checkedOn: heading(
    text('Nagekeken op', 'Checked on'),
    text('Dag waarop de bron laatst bekeken werd.', 'Day on which the source was last looked at.'),
  ),
  rules: heading(text('Regels', 'Rules'), text('Regels die de parameter gebruiken.', 'Rules that use the parameter.')),
  checkNumber: heading(text('Nr.', 'No.'), text('Volgnummer.', 'Number.')),
  check: heading(text('Controle', 'Check'), text('Wat vergeleken wordt.', 'What is compared.')),
  left: heading(text('Links', 'Left'), text('Eerste bedrag.', 'First amount.')),
  right: heading(text('Rechts', 'Right'), text('Tweede bedrag.', 'Second amount.')),
  checkDifference: heading(text('Verschil', 'Difference'), text('Moet nul zijn.', 'Must be zero.')),
  verdict: heading(text('Oordeel', 'Verdict'), text('OK of FOUT.', 'OK or WRONG.')),
  questionNumber: heading(text('Nr.', 'No.'), text('Nummer van de vraag.', 'Number of the question.')),
  question: heading(
    text('Vraag aan VDAB', 'Question to VDAB'),
    text('Wat de bronnen niet zeggen en VDAB moet bevestigen.', 'What the sources do not say and VDAB has to confirm.'),
  ),
  keys: heading(
    text('Parameters', 'Parameters'),
    text('Parameters die van het antwoord afhangen.', 'Parameters that depend on the answer.'),
  ),
  sheet: heading(text('Blad', 'Sheet'), text('Naam van het blad.', 'Name of the sheet.')),
  column: heading(text('Kolom', 'Column'), text('Kop van de kolom.', 'Head of the column.')),
  meaning: heading(text('Betekenis', 'Meaning'), text('Uitleg.', 'Explanation.')),
} as const satisfies Record<string, Heading>;

/** Heading of a component column: its code, explained by its name and rule. */
export function componentHeading(component: Component): Heading {
  const name = COMPONENT_TEXT[component];
  const explain = COMPONENT_EXPLANATION[component];
  return {
    title: { nl: component, en: component },
    explain: { nl: `${name.nl}. ${explain.nl}`, en: `${name.en}. ${explain.en}` },
  };
}

export function monthHeading(index: number): Heading {
  return {
    title: MONTH_TEXT[index]!,
    explain: text(
      'Verschuldigd voor die maand, alle vergoedingen van het kanaal samen.',
      'Due for that month, all payments of the channel together.',
    ),
  };
}
