/**
 * The explanation as one page to send: Dutch, for a screen, a phone and paper; no script, nothing loaded from elsewhere. It
 * says what `--json` says, and like it holds no national number.
 */
import { html, policyDigest, trusted, type Html } from '../../../exports/page/html.js';
import { STYLE } from '../../../exports/page/style.js';
import { COMPONENT_TEXT } from '../../../exports/workbook/texts.js';
import type { ExplainedMeasurement, Explanation } from '../explanation.js';
import { due, sentence } from './due.js';
import { batches, ledger } from './money.js';
import { amounts, records, rules } from './sources.js';
import { EXPLANATION_STYLE } from './style.js';
import { LAW, STATUS } from './texts.js';
import { date, euro, longDate, month, outcome } from './words.js';

const PAGE_STYLE = `${STYLE}${EXPLANATION_STYLE}`;

/** Nothing may be loaded, run or sent: a text of a feed stays a text. */
const POLICY = `default-src 'none'; style-src '${policyDigest(PAGE_STYLE)}'; base-uri 'none'; form-action 'none'`;

const SECTIONS = [
  ['verschuldigd', 'Wat is verschuldigd, en waarom'],
  ['grootboek', 'Grootboek'],
  ['batches', 'Batches en betalingen'],
  ['gegevens', 'Gegevens'],
  ['regels', 'Regels'],
] as const;

/** The whole page as text. */
export function explanationPage(explanation: Explanation): string {
  const title = `Uitleg bij traject ${explanation.weoId}`;
  return html`<!doctype html>
    <html lang="nl">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${trusted(`<style>${PAGE_STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#inhoud">Naar de inhoud</a>
        ${head(title, explanation)}
        <nav aria-label="Inhoud van deze uitleg">
          <ul>
            ${SECTIONS.map(([id, heading]) => html`<li><a href="#${id}">${heading}</a></li>`)}
          </ul>
        </nav>
        <main id="inhoud" tabindex="-1">
          ${due(explanation)} ${ledger(explanation)} ${batches(explanation)} ${records(explanation)}
          ${amounts(explanation)} ${rules(explanation)}
        </main>
        <footer>
          <p>
            Gemaakt door twe uit run ${explanation.known.runId}. Dezelfde gegevens geven dezelfde pagina. Ze bevat geen
            rijksregisternummers.
          </p>
        </footer>
      </body>
    </html> `.text;
}

function head(title: string, explanation: Explanation): Html {
  const { ocmw, known } = explanation;
  const later = known.until === known.on ? '' : `; batches en goedkeuringen tot ${date(known.until)}`;
  return html`<header>
    <p class="program">Tijdelijke werkervaring · OCMW-financiering</p>
    <h1>${title}</h1>
    <p class="date">${ocmw.name ?? 'OCMW'} <span class="quiet">(${ocmw.ocmwId})</span></p>
    <p class="statusline">Zoals bekend op de avond van ${longDate(known.on)}${later}.${askedFor(explanation)}</p>
    <dl class="tiles">${tiles(explanation)}</dl>
    <dl class="about">${about(explanation)}</dl>
  </header>`;
}

function askedFor({ asked }: Explanation): string {
  const what = [
    ...(asked.month === null ? [] : [month(asked.month)]),
    ...(asked.component === null ? [] : [COMPONENT_TEXT[asked.component].nl.toLowerCase()]),
  ];
  return what.length === 0 ? '' : ` Deze uitleg gaat alleen over ${what.join(', ')}.`;
}

/** Money of VDAB and allowances never meet in one sum (R-P-8). */
function tiles({ lines }: Explanation): Html[] {
  const isAllowance = ({ component }: { component: string }) => component === 'ORD' || component === 'INC';
  const sum = (allowances: boolean, of: 'dueCents' | 'ledgerCents') =>
    lines.filter((line) => isAllowance(line) === allowances).reduce((total, line) => total + line[of], 0);
  return [
    tile('Verschuldigd door VDAB', sum(false, 'dueCents'), sum(false, 'ledgerCents')),
    tile('Toelagen via POD MI', sum(true, 'dueCents'), sum(true, 'ledgerCents')),
  ];
}

function tile(name: string, cents: number, ledgerCents: number): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd><span class="figure">${euro(cents)}</span><span class="note">in het grootboek ${euro(ledgerCents)}</span></dd>
  </div>`;
}

function about({ agreement, status, statusTest, timely, measurements, ocmw, law }: Explanation): Html[] {
  const line = (name: string, value: string) =>
    html`<dt>${name}</dt>
      <dd>${value}</dd>`;
  const end = agreement.end === null ? 'loopt nog' : `tot ${date(agreement.end)}`;
  const counts =
    status === 'COUNTS'
      ? [
          line('Start artikel 60', `${sentence(timely.fact.nl)}.`),
          line('Metingen', measurements.map(measured).join('; ')),
        ]
      : [line('Stand', `${STATUS[status]}. ${sentence(statusTest.fact.nl)} (${statusTest.rule}).`)];
  return [
    line('Overeenkomst', `${date(agreement.start)} ${end}`),
    ...counts,
    ...(ocmw.payeeId === ocmw.ocmwId
      ? []
      : [line('Betaald aan', `${ocmw.payeeName ?? ''} (${ocmw.payeeId}), de opvolger`)]),
    line('Berekend met', LAW[law]),
  ];
}

function measured({ measurement, measuredOn, outcome: found }: ExplainedMeasurement): string {
  if (measuredOn === null) return `meting ${measurement} na het einde van de overeenkomst`;
  const on = date(measuredOn);
  return found === null ? `meting ${measurement} komt op ${on}` : `meting ${measurement} op ${on}: ${outcome(found)}`;
}
