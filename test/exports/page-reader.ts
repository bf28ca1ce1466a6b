/** Reads tables of the page of a night back, without a browser: the amounts stand in the cells as whole cents. */

export interface PageTable {
  /** For each row of the body, and for the totals: what the cells are sorted by, else their text. */
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly string[];
}

/** The table with this id. Throws when the page has none. */
export function readTable(page: string, id: string): PageTable {
  const table = new RegExp(`<table id="${id}"[\\s\\S]*?</table>`).exec(page)?.[0];
  if (table === undefined) throw new Error(`the page has no table ${id}`);
  const part = (name: string) => new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(table)?.[1] ?? '';
  return { rows: rowsOf(part('tbody')), totals: rowsOf(part('tfoot'))[0] ?? [] };
}

function rowsOf(part: string): string[][] {
  return [...part.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[hd]([^>]*)>([\s\S]*?)<\/t[hd]>/g)].map(
      ([, attributes, content]) => / data-v="([^"]*)"/.exec(attributes!)?.[1] ?? textOf(content!),
    ),
  );
}

function textOf(content: string): string {
  return content
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
