/** What was checked before the page was published. */
import { html, type Html } from '../html.js';
import { pageChecks, type PageCheck } from '../page-checks.js';
import { say, type PageContext } from '../page-context.js';
import { table, type Column } from '../table.js';
import { TEXT } from '../texts.js';

const T = TEXT.checks;

export function checks(context: PageContext): Html {
  const { facts, format } = context;
  const counted = facts.steps.filter(({ step }) => step === 'verify').map(({ counts }) => counts['checks'] ?? 0);
  const invariants = Math.max(0, ...counted);
  return html`<section id="controles" aria-labelledby="h-controles">
    <h2 id="h-controles">${say(context, T.heading)}</h2>
    <p class="lead">
      ${invariants > 0 ? `${say(context, T.invariants, { count: format.count(invariants) })} ` : ''}${say(context, T.lead)}
    </p>
    ${context.changesOnly ? html`<p>${say(context, T.none)}</p>` : checkTable(context)}
  </section>`;
}

function checkTable(context: PageContext): Html {
  const { format } = context;
  const shown = (kind: PageCheck['kind'], value: number) =>
    kind === 'euro' ? format.euro(value) : format.count(value);
  const columns: readonly Column<PageCheck>[] = [
    { head: say(context, T.what), kind: 'text', value: ({ what }) => say(context, what) },
    { head: say(context, T.file), kind: 'text', value: ({ file }) => file },
    {
      head: say(context, T.page),
      kind: 'count',
      value: ({ page }) => page,
      show: ({ kind, page }) => shown(kind, page),
    },
    {
      head: say(context, T.inFile),
      kind: 'count',
      value: ({ inFile }) => inFile,
      show: ({ kind, inFile }) => shown(kind, inFile),
    },
    {
      head: say(context, T.verdict),
      kind: 'text',
      value: () => say(context, T.ok),
      show: () => html`<span class="chip GOOD">${say(context, T.ok)}</span>`,
    },
  ];
  return table(format, { id: 't-checks', caption: say(context, T.table), columns, rows: pageChecks(context) });
}
