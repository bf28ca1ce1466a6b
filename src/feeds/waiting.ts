/** Rows that were set aside for a reference only: they come back when it is delivered, wherever that is. */
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import type { RecordContract } from './contracts.js';
import { unknownReference, waitingAdvice } from './references.js';
import { rowMessage } from './rows.js';
import { statementsOf } from './statements.js';
import type { OpenDelivery, Workspace } from './workspace.js';

/**
 * Takes in the waiting rows of a record type whose references this delivery brought. Returns how many came back. They
 * keep the delivery and line in which they stood and count from the day of this delivery.
 */
export async function bringBack(
  workspace: Workspace,
  contract: RecordContract,
  delivery: OpenDelivery,
): Promise<number> {
  const { findReturning } = workspace.statements(contract);
  const brought = contract.columns.some(({ reference }) => reference !== undefined && delivery.gained.has(reference));
  if (findReturning === undefined || !brought || workspace.open(contract).waiting === 0) return 0;
  const found = await workspace.run(findReturning, [contract.file]);
  if (found > 0) await returnRows(workspace, contract, delivery, found);
  await restateWaiting(workspace.session, contract);
  return found;
}

/** Makes versions of the rows in `returning_row` (`count` of them), closes them and empties the list. */
export async function returnRows(
  workspace: Workspace,
  contract: RecordContract,
  delivery: OpenDelivery,
  count: number,
): Promise<void> {
  const open = workspace.open(contract);
  await workspace.run(workspace.statements(contract).returnVersions, [delivery.countedOn]);
  await workspace.run(sql('feeds/close_returning'), [contract.file, delivery.countedOn]);
  const replaced = await workspace.run(sql('feeds/close_replaced_by_returning'), [contract.file, delivery.countedOn]);
  await workspace.run('truncate returning_row');
  open.open -= count + replaced;
  open.waiting -= count;
  delivery.gained.add(contract.name);
}

/** A row that names two unknown records reports the first that is not known; when that one came, the second. */
export async function restateWaiting(session: Session, contract: RecordContract): Promise<void> {
  const { findMoved } = statementsOf(contract);
  if (findMoved === undefined) return;
  const moved = await session.rows<{ deliveryId: number; line: number; at: number; value: string }>(findMoved, [
    contract.file,
  ]);
  if (moved.length === 0) return;
  const restated = moved.map(({ line, at, value }) => {
    const column = contract.columns[at]!;
    const fault = unknownReference(column, at, value, false);
    const message = rowMessage(contract.file, line, column.name, fault.text, waitingAdvice(column));
    return { column: column.name, code: fault.code, message };
  });
  await session.rows(sql('feeds/move_waiting'), [
    contract.file,
    moved.map((row) => row.deliveryId),
    moved.map((row) => row.line),
    restated.map((row) => row.column),
    restated.map((row) => row.code),
    restated.map((row) => row.message),
  ]);
}
