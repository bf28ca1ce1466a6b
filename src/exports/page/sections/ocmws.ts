/** OCMWs that stand out: signs with their yardstick, the funnel of outflow, and every OCMW in one table. */
import { FONT_SIZE, PAINT, quietAxis, type Drawing } from '../charts.js';
import { enterpriseNumber } from '../../workbook/common-sheets.js';
import { html, type Html } from '../html.js';
import { ocmwRows, SIGN_LIMITS, type Averages, type OcmwRow } from '../ocmw-signs.js';
import { ocmwNames, say, type PageContext } from '../page-context.js';
import { chanceLimits, Z95, Z998 } from '../statistics.js';
import { table, type Column } from '../table.js';
import { TEXT } from '../texts.js';
import { intervalText } from './outflow.js';

const T = TEXT.ocmws;
const CHART_HEIGHT = 340;
/** Points of each limit of the funnel. */
const LIMIT_POINTS = 60;

export function ocmws(context: PageContext): Html {
  const { rows, averages } = ocmwRows(context.facts, context.findings, ocmwNames(context.facts));
  const content =
    rows.length === 0 ? html`<p class="lead">${say(context, T.none)}</p>` : compared(context, rows, averages);
  return html`<section id="ocmws" aria-labelledby="h-ocmws">
    <h2 id="h-ocmws">${say(context, T.heading)}</h2>
    ${content}
  </section>`;
}

function compared(context: PageContext, rows: readonly OcmwRow[], averages: Averages): Html {
  const { format, draw } = context;
  const count = rows.filter(({ signs }) => signs.length > 0).length;
  const large = rows.filter(({ decided }) => decided >= SIGN_LIMITS.decided);
  const few = { few: SIGN_LIMITS.decided, share: format.percent(averages.outflow ?? 0) };
  return html`<p class="lead">
      ${say(context, T.lead, { count: format.count(count), all: format.count(rows.length) })}
    </p>
    ${yardsticks(context, averages)}
    ${
      averages.outflow === undefined || large.length === 0
        ? ''
        : html`<figure>
            <figcaption>${say(context, T.funnel)}</figcaption>
            <p class="explain">${say(context, T.funnelExplain, few)}</p>
            ${draw(funnel(context, large, averages.outflow))}
          </figure>`
    }
    ${filters(context)}${ocmwTable(context, rows, averages)}
    <p class="explain">${say(context, T.notAttributed)}</p>`;
}

function yardsticks(context: PageContext, { outflow, takenBack }: Averages): Html {
  const { format } = context;
  const share = (value: number | undefined) => (value === undefined ? '–' : format.percent(value));
  const rule = (names: Html, text: string) =>
    html`<div>
      <dt>${names}</dt>
      <dd>${text}</dd>
    </div>`;
  const chip = (name: keyof typeof T.signs) =>
    html`<span class="chip ${name === 'errors' ? 'ERROR' : ''}">${say(context, T.signs[name])}</span>`;
  return html`<h3>${say(context, T.yardsticks)}</h3>
    <dl class="rules">
      ${rule(html`${chip('outflowHigh')}${chip('outflowLow')}`, say(context, T.rules.outflow, { share: share(outflow), few: SIGN_LIMITS.decided }))}
      ${rule(chip('takenBack'), say(context, T.rules.takenBack, { share: share(takenBack), least: format.count(SIGN_LIMITS.grantedCents / 100) }))}
      ${rule(chip('openClaim'), say(context, T.rules.openClaim, { days: SIGN_LIMITS.openDays }))}
      ${rule(chip('errors'), say(context, T.rules.errors))}
    </dl>`;
}

function funnel(context: PageContext, rows: readonly OcmwRow[], average: number): Drawing {
  const { format } = context;
  const isOutside = ({ signs }: OcmwRow) => signs.includes('outflowHigh') || signs.includes('outflowLow');
  const outside = rows.filter(isOutside);
  const names = outside.map((row) => `${row.name} ${format.percent(row.positive / row.decided)}`).join(', ');
  const most = Math.ceil((Math.max(...rows.map(({ decided }) => decided)) * 1.05) / 20) * 20;
  const alt = say(context, T.funnelAlt, {
    count: rows.length,
    share: format.percent(average),
    outside: names === '' ? say(context, T.nobody) : names,
  });
  const highest = Math.max(
    chanceLimits(average, SIGN_LIMITS.decided, Z998).high,
    ...rows.map((row) => row.positive / row.decided),
  );
  return {
    id: 'c-funnel',
    alt,
    height: CHART_HEIGHT,
    option: (narrow) => ({
      grid: { left: 8, right: narrow ? 12 : 24, top: 16, bottom: 26, containLabel: true },
      xAxis: {
        ...quietAxis(),
        ...{ type: 'value', min: SIGN_LIMITS.decided - 10, max: most, splitLine: { show: false } },
        ...{ name: say(context, T.axisCases), nameLocation: 'middle', nameGap: 28, splitNumber: narrow ? 4 : 8 },
        axisLabel: { ...quietAxis().axisLabel, formatter: (value: number) => format.count(value) },
      },
      yAxis: {
        ...quietAxis(),
        ...{ type: 'value', min: 0, max: Math.min(1, Math.ceil(highest * 10) / 10) },
        axisLabel: { ...quietAxis().axisLabel, formatter: (share: number) => `${Math.round(share * 100)} %` },
      },
      series: [
        ...[Z998, Z95].flatMap((z) => limitLines(average, most, z)),
        averageLine(average, most),
        dots(
          rows.filter((row) => !isOutside(row)),
          PAINT.first,
          8,
          false,
        ),
        dots(outside, PAINT.second, 11, !narrow),
      ],
    }),
  };
}

function limitLines(average: number, most: number, z: number) {
  const from = SIGN_LIMITS.decided - 10;
  const cases = Array.from({ length: LIMIT_POINTS + 1 }, (_, index) => from + ((most - from) * index) / LIMIT_POINTS);
  const lineStyle = { color: PAINT.quiet, width: 1.25, type: z === Z998 ? ('solid' as const) : ('dotted' as const) };
  return (['low', 'high'] as const).map((side) => ({
    ...{ type: 'line' as const, silent: true, symbol: 'none', lineStyle },
    data: cases.map((n) => [n, chanceLimits(average, n, z)[side]]),
  }));
}

function averageLine(average: number, most: number) {
  return {
    ...{ type: 'line' as const, silent: true, symbol: 'none', lineStyle: { color: PAINT.ink, width: 1.25 } },
    data: [
      [SIGN_LIMITS.decided - 10, average],
      [most, average],
    ],
  };
}

function dots(rows: readonly OcmwRow[], color: string, symbolSize: number, named: boolean) {
  return {
    ...{ type: 'scatter' as const, silent: true, symbolSize },
    symbol: named || symbolSize > 8 ? 'diamond' : 'circle',
    itemStyle: { color, borderColor: PAINT.paper, borderWidth: 1 },
    label: {
      show: named,
      position: 'right' as const,
      color: PAINT.ink,
      fontSize: FONT_SIZE,
      formatter: ({ dataIndex }: { dataIndex: number }) => rows[dataIndex]!.name,
    },
    data: rows.map((row) => [row.decided, row.positive / row.decided]),
  };
}

function filters(context: PageContext): Html {
  return html`<div class="filters" data-filters="t-ocmws" role="search" aria-label="${say(context, T.table)}" hidden>
    <label>${say(context, T.ocmw)}<input type="search" autocomplete="off" /></label>
    <label class="check"><input type="checkbox" data-by="signs" />${say(context, T.onlySigns)}</label>
    <button type="button">${say(context, TEXT.findings.clear)}</button>
    <p role="status" data-text="${TEXT.shown[context.format.lang]}"></p>
  </div>`;
}

function ocmwTable(context: PageContext, rows: readonly OcmwRow[], averages: Averages): Html {
  const { format } = context;
  const columns: readonly Column<OcmwRow>[] = [
    {
      head: say(context, T.ocmw),
      kind: 'text',
      value: ({ name }) => name,
      show: ({ name, ocmwId }) => html`${name}<small>${enterpriseNumber(ocmwId)}</small>`,
    },
    {
      head: say(context, T.sign),
      kind: 'text',
      value: ({ signs }) => signs.join(' '),
      show: ({ signs }) =>
        signs.map(
          (sign) => html`<span class="chip ${sign === 'errors' ? 'ERROR' : ''}">${say(context, T.signs[sign])}</span> `,
        ),
    },
    { head: say(context, T.trajectories), kind: 'count', value: ({ trajectories }) => trajectories },
    { head: say(context, T.decided), kind: 'count', value: ({ decided }) => decided },
    {
      head: say(context, T.share),
      kind: 'share',
      value: (row) => (row.decided === 0 ? undefined : row.positive / row.decided),
      show: (row) =>
        row.decided === 0
          ? ''
          : html`${format.percent(row.positive / row.decided)}<small
                >${intervalText(context, row.positive, row.decided)}</small
              >`,
      total: averages.outflow ?? '',
    },
    { head: say(context, T.due), kind: 'euro', value: ({ dueCents }) => dueCents },
    { head: say(context, T.ordered), kind: 'euro', value: ({ orderedCents }) => orderedCents },
    {
      head: say(context, T.takenBack),
      kind: 'euro',
      value: ({ takenBackCents }) => takenBackCents,
      show: ({ takenBackCents, grantedCents }) =>
        takenBackCents === 0
          ? '–'
          : html`${format.euro(takenBackCents)}<small
                >${grantedCents === 0 ? '' : format.percent(takenBackCents / grantedCents)}</small
              >`,
    },
    { head: say(context, T.openClaims), kind: 'euro', value: ({ openClaimCents }) => openClaimCents },
    { head: say(context, T.findings), kind: 'count', value: ({ findings }) => findings },
  ];
  const data = ({ ocmwId, signs }: OcmwRow) => ({ ocmw: ocmwId, signs: signs.join(' ') });
  return html`<div class="dense">
    ${table(format, { id: 't-ocmws', caption: say(context, T.table), columns, rows, sortable: true, totals: true, data })}
  </div>`;
}
