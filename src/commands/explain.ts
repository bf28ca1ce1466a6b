/** `twe explain <weo_id>`: why each euro of a trajectory is due or not, on the terminal, as JSON or as a page to send. */
import { writeFileSync } from 'node:fs';
import { parseMonth, type Month } from '../calendar.js';
import { EXIT, Failure } from '../errors.js';
import { explainWriteError } from '../exports/publish.js';
import type { ShownClient } from '../inspect/client.js';
import { explain } from '../inspect/explain/explain.js';
import type { Explanation } from '../inspect/explain/explanation.js';
import { explanationPage } from '../inspect/explain/page/page.js';
import { EXPLANATION_SCHEMA } from '../inspect/explain/schema.js';
import { detail } from '../inspect/explain/text/detail.js';
import { Page } from '../inspect/explain/text/layout.js';
import { overview } from '../inspect/explain/text/overview.js';
import { COMPONENTS, type Component } from '../law/codes.js';
import { knownOnAsked } from './known-on.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { clientLines, reasonToShow, shownClient, type ShownClientOptions } from './shown-client.js';
import { createTerminal, type Terminal } from './terminal.js';

export interface ExplainCommandOptions extends CommonOptions, ShownClientOptions {
  readonly month?: string;
  readonly component?: string;
  readonly knownOn?: string;
  /** A file, or true: standard output. */
  readonly html?: string | true;
  readonly schema?: boolean;
}

/**
 * Throws a Failure (exit 2) for a month, component or evening that is none, for a page that cannot be written, and whatever
 * `explain` throws.
 */
export async function explainCommand(weoId: string | undefined, options: ExplainCommandOptions): Promise<void> {
  const terminal = createTerminal(false);
  if (options.schema) {
    terminal.print(JSON.stringify(EXPLANATION_SCHEMA, null, 2));
    return;
  }
  const wanted = wantedIn(weoId, options);
  const asked = {
    month: monthOf(options.month),
    component: componentOf(options.component),
    knownOn: knownOnAsked(options.knownOn),
  };
  const settings = settingsOf(options);
  const { law, lawOverrides, lawDigest } = settings;
  const reason = reasonToShow(options);
  const { explanation, client } = await withDatabase(settings, async (database) => ({
    explanation: await explain(database, wanted, { law, lawOverrides, lawDigest }, asked),
    client: await shownClient(database, wanted, reason),
  }));
  show(terminal, explanation, client, options);
}

function show(
  terminal: Terminal,
  explanation: Explanation,
  client: ShownClient | undefined,
  { json, html }: ExplainCommandOptions,
): void {
  if (json) {
    terminal.print(JSON.stringify({ ...explanation, client }, null, 2));
    return;
  }
  if (html !== undefined) {
    showPage(terminal, explanationPage(explanation), html);
    return;
  }
  for (const line of clientLines(client)) terminal.print(line);
  const { month, component } = explanation.asked;
  const page = new Page(terminal.columns);
  const lines = month === null ? overview(page, explanation, component !== null) : detail(page, explanation);
  for (const line of lines) terminal.print(line);
}

function showPage(terminal: Terminal, page: string, file: string | true): void {
  if (file === true) {
    terminal.print(page);
    return;
  }
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw explainWriteError(error, file);
  }
  terminal.note(`The explanation was written to ${file}.`);
}

/** The WEO; and one form is enough. */
function wantedIn(weoId: string | undefined, { json, html }: ExplainCommandOptions): string {
  if (weoId === undefined) {
    throw new Failure(EXIT.usage, 'Which trajectory? Give the id of its agreement, for example: twe explain X15');
  }
  if (json && html !== undefined) throw new Failure(EXIT.usage, 'Choose one of --json and --html, not both.');
  return weoId;
}

function monthOf(text: string | undefined): Month | undefined {
  if (text === undefined) return undefined;
  const month = parseMonth(text);
  if (month !== undefined) return month;
  throw new Failure(EXIT.usage, `--month ${text} is not a month. Write it as YYYY-MM, for example 2024-03.`);
}

function componentOf(text: string | undefined): Component | undefined {
  if (text === undefined) return undefined;
  const component = COMPONENTS.find((each) => each === text.toUpperCase());
  if (component !== undefined) return component;
  throw new Failure(EXIT.usage, `--component ${text} is not a component. Components are: ${COMPONENTS.join(', ')}.`);
}
