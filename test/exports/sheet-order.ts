/** The children of a worksheet as they stand in the file, and as the format asks. */
import { expect } from 'vitest';

/** Order of the children of a worksheet in ECMA-376, as far as we use them. */
const SCHEMA_ORDER = [
  'sheetPr',
  'dimension',
  'sheetViews',
  'sheetFormatPr',
  'cols',
  'sheetData',
  'sheetProtection',
  'autoFilter',
  'mergeCells',
  'conditionalFormatting',
  'dataValidations',
  'hyperlinks',
  'printOptions',
  'pageMargins',
  'pageSetup',
  'headerFooter',
  'rowBreaks',
  'drawing',
  'legacyDrawing',
];

/** Names of the children of the worksheet element, in the order of the file. */
export function elements(xml: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [, closing, name, , selfClosing] of xml.matchAll(/<(\/?)([\w:]+)((?:"[^"]*"|[^>"])*?)(\/?)>/g)) {
    if (closing) depth--;
    else {
      if (depth === 1) names.push(name!);
      if (!selfClosing) depth++;
    }
  }
  return names;
}

export function inSchemaOrder(names: readonly string[]): string[] {
  for (const name of names) expect(SCHEMA_ORDER).toContain(name);
  return [...names].sort((a, b) => SCHEMA_ORDER.indexOf(a) - SCHEMA_ORDER.indexOf(b));
}
