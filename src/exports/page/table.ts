/** Tables of the page: a caption, sorted by the script when wanted, scrolled inside or turned into cards on a phone. */
import type { Cents } from '../../money.js';
import type { Format } from './format.js';
import { html, type Html, type Part } from './html.js';
import { fill, TEXT } from './texts.js';

type Kind = 'text' | 'count' | 'euro' | 'share' | 'date';

/** What a cell is sorted by and, unless the column says otherwise, shows. Shares lie between 0 and 1; undefined is nothing. */
type Value = string | number | undefined;

export interface Column<Row> {
  readonly head: string;
  readonly kind: Kind;
  readonly value: (row: Row) => Value;
  /** What is shown instead of the value. */
  readonly show?: (row: Row) => Part;
  /** Shown in the last row instead of the sum; '' shows nothing. */
  readonly total?: Value;
}

export interface TableOptions<Row> {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly sortable?: boolean;
  /** With a last row of sums over the columns of counts and euros. */
  readonly totals?: boolean;
  /** On a phone each row is a card. */
  readonly cards?: boolean;
  /** Further attributes of a row, for filters: `data-...` by name. */
  readonly data?: (row: Row) => Readonly<Record<string, string>>;
}

const NUMBERS: readonly Kind[] = ['count', 'euro', 'share'];

export function table<Row>(format: Format, options: TableOptions<Row>): Html {
  const { id, caption, columns, rows, sortable = false, cards = false } = options;
  const label = fill(TEXT.scrollHint[format.lang], { caption });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">
    <table id="${id}" ${sortable ? html` data-sortable` : ''}${cards ? html` class="cards"` : ''}>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" ${classOf(column)}>${column.head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => bodyRow(format, options, row))}
      </tbody>
      ${options.totals === true ? totalRow(format, options) : ''}
    </table>
  </div>`;
}

function bodyRow<Row>(format: Format, { columns, data }: TableOptions<Row>, row: Row): Html {
  const attributes = Object.entries(data?.(row) ?? {}).map(([name, value]) => html` data-${name}="${value}"`);
  return html`
<tr${attributes}>${columns.map((column, index) => cell(format, column, row, index === 0))}</tr>`;
}

function cell<Row>(format: Format, column: Column<Row>, row: Row, isFirst: boolean): Html {
  const value = column.value(row);
  const shown = column.show ? column.show(row) : written(format, column.kind, value);
  const key = typeof value === 'number' || column.kind === 'date' ? html` data-v="${value}"` : '';
  const attributes = html`${classOf(column, value)}${key} data-label="${column.head}"`;
  return isFirst ? html`<th scope="row" ${attributes}>${shown}</th>` : html`<td${attributes}>${shown}</td>`;
}

function totalRow<Row>(format: Format, { columns, rows }: TableOptions<Row>): Html {
  const cells = columns.map((column, index) => {
    if (index === 0) return html`<th scope="row">${TEXT.total[format.lang]}</th>`;
    const total = totalOf(column, rows);
    const key = typeof total === 'number' ? html` data-v="${total}"` : '';
    return html`<td${classOf(column, total)}${key} data-label="${column.head}">${written(format, column.kind, total)}</td>`;
  });
  return html` <tfoot>
    <tr>
      ${cells}
    </tr>
  </tfoot>`;
}

function totalOf<Row>(column: Column<Row>, rows: readonly Row[]): Value {
  if (column.total !== undefined) return column.total === '' ? undefined : column.total;
  if (column.kind !== 'count' && column.kind !== 'euro') return undefined;
  return rows.reduce((sum, row) => sum + Number(column.value(row) ?? 0), 0);
}

function classOf<Row>({ kind }: Column<Row>, value?: Value): Part {
  if (!NUMBERS.includes(kind)) return '';
  return typeof value === 'number' && value < 0 ? html` class="n negative"` : html` class="n"`;
}

function written(format: Format, kind: Kind, value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return kind === 'date' ? format.date(value) : value;
  if (kind === 'euro') return euro(format, value);
  return kind === 'share' ? format.percent(value) : format.count(value);
}

/** Nothing is a quiet dash: a column of zeros hides what is in it. */
function euro(format: Format, cents: Cents): string {
  return cents === 0 ? '–' : format.euro(cents);
}

/** The table behind a chart, folded away on a screen. */
export function behindChart(format: Format, ...tables: readonly Html[]): Html {
  return html`<details class="print">
    <summary>${TEXT.numbersBehind[format.lang]}</summary>
    ${tables}
  </details>`;
}
