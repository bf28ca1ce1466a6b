/** What the decisions rest on: amounts, records with every version, and the rules in words. */
import { html, type Html } from '../../../exports/page/html.js';
import { CONFIDENCE_TEXT } from '../../../exports/workbook/texts.js';
import type { ExplainedAmount, ExplainedRecord, ExplainedVersion, Explanation } from '../explanation.js';
import { RECORD } from './texts.js';
import { date, euro, fieldsInWords } from './words.js';

export function amounts({ lines }: Explanation): Html {
  const known = new Map<string, ExplainedAmount>();
  for (const { amount } of lines)
    if (amount !== null) known.set(`${amount.key} ${amount.from} ${amount.cents}`, amount);
  if (known.size === 0) return html``;
  return html`<section id="bedragen" aria-labelledby="h-bedragen">
    <h2 id="h-bedragen">Bedragen</h2>
    <dl class="sources">
      ${[...known.values()].map(
        (amount) =>
          html`<dt>${euro(amount.cents)} <code>${amount.key}</code></dt>
            <dd>${amount.from === null ? 'Geldt voor alle datums' : `Geldt vanaf ${date(amount.from)}`}.</dd>
            <dd>${originOf(amount)}</dd>`,
      )}
    </dl>
  </section>`;
}

function originOf({ source, confidence, checkedOn }: ExplainedAmount): string {
  const checked = checkedOn === null ? '' : `, nagekeken op ${date(checkedOn)}`;
  // A value of the configuration has that as its source.
  return confidence === 'CONFIG' ? `${source.nl}.` : `${source.nl} (${CONFIDENCE_TEXT[confidence]!.nl}${checked}).`;
}

export function records({ records: all, lines, timely, statusTest }: Explanation): Html {
  const used = new Set([timely, statusTest, ...lines.flatMap((line) => line.tests)].flatMap((each) => each.records));
  const shown = all.filter(({ ref }) => used.has(ref));
  return html`<section id="gegevens" aria-labelledby="h-gegevens">
    <h2 id="h-gegevens">Gegevens</h2>
    <p class="lead">Elke versie zoals ze geleverd is; de laatste telt.</p>
    ${shown.map(recordOf)}
  </section>`;
}

function recordOf({ kind, id, versions }: ExplainedRecord): Html {
  return html`<div class="part">
    <h3>${RECORD[kind]} <code>${id}</code></h3>
    <div class="scroll" role="region" tabindex="0" aria-label="${RECORD[kind]} ${id}, tabel">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Geregistreerd</th>
            <th scope="col">Levering</th>
            <th scope="col">Bestand en lijn</th>
            <th scope="col">Inhoud</th>
          </tr>
        </thead>
        <tbody>
          ${versions.map(versionRow)}
        </tbody>
      </table>
    </div>
  </div>`;
}

function versionRow(version: ExplainedVersion): Html {
  return html`<tr>
    <th scope="row">${date(version.registeredOn)}</th>
    <td data-label="Levering"><code>${version.delivery}</code></td>
    <td data-label="Bestand en lijn"><code>${version.file}</code> lijn ${version.line}</td>
    <td data-label="Inhoud">
      ${version.withdrawn ? html`<strong>ingetrokken</strong> ` : ''}${fieldsInWords(version)}
    </td>
  </tr>`;
}

export function rules({ rules: all }: Explanation): Html {
  return html`<section id="regels" aria-labelledby="h-regels">
    <h2 id="h-regels">Regels</h2>
    <dl class="sources">
      ${Object.entries(all).map(
        ([id, { text, source, confidence }]) =>
          html`<dt id="${id}">${id}</dt>
            <dd>${text.nl}</dd>
            <dd>${source.nl} (${CONFIDENCE_TEXT[confidence]!.nl})</dd>`,
      )}
    </dl>
  </section>`;
}
