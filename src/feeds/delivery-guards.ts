/** The guards over one delivery, looked at when all of it was read: rejected rows, and a full delivery that shrinks. */
import { EXIT, Failure } from '../errors.js';
import { sql } from '../db/sql.js';
import type { FeedFinding } from './findings.js';
import { acceptance, percent, type GuardLimits, type Guards } from './guards.js';
import type { OpenDelivery, Workspace } from './workspace.js';

/** What was read of one file of a delivery. */
export interface ReadFile {
  /** By the contract: `weo.csv`. */
  readonly file: string;
  readonly rows: number;
  readonly setAside: number;
}

/** The delivery as the guards look at it. */
export interface GuardedDelivery {
  readonly delivery: OpenDelivery;
  /** Who counts the deliveries, '' when the manifest names none. */
  readonly source: string;
  readonly files: readonly ReadFile[];
}

/** Keeps what was read and asks both guards. Throws a `Failure` (exit code 3) at one that is not accepted. */
export async function guardDelivery(
  workspace: Workspace,
  guarded: GuardedDelivery,
  limits: GuardLimits,
  guards: Guards,
): Promise<FeedFinding[]> {
  const rejected = await guardRejects(workspace, guarded, limits, guards);
  const shrunk = guarded.delivery.mode === 'full' ? await guardShrinking(workspace, guarded, limits, guards) : [];
  return [...rejected, ...shrunk];
}

async function guardRejects(
  workspace: Workspace,
  { delivery, files }: GuardedDelivery,
  { maxRejectRatio, minRows }: GuardLimits,
  guards: Guards,
): Promise<FeedFinding[]> {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const setAside = files.reduce((sum, file) => sum + file.setAside, 0);
  if (rows < minRows || setAside <= maxRejectRatio * rows) return [];
  const commonest = await workspace.session.rows<{ file: string; code: string; rows: number; all_rows: number }>(
    sql('feeds/list_commonest_faults'),
    [delivery.id],
  );
  const rejected = commonest[0]?.all_rows ?? 0;
  if (rejected <= maxRejectRatio * rows) return [];
  const reasons = commonest.map((fault) => `${fault.file} ${fault.code} ${fault.rows}`).join(', ');
  const what =
    `${rejected} of its ${rows} rows (${percent(rejected / rows)}) must be set aside, more than guard.max_reject_ratio ` +
    `allows (${percent(maxRejectRatio)}); most of them: ${reasons}`;
  return [await stopDelivery(guards, `reject-ratio:${delivery.name}`, delivery.name, what)];
}

interface LastFullRow {
  readonly name: string;
  readonly totalRows: number;
  /** null when only the total is known. */
  readonly file: string | null;
  readonly rows: number | null;
}

async function guardShrinking(
  workspace: Workspace,
  { delivery, source, files }: GuardedDelivery,
  { maxShrinkRatio, minRows }: GuardLimits,
  guards: Guards,
): Promise<FeedFinding[]> {
  const last = await workspace.session.rows<LastFullRow>(sql('feeds/list_last_full_delivery'), [source, delivery.id]);
  if (last.length === 0) return [];
  const now = new Map(files.map(({ file, rows }) => [file, rows]));
  const total = { what: 'it', before: last[0]!.totalRows, rows: files.reduce((sum, { rows }) => sum + rows, 0) };
  const each = last
    .filter((row) => row.file !== null)
    .map((row) => ({ what: row.file!, before: row.rows!, rows: now.get(row.file!) ?? 0 }));
  // The one before decides whether there is enough to compare: a delivery cut off after ten rows must not pass as small.
  const shrunk = [total, ...each].filter(
    ({ before, rows }) => before >= minRows && before - rows > maxShrinkRatio * before,
  );
  if (shrunk.length === 0) return [];
  const numbers = shrunk.map(
    ({ what, before, rows }) => `${what} has ${rows} rows instead of ${before} (-${percent((before - rows) / before)})`,
  );
  const what =
    `it is full and shrinks against ${last[0]!.name}, the full delivery before it: ${numbers.join(', ')}; ` +
    `guard.max_shrink_ratio allows ${percent(maxShrinkRatio)}`;
  return [await stopDelivery(guards, `shrink:${delivery.name}`, delivery.name, what)];
}

async function stopDelivery(guards: Guards, guard: string, delivery: string, what: string): Promise<FeedFinding> {
  const refusal = new Failure(
    EXIT.refused,
    `Delivery ${delivery} was refused: ${what}. Nothing of it was kept; send it again corrected, pass it over with ` +
      `--skip-delivery ${delivery}, or take it as it is with ${acceptance(guard)}.`,
  );
  return guards.stopAt(guard, `Delivery ${delivery}: ${what}`, refusal);
}
