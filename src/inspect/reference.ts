/** Reference tables in Markdown, printed from the data that the program works with: the README holds exactly these. */
import { LAW_KEY_NAMES, lawKeyOf } from '../law/keys.js';
import { parameterTable } from '../law/parameters.js';
import { GLOSSARY, OPEN_QUESTIONS, RULEBOOK } from '../law/rulebook/rulebook.js';

/** Tables by the name of their place in the README. */
export function referenceTables(): Readonly<Record<string, string>> {
  return { keys: keysTable(), rules: rulesTable(), questions: questionsList(), glossary: glossaryTable() };
}

/** Text with the tables put between `<!-- begin NAME -->` and `<!-- end NAME -->`. */
export function withReferenceTables(text: string): string {
  return Object.entries(referenceTables()).reduce((filled, [name, table]) => {
    const place = new RegExp(`(<!-- begin ${name} -->\n)[^]*?(<!-- end ${name} -->)`);
    return filled.replace(place, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
  }, text);
}

function keysTable(): string {
  const parameters = new Map(parameterTable().map((row) => [row.key, row]));
  const rows = LAW_KEY_NAMES.map((name) => {
    const key = lawKeyOf(name);
    const values = parameters.get(name)?.values ?? [];
    const shown = values.map(({ from, value }) => (from === undefined ? value : `${value} (from ${from})`)).join(', ');
    return [`\`${name}\``, shown || 'none', key.kind.allowed, key.description.en, key.rules.join(', ')];
  });
  return table(['key', 'default', 'allowed', 'what it decides', 'rules'], rows);
}

function rulesTable(): string {
  const rows = RULEBOOK.flatMap((section) =>
    section.rules.map((rule) => [rule.id, rule.text.en, rule.text.nl, rule.confidence]),
  );
  return table(['id', 'rule', 'regel', 'confidence'], rows);
}

function questionsList(): string {
  return OPEN_QUESTIONS.map(({ text, keys }, index) => {
    const decided = keys.length === 0 ? '' : ` (${keys.map((key) => `\`${key}\``).join(', ')})`;
    return `${index + 1}. ${text.en}${decided}`;
  }).join('\n');
}

function glossaryTable(): string {
  return table(
    ['Dutch', 'English'],
    GLOSSARY.map(({ nl, en }) => [nl, en]),
  );
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
