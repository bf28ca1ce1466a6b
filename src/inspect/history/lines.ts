/** The lines of one OCMW in a machine file, byte for byte as they stand there. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** Names of the column that says which OCMW a line is about. */
const OCMW_COLUMNS = ['ocmw_id', 'ocmw_nummer'];

/** A line with its cells by column name. */
export interface FileLine {
  readonly cells: Readonly<Record<string, string>>;
  /** With its line end. */
  readonly text: string;
}

export interface OcmwLines {
  /** With its line end. */
  readonly header: string;
  readonly lines: readonly FileLine[];
}

interface RawRecord {
  readonly raw: string;
  readonly record: readonly string[];
}

/**
 * Header and lines of an OCMW (of all of them without one). Undefined for a file whose lines name no OCMW, such as
 * rejects.csv.
 */
export async function linesOf(path: string, ocmwId: string | undefined): Promise<OcmwLines | undefined> {
  const records = createReadStream(path).pipe(parse({ raw: true, relax_column_count: false }));
  let columns: readonly string[] | undefined;
  let header = '';
  let place = -1;
  const lines: FileLine[] = [];
  for await (const { raw, record } of records as AsyncIterable<RawRecord>) {
    if (columns === undefined) {
      columns = record;
      header = raw;
      place = record.findIndex((name) => OCMW_COLUMNS.includes(name));
      if (place === -1) return undefined;
    } else if (ocmwId === undefined || record[place] === ocmwId) {
      const cells = Object.fromEntries(columns.map((name, index) => [name, record[index]!]));
      lines.push({ cells, text: raw });
    }
  }
  return { header, lines };
}
