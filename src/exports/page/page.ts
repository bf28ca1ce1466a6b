/**
 * The page of a night, `verslag-<date>.html`: one file without a server or a network, for a screen, a phone and paper.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import type { ExportedFinding } from '../machine-files.js';
import type { Provenance, StagedFile } from '../publish.js';
import type { Lang } from '../workbook/look.js';
import { TEXT as DOCUMENT_TEXT } from '../workbook/texts.js';
import { openCharts } from './charts.js';
import { readNightFacts } from './facts.js';
import { formatFor } from './format.js';
import { html, policyDigest, trusted, type Html } from './html.js';
import { pageChecks, refuseDisagreement } from './page-checks.js';
import { say, sumOf, type PageContext } from './page-context.js';
import { SCRIPT } from './script.js';
import { arrivals, deliveriesText } from './sections/arrivals.js';
import { batches, bookedTonight } from './sections/batches.js';
import { checks } from './sections/checks.js';
import { countOf, findings } from './sections/findings.js';
import { measured, measuredTonight } from './sections/measured.js';
import { money } from './sections/money.js';
import { ocmws } from './sections/ocmws.js';
import { outflow } from './sections/outflow.js';
import { rejects } from './sections/rejects.js';
import { STYLE } from './style.js';
import { TEXT } from './texts.js';

export interface PageOptions extends Provenance {
  readonly lang: Lang;
  readonly findings: readonly ExportedFinding[];
  /** Set when the machine files hold only what this run changed. */
  readonly changedByRun?: number | undefined;
}

/** `verslag-2024-04-16.html`. */
export function pageName(businessDate: string): string {
  return `verslag-${businessDate}.html`;
}

/**
 * Writes the page into a folder. Needs the tables of `prepareExport`.
 * @param files the machine files of the same folder; a sum that is not theirs throws a Failure (exit 4)
 */
export async function writePage(
  session: Session,
  folder: string,
  options: PageOptions,
  files: readonly StagedFile[],
): Promise<StagedFile> {
  const { lang, findings: found, changedByRun, runId, job, businessDate, lawDigest, inputDigest } = options;
  const known = {
    provenance: { runId, job, businessDate, lawDigest, inputDigest },
    businessDate: day(businessDate),
    facts: await readNightFacts(session, day(businessDate)),
    findings: found,
    files,
    changesOnly: changedByRun !== undefined,
  };
  refuseDisagreement(pageChecks(known));
  const page = pageOf({ ...known, format: formatFor(lang), draw: await openCharts() });
  const name = pageName(businessDate);
  await writeFile(join(folder, name), page.text);
  return { name, rows: found.length, totalCents: sumOf(known.facts.money, ({ dueCents }) => dueCents) };
}

const SECTIONS = [
  { id: 'binnen', heading: TEXT.arrivals.heading, write: arrivals },
  { id: 'opzij', heading: TEXT.rejects.heading, write: rejects },
  { id: 'gemeten', heading: TEXT.measured.heading, write: measured },
  { id: 'geld', heading: TEXT.money.heading, write: money },
  { id: 'uitstroom', heading: TEXT.outflow.heading, write: outflow },
  { id: 'ocmws', heading: TEXT.ocmws.heading, write: ocmws },
  { id: 'bevindingen', heading: TEXT.findings.heading, write: findings },
  { id: 'batches', heading: TEXT.batches.heading, write: batches },
  { id: 'controles', heading: TEXT.checks.heading, write: checks },
] as const;

/** Nothing may be loaded or sent, and no style or script but these two may act: a text of a feed cannot become one. */
const POLICY = [
  "default-src 'none'",
  `style-src '${policyDigest(STYLE)}'`,
  `script-src '${policyDigest(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function pageOf(context: PageContext): Html {
  const { provenance, format } = context;
  const title = `${say(context, TEXT.title)} ${format.date(provenance.businessDate)}`;
  return html`<!doctype html>
    <html lang="${format.lang}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${trusted(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#inhoud">${say(context, TEXT.skip)}</a>
        ${head(context)}
        <nav aria-label="${say(context, TEXT.contents)}">
          <ul>
            ${SECTIONS.map(({ id, heading }) => html`<li><a href="#${id}">${say(context, heading)}</a></li>`)}
          </ul>
        </nav>
        <main id="inhoud" tabindex="-1">
          ${context.changesOnly ? html`<p class="notice">${say(context, TEXT.changedOnly)}</p>` : ''}
          ${SECTIONS.map(({ write }) => write(context))}
        </main>
        <footer><p>${say(context, TEXT.footer, { run: provenance.runId })}</p></footer>
        ${trusted(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `;
}

function head(context: PageContext): Html {
  const { provenance, format } = context;
  const line = (name: keyof typeof TEXT & ('run' | 'lawDigest' | 'inputDigest'), value: string) =>
    html`<dt>${say(context, TEXT[name])}</dt>
      <dd>${value}</dd>`;
  return html`<header>
    <p class="program">${say(context, TEXT.program)}</p>
    <h1>${say(context, TEXT.title)}</h1>
    <p class="date">${format.longDate(provenance.businessDate)}</p>
    <p class="statusline">
      <span class="status">${say(context, DOCUMENT_TEXT.status.PROVISIONAL)}</span>
      ${say(context, TEXT.statusMeaning)}
    </p>
    <dl class="tiles">${tiles(context)}</dl>
    <dl class="provenance">
      ${line('run', provenance.runId)}${line('lawDigest', provenance.lawDigest)}${line('inputDigest', provenance.inputDigest)}
    </dl>
  </header>`;
}

/** The night in six numbers. */
function tiles(context: PageContext): Html[] {
  const { facts, format, findings: found } = context;
  const T = TEXT.tiles;
  const booked = bookedTonight(context);
  const outcomes = facts.outcomesByQuarter;
  const tile = (name: Html | string, figure: string, note: string) =>
    html`<div>
      <dt>${name}</dt>
      <dd><span class="figure">${figure}</span> <span class="note">${note}</span></dd>
    </div>`;
  return [
    tile(say(context, T.rows), format.count(sumOf(facts.files, ({ rowCount }) => rowCount)), deliveriesText(context)),
    tile(
      say(context, T.setAside),
      format.count(sumOf(facts.rejects, ({ rows }) => rows)),
      say(context, T.setAsideNote, { tonight: format.count(sumOf(facts.rejects, ({ tonight }) => tonight)) }),
    ),
    tile(
      say(context, T.measured),
      format.count(measuredTonight(outcomes)),
      say(context, T.measuredNote, {
        positive: format.count(sumOf(outcomes, ({ tonightPositive }) => tonightPositive)),
        pending: format.count(sumOf(outcomes, ({ tonightPending }) => tonightPending)),
      }),
    ),
    tile(
      say(context, T.due),
      format.roundEuro(sumOf(facts.money, ({ dueCents }) => dueCents)),
      say(context, T.dueNote, { ordered: format.roundEuro(sumOf(facts.money, ({ orderedCents }) => orderedCents)) }),
    ),
    tile(
      say(context, T.pay),
      format.roundEuro(sumOf(booked, ({ payCents }) => payCents)),
      say(context, T.payNote, { claims: format.roundEuro(sumOf(booked, ({ claimCents }) => claimCents)) }),
    ),
    tile(
      say(context, T.findings),
      format.count(found.length),
      say(context, T.findingsNote, {
        errors: format.count(countOf(found, 'ERROR')),
        warnings: format.count(countOf(found, 'WARNING')),
      }),
    ),
  ];
}
