/** What was set aside, and why. */
import { causeText } from '../cause-texts.js';
import { FONT_SIZE, PAINT, quietAxis, type Drawing } from '../charts.js';
import type { RejectFacts } from '../facts.js';
import { html, type Html } from '../html.js';
import { fromFeed, say, sumOf, type PageContext } from '../page-context.js';
import { table, type Column } from '../table.js';
import { TEXT } from '../texts.js';

const T = TEXT.rejects;
const MOST_CAUSES = 100;
const BAR_HEIGHT = 30;
const FRAME_HEIGHT = 20;

export function rejects(context: PageContext): Html {
  const { rejects: causes } = context.facts;
  const content = causes.length === 0 ? html`<p class="lead">${say(context, T.none)}</p>` : listed(context);
  return html`<section id="opzij" aria-labelledby="h-opzij">
    <h2 id="h-opzij">${say(context, T.heading)}</h2>
    ${content}
  </section>`;
}

function listed(context: PageContext): Html {
  const { facts, format, draw } = context;
  const count = (value: (cause: RejectFacts) => number) => format.count(sumOf(facts.rejects, value));
  const values = { rows: count(({ rows }) => rows), tonight: count((c) => c.tonight), waits: count((c) => c.waits) };
  const files = byFile(facts.rejects);
  return html`<p class="lead">${say(context, T.lead, values)}</p>
    <figure>
      <figcaption>${say(context, T.chart)}</figcaption>
      <p class="explain">${say(context, T.chartExplain)}</p>
      ${draw(barsOfFiles(context, files))}
    </figure>
    ${causeTable(context)}`;
}

function byFile(causes: readonly RejectFacts[]): [file: string, rows: number][] {
  const files = new Map<string, number>();
  for (const { file, rows } of causes) files.set(file, (files.get(file) ?? 0) + rows);
  return [...files].sort(([, a], [, b]) => b - a);
}

function barsOfFiles(context: PageContext, files: readonly (readonly [string, number])[]): Drawing {
  const { format } = context;
  const alt = `${say(context, T.chart)}: ${files.map(([file, rows]) => `${file} ${format.count(rows)}`).join(', ')}.`;
  return {
    id: 'c-rejects',
    alt,
    height: FRAME_HEIGHT + files.length * BAR_HEIGHT,
    option: () => ({
      grid: { left: 24, right: 60, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: 'value', show: false },
      yAxis: {
        ...quietAxis(),
        type: 'category',
        inverse: true,
        axisLine: { show: false },
        axisLabel: { color: PAINT.ink, fontSize: FONT_SIZE + 1 },
        data: files.map(([file]) => file),
      },
      series: [
        {
          type: 'bar',
          silent: true,
          barWidth: 14,
          itemStyle: { color: PAINT.first },
          label: {
            show: true,
            position: 'right',
            color: PAINT.ink,
            fontSize: FONT_SIZE + 1,
            formatter: ({ dataIndex }: { dataIndex: number }) => format.count(files[dataIndex]![1]),
          },
          data: files.map(([, rows]) => rows),
        },
      ],
    }),
  };
}

function causeTable(context: PageContext): Html {
  const { facts, format } = context;
  const { lang } = format;
  const columns: readonly Column<RejectFacts>[] = [
    { head: say(context, TEXT.arrivals.file), kind: 'text', value: ({ file }) => fromFeed(file) },
    { head: say(context, T.column), kind: 'text', value: ({ column }) => column },
    {
      head: say(context, T.cause),
      kind: 'text',
      value: ({ file, column, code }) => causeText(lang, file, column, code),
      show: ({ file, column, code }) => html`${causeText(lang, file, column, code)}<small>${code}</small>`,
    },
    { head: say(context, T.rows), kind: 'count', value: ({ rows }) => rows },
    { head: say(context, T.tonight), kind: 'count', value: ({ tonight }) => tonight },
    { head: say(context, T.waits), kind: 'count', value: ({ waits }) => waits },
  ];
  const rows = facts.rejects.slice(0, MOST_CAUSES);
  const rest = facts.rejects.slice(MOST_CAUSES);
  const more = { shown: rows.length, rest: rest.length, rows: format.count(sumOf(rest, (each) => each.rows)) };
  const caption = say(context, T.causes);
  return html`${table(format, { id: 't-rejects', caption, columns, rows, sortable: true, cards: true, totals: rest.length === 0 })}
  ${rest.length > 0 ? html`<p class="explain">${say(context, T.more, more)}</p>` : ''}`;
}
