/** The machine CSVs, written into a folder. Amounts in euro, rows in key order, LF. */
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { formatMonth, type Month } from '../calendar.js';
import { copyOutCsv } from '../db/copy.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { COMPONENTS, RULES } from '../law/codes.js';
import { formatEuro, type Cents } from '../money.js';
import { sortByBytes, writeCsvRows, writeCsvStream } from './csv.js';
import { readPositions, type TrajectoryPosition, type WantedLines } from './positions.js';
import type { StagedFile } from './publish.js';

/** Something a human should look at. Never holds a national number. */
export interface ExportedFinding {
  readonly severity: string;
  readonly code: string;
  /** '' when it is about no OCMW; likewise `weoId`. */
  readonly ocmwId: string;
  readonly weoId: string;
  readonly subject: string;
  readonly message: string;
}

const FINDING_COLUMNS = ['severity', 'code', 'ocmw_id', 'weo_id', 'subject', 'message'] as const;
const ENTITLEMENT_HEADER = 'ocmw_id,weo_id,component,month,due,rule\n';
const POSITION_HEADER = 'ocmw_id,weo_id,component,month,due,ordered,paid,open\n';

/** Lines are gathered to pieces of about this many characters. */
const PIECE_CHARACTERS = 256 * 1024;

/** Files whose rows come from one statement, and the column whose amounts are added up. */
const STATEMENT_FILES = {
  measurements: { name: 'measurements.csv', statement: 'exports/list_measurements', amountColumn: 6 },
  rejects: { name: 'rejects.csv', statement: 'exports/list_rejects', amountColumn: undefined },
  batch: { name: 'batch.csv', statement: 'exports/list_batch_lines', amountColumn: 9 },
  claims: { name: 'claims.csv', statement: 'exports/list_claims', amountColumn: 4 },
} as const;

/**
 * Writes the CSVs of every run. Needs the tables of `prepareExport`.
 * @param changedByRun as given to `prepareExport`: only lines that the run changed
 */
export async function writeRunFiles(
  session: Session,
  folder: string,
  findings: readonly ExportedFinding[],
  changedByRun?: number,
): Promise<StagedFile[]> {
  return [
    ...(await writePositions(session, folder, changedByRun === undefined ? 'ALL' : 'CHANGED')),
    await writeStatement(session, folder, 'measurements'),
    await writeStatement(session, folder, 'rejects'),
    await writeFindings(folder, findings),
  ];
}

/** Writes the CSVs of the batches in `export_batch`. Needs the tables of `prepareExport`. */
export async function writeBatchFiles(session: Session, folder: string): Promise<StagedFile[]> {
  return [await writeStatement(session, folder, 'batch'), await writeStatement(session, folder, 'claims')];
}

async function writeStatement(
  session: Session,
  folder: string,
  which: keyof typeof STATEMENT_FILES,
): Promise<StagedFile> {
  const { name, statement, amountColumn } = STATEMENT_FILES[which];
  const counted = await writeCsvStream(join(folder, name), amountColumn, (sink) =>
    copyOutCsv(session, sql(statement), sink),
  );
  return { name, ...counted, amountColumn };
}

/** Writes findings.csv. */
export async function writeFindings(folder: string, findings: readonly ExportedFinding[]): Promise<StagedFile> {
  const rows = findings.map((f) => [f.severity, f.code, f.ocmwId, f.weoId, noFormula(f.subject), noFormula(f.message)]);
  await writeCsvRows(join(folder, 'findings.csv'), FINDING_COLUMNS, sortByBytes(rows));
  return { name: 'findings.csv', rows: rows.length, totalCents: 0 };
}

/** Free text that a spreadsheet would take for a formula gets an apostrophe before it. */
function noFormula(text: string): string {
  return /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
}

/** entitlements.csv and position.csv in one pass over the positions. */
async function writePositions(session: Session, folder: string, which: WantedLines): Promise<StagedFile[]> {
  const entitlements = await GrowingCsv.create(folder, 'entitlements.csv', ENTITLEMENT_HEADER, 'due');
  const positions = await GrowingCsv.create(folder, 'position.csv', POSITION_HEADER, 'open');
  try {
    for await (const trajectory of readPositions(session, which)) {
      addLines(trajectory, which, entitlements, positions);
      if (entitlements.isFull()) await entitlements.flush();
      if (positions.isFull()) await positions.flush();
    }
    return [await entitlements.finish(), await positions.finish()];
  } finally {
    await entitlements.close();
    await positions.close();
  }
}

/** A line that lost its due stands in entitlements.csv only among changes: who keeps a copy must hear of it. */
function addLines(
  trajectory: TrajectoryPosition,
  which: WantedLines,
  entitlements: GrowingCsv,
  positions: GrowingCsv,
): void {
  const trajectoryText = `${csvText(trajectory.ocmwId)},${csvText(trajectory.weoId)},`;
  for (const line of trajectory.lines) {
    const { dueCents, orderedCents, paidCents } = line;
    const lineText = `${trajectoryText}${COMPONENTS[line.component]!},${monthText(line.month)},${euroText(dueCents)},`;
    if (dueCents !== 0 || (which === 'CHANGED' && line.rule >= 0)) {
      entitlements.add(`${lineText}${RULES[line.rule]!}\n`, dueCents);
    }
    const openCents = dueCents - orderedCents;
    positions.add(`${lineText}${euroText(orderedCents)},${euroText(paidCents)},${euroText(openCents)}\n`, openCents);
  }
}

/** A CSV that grows line by line, with its count and sum. */
class GrowingCsv {
  private rows = 0;
  private totalCents: Cents = 0;
  private pending: string[];
  private characters = 0;

  private constructor(
    private readonly name: string,
    private readonly file: FileHandle,
    header: string,
    private readonly amountColumn: number,
  ) {
    this.pending = [header];
  }

  /** @param amount name of the column whose cents are added up */
  static async create(folder: string, name: string, header: string, amount: string): Promise<GrowingCsv> {
    const amountColumn = header.trimEnd().split(',').indexOf(amount);
    return new GrowingCsv(name, await open(join(folder, name), 'w'), header, amountColumn);
  }

  add(line: string, cents: Cents): void {
    this.rows++;
    this.totalCents += cents;
    this.pending.push(line);
    this.characters += line.length;
  }

  isFull(): boolean {
    return this.characters >= PIECE_CHARACTERS;
  }

  async flush(): Promise<void> {
    await this.file.appendFile(this.pending.join(''));
    this.pending = [];
    this.characters = 0;
  }

  async finish(): Promise<StagedFile> {
    await this.flush();
    const { name, rows, totalCents, amountColumn } = this;
    return { name, rows, totalCents, amountColumn };
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

function csvText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The same few months and amounts come back millions of times. */
const monthTexts = new Map<Month, string>();
const euroTexts = new Map<Cents, string>();
const MOST_REMEMBERED = 50_000;

function monthText(month: Month): string {
  return remembered(monthTexts, month, formatMonth);
}

function euroText(cents: Cents): string {
  return remembered(euroTexts, cents, formatEuro);
}

function remembered(texts: Map<number, string>, value: number, format: (value: number) => string): string {
  let text = texts.get(value);
  if (text === undefined) {
    text = format(value);
    if (texts.size < MOST_REMEMBERED) texts.set(value, text);
  }
  return text;
}
