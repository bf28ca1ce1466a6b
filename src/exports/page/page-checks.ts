/** The sums of the page, added up by the database, against the machine files as they were written. */
import { EXIT, Failure } from '../../errors.js';
import { formatEuro, type Cents } from '../../money.js';
import { sumOf, type PageContext } from './page-context.js';
import { TEXT } from './texts.js';

const T = TEXT.checks;

export interface PageCheck {
  readonly what: (typeof T)['due'];
  readonly file: string;
  readonly kind: 'euro' | 'count';
  readonly page: number;
  readonly inFile: number;
}

/** One check for each sum that a file of the same folder holds too; none when the files hold changes only. */
export function pageChecks({ facts, findings, files, changesOnly }: Omit<PageContext, 'format' | 'draw'>): PageCheck[] {
  if (changesOnly) return [];
  const due = sumOf(facts.money, ({ dueCents }) => dueCents);
  const outcomes = facts.outcomesByQuarter;
  const shown = facts.batches.filter(({ isShown }) => isShown);
  const euro = (what: PageCheck['what'], name: string, page: Cents) => check(what, name, 'euro', page);
  const count = (what: PageCheck['what'], name: string, page: number) => check(what, name, 'count', page);
  const check = (what: PageCheck['what'], name: string, kind: PageCheck['kind'], page: number): PageCheck[] => {
    const file = files.find((each) => each.name === name);
    if (file === undefined) return [];
    return [{ what, file: name, kind, page, inFile: kind === 'euro' ? file.totalCents : file.rows }];
  };
  return [
    ...euro(T.due, 'entitlements.csv', due),
    ...euro(T.open, 'position.csv', due - sumOf(facts.money, ({ orderedCents }) => orderedCents)),
    ...euro(
      T.measured,
      'measurements.csv',
      sumOf(outcomes, ({ cents }) => cents),
    ),
    ...count(
      T.measurements,
      'measurements.csv',
      sumOf(outcomes, (each) => each.positive + each.negative + each.pending),
    ),
    ...count(
      T.rejects,
      'rejects.csv',
      sumOf(facts.rejects, ({ rows }) => rows),
    ),
    ...count(T.findings, 'findings.csv', findings.length),
    ...euro(
      T.claims,
      'claims.csv',
      sumOf(shown, ({ payCents, claimCents }) => payCents + claimCents),
    ),
  ];
}

/** Throws a Failure (exit 4) when the page does not say what a file says. */
export function refuseDisagreement(checks: readonly PageCheck[]): void {
  for (const { what, file, kind, page, inFile } of checks) {
    if (page === inFile) continue;
    const shown = (value: number) => (kind === 'euro' ? formatEuro(value) : String(value));
    throw new Failure(
      EXIT.check,
      `The page of the night comes to ${shown(page)} (${what.en}), ${file} to ${shown(inFile)}. Nothing was exported; call ` +
        'whoever maintains the program.',
    );
  }
}
