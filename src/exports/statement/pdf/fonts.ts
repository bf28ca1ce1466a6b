/** The typeface of the PDFs, from the package, made light: read once, and quick to lay out with. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto');

/**
 * Tables for kerning, ligatures and scripts that our texts do not have. Each document reads its fonts anew, and decoding
 * these takes longer than laying out a note of fifty lines: 150 ms of processor time with them, 45 ms without.
 */
const SHAPING_TABLES: ReadonlySet<string> = new Set(['GDEF', 'GPOS', 'GSUB', 'kern']);

/** A font by the name that the package gives it: `Regular`, `Medium`. */
export function lightFont(name: string): Buffer {
  return withoutTables(readFileSync(join(folder, `Roboto-${name}.ttf`)), SHAPING_TABLES);
}

/** Where the directory of a TrueType file begins, and how long each of its records is. */
const DIRECTORY = 12;
const RECORD = 16;

/** The same file with a directory that does not list these tables; the others stay where they are. */
function withoutTables(font: Buffer, left: ReadonlySet<string>): Buffer {
  const light = Buffer.from(font);
  const count = font.readUInt16BE(4);
  const records = Array.from({ length: count }, (_, i) =>
    font.subarray(DIRECTORY + i * RECORD, DIRECTORY + (i + 1) * RECORD),
  );
  const kept = records.filter((record) => !left.has(record.toString('latin1', 0, 4)));
  light.writeUInt16BE(kept.length, 4);
  for (const [i, record] of kept.entries()) record.copy(light, DIRECTORY + i * RECORD);
  return light;
}
