/** Data flows one way: no file imports from a later stage, and the law knows no world but its own. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve('src');

/** Stages in the order of the data. Files straight below src (money, calendar, ...), config and db serve all stages. */
const STAGES = [
  'sources',
  'feeds',
  'records',
  'law',
  'ledger',
  'settlement',
  'exports',
  'inspect',
  'runs',
  'watch',
  'commands',
] as const;
const FOUNDATIONS = ['', 'config', 'db'];

/** What the law may lean on: integers, dates, money, failures as values, and the shape of facts. */
const LAW_MAY_IMPORT = ['calendar', 'money', 'errors', 'records/facts'];

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:^|\n)(?:import|export)[^;'"]*?from '([^']+)'|\bimport\('([^']+)'\)/g)].map(
    (match) => match[1] ?? match[2]!,
  );
}

/** Path below src without the ending; undefined for packages, node and jobs. */
function targetOf(file: string, imported: string): string | undefined {
  if (!imported.startsWith('.')) return undefined;
  const path = relative(SRC, resolve(dirname(file), imported)).replace(/\.(js|ts|json)$/, '');
  return path.startsWith('..') ? undefined : path;
}

function folderOf(path: string): string {
  return path.includes('/') ? path.split('/')[0]! : '';
}

/** The command line stands above everything. */
function rankOf(path: string): number {
  if (path === 'cli') return STAGES.length;
  const folder = folderOf(path);
  return FOUNDATIONS.includes(folder) ? -1 : STAGES.indexOf(folder as (typeof STAGES)[number]);
}

const files = sourceFiles(SRC).map((path) => ({
  path,
  name: relative(SRC, path).replace(/\.ts$/, ''),
  imports: importsOf(path),
}));

describe('the architecture', () => {
  it('knows the place of every folder below src', () => {
    const folders = readdirSync(SRC).filter((name) => statSync(join(SRC, name)).isDirectory());
    expect(folders.filter((folder) => !FOUNDATIONS.includes(folder)).sort()).toEqual([...STAGES].sort());
  });

  it('has no import against the direction of the data', () => {
    const wrong = files.flatMap(({ path, name, imports }) =>
      imports
        .map((imported) => targetOf(path, imported))
        .filter((target): target is string => target !== undefined)
        .filter((target) => rankOf(target) > rankOf(name) && !isConfigOfLaw(name, target))
        .map((target) => `${name} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the law free of I/O, clock and database', () => {
    const law = files.filter(({ name }) => name.startsWith('law/'));
    expect(law.length).toBeGreaterThan(10);
    const wrong = law.flatMap(({ path, name, imports }) =>
      imports
        .filter((imported) => {
          const target = targetOf(path, imported);
          return target === undefined || !(target.startsWith('law/') || LAW_MAY_IMPORT.includes(target));
        })
        .map((imported) => `${name} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
    const worldly = /\b(Date\.now|new Date\(|Math\.random|process\.|performance\.|fetch\(|setTimeout|console\.)/;
    expect(law.filter(({ path }) => worldly.test(readFileSync(path, 'utf8'))).map(({ name }) => name)).toEqual([]);
  });

  it('takes from records only the shape of facts in the law, and only as types', () => {
    const law = files.filter(({ name }) => name.startsWith('law/'));
    const values = law.filter(({ path }) =>
      /import (?!type)[^;]*from '(\.\.\/)+records\/facts\.js'/.test(readFileSync(path, 'utf8')),
    );
    expect(values.filter(({ path }) => !/import \{[^}]*\btype\b/.test(readFileSync(path, 'utf8')))).toEqual([]);
  });
});

/** The configuration builds the law that it holds: the one place where a foundation looks at a stage. */
function isConfigOfLaw(name: string, target: string): boolean {
  const isConfig = name === 'config' || name.startsWith('config/');
  return isConfig && (target.startsWith('law/') || target.startsWith('feeds/'));
}
