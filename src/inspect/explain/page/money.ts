/** Where the money went: ledger entries, and batches with their payments and claims. */
import { html, type Html } from '../../../exports/page/html.js';
import { REASON_TEXT } from '../../../exports/workbook/texts.js';
import type {
  ExplainedBatchPart,
  ExplainedClaim,
  ExplainedEntry,
  ExplainedPayment,
  Explanation,
} from '../explanation.js';
import { groupEntries } from '../text/groups.js';
import { KIND, STATE } from './texts.js';
import { date, euro, month, months, signedEuro } from './words.js';

export function ledger({ ledger: entries }: Explanation): Html {
  const content =
    entries.length === 0
      ? html`<p class="lead">Het grootboek bevat hiervoor geen enkele boeking.</p>`
      : html`<div class="scroll" role="region" tabindex="0" aria-label="Boekingen, tabel">
          <table class="cards">
            <caption>
              Boekingen van dit traject, in volgorde. Een boeking wordt nooit gewijzigd; wat wegvalt, wordt
              tegengeboekt.
            </caption>
            <thead>
              <tr>
                <th scope="col">Component</th>
                <th scope="col">Maanden</th>
                <th scope="col" class="n">Per maand</th>
                <th scope="col">Regel</th>
                <th scope="col">Reden</th>
                <th scope="col">Run</th>
              </tr>
            </thead>
            <tbody>
              ${groupEntries(entries).map(({ first, last, entries: count }) => entryRow(first, last, count))}
            </tbody>
          </table>
        </div>`;
  return html`<section id="grootboek" aria-labelledby="h-grootboek">
    <h2 id="h-grootboek">Grootboek</h2>
    ${content}
  </section>`;
}

function entryRow(first: ExplainedEntry, last: ExplainedEntry, count: number): Html {
  const runs = count === 1 ? first.runId : `${first.runId} tot ${last.runId} (${count} boekingen)`;
  return html`<tr>
    <th scope="row">${first.component}</th>
    <td data-label="Maanden">${months(first.firstMonth, last.lastMonth)}</td>
    <td class="n" data-label="Per maand">${signedEuro(first.cents)}</td>
    <td data-label="Regel"><a href="#${first.rule}">${first.rule}</a></td>
    <td data-label="Reden">${REASON_TEXT[first.reason].nl}</td>
    <td data-label="Run"><code>${runs}</code></td>
  </tr>`;
}

export function batches(explanation: Explanation): Html {
  const { batchParts } = explanation;
  return html`<section id="batches" aria-labelledby="h-batches">
    <h2 id="h-batches">Batches en betalingen</h2>
    ${
      batchParts.length === 0
        ? html`<p class="lead">Er is hiervoor nog niets besteld of teruggevorderd.</p>`
        : batchParts.map((part) => partOf(part, explanation))
    }
  </section>`;
}

function partOf(part: ExplainedBatchPart, { batchLines }: Explanation): Html {
  const own = batchLines.filter((line) => line.batchId === part.batchId && line.ocmwId === part.ocmwId);
  const { state, period, runDay } = own[0]!;
  const title = `${sentenceCase(KIND[own[0]!.kind]!)} ${period}, rundag ${date(runDay)}`;
  return html`<div class="part">
    <h3>${title}</h3>
    <p class="paid">${part.ocmwName ?? 'OCMW'} (${part.ocmwId}), ${STATE[state]}. ${paidOf(part, state)}</p>
    <div class="scroll" role="region" tabindex="0" aria-label="${title} voor ${part.ocmwName ?? part.ocmwId}, tabel">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Maand</th>
            <th scope="col" class="n">Verschuldigd</th>
            <th scope="col" class="n">Eerder besteld</th>
            <th scope="col" class="n">Lijn</th>
            <th scope="col">Reden</th>
          </tr>
        </thead>
        <tbody>
          ${own.map(
            (line) =>
              html`<tr>
                <th scope="row">${line.component}</th>
                <td data-label="Maand">${month(line.month)}</td>
                <td class="n" data-label="Verschuldigd">${euro(line.dueCents)}</td>
                <td class="n" data-label="Eerder besteld">${euro(line.beforeCents)}</td>
                <td class="n" data-label="Lijn">${signedEuro(line.cents)}</td>
                <td data-label="Reden">${REASON_TEXT[line.reason].nl} <small>${KIND[line.kind]}</small></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function paidOf({ claims }: ExplainedBatchPart, state: string): string {
  if (claims.length === 0) return 'Voor al zijn lijnen samen bleef niets te betalen of terug te vorderen.';
  return claims.map((claim) => claimText(claim, state)).join(' ');
}

function claimText(claim: ExplainedClaim, state: string): string {
  const { direction, cents, reference, payments } = claim;
  const what = `${direction === 'PAY' ? 'Betaling' : 'Terugvordering'} van ${euro(cents)} voor al zijn lijnen, mededeling ${reference}`;
  if (payments.length > 0) return `${what}: ${payments.map((payment) => paymentText(payment, direction)).join('; ')}.`;
  return state === 'APPROVED' ? `${what}: nog niet bevestigd door payment.csv.` : `${what}.`;
}

function paymentText({ paymentId, paidOn, cents, forLine }: ExplainedPayment, direction: 'PAY' | 'CLAIM'): string {
  const back = direction === 'PAY' ? 'teruggekomen' : 'terugbetaald';
  const about = forLine ? ' voor een lijn van dit traject' : '';
  return `${euro(Math.abs(cents))} ${cents > 0 ? 'betaald' : back}${about} op ${date(paidOn)} (${paymentId})`;
}
