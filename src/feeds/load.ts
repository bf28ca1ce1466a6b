/** One file of a delivery into versions: read, checked, staged and compared in parts. */
import { copyField, copyIn } from '../db/copy.js';
import { deferIndexes } from '../db/deferred-indexes.js';
import { sql } from '../db/sql.js';
import type { AssignedFile } from './assign.js';
import type { ClientRows } from './client-rows.js';
import type { RecordContract } from './contracts.js';
import { FirstVersions } from './first-versions.js';
import type { Part } from './part.js';
import { readParts } from './read-parts.js';
import { unknownReference, unknownSuccessors, waitingAdvice, type SuccessorCandidate } from './references.js';
import type { Statements } from './statements.js';
import { returnRows } from './waiting.js';
import type { FileCounts, OpenDelivery, Workspace } from './workspace.js';

/**
 * Loads a file; adds to `counts`. Returns whether its records are known to be the first of their type. Throws
 * `UnreadableFile` when the file as a whole is bad.
 */
export async function loadFile(
  workspace: Workspace,
  contract: RecordContract,
  delivery: OpenDelivery,
  file: AssignedFile,
  counts: FileCounts,
): Promise<boolean> {
  const { session } = workspace;
  const { bytes } = file.delivered;
  const versions = await deferIndexes(session, `twe.${contract.name}_version`, bytes);
  const people = namesPeople(contract) ? await deferIndexes(session, 'twe.identity', bytes) : undefined;
  const target = { contract, delivery, isFirst: versions.isEmpty };
  // A row that was set aside may be closed by one of this file: then all are compared.
  const goesStraight = versions.isEmpty && workspace.open(contract).open === 0;
  const firstVersions = goesStraight ? await FirstVersions.of(session, contract, delivery) : undefined;
  let storing: Promise<void> = Promise.resolve();
  try {
    for await (const part of readParts(contract, delivery, file, firstVersions)) {
      await storing;
      storing = storePart(workspace, target, part, counts);
      // Its fault is met at the next await; until then it is not unhandled.
      storing.catch(() => undefined);
    }
    await storing;
  } finally {
    // The connection must be at rest before anyone rolls back.
    await storing.catch(() => undefined);
  }
  await versions.make();
  await people?.make();
  return versions.isEmpty;
}

interface Target {
  readonly contract: RecordContract;
  readonly delivery: OpenDelivery;
  /** No version of any record was known before the file. */
  readonly isFirst: boolean;
}

function namesPeople(contract: RecordContract): boolean {
  return contract.columns.some(({ kind }) => kind.hidden);
}

async function storePart(workspace: Workspace, target: Target, part: Part, counts: FileCounts): Promise<void> {
  const { contract, delivery } = target;
  const first = await copyRows(workspace, workspace.statements(contract).firstTarget, part.first);
  const added = first + (part.staged.length > 0 ? await storeStaged(workspace, target, part, counts) : 0);
  if (added > 0) delivery.gained.add(contract.name);
  counts.rows += part.size;
  counts.setAside += part.setAsideCount;
  counts.newVersions += added;
  counts.unchanged += part.size - part.setAsideCount - added;
}

/** Rows that must be compared, or are set aside; returns the number of new versions. */
async function storeStaged(
  workspace: Workspace,
  { contract, delivery, isFirst }: Target,
  part: Part,
  counts: FileCounts,
): Promise<number> {
  const statements = workspace.statements(contract);
  await workspace.emptyPart(contract, part.staged.length);
  await copyRows(workspace, statements.copyTarget, part.staged);
  await workspace.analyse(statements.staged, part.staged.length);
  if (contract.name === 'ocmw') counts.cameBack += await matchSuccessors(workspace, contract, delivery, part);
  else await refuseUnknown(workspace, contract, part);
  const open = workspace.open(contract);
  const openBefore = open.open;
  if (part.setAsideCount > 0) await keepSetAside(workspace, contract, delivery, part);
  const added = await workspace.run(addVersionsOf(statements, part, isFirst), [delivery.id, delivery.countedOn]);
  if (openBefore > 0) {
    const closed = await workspace.run(statements.closeReplaced, [delivery.id, contract.file, delivery.countedOn]);
    open.open -= closed;
    counts.cameBack += closed;
  }
  if (delivery.mode === 'full' && !isFirst) await workspace.run(statements.notePresent);
  return added;
}

function addVersionsOf(statements: Statements, { layout, hasRepeats }: Part, isFirst: boolean): string {
  if (isFirst && !hasRepeats) return statements.addFirstVersions;
  if (layout.isRegisteredByDelivery && statements.addUndatedVersions !== undefined)
    return statements.addUndatedVersions;
  return hasRepeats ? statements.addRepeatedVersions : statements.addVersions;
}

/** Returns how many rows the table took. */
async function copyRows(workspace: Workspace, target: string, rows: ClientRows): Promise<number> {
  if (rows.length === 0) return 0;
  const text = await rows.text(workspace.people);
  const copy = copyIn(workspace.session, target);
  await copy.send(text);
  return copy.end();
}

/** Marks the rows that refer to a record nobody knows. */
async function refuseUnknown(workspace: Workspace, contract: RecordContract, part: Part): Promise<void> {
  const { findUnknown } = workspace.statements(contract);
  if (findUnknown === undefined) return;
  const unknown = await workspace.session.rows<{ line: number; at: number }>(findUnknown);
  for (const { line, at } of unknown) refuseReference(contract, part, line, at);
}

function refuseReference(contract: RecordContract, part: Part, line: number, at: number): void {
  const column = contract.columns[at]!;
  const fault = unknownReference(column, at, part.value(line, at), part.isShifted(line));
  part.refuse(line, fault, waitingAdvice(column));
}

interface OcmwRow extends SuccessorCandidate {
  readonly deliveryId: number;
  readonly line: number;
}

/**
 * ocmw.csv refers to itself: new rows and waiting rows are looked at together. Marks the new ones whose successor stays
 * unknown, takes in the waiting ones whose successor is known now, and returns how many those are.
 */
async function matchSuccessors(
  workspace: Workspace,
  contract: RecordContract,
  delivery: OpenDelivery,
  part: Part,
): Promise<number> {
  const at = contract.columns.findIndex((column) => column.reference !== undefined);
  const known = await workspace.session.rows<{ ocmwId: string }>(sql('feeds/list_known_ocmws'));
  const waiting = await workspace.session.rows<OcmwRow>(sql('feeds/list_waiting_ocmws'));
  const staged = await workspace.session.rows<OcmwRow>(sql('feeds/list_staged_ocmws'), [delivery.id]);
  const unknown = unknownSuccessors([...waiting, ...staged], new Set(known.map((row) => row.ocmwId)));
  for (const row of staged) if (unknown.has(row)) refuseReference(contract, part, row.line, at);
  const returning = waiting.filter((row) => !unknown.has(row));
  if (returning.length === 0) return 0;
  await workspace.run(sql('feeds/add_returning'), [
    returning.map((row) => row.deliveryId),
    returning.map((row) => row.line),
  ]);
  await returnRows(workspace, contract, delivery, returning.length);
  return returning.length;
}

async function keepSetAside(
  workspace: Workspace,
  contract: RecordContract,
  delivery: OpenDelivery,
  part: Part,
): Promise<void> {
  const copy = copyIn(workspace.session, 'set_aside (line, column_name, code, message, raw, waits)');
  const open = workspace.open(contract);
  for (const { line, column, code, message, raw, waits } of part.setAside()) {
    const wait = copy.write([line, column, code, message, raw, waits].map(copyField).join('\t'));
    if (wait) await wait;
    if (waits) open.waiting += 1;
  }
  await copy.end();
  open.open += await workspace.run(workspace.statements(contract).keepSetAside, [delivery.id, contract.file]);
}
