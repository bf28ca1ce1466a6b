/** `twe explain <weo_id>`: why each euro of a trajectory is due or not, on the terminal or as JSON. */
import { parseMonth, type Month } from '../calendar.js';
import { EXIT, Failure } from '../errors.js';
import { explain } from '../inspect/explain/explain.js';
import { detail } from '../inspect/explain/text/detail.js';
import { Page } from '../inspect/explain/text/layout.js';
import { overview } from '../inspect/explain/text/overview.js';
import { COMPONENTS, type Component } from '../law/codes.js';
import { knownOnAsked } from './known-on.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface ExplainCommandOptions extends CommonOptions {
  readonly month?: string;
  readonly component?: string;
  readonly knownOn?: string;
}

/** Throws a Failure (exit 2) for a month, component or evening that is none, and whatever `explain` throws. */
export async function explainCommand(weoId: string, options: ExplainCommandOptions): Promise<void> {
  const asked = {
    month: monthOf(options.month),
    component: componentOf(options.component),
    knownOn: knownOnAsked(options.knownOn),
  };
  const settings = settingsOf(options);
  const { law, lawOverrides, lawDigest } = settings;
  const explanation = await withDatabase(settings, (database) =>
    explain(database, weoId, { law, lawOverrides, lawDigest }, asked),
  );
  const terminal = createTerminal(false);
  if (options.json) {
    terminal.print(JSON.stringify(explanation, null, 2));
    return;
  }
  const page = new Page(terminal.columns);
  const lines =
    asked.month === undefined ? overview(page, explanation, asked.component !== undefined) : detail(page, explanation);
  for (const line of lines) terminal.print(line);
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
