/** Outflow at both measurements over time, against what was published. */
import { PAINT, quietAxis, type Drawing } from '../charts.js';
import type { OutcomeFacts } from '../facts.js';
import { html, trusted, type Html } from '../html.js';
import { say, sumOf, type PageContext } from '../page-context.js';
import { shareInterval } from '../statistics.js';
import { behindChart, table, type Column } from '../table.js';
import { TEXT } from '../texts.js';

const T = TEXT.outflow;
/** Control total of the rulebook (section 4, P1): 28.80 % in 2024, 27.95 % in January to November 2025. */
const PUBLISHED_SHARE = 0.28;
/** Below this a share of a quarter is drawn by chance alone. */
const FEW_DECIDED = 10;
const CHART_HEIGHT = 320;
const SHOWN_QUARTERS = 20;
/** How far the two measurements of a quarter stand from its middle, in quarters. */
const ASIDE = 0.12;

export const decidedOf = ({ positive, negative }: OutcomeFacts) => positive + negative;

export function outflow(context: PageContext): Html {
  const all = context.facts.outcomesByQuarter;
  const content =
    sumOf(all, decidedOf) === 0 ? html`<p class="lead">${say(context, T.none)}</p>` : overTime(context, all);
  return html`<section id="uitstroom" aria-labelledby="h-uitstroom">
    <h2 id="h-uitstroom">${say(context, T.heading)}</h2>
    ${content}
  </section>`;
}

function overTime(context: PageContext, all: readonly OutcomeFacts[]): Html {
  const values = { ...summary(context, all, 1), ...summary(context, all, 2) };
  const drawing = drawn(context, all);
  return html`<p class="lead">${say(context, T.lead, values)}</p>
    <figure>
      <figcaption>${say(context, T.chart)}</figcaption>
      <p class="explain">${say(context, T.chartExplain, { few: FEW_DECIDED })}</p>
      ${key(context)}${drawing === undefined ? '' : context.draw(drawing)}
      <p class="explain">${say(context, T.source)}</p>
      ${behindChart(context.format, quarterTable(context, all))}
    </figure>`;
}

function summary(context: PageContext, all: readonly OutcomeFacts[], measurement: 1 | 2): Record<string, string> {
  const { format } = context;
  const of = all.filter((each) => each.measurement === measurement);
  const hits = sumOf(of, ({ positive }) => positive);
  const cases = sumOf(of, decidedOf);
  const interval = shareInterval(hits, cases);
  const shown = (share: number | undefined) => (share === undefined ? '–' : format.percent(share));
  return {
    [`hits${measurement}`]: format.count(hits),
    [`cases${measurement}`]: format.count(cases),
    [`share${measurement}`]: shown(cases === 0 ? undefined : hits / cases),
    [`low${measurement}`]: shown(interval?.low),
    [`high${measurement}`]: shown(interval?.high),
  };
}

function key(context: PageContext): Html {
  const mark = (shape: string) => trusted(`<svg viewBox="0 0 24 12" aria-hidden="true">${shape}</svg>`);
  const first = mark(
    '<path d="M0 6H24" stroke="var(--first)" stroke-width="2"/><circle cx="12" cy="6" r="4.5" fill="var(--first)"/>',
  );
  const second = mark(
    '<path d="M0 6H24" stroke="var(--second)" stroke-width="2" stroke-dasharray="4 3"/><path d="M12 1L17 6 12 11 7 6Z" fill="var(--second)"/>',
  );
  const published = mark('<path d="M0 6H24" stroke="var(--ink)" stroke-width="1.5" stroke-dasharray="2 3"/>');
  return html`<ul class="key">
    <li>${first}${say(context, T.name1)}</li>
    <li>${second}${say(context, T.name2)}</li>
    <li>${published}${say(context, T.published)}</li>
  </ul>`;
}

/** Undefined when no quarter has enough measurements. */
function drawn(context: PageContext, all: readonly OutcomeFacts[]): Drawing | undefined {
  const { format } = context;
  const enough = all.filter((each) => decidedOf(each) >= FEW_DECIDED);
  if (enough.length === 0) return undefined;
  const last = Math.max(...enough.map(({ quarter }) => quarter!));
  const first = Math.max(Math.min(...enough.map(({ quarter }) => quarter!)), last - SHOWN_QUARTERS + 1);
  const quarters = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const shown = enough.filter(({ quarter }) => quarter! >= first);
  const highest = Math.max(
    PUBLISHED_SHARE,
    ...shown.map((each) => shareInterval(each.positive, decidedOf(each))!.high),
  );
  const latest = shown
    .filter(({ quarter }) => quarter === last)
    .map(
      (each) =>
        `${say(context, each.measurement === 1 ? T.name1 : T.name2)} ${format.percent(each.positive / decidedOf(each))}`,
    );
  const alt = say(context, T.alt, {
    first: format.quarter(first),
    last: format.quarter(last),
    latest: `${format.quarter(last)}, ${latest.join(', ')}`,
  });
  const places = { first, quarters, top: Math.min(1, Math.ceil(highest * 10) / 10) };
  return { id: 'c-outflow', alt, height: CHART_HEIGHT, option: (narrow) => option(context, shown, places, narrow) };
}

interface Places {
  readonly first: number;
  readonly quarters: readonly number[];
  /** Upper end of the axis, a share. */
  readonly top: number;
}

function option(
  context: PageContext,
  shown: readonly OutcomeFacts[],
  { first, quarters, top }: Places,
  narrow: boolean,
) {
  const { format } = context;
  const every = narrow ? Math.max(1, Math.ceil(quarters.length / 4)) : Math.max(1, Math.ceil(quarters.length / 10));
  const series = ([1, 2] as const).flatMap((measurement) => {
    const of = shown.filter((each) => each.measurement === measurement);
    const place = (each: OutcomeFacts) => each.quarter! - first + (measurement === 1 ? -ASIDE : ASIDE);
    const colour = measurement === 1 ? PAINT.first : PAINT.second;
    const whisker = (each: OutcomeFacts) => {
      const { low, high } = shareInterval(each.positive, decidedOf(each))!;
      return {
        coords: [
          [place(each), low],
          [place(each), high],
        ],
      };
    };
    return [
      {
        type: 'lines' as const,
        coordinateSystem: 'cartesian2d' as const,
        silent: true,
        xAxisIndex: 1,
        polyline: false,
        lineStyle: { color: colour, width: 1.5, opacity: 0.55 },
        data: of.map(whisker),
      },
      {
        type: 'line' as const,
        silent: true,
        xAxisIndex: 1,
        symbol: measurement === 1 ? 'circle' : 'diamond',
        symbolSize: measurement === 1 ? 9 : 11,
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: 2, type: measurement === 1 ? ('solid' as const) : ('dashed' as const) },
        data: of.map((each) => [place(each), each.positive / decidedOf(each)]),
        ...(measurement === 1 ? { markLine: publishedLine() } : {}),
      },
    ];
  });
  return {
    grid: { left: 8, right: 16, top: 16, bottom: 2, containLabel: true },
    // The names stand in the middle of their quarters; the points beside it, so they count on an axis of numbers.
    xAxis: [
      {
        ...quietAxis(),
        type: 'category' as const,
        data: quarters.map(format.quarter),
        axisLabel: { ...quietAxis().axisLabel, interval: every - 1 },
      },
      { type: 'value' as const, show: false, min: -0.5, max: quarters.length - 0.5 },
    ],
    yAxis: {
      ...quietAxis(),
      type: 'value' as const,
      axisLine: { show: false },
      min: 0,
      max: top,
      interval: top > 0.6 ? 0.2 : 0.1,
      axisLabel: { ...quietAxis().axisLabel, formatter: (share: number) => `${Math.round(share * 100)} %` },
    },
    series,
  };
}

function publishedLine() {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: PAINT.ink, type: 'dotted' as const, width: 1.5 },
    label: { show: false },
    data: [{ yAxis: PUBLISHED_SHARE }],
  };
}

function quarterTable(context: PageContext, all: readonly OutcomeFacts[]): Html {
  const { format } = context;
  const columns: readonly Column<OutcomeFacts>[] = [
    {
      head: say(context, T.quarter),
      kind: 'date',
      value: ({ quarter }) => String(quarter),
      show: ({ quarter }) => format.quarter(quarter!),
    },
    { head: say(context, T.measurement), kind: 'text', value: ({ measurement }) => String(measurement) },
    { head: say(context, T.positive), kind: 'count', value: ({ positive }) => positive },
    { head: say(context, T.negative), kind: 'count', value: ({ negative }) => negative },
    { head: say(context, T.pending), kind: 'count', value: ({ pending }) => pending },
    {
      head: say(context, T.share),
      kind: 'share',
      value: (each) => (decidedOf(each) === 0 ? undefined : each.positive / decidedOf(each)),
    },
    {
      head: say(context, T.interval),
      kind: 'text',
      value: (each) => intervalText(context, each.positive, decidedOf(each)),
    },
  ];
  const rows = [...all].sort((a, b) => a.quarter! - b.quarter! || a.measurement - b.measurement);
  return table(format, {
    id: 't-outflow',
    caption: say(context, T.table),
    columns,
    rows,
    sortable: true,
    totals: true,
  });
}

/** `20,1 % – 38,4 %`, '' without any case. */
export function intervalText({ format }: PageContext, hits: number, cases: number): string {
  const interval = shareInterval(hits, cases);
  return interval === undefined ? '' : `${format.percent(interval.low)} – ${format.percent(interval.high)}`;
}
