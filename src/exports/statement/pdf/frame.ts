/** Head and foot of the pages. */
import type { Content } from 'pdfmake/interfaces.js';
import type { Lang } from '../../workbook/look.js';
import { COLOUR, NOTE_WIDTH, PAGE_MARGINS } from './look.js';
import { PDF_TEXT } from './texts.js';

const SIDE = PAGE_MARGINS[0];

/** Who sends it, and about what. */
export function firstHeader(lang: Lang): Content {
  return {
    margin: [SIDE, 24, SIDE, 0],
    stack: [
      {
        columns: [
          { text: PDF_TEXT.author[lang], bold: true, fontSize: 13, color: COLOUR.header, width: 'auto' },
          { text: PDF_TEXT.programme[lang], color: COLOUR.quiet, alignment: 'right', margin: [0, 3, 0, 0] },
        ],
      },
      rule(1.2, COLOUR.header),
    ],
  };
}

/** What the document is about, and `Pagina 2 van 8`. */
export function footer(about: string, page: number, pages: number, lang: Lang): Content {
  return {
    margin: [SIDE, 14, SIDE, 0],
    fontSize: 7.5,
    color: COLOUR.quiet,
    columns: [about, { text: PDF_TEXT.pageOf(page, pages)[lang], alignment: 'right', width: 80 }],
  };
}

/** A line over the width of the page. */
export function rule(lineWidth: number, lineColor: string): Content {
  return { canvas: [{ type: 'line', x1: 0, y1: 3, x2: NOTE_WIDTH, y2: 3, lineWidth, lineColor }] };
}
