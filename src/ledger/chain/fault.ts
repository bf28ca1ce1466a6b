/** What no longer is as it was sealed, in a sentence: what, of which OCMW and run, what it says and what was sealed. */
import { formatMonth } from '../../calendar.js';
import { COMPONENTS, REASONS, RULES } from '../../law/codes.js';
import { formatEuro } from '../../money.js';
import type { Change } from './find-change.js';
import { SEALED_COLUMNS, type BulkKind, type Link, type LinkKind } from './link.js';
import { sealedValue } from './sealed-value.js';

export interface ChainFault {
  /**
   * CHANGED, SWAPPED, DELETED, INSERTED: a row. ROWS: the rows of a link, it is not known which. LINK, HEAD: the chain was
   * written anew from there. MANIFEST: the chain is not the one that was published.
   */
  readonly kind: Change['kind'] | 'ROWS' | 'LINK' | 'HEAD' | 'MANIFEST';
  /** Kind of the link; null for a head. */
  readonly of: LinkKind | null;
  /** '' for what belongs to no OCMW. */
  readonly ocmwId: string;
  /** Id of the run or of the batch. */
  readonly about: string;
  /** Number of the ledger entry or measurement version. */
  readonly number: number | null;
  /** What it says now. */
  readonly says: string | null;
  /** What was sealed, as far as that is known. */
  readonly sealed: string | null;
  /** One sentence. */
  readonly message: string;
}

const NAMES: Readonly<Record<LinkKind, string>> = {
  ENTRIES: 'ledger entries',
  MEASUREMENTS: 'measurement versions',
  BATCH_PART: 'lines, part and claims',
  BATCH: 'batch',
  DECISION: 'decision',
  HOLD: 'hold',
  DELIVERIES: 'deliveries',
  GUARDS: 'accepted guards',
};

/** A row as it stands, with its number. */
export interface NamedRow {
  readonly no: number;
  /** Values in the order of `SEALED_COLUMNS`. */
  readonly values: readonly string[];
}

type Place = Pick<Link, 'kind' | 'ocmwId' | 'about'>;

/** A row of the ledger or of the measurements that was changed. @param rows the rows of the link as they stand */
export function rowFault(
  link: Link & { readonly kind: BulkKind },
  change: Change,
  rows: readonly NamedRow[],
): ChainFault {
  const row = rows[change.index];
  const place = placeOf(link);
  switch (change.kind) {
    case 'CHANGED': {
      const was = sealedValue(link.kind, row!.values, change.sealed);
      const [column, says, sealed] = was === undefined ? ['', null, null] : comparison(link.kind, row!, was);
      const others = change.others === 0 ? '' : `; ${change.others} more of them do not fit either`;
      return fault(link, 'CHANGED', row!.no, says ?? textOf(link.kind, row!), sealed, [
        `${nameOf(link.kind, row!.no)} (${place}, ${textOf(link.kind, row!)}) is not what was sealed`,
        was === undefined ? '' : `: ${column} says ${says!}, ${sealed!} was sealed`,
        others,
      ]);
    }
    case 'SWAPPED': {
      const other = rows[change.with]!;
      return fault(link, 'SWAPPED', row!.no, textOf(link.kind, row!), textOf(link.kind, other), [
        `${nameOf(link.kind, row!.no)} and ${other.no} (${place}) were swapped: ${row!.no} says ${textOf(link.kind, row!)}, `,
        `${textOf(link.kind, other)} was sealed`,
      ]);
    }
    case 'DELETED': {
      const number = numberOfDeleted(link, change.index);
      const more = change.count === 1 ? '' : `, the first of ${change.count}`;
      return fault(link, 'DELETED', number ?? null, null, null, [
        number === undefined
          ? `A ${nameOf(link.kind, '')} after ${rows[change.index - 1]?.no ?? 'none'} (${place})`
          : `${nameOf(link.kind, number)} (${place})`,
        ` was removed${more}: ${link.rowCount} were sealed, ${rows.length} are there`,
      ]);
    }
    case 'INSERTED': {
      const more = change.count === 1 ? '' : `, the first of ${change.count}`;
      return fault(link, 'INSERTED', row!.no, textOf(link.kind, row!), null, [
        `${nameOf(link.kind, row!.no)} (${place}, ${textOf(link.kind, row!)}) was added${more}: ${link.rowCount} were sealed, `,
        `${rows.length} are there`,
      ]);
    }
  }
}

/** Rows that no link covers. */
export function unsealedFault(place: Place & { readonly kind: BulkKind }, row: NamedRow, count: number): ChainFault {
  const more = count === 1 ? '' : `, the first of ${count}`;
  return fault(place, 'INSERTED', row.no, textOf(place.kind, row), null, [
    `${nameOf(place.kind, row.no)} (${placeOf(place)}, ${textOf(place.kind, row)}) was added${more}: none was sealed`,
  ]);
}

/** The rows of a link are others, and which one is not known. */
export function rowsFault(link: Link, present: number): ChainFault {
  const count = present === link.rowCount ? '' : `: ${link.rowCount} were sealed, ${present} are there`;
  return fault(link, 'ROWS', null, null, null, [
    `the ${NAMES[link.kind]} of ${placeOf(link)} are not what was sealed${count}`,
  ]);
}

/** A row of a small kind without a link. */
export function unlinkedFault(kind: LinkKind, ocmwId: string, about: string): ChainFault {
  const place = { kind, ocmwId, about };
  return fault(place, 'INSERTED', null, null, null, [
    `the ${NAMES[kind]} of ${placeOf(place)} was added: none was sealed`,
  ]);
}

/** Who, where or when was changed. */
export function circumstancesFault(link: Link): ChainFault {
  return fault(link, 'LINK', null, null, null, [
    `who, where and when of the ${NAMES[link.kind]} of ${placeOf(link)} is not what was sealed, or the chain was written anew `,
    `from there (link ${link.linkNo})`,
  ]);
}

/** The link does not follow the one before. */
export function linkFault(link: Link): ChainFault {
  return fault(link, 'LINK', null, null, link.digest, [
    `link ${link.linkNo} of ${chainOf(link)} (${NAMES[link.kind]} of ${link.about}) does not follow the link before it: one of `,
    'them was written anew',
  ]);
}

/** The head of a run does not cover its links. */
export function headFault(runId: string, sealed: string): ChainFault {
  return {
    ...fault({ kind: 'BATCH', ocmwId: '', about: runId }, 'HEAD', null, null, sealed, [
      `the head of run ${runId} does not cover the links that it was made of: one was written anew, added or removed`,
    ]),
    of: null,
  };
}

/** The head before that of a run is gone. */
export function goneHeadFault(runId: string, sealed: string): ChainFault {
  const message = `the head before that of run ${runId} was removed: what it covered cannot be told any more`;
  return { ...headFault(runId, sealed), message };
}

/** A published folder names another head. @param present undefined when the database does not know the run */
export function manifestFault(runId: string, file: string, published: string, present: string | undefined): ChainFault {
  const found = present === undefined ? 'the database has no head of it' : `the database has ${present.slice(0, 12)}`;
  return {
    ...fault({ kind: 'BATCH', ocmwId: '', about: runId }, 'MANIFEST', null, present ?? null, published, [
      `the chains are not those that were published: ${file} names head ${published.slice(0, 12)} for run ${runId}, ${found}`,
    ]),
    of: null,
  };
}

function fault(
  { kind: of, ocmwId, about }: Place,
  kind: ChainFault['kind'],
  number: number | null,
  says: string | null,
  sealed: string | null,
  sentence: readonly string[],
): ChainFault {
  return { kind, of, ocmwId, about, number, says, sealed, message: sentence.join('') };
}

function placeOf({ kind, ocmwId, about }: Place): string {
  const subject =
    kind === 'ENTRIES' || kind === 'MEASUREMENTS' || kind === 'DELIVERIES' || kind === 'GUARDS' ? 'run' : 'batch';
  return `${ocmwId === '' ? '' : `OCMW ${ocmwId}, `}${subject} ${about}`;
}

function chainOf({ ocmwId }: Place): string {
  return ocmwId === '' ? 'the common chain' : `the chain of OCMW ${ocmwId}`;
}

function nameOf(kind: BulkKind, number: number | ''): string {
  return `${kind === 'ENTRIES' ? 'ledger entry' : 'measurement version'} ${number}`.trim();
}

/** Without a gap in the numbers of the link its place says which one it was. */
function numberOfDeleted({ firstNo, lastNo, rowCount }: Link, index: number): number | undefined {
  if (firstNo === null || lastNo === null || lastNo - firstNo + 1 !== rowCount) return undefined;
  return firstNo + index;
}

function comparison(
  kind: BulkKind,
  { values }: NamedRow,
  { column, value }: { readonly column: number; readonly value: string },
): [string, string, string] {
  const name = SEALED_COLUMNS[kind].split(', ')[column]!;
  return [name, valueText(name, values[column]!), valueText(name, value)];
}

function valueText(column: string, value: string): string {
  switch (column) {
    case 'cents':
      return `${formatEuro(Number(value))} euro`;
    case 'first_month':
    case 'last_month':
      return formatMonth(Number(value));
    case 'component':
      return COMPONENTS[Number(value)] ?? value;
    case 'rule':
      return RULES[Number(value)] ?? value;
    case 'reason':
      return REASONS[Number(value)] ?? value;
    default:
      return value;
  }
}

/** `WEO W1, EFF 2024-01 to 2024-03, 250.00 euro a month`. */
function textOf(kind: BulkKind, { values }: NamedRow): string {
  if (kind === 'MEASUREMENTS') {
    const [weo, measurement, on, outcome, , , cents] = values as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    return `WEO ${weo}, measurement ${measurement} of ${on}, ${outcome}, ${valueText('cents', cents)}`;
  }
  const [weo, component, first, last, cents] = values as [string, string, string, string, string];
  const months =
    first === last
      ? valueText('first_month', first)
      : `${valueText('first_month', first)} to ${valueText('last_month', last)}`;
  return `WEO ${weo}, ${valueText('component', component)} ${months}, ${valueText('cents', cents)} a month`;
}
