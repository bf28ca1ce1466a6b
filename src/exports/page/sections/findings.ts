/** Findings to act on: how many of each kind, and the most urgent ones in a table that sorts and filters. */
import type { ExportedFinding } from '../../machine-files.js';
import { ACTION_TEXT } from '../../statement/action-texts.js';
import { FINDING_TEXT } from '../cause-texts.js';
import { html, type Html } from '../html.js';
import { compareTexts } from '../ocmw-signs.js';
import { fromFeed, ocmwNames, say, type PageContext } from '../page-context.js';
import { table, type Column } from '../table.js';
import { TEXT } from '../texts.js';

const T = TEXT.findings;
/** Most urgent first. */
const SEVERITIES = ['ERROR', 'WARNING', 'NOTICE'] as const;
type Severity = (typeof SEVERITIES)[number];
/** What a page can carry and a reader can go through; findings.csv holds all. */
const MOST_OF_A_KIND = 100;
const MOST = 1000;
/** With a script; without one all are there. */
const SHOWN_AT_ONCE = 25;

export function findings(context: PageContext): Html {
  const content = context.findings.length === 0 ? html`<p class="lead">${say(context, T.none)}</p>` : listed(context);
  return html`<section id="bevindingen" aria-labelledby="h-bevindingen">
    <h2 id="h-bevindingen">${say(context, T.heading)}</h2>
    ${content}
  </section>`;
}

export function countOf(findings: readonly ExportedFinding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function listed(context: PageContext): Html {
  const { format, findings: all } = context;
  const counts = {
    errors: format.count(countOf(all, 'ERROR')),
    warnings: format.count(countOf(all, 'WARNING')),
    notices: format.count(countOf(all, 'NOTICE')),
  };
  const shown = mostUrgent(all);
  const limits = { shown: format.count(shown.length), all: format.count(all.length), each: MOST_OF_A_KIND };
  return html`<p class="lead">${say(context, T.lead, counts)}</p>
    ${kindTable(context)}
    <h3>${say(context, T.list)}</h3>
    <p class="explain">
      ${shown.length < all.length ? html`${say(context, T.limited, limits)} ` : ''}${say(context, T.english)}
    </p>
    ${filters(context, shown)}${findingTable(context, shown)}
    <p class="more">
      <button type="button" data-more="t-findings" data-step="${SHOWN_AT_ONCE}" hidden>
        ${say(context, TEXT.more, { step: SHOWN_AT_ONCE })}
      </button>
    </p>`;
}

function rankOf(severity: string): number {
  const rank = SEVERITIES.indexOf(severity as Severity);
  return rank < 0 ? SEVERITIES.length : rank;
}

/** In order of severity, kind, OCMW, WEO and text; a kind that fills the page leaves room for the others. */
function mostUrgent(all: readonly ExportedFinding[]): ExportedFinding[] {
  const keyOf = (finding: ExportedFinding) =>
    [rankOf(finding.severity), finding.code, finding.ocmwId, finding.weoId, finding.subject, finding.message].join(
      '\u0000',
    );
  const keyed = all.map((finding) => ({ finding, key: keyOf(finding) })).sort((a, b) => compareTexts(a.key, b.key));
  const counts = new Map<string, number>();
  const shown: ExportedFinding[] = [];
  for (const { finding } of keyed) {
    const kind = `${finding.severity} ${finding.code}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= MOST_OF_A_KIND && shown.length < MOST) shown.push(finding);
  }
  return shown;
}

interface Kind {
  readonly severity: string;
  readonly code: string;
  count: number;
  readonly ocmws: Set<string>;
}

/** What it is about and how urgent: sorted by urgency, not by the word. */
function kindColumns(context: PageContext): readonly Column<Pick<ExportedFinding, 'severity' | 'code'>>[] {
  return [
    {
      head: say(context, T.kind),
      kind: 'text',
      value: ({ code }) => kindText(context, code),
      show: ({ code }) => kindCell(context, code),
    },
    {
      head: say(context, T.severity),
      kind: 'text',
      value: ({ severity }) => String(rankOf(severity)),
      show: ({ severity }) => severityChip(context, severity),
    },
  ];
}

function kindTable(context: PageContext): Html {
  const kinds = new Map<string, Kind>();
  for (const { severity, code, ocmwId } of context.findings) {
    const name = `${rankOf(severity)} ${code}`;
    const kind = kinds.get(name) ?? { severity, code, count: 0, ocmws: new Set<string>() };
    kinds.set(name, kind);
    kind.count += 1;
    if (ocmwId !== '') kind.ocmws.add(ocmwId);
  }
  const rows = [...kinds].sort(([a], [b]) => compareTexts(a, b)).map(([, kind]) => kind);
  const columns: readonly Column<Kind>[] = [
    ...kindColumns(context),
    { head: say(context, T.count), kind: 'count', value: ({ count }) => count },
    { head: say(context, T.ocmws), kind: 'count', value: ({ ocmws }) => ocmws.size, total: '' },
  ];
  return table(context.format, { id: 't-kinds', caption: say(context, T.byCode), columns, rows, totals: true });
}

/**
 * The sentences of findings are English, as in findings.csv. In Dutch comes first what the OCMW can do, in the words of its
 * statement; what is no matter of an OCMW has the sentence alone.
 */
function messageCell(context: PageContext, { code, message }: ExportedFinding): Html {
  const sentence = html`<span lang="en">${fromFeed(message)}</span>`;
  const text = ACTION_TEXT[code];
  if (context.format.lang === 'en' || text === undefined) return sentence;
  return html`${say(context, text.advice)}
    <details>
      <summary>${say(context, T.original)}</summary>
      ${sentence}
    </details>`;
}

function kindText(context: PageContext, code: string): string {
  const text = FINDING_TEXT[code];
  return text === undefined ? code : say(context, text);
}

function kindCell(context: PageContext, code: string): Html {
  return FINDING_TEXT[code] === undefined ? html`${code}` : html`${kindText(context, code)}<small>${code}</small>`;
}

function severityChip(context: PageContext, severity: string): Html {
  const text = (TEXT.severities as Readonly<Record<string, (typeof TEXT.severities)['ERROR']>>)[severity];
  return html`<span class="chip ${severity}">${text === undefined ? severity : say(context, text)}</span>`;
}

function filters(context: PageContext, shown: readonly ExportedFinding[]): Html {
  const nameOf = ocmwNames(context.facts);
  const distinct = (value: (finding: ExportedFinding) => string) => [...new Set(shown.map(value))];
  const select = (by: string, label: string, options: readonly (readonly [value: string, name: string])[]) =>
    html`<label
      >${label}<select data-by="${by}">
        <option value="">${say(context, T.allOf)}</option>
        ${options.map(([value, name]) => html`<option value="${value}">${name}</option>`)}
      </select></label
    >`;
  const severities = distinct(({ severity }) => severity).map((severity): [string, string] => [
    severity,
    say(context, TEXT.severities[severity as Severity] ?? { nl: severity, en: severity }),
  ]);
  const codes = distinct(({ code }) => code).sort(compareTexts);
  const ocmws = distinct(({ ocmwId }) => ocmwId)
    .map((ocmwId): [string, string] => (ocmwId === '' ? ['-', say(context, T.noOcmw)] : [ocmwId, nameOf(ocmwId)]))
    .sort(([, a], [, b]) => compareTexts(a, b));
  return html`<div
    class="filters"
    data-filters="t-findings"
    role="search"
    aria-label="${say(context, T.filters)}"
    hidden
  >
    ${select('severity', say(context, T.severity), severities)}
    ${select(
      'code',
      say(context, T.kind),
      codes.map((code) => [code, kindText(context, code)]),
    )}
    ${select('ocmw', 'OCMW', ocmws)}
    <label>${say(context, T.search)}<input type="search" autocomplete="off" /></label>
    <button type="button">${say(context, T.clear)}</button>
    <p role="status" data-text="${TEXT.shown[context.format.lang]}"></p>
  </div>`;
}

function findingTable(context: PageContext, rows: readonly ExportedFinding[]): Html {
  const nameOf = ocmwNames(context.facts);
  const columns: readonly Column<ExportedFinding>[] = [
    ...kindColumns(context),
    {
      head: 'OCMW',
      kind: 'text',
      value: ({ ocmwId }) => (ocmwId === '' ? '' : nameOf(ocmwId)),
    },
    { head: say(context, T.weo), kind: 'text', value: ({ weoId }) => weoId },
    { head: say(context, T.subject), kind: 'text', value: ({ subject }) => fromFeed(subject) },
    {
      head: say(context, T.message),
      kind: 'text',
      value: ({ message }) => fromFeed(message),
      show: (finding) => messageCell(context, finding),
    },
  ];
  const data = ({ severity, code, ocmwId }: ExportedFinding) => ({
    severity,
    code,
    ocmw: ocmwId === '' ? '-' : ocmwId,
  });
  return table(context.format, {
    id: 't-findings',
    caption: say(context, T.list),
    columns,
    rows,
    sortable: true,
    cards: true,
    data,
  });
}
