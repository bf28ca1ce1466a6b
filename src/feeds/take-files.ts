/** The files of one delivery, in order of dependency, whatever their order on disk. */
import { sql } from '../db/sql.js';
import type { AssignedFile } from './assign.js';
import { CONTRACTS, type RecordContract } from './contracts.js';
import { MANIFEST } from './deliveries.js';
import type { ReadFile } from './delivery-guards.js';
import type { FeedFinding } from './findings.js';
import { loadFile } from './load.js';
import type { Manifest } from './manifest.js';
import { refusal } from './refusal.js';
import { shownValue } from './shown.js';
import { UnreadableFile } from './unreadable.js';
import { reportVanished } from './vanished.js';
import { bringBack } from './waiting.js';
import type { FileCounts, OpenDelivery, Workspace } from './workspace.js';

/** What taking in adds to. */
export interface Taken {
  /** Of the night, by file of the contract. */
  readonly counts: ReadonlyMap<string, FileCounts>;
  readonly findings: FeedFinding[];
}

/**
 * Takes the files of a delivery and what comes back by them; returns what was read of each. Throws a `Failure` (exit code
 * 3) when a file cannot be read or is not what the manifest says.
 */
export async function takeFiles(
  workspace: Workspace,
  delivery: OpenDelivery,
  files: ReadonlyMap<string, AssignedFile>,
  manifest: Manifest | undefined,
  { counts, findings }: Taken,
): Promise<ReadFile[]> {
  const read: ReadFile[] = [];
  for (const contract of CONTRACTS) {
    const ofFile = counts.get(contract.file)!;
    ofFile.cameBack += await bringBack(workspace, contract, delivery);
    const file = files.get(contract.file);
    if (file === undefined) continue;
    const { isFirst, rows, setAside } = await takeFile(workspace, contract, delivery, file, ofFile);
    const name = shownValue(file.delivered.name, false);
    const announced = manifest?.rows.get(file.delivered.name) ?? rows;
    if (announced !== rows) {
      throw refusal(delivery.name, name, `it has ${rows} rows, its ${MANIFEST} says ${announced}`);
    }
    // What was not known before cannot have vanished.
    if (delivery.mode === 'full' && !isFirst) findings.push(...(await reportVanished(workspace, contract, delivery)));
    await workspace.run(sql('feeds/add_delivery_file'), [delivery.id, contract.file, name, rows, setAside]);
    read.push({ file: contract.file, rows, setAside });
  }
  return read;
}

async function takeFile(
  workspace: Workspace,
  contract: RecordContract,
  delivery: OpenDelivery,
  file: AssignedFile,
  counts: FileCounts,
): Promise<{ isFirst: boolean; rows: number; setAside: number }> {
  const { rows, setAside } = counts;
  try {
    const isFirst = await loadFile(workspace, contract, delivery, file, counts);
    return { isFirst, rows: counts.rows - rows, setAside: counts.setAside - setAside };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const name = shownValue(file.delivered.name, false);
    throw refusal(delivery.name, error.line === undefined ? name : `${name} line ${error.line}`, error.message);
  }
}
