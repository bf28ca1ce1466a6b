/**
 * Charts as SVG text, drawn on this side: no script of the library comes into the page. Colours are the variables of its
 * style, so that a chart follows the light and the dark scheme and the printer.
 */
import type { EChartsType, init } from 'echarts';
import { escapeHtml, html, trusted, type Html } from './html.js';

/** Names of colours; each stands in an option as its own hexadecimal value and becomes a variable of the style. */
export const PAINT = {
  ink: '#010101',
  quiet: '#020202',
  grid: '#030303',
  first: '#040404',
  second: '#050505',
  paper: '#060606',
  accent: '#070707',
} as const;

export type ChartOption = Parameters<EChartsType['setOption']>[0];

/** A chart in two shapes: for a screen of this width and for a phone. */
export interface Drawing {
  /** Unique in the page. */
  readonly id: string;
  /** What a chart says, for who cannot see it. */
  readonly alt: string;
  readonly height: number;
  readonly width?: number;
  readonly option: (narrow: boolean) => ChartOption;
  /** One shape for all, for small charts. */
  readonly oneShape?: boolean;
}

export type Draw = (drawing: Drawing) => Html;

const WIDE = 960;
const NARROW = 360;
export const FONT_SIZE = 12;

/** The bundle in one file: loading 300 modules takes ten times as long. It has no types of its own. */
const BUNDLE = 'echarts/dist/echarts.esm.min';

/** Loads the library, which nothing else needs: 0.1 s and 10 MB, once in a process. */
export async function openCharts(): Promise<Draw> {
  const library = (await import(BUNDLE)) as { init: typeof init };
  const shape = (drawing: Drawing, narrow: boolean, width: number) => {
    const chart = library.init(null, null, { renderer: 'svg', ssr: true, width, height: drawing.height });
    try {
      chart.setOption({ animation: false, ...drawing.option(narrow) });
      return cleaned(chart.renderToSVGString(), drawing, width, narrow);
    } finally {
      chart.dispose();
    }
  };
  return (drawing) => {
    const width = drawing.width ?? WIDE;
    if (drawing.oneShape === true) return shape(drawing, false, width);
    return html`<div class="wide">${shape(drawing, false, width)}</div>
      <div class="narrow">${shape(drawing, true, NARROW)}</div>`;
  };
}

/** Without what a page under a strict policy refuses (inline styles) and with names that do not count renderings. */
function cleaned(svg: string, { id, alt, height }: Drawing, width: number, narrow: boolean): Html {
  let inside = svg
    .replace(/^[\s\S]*?<svg [^>]*>/, '')
    .replaceAll(/<style[\s\S]*?<\/style>/g, '')
    .replaceAll(/ class="zr[^"]*"| ecmeta_\w+="[^"]*"| pointer-events="visible"| xml:space="preserve"/g, '')
    .replaceAll(/ style="([^"]*)"/g, (_, style: string) => attributes(style))
    .replaceAll(/zr\d+-/g, `${id}-${narrow ? 'n' : 'w'}-`);
  for (const [name, colour] of Object.entries(PAINT)) inside = inside.replaceAll(colour, `var(--${name})`);
  const open = `<svg class="chart" role="img" aria-label="${escapeHtml(alt)}" viewBox="0 0 ${width} ${height}">`;
  return trusted(`${open}${inside}`);
}

/** `font-size:12px;font-family:...` as attributes; the typeface is that of the page. */
function attributes(style: string): string {
  return style
    .split(';')
    .map((part) => part.split(':').map((side) => side.trim()))
    .filter(([name]) => name === 'font-size' || name === 'font-weight' || name === 'paint-order')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

/** Axes, text and room of every chart. */
export function quietAxis() {
  return {
    axisLine: { lineStyle: { color: PAINT.quiet } },
    axisTick: { show: false },
    axisLabel: { color: PAINT.quiet, fontSize: FONT_SIZE },
    splitLine: { lineStyle: { color: PAINT.grid } },
    nameTextStyle: { color: PAINT.quiet, fontSize: FONT_SIZE },
  };
}
