/** What the clawback workbook says of a batch as a whole, and what its control sheet compares. */
import type { Text } from '../../law/rulebook/sources.js';
import type { Cents } from '../../money.js';
import { addUp, countOf, errorsIn, sumOf, type Check } from './common-sheets.js';
import type { WorkbookDocument } from './document.js';
import type { TablePlan } from './table.js';
import { text } from './texts.js';

/** Columns of the sheets "Lijnen", "Overzicht" and "Per reden". */
export const IN_LINES = { ocmw: 0, weo: 2, toReclaim: 7, reason: 9, rule: 10 } as const;
export const IN_CLAWBACK = { lines: 3, toReclaim: 4, netted: 5, later: 6, claimed: 7 } as const;
export const IN_REASONS = { lines: 5, toReclaim: 6 } as const;

export interface ClawbackTables {
  readonly overview: TablePlan;
  readonly reasons: TablePlan;
  readonly lines: TablePlan;
}

/** What is claimed indeed, said on every sheet of a batch: most of what was ordered too much may be netted. */
export function clawbackRemark({ batch, control, status }: WorkbookDocument): Text | undefined {
  if (batch === undefined || status === 'REJECTED' || control.reclaimCents === 0) return undefined;
  const { claimCents } = batch.totals;
  const claims = batch.outcomes.filter((outcome) => outcome.claimCents > 0).length;
  if (claims === 0) {
    return text(
      'niets wordt teruggevraagd: wat te veel besteld was, is verrekend of wordt later afgehouden',
      'nothing is claimed: what was ordered too much is netted or taken off later',
    );
  }
  const ocmws = claims === 1 ? ['OCMW', 'OCMW'] : ['OCMW’s', 'OCMWs'];
  return text(
    `${euroText(claimCents, 'nl-BE')} wordt teruggevorderd bij ${claims} ${ocmws[0]}; de rest is verrekend of wordt later afgehouden`,
    `${euroText(claimCents, 'en-GB')} is claimed from ${claims} ${ocmws[1]}; the rest is netted or taken off later`,
  );
}

function euroText(cents: Cents, locale: string): string {
  return `${(cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 })} euro`;
}

/** The checks, in the order in which they stand. */
export function clawbackChecks(document: WorkbookDocument, tables: ClawbackTables): Check[] {
  const { lang } = document;
  const { overview, reasons, lines } = tables;
  const count = (nl: string, en: string, left: Check['left'], right: Check['right']): Check => ({
    what: { nl, en },
    unit: 'count',
    left,
    right,
  });
  return [
    ...amountChecks(document, tables),
    ...batchChecks(document, tables),
    count(
      'Aantal lijnen: overzicht = lijnen',
      'Number of lines: overview = lines',
      sumOf(overview, lang, IN_CLAWBACK.lines),
      countOf(lines, lang, IN_LINES.weo),
    ),
    count(
      'Aantal lijnen: per reden = lijnen',
      'Number of lines: per reason = lines',
      sumOf(reasons, lang, IN_REASONS.lines),
      countOf(lines, lang, IN_LINES.weo),
    ),
    count(
      'Cellen met een fout in dit werkboek',
      'Cells with an error in this workbook',
      errorsIn([overview, reasons, lines], lang),
      0,
    ),
  ];
}

function amountChecks({ lang, control }: WorkbookDocument, { overview, reasons, lines }: ClawbackTables): Check[] {
  const ofLines = sumOf(lines, lang, IN_LINES.toReclaim);
  return [
    euro(
      'Te veel besteld: overzicht = lijnen',
      'Ordered too much: overview = lines',
      sumOf(overview, lang, IN_CLAWBACK.toReclaim),
      ofLines,
    ),
    euro(
      'Te veel besteld: per reden = lijnen',
      'Ordered too much: per reason = lines',
      sumOf(reasons, lang, IN_REASONS.toReclaim),
      ofLines,
    ),
    euro('Te veel besteld: lijnen = databank', 'Ordered too much: lines = database', ofLines, control.reclaimCents),
  ];
}

/** Everything ordered too much is netted, carried over or claimed. */
function batchChecks({ lang, batch }: WorkbookDocument, { overview, lines }: ClawbackTables): Check[] {
  if (batch === undefined) return [];
  const { netted, later, claimed } = IN_CLAWBACK;
  const ofLines = sumOf(lines, lang, IN_LINES.toReclaim);
  return [
    euro(
      'Verrekend + later af te houden + teruggevorderd = te veel besteld',
      'Netted + to take off later + claimed = ordered too much',
      addUp([netted, later, claimed].map((column) => sumOf(overview, lang, column))),
      { formula: (row) => `-${ofLines.formula(row)}`, result: -Number(ofLines.result) },
    ),
    euro(
      'Teruggevorderd: overzicht = terugvorderingen van de batch in de databank',
      'Claimed: overview = claims of the batch in the database',
      sumOf(overview, lang, claimed),
      batch.totals.claimCents,
    ),
  ];
}

function euro(nl: string, en: string, left: Check['left'], right: Check['right']): Check {
  return { what: { nl, en }, unit: 'euro', left, right };
}
