/** The page for operators, of which tests run the commands. */
import { readFileSync } from 'node:fs';

/** The blocks of commands under a heading of the page, line by line. */
export function commandsOf(heading: string): string[][] {
  const page = readFileSync('jobs/deploy/README.md', 'utf8');
  const [, after] = page.split(`\n## ${heading}\n`);
  const section = after!.split('\n## ')[0]!;
  return [...section.matchAll(/```sh\n([^]*?)```/g)].map((block) => block[1]!.trimEnd().split('\n'));
}
