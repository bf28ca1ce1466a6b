/** From a definition to a PDF file: fonts of the package, nothing from the network, the same bytes for the same content. */
import { writeFile } from 'node:fs/promises';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Day } from '../../../calendar.js';
import type { Lang } from '../../workbook/look.js';
import { lightFont } from './fonts.js';
import { COLOUR } from './look.js';
import { PDF_TEXT } from './texts.js';

/** The files that the library has in memory: documented, and missing in its types. */
const { virtualfs } = pdfmake as unknown as {
  readonly virtualfs: { writeFileSync(name: string, bytes: Buffer): void };
};

function font(name: string): string {
  virtualfs.writeFileSync(`${name}.ttf`, lightFont(name));
  return `${name}.ttf`;
}

pdfmake.setFonts({ Roboto: { normal: font('Regular'), bold: font('Medium') } });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

export interface PdfDocument extends TDocumentDefinitions {
  readonly title: string;
  readonly lang: Lang;
  /** Its date of creation: whatever the clock says, the same content is the same file. */
  readonly createdOn: Day;
}

/** Writes a file. The identifier of a PDF comes from its title and dates, so that nothing in it is by chance. */
export async function writePdf(path: string, { title, lang, createdOn, ...definition }: PdfDocument): Promise<void> {
  const created = new Date(createdOn * 86_400_000);
  const document = pdfmake.createPdf({
    pageSize: 'A4',
    version: '1.7',
    language: lang === 'nl' ? 'nl-BE' : 'en-GB',
    displayTitle: true,
    info: {
      title,
      author: PDF_TEXT.author[lang],
      subject: PDF_TEXT.programme[lang],
      creationDate: created,
      modDate: created,
    },
    defaultStyle: { font: 'Roboto', fontSize: 9, color: COLOUR.ink, lineHeight: 1.15 },
    styles: {
      section: { fontSize: 11.5, bold: true, color: COLOUR.header },
      quiet: { fontSize: 8, color: COLOUR.quiet },
    },
    ...definition,
  });
  await writeFile(path, await document.getBuffer());
}
