/** What was measured tonight. */
import type { OutcomeFacts } from '../facts.js';
import { html, type Html } from '../html.js';
import { say, sumOf, type PageContext } from '../page-context.js';
import { table, type Column } from '../table.js';
import { TEXT } from '../texts.js';

const T = TEXT.measured;

/** Measurements that were stored tonight, of a quarter or of several. */
export function measuredTonight(outcomes: readonly OutcomeFacts[]): number {
  return sumOf(outcomes, (each) => each.tonightPositive + each.tonightNegative + each.tonightPending);
}

export function measured(context: PageContext): Html {
  const { facts, format } = context;
  const outcomes = facts.outcomesByQuarter;
  const count = measuredTonight(outcomes);
  const voided = sumOf(outcomes, ({ tonightVoided }) => tonightVoided);
  const values = {
    count: format.count(count),
    amount: format.euro(sumOf(outcomes, ({ tonightCents }) => tonightCents)),
    voided: format.count(voided),
  };
  const content =
    count + voided === 0
      ? html`<p class="lead">${say(context, T.none)}</p>`
      : html`<p class="lead">${say(context, T.lead, values)}</p>
          ${tonightTable(context)}`;
  return html`<section id="gemeten" aria-labelledby="h-gemeten">
    <h2 id="h-gemeten">${say(context, T.heading)}</h2>
    ${content}
  </section>`;
}

function tonightTable(context: PageContext): Html {
  const rows = ([1, 2] as const).map((measurement) => ({
    measurement,
    of: context.facts.outcomesByQuarter.filter((each) => each.measurement === measurement),
  }));
  type Row = (typeof rows)[number];
  const sum = (value: (outcome: OutcomeFacts) => number) => (row: Row) => sumOf(row.of, value);
  const columns: readonly Column<Row>[] = [
    {
      head: say(context, T.measurement),
      kind: 'text',
      value: ({ measurement }) => say(context, measurement === 1 ? TEXT.outflow.name1 : TEXT.outflow.name2),
    },
    { head: say(context, TEXT.outflow.positive), kind: 'count', value: sum((each) => each.tonightPositive) },
    { head: say(context, TEXT.outflow.negative), kind: 'count', value: sum((each) => each.tonightNegative) },
    { head: say(context, TEXT.outflow.pending), kind: 'count', value: sum((each) => each.tonightPending) },
    { head: say(context, T.voided), kind: 'count', value: sum((each) => each.tonightVoided) },
    { head: say(context, T.amount), kind: 'euro', value: sum((each) => each.tonightCents) },
  ];
  return table(context.format, { id: 't-measured', caption: say(context, T.table), columns, rows, totals: true });
}
