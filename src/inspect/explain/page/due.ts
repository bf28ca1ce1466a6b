/** What is due and what is not: each component with its runs of months, why, and what was looked at. */
import { html, type Html } from '../../../exports/page/html.js';
import { COMPONENT_TEXT } from '../../../exports/workbook/texts.js';
import type { ExplainedLine, ExplainedRecord, ExplainedTest, Explanation } from '../explanation.js';
import { factOf, groupLines, type LineGroup } from '../text/groups.js';
import { answerOf } from './texts.js';
import { euro, months } from './words.js';

export function due({ lines, totals, records }: Explanation): Html {
  const byRef = new Map(records.map((record) => [record.ref, record]));
  const content =
    lines.length === 0
      ? html`<p class="lead">Er is niets verschuldigd en dat was er nooit: geen enkele maand of meting.</p>`
      : totals.map(
          ({ component, dueCents }) =>
            html`<h3 class="component">
                <span>${COMPONENT_TEXT[component].nl} <small class="quiet">${component}</small></span>
                <span class="n">${euro(dueCents)}</span>
              </h3>
              <ul class="decisions">
                ${groupLines(lines.filter((line) => line.component === component)).map((group) => decision(group, byRef))}
              </ul>`,
        );
  return html`<section id="verschuldigd" aria-labelledby="h-verschuldigd">
    <h2 id="h-verschuldigd">Wat is verschuldigd, en waarom</h2>
    ${content}
  </section>`;
}

function decision(group: LineGroup, byRef: ReadonlyMap<string, ExplainedRecord>): Html {
  const { first, last, months: count, sameFact } = group;
  const fact = factOf(first)?.fact.nl;
  const which = sameFact || count === 1 ? '' : ` (de eerste van ${count} maanden)`;
  return html`<li class="decision">
    <p>${months(first.month, last.month)}</p>
    <p class="n">${amountOf(group)}</p>
    <div class="why">
      <p>${sentence(first.text.nl)} <a href="#${first.rule}">${first.rule}</a></p>
      ${fact === undefined ? '' : html`<p class="fact">${sentence(fact)}${which}</p>`} ${looked(first, count, byRef)}
    </div>
  </li>`;
}

function amountOf({ first, months: count }: LineGroup): Html | string {
  if (first.dueCents === 0) return html`<span class="nothing">niets</span>`;
  return `${count === 1 ? '' : `${count} × `}${euro(first.dueCents)}`;
}

function looked(first: ExplainedLine, count: number, byRef: ReadonlyMap<string, ExplainedRecord>): Html {
  const of = count === 1 ? '' : `, voor ${months(first.month, first.month)}`;
  return html`<details>
    <summary>Wat is nagekeken${of}</summary>
    <ul class="tests">
      ${first.tests.map((each) => test(each, byRef))}
    </ul>
  </details>`;
}

function test(each: ExplainedTest, byRef: ReadonlyMap<string, ExplainedRecord>): Html {
  const places = each.records.flatMap((ref) => {
    const version = byRef.get(ref)?.versions.at(-1);
    return version === undefined ? [] : [`${version.file}, levering ${version.delivery}, lijn ${version.line}`];
  });
  return html`<li>
    <span class="${each.passed ? 'yes' : 'no'}">${answerOf(each)}</span>
    <a href="#${each.rule}">${each.rule}</a>
    <span class="told"
      >${sentence(each.fact.nl)}
      ${places.length === 0 ? '' : html`<small>${[...new Set(places)].join('; ')}</small>`}</span
    >
  </li>`;
}

/** With a capital, unless it begins with the id of a record. */
export function sentence(words: string): string {
  return /^[a-zë]+[ ,:]/.test(words) ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}
