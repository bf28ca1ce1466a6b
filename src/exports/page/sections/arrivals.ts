/** What came in: deliveries and files of the night. */
import type { DeliveryFacts, FileFacts } from '../facts.js';
import { html, type Html } from '../html.js';
import { say, sumOf, type PageContext } from '../page-context.js';
import { table, type Column } from '../table.js';
import { TEXT } from '../texts.js';

const T = TEXT.arrivals;
/** A first night takes in years of deliveries; the page names the last ones. */
const MOST_DELIVERIES = 40;

export function arrivals(context: PageContext): Html {
  const { deliveries, files } = context.facts;
  const content = deliveries.length === 0 ? html`<p class="lead">${say(context, T.none)}</p>` : arrived(context);
  return html`<section id="binnen" aria-labelledby="h-binnen">
    <h2 id="h-binnen">${say(context, T.heading)}</h2>
    ${content}${files.length > 0 ? fileTable(context) : ''}${deliveries.length > 0 ? deliveryTable(context) : ''}
  </section>`;
}

/** `1 levering` or `12 leveringen`. */
export function deliveriesText(context: PageContext): string {
  const count = context.facts.deliveries.length;
  if (count === 1) return say(context, TEXT.tiles.oneDelivery);
  return say(context, TEXT.tiles.rowsNote, { deliveries: context.format.count(count) });
}

function arrived(context: PageContext): Html {
  const { facts, format } = context;
  const counts = facts.steps.filter(({ step }) => step === 'take-in').map(({ counts }) => counts);
  const values = {
    deliveries: deliveriesText(context),
    rows: format.count(sumOf(facts.files, ({ rowCount }) => rowCount)),
    versions: format.count(sumOf(facts.files, ({ newVersions }) => newVersions)),
    aside: format.count(sumOf(facts.files, ({ setAside }) => setAside)),
    back: format.count(sumOf(counts, (each) => each['cameBack'] ?? 0)),
  };
  return html`<p class="lead">${say(context, T.lead, values)}</p>`;
}

function fileTable(context: PageContext): Html {
  const { facts, format } = context;
  const rows = sumOf(facts.files, ({ rowCount }) => rowCount);
  const aside = sumOf(facts.files, ({ setAside }) => setAside);
  const columns: readonly Column<FileFacts>[] = [
    { head: say(context, T.file), kind: 'text', value: ({ file }) => file },
    { head: say(context, T.rows), kind: 'count', value: ({ rowCount }) => rowCount },
    { head: say(context, T.versions), kind: 'count', value: ({ newVersions }) => newVersions },
    { head: say(context, T.setAside), kind: 'count', value: ({ setAside }) => setAside },
    {
      head: say(context, T.share),
      kind: 'share',
      value: ({ rowCount, setAside }) => (rowCount === 0 ? undefined : setAside / rowCount),
      total: rows === 0 ? '' : aside / rows,
    },
  ];
  const caption = say(context, T.byFile);
  return html`${table(format, { id: 't-files', caption, columns, rows: facts.files, sortable: true, totals: true })}
    <p class="explain">${say(context, T.explain)}</p>`;
}

function deliveryTable(context: PageContext): Html {
  const { facts, format } = context;
  const columns: readonly Column<DeliveryFacts>[] = [
    { head: say(context, T.delivery), kind: 'text', value: ({ name }) => name },
    { head: say(context, T.state), kind: 'text', value: ({ state }) => stateText(context, state) },
    { head: say(context, T.files), kind: 'count', value: ({ fileCount }) => fileCount },
    { head: say(context, T.rows), kind: 'count', value: ({ rowCount }) => rowCount },
    { head: say(context, T.setAside), kind: 'count', value: ({ setAside }) => setAside },
  ];
  const all = facts.deliveries.length;
  const rows = facts.deliveries.slice(-MOST_DELIVERIES);
  const caption =
    rows.length === all
      ? say(context, T.byDelivery)
      : say(context, T.latest, { shown: rows.length, all: format.count(all) });
  return html`<details>
    <summary>${say(context, T.byDelivery)}</summary>
    ${table(format, { id: 't-deliveries', caption, columns, rows, sortable: true })}
  </details>`;
}

function stateText(context: PageContext, state: string): string {
  const text = TEXT.states[state as keyof typeof TEXT.states] as (typeof TEXT.states)['TAKEN'] | undefined;
  return text === undefined ? state : say(context, text);
}
