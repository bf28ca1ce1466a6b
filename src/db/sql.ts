/** Statements live in sql/queries, one file for each; this reads them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/** The folder with migrations, queries, views and checks. */
export const sqlFolder: string = join(packageRoot, 'sql');

const statements = new Map<string, string>();

/** The text of `sql/queries/<name>.sql`, read once: `sql('records/build_facts')`. Throws when the file is missing. */
export function sql(name: string): string {
  const known = statements.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(join(sqlFolder, 'queries', `${name}.sql`), 'utf8');
  statements.set(name, text);
  return text;
}
