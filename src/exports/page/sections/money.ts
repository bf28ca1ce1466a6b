/** What is due and ordered, per component and performance month. */
import { formatMonth, monthOf, yearOf, type Month } from '../../../calendar.js';
import { COMPONENTS, type Component } from '../../../law/codes.js';
import { COMPONENT_TEXT } from '../../workbook/texts.js';
import { PAINT, quietAxis, type Drawing } from '../charts.js';
import type { MoneyFacts } from '../facts.js';
import type { Format } from '../format.js';
import { html, trusted, type Html } from '../html.js';
import { say, sumOf, type PageContext } from '../page-context.js';
import { behindChart, table, type Column } from '../table.js';
import { TEXT } from '../texts.js';

const T = TEXT.money;
/** Months that a chart shows; what lies before is one row of its table. */
const SHOWN_MONTHS = 36;
const CHART_HEIGHT = 300;
const SMALL = { width: 320, height: 150 } as const;
/** The components that VDAB pays. */
const PAID_BY_VDAB: readonly Component[] = ['EFF', 'C1', 'C2', 'C3', 'M1', 'M2'];
const MILLION_EURO = 100_000_000;

/** Everything of one month; `month` undefined is all that lies before the months shown. */
interface MonthRow {
  readonly month: Month | undefined;
  readonly money: readonly MoneyFacts[];
}

export function money(context: PageContext): Html {
  const content =
    context.facts.money.length === 0 ? html`<p class="lead">${say(context, T.none)}</p>` : everything(context);
  return html`<section id="geld" aria-labelledby="h-geld">
    <h2 id="h-geld">${say(context, T.heading)}</h2>
    ${content}
  </section>`;
}

function everything(context: PageContext): Html {
  const rows = monthRows(context);
  const ofVdab = rows.map(({ month, money: all }) => ({
    month,
    money: all.filter(({ component }) => PAID_BY_VDAB.includes(COMPONENTS[component]!)),
  }));
  return html`<p class="lead">${say(context, T.lead)}</p>
    ${componentTable(context)}
    <figure>
      <figcaption>${say(context, T.chart)}</figcaption>
      <p class="explain">${say(context, T.chartExplain)}</p>
      ${key(context)}
      ${context.draw(dueAndOrdered(context, { id: 'c-money', name: say(context, T.chart), height: CHART_HEIGHT }, ofVdab))}
      ${behindChart(context.format, sumsTable(context, ofVdab))}
    </figure>
    <h3>${say(context, T.components)}</h3>
    <p class="explain">${say(context, T.componentsExplain)}</p>
    ${key(context)}
    <ul class="small">
      ${COMPONENTS.map((name, component) => smallChart(context, name, component, rows))}
    </ul>
    <div class="dense">
      ${behindChart(
        context.format,
        componentsByMonth(context, 't-due', T.dueTable, rows, ({ dueCents }) => dueCents),
        componentsByMonth(context, 't-ordered', T.orderedTable, rows, ({ orderedCents }) => orderedCents),
      )}
    </div>`;
}

/** Every month from the first to the last that has money, at most those shown, after one row of what lies before. */
function monthRows({ facts, businessDate }: PageContext): MonthRow[] {
  const months = facts.money.map(({ month }) => month);
  const last = Math.max(monthOf(businessDate), ...months);
  const first = Math.max(Math.min(...months), last - SHOWN_MONTHS + 1);
  const before = facts.money.filter(({ month }) => month < first);
  const rows: MonthRow[] = before.length > 0 ? [{ month: undefined, money: before }] : [];
  for (let month = first; month <= last; month++) {
    rows.push({ month, money: facts.money.filter((each) => each.month === month) });
  }
  return rows;
}

const dueOf = ({ money: of }: MonthRow) => sumOf(of, ({ dueCents }) => dueCents);
const orderedOf = ({ money: of }: MonthRow) => sumOf(of, ({ orderedCents }) => orderedCents);

function componentTable(context: PageContext): Html {
  const rows = COMPONENTS.map((name, component) => ({
    name,
    money: context.facts.money.filter((each) => each.component === component),
  })).filter((row) => row.money.length > 0);
  type Row = (typeof rows)[number];
  const sum = (value: (each: MoneyFacts) => number) => (row: Row) => sumOf(row.money, value);
  const columns: readonly Column<Row>[] = [
    {
      head: say(context, T.component),
      kind: 'text',
      value: ({ name }) => name,
      show: ({ name }) => html`${name}<small>${say(context, COMPONENT_TEXT[name])}</small>`,
    },
    { head: `${say(context, T.due)} (euro)`, kind: 'euro', value: sum(({ dueCents }) => dueCents) },
    { head: `${say(context, T.ordered)} (euro)`, kind: 'euro', value: sum(({ orderedCents }) => orderedCents) },
    { head: `${say(context, T.paid)} (euro)`, kind: 'euro', value: sum(({ paidCents }) => paidCents) },
    { head: `${say(context, T.open)} (euro)`, kind: 'euro', value: sum((each) => each.dueCents - each.orderedCents) },
  ];
  return table(context.format, {
    id: 't-components',
    caption: say(context, T.byComponent),
    columns,
    rows,
    totals: true,
  });
}

function key(context: PageContext): Html {
  const bar = trusted(
    '<svg viewBox="0 0 24 12" aria-hidden="true"><rect x="4" width="16" height="12" fill="var(--first)"/></svg>',
  );
  const line = trusted(
    '<svg viewBox="0 0 24 12" aria-hidden="true"><path d="M0 6H24" stroke="var(--second)" stroke-width="3"/></svg>',
  );
  return html`<ul class="key">
    <li>${bar}${say(context, T.due)}</li>
    <li>${line}${say(context, T.ordered)}</li>
  </ul>`;
}

type Frame = Pick<Drawing, 'id' | 'height'> & { readonly name: string; readonly small?: boolean };

/** Bars for what is due and a line for what is ordered. */
function dueAndOrdered(
  context: PageContext,
  { id, height, name, small = false }: Frame,
  rows: readonly MonthRow[],
): Drawing {
  const { format } = context;
  const shown = rows.filter((row) => row.month !== undefined);
  const months = shown.map(({ month }) => month!);
  const peak = shown.reduce((best, row) => (dueOf(row) > dueOf(best) ? row : best));
  const values = {
    name,
    first: format.month(months[0]!),
    last: format.month(months.at(-1)!),
    peak: format.month(peak.month!),
    amount: format.roundEuro(dueOf(peak)),
    due: format.roundEuro(sumOf(shown, dueOf)),
    ordered: format.roundEuro(sumOf(shown, orderedOf)),
  };
  return {
    id,
    height,
    ...(small ? { width: SMALL.width, oneShape: true } : {}),
    alt: say(context, T.alt, values),
    option: () => ({
      grid: { left: 8, right: 8, top: 12, bottom: 2, containLabel: true },
      xAxis: { ...quietAxis(), type: 'category', data: months.map(formatMonth), axisLabel: yearLabels(format, months) },
      yAxis: {
        ...quietAxis(),
        type: 'value',
        splitNumber: small ? 2 : 4,
        axisLabel: { ...quietAxis().axisLabel, formatter: (cents: number) => axisEuro(format, cents) },
      },
      series: [
        { type: 'bar', silent: true, barCategoryGap: '25%', itemStyle: { color: PAINT.first }, data: shown.map(dueOf) },
        {
          type: 'line',
          silent: true,
          symbol: 'none',
          lineStyle: { color: PAINT.second, width: small ? 2 : 2.5 },
          data: orderedSoFar(shown),
        },
      ],
    }),
  };
}

/** Amounts up to the last month of which anything is ordered: what is not ordered yet is no zero. */
function orderedSoFar(rows: readonly MonthRow[]): (number | null)[] {
  const last = rows.findLastIndex((row) => orderedOf(row) !== 0);
  return rows.map((row, index) => (index <= last ? orderedOf(row) : null));
}

/** A month axis names the years, at January, and the month with which it begins when no January is near. */
function yearLabels(format: Format, months: readonly Month[]) {
  const names = months.map((month, index) => {
    if (month % 12 === 0) return String(yearOf(month));
    return index === 0 && month % 12 < 7 ? format.month(month) : '';
  });
  return { ...quietAxis().axisLabel, interval: 0, formatter: (_: string, index: number) => names[index]! };
}

function axisEuro(format: Format, cents: number): string {
  if (Math.abs(cents) < MILLION_EURO) return format.roundEuro(cents);
  const tenths = Math.round(cents / (MILLION_EURO / 10));
  const decimal = format.lang === 'nl' ? ',' : '.';
  return `€ ${Math.trunc(tenths / 10)}${decimal}${Math.abs(tenths % 10)} ${format.lang === 'nl' ? 'mln' : 'm'}`;
}

function smallChart(context: PageContext, name: Component, component: number, all: readonly MonthRow[]): Html {
  const rows = all.map(({ month, money: of }) => ({ month, money: of.filter((each) => each.component === component) }));
  if (sumOf(rows, ({ money: of }) => of.length) === 0) return html``;
  const title = `${name} · ${say(context, COMPONENT_TEXT[name])}`;
  const amounts = `${say(context, T.due)} ${context.format.roundEuro(sumOf(rows, dueOf))} · ${say(context, T.ordered).toLowerCase()} ${context.format.roundEuro(sumOf(rows, orderedOf))}`;
  return html`<li>
    <h4>${title}</h4>
    <p class="amounts">${amounts}</p>
    ${context.draw(dueAndOrdered(context, { id: `c-${name}`, name: title, height: SMALL.height, small: true }, rows))}
  </li>`;
}

/** Column of the month, and what the row of all earlier months is called. */
function monthColumn(context: PageContext, rows: readonly MonthRow[]): Column<MonthRow> {
  const { format } = context;
  const first = rows.find(({ month }) => month !== undefined)!.month!;
  const before = say(context, TEXT.before, { month: format.month(first) });
  return {
    head: say(context, T.month),
    kind: 'date',
    value: ({ month }) => (month === undefined ? '' : formatMonth(month)),
    show: ({ month }) => (month === undefined ? before : format.month(month)),
  };
}

function sumsTable(context: PageContext, rows: readonly MonthRow[]): Html {
  const columns: readonly Column<MonthRow>[] = [
    monthColumn(context, rows),
    { head: say(context, T.due), kind: 'euro', value: dueOf },
    { head: say(context, T.ordered), kind: 'euro', value: orderedOf },
    { head: say(context, T.open), kind: 'euro', value: (row) => dueOf(row) - orderedOf(row) },
  ];
  return table(context.format, { id: 't-money', caption: say(context, T.chartTable), columns, rows, totals: true });
}

function componentsByMonth(
  context: PageContext,
  id: string,
  caption: Parameters<typeof say>[1],
  rows: readonly MonthRow[],
  value: (money: MoneyFacts) => number,
): Html {
  const columns: Column<MonthRow>[] = [monthColumn(context, rows)];
  COMPONENTS.forEach((name, component) => {
    const ofComponent = ({ money: of }: MonthRow) =>
      sumOf(
        of.filter((each) => each.component === component),
        value,
      );
    columns.push({ head: name, kind: 'euro', value: ofComponent });
  });
  columns.push({ head: say(context, TEXT.total), kind: 'euro', value: ({ money: of }) => sumOf(of, value) });
  return table(context.format, { id, caption: say(context, caption), columns, rows, totals: true });
}
