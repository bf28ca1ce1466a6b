/** What every section of the page is made of. */
import type { Day } from '../../calendar.js';
import type { Text } from '../../law/rulebook/sources.js';
import { maskInszIn } from '../../identifiers.js';
import type { ExportedFinding } from '../machine-files.js';
import type { Provenance, StagedFile } from '../publish.js';
import type { Draw } from './charts.js';
import type { NightFacts } from './facts.js';
import type { Format } from './format.js';
import { fill } from './texts.js';

export interface PageContext {
  readonly provenance: Provenance;
  readonly businessDate: Day;
  readonly facts: NightFacts;
  readonly findings: readonly ExportedFinding[];
  /** The machine files of the same folder. */
  readonly files: readonly StagedFile[];
  /** The machine files hold only what the run changed. */
  readonly changesOnly: boolean;
  readonly format: Format;
  readonly draw: Draw;
}

/** A text in the language of the page, with its places filled. */
export function say(
  { format }: Pick<PageContext, 'format'>,
  text: Text,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(text[format.lang], values);
}

/** Free text of a feed: whatever somebody wrote into it, no national number comes onto the page. */
export function fromFeed(text: string): string {
  return maskInszIn(text);
}

/** Names of OCMWs by number; the number itself where there is none. */
export function ocmwNames({ payees }: NightFacts): (ocmwId: string) => string {
  const names = new Map(payees.map(({ ocmwId, name }) => [ocmwId, fromFeed(name)]));
  return (ocmwId) => names.get(ocmwId) || ocmwId;
}

/** Sum of a number of each row. */
export function sumOf<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}
