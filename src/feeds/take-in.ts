/** Step 1 of a night: every delivery that lies there and was not taken yet, in order, each exactly once. */
import type { Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { sql } from '../db/sql.js';
import { CONTRACTS, contractOf } from './contracts.js';
import { listDeliveries, MANIFEST, readContent, type DeliveryContent, type DeliveryFolder } from './deliveries.js';
import { finding, type FeedFinding } from './findings.js';
import { loadFile } from './load.js';
import { readManifest, type Manifest } from './manifest.js';
import { refusal } from './refusal.js';
import { shownValue } from './shown.js';
import { UnreadableFile } from './unreadable.js';
import { reportVanished } from './vanished.js';
import { bringBack } from './waiting.js';
import { Workspace, noCounts, type FileCounts, type OpenDelivery } from './workspace.js';

export interface TakeInOptions {
  /** The feed folder. */
  readonly feedsDir: string;
  /** `YYYY-MM-DD`: deliveries dated later wait for their day. */
  readonly businessDate: string;
  readonly runId: string;
  /** Business date of the last finished night: what is dated up to it comes too late and counts from tonight. */
  readonly lastFinishedNight: string | undefined;
  /** Names of deliveries that the operator passes over. */
  readonly skipDeliveries: readonly string[];
  /** `feeds.require_manifest`. */
  readonly requireManifest?: boolean;
}

export interface TakenDelivery {
  readonly name: string;
  readonly countedOn: string;
  readonly rows: number;
}

export interface TakeInResult {
  readonly deliveries: readonly TakenDelivery[];
  /** One for each of the ten files, in order of dependency, over all deliveries. */
  readonly files: readonly FileCounts[];
  readonly findings: readonly FeedFinding[];
}

/** Digest of a delivery that was passed over because it could not be read. */
const UNREAD = '0'.repeat(64);

interface Recorded {
  readonly name: string;
  readonly digest: string;
  readonly state: 'TAKEN' | 'DUPLICATE' | 'SKIPPED';
}

/**
 * Takes in what was delivered up to the business date, inside the caller's transaction. Bad rows are set aside. Throws
 * a `Failure`: exit code 2 when the feed folder is missing, 3 when a delivery is refused (the caller rolls back).
 */
export async function takeIn(session: Session, options: TakeInOptions): Promise<TakeInResult> {
  const { deliveries, strangers } = await listDeliveries(options.feedsDir);
  const night = new TakeInNight(await Workspace.open(session), options);
  if (deliveries.length === 0) night.notice('EMPTY_FEED_FOLDER', '', 'The feed folder holds no delivery.');
  for (const name of strangers.map((stranger) => shownValue(stranger, false))) {
    night.warn('NOT_A_DELIVERY', name, `${name} in the feed folder is no delivery (a folder named YYYY-MM-DD).`);
  }
  await night.recall();
  night.refuseUnknownSkips(deliveries);
  for (const folder of deliveries) if (folder.date <= options.businessDate) await night.meet(folder);
  return night.result();
}

class TakeInNight {
  private readonly findings: FeedFinding[] = [];
  private readonly taken: TakenDelivery[] = [];
  private readonly counts = new Map(CONTRACTS.map(({ file }) => [file, noCounts(file)]));
  private readonly recorded = new Map<string, Recorded[]>();
  private readonly takenDigests = new Map<string, string>();

  constructor(
    private readonly workspace: Workspace,
    private readonly options: TakeInOptions,
  ) {}

  notice(code: FeedFinding['code'], subject: string, message: string): void {
    this.findings.push(finding('NOTICE', code, subject, message));
  }

  warn(code: FeedFinding['code'], subject: string, message: string): void {
    this.findings.push(finding('WARNING', code, subject, message));
  }

  result(): TakeInResult {
    return { deliveries: this.taken, files: [...this.counts.values()], findings: this.findings };
  }

  /** Reads which deliveries earlier nights met. */
  async recall(): Promise<void> {
    const rows = await this.workspace.session.rows<Recorded>(sql('feeds/list_recorded_deliveries'));
    for (const row of rows) this.remember(row);
  }

  /** A name that was mistyped must not take in what should have been passed over. */
  refuseUnknownSkips(deliveries: readonly DeliveryFolder[]): void {
    for (const name of this.options.skipDeliveries) {
      if (deliveries.some((folder) => folder.name === name)) continue;
      throw new Failure(
        EXIT.usage,
        `--skip-delivery ${shownValue(name, false)}: no delivery of that name lies in the feed folder; nothing was done.`,
      );
    }
  }

  /** Decides what a delivery folder is: known, passed over, the same again, or new. */
  async meet(folder: DeliveryFolder): Promise<void> {
    const earlier = this.recorded.get(folder.name) ?? [];
    const isSkipped = this.options.skipDeliveries.includes(folder.name);
    const content = await this.contentOf(folder, isSkipped, earlier);
    if (content === undefined) return;
    const same = earlier.find(({ digest }) => digest === content.digest);
    if (same !== undefined) {
      if (isSkipped && same.state !== 'SKIPPED') {
        this.warn(
          'DELIVERY_NOT_SKIPPED',
          folder.name,
          `Delivery ${folder.name} was taken in before; it stays taken in.`,
        );
      }
      return;
    }
    if (isSkipped) {
      await this.record(folder, content, 'SKIPPED', 'delta');
      this.notice('DELIVERY_SKIPPED', folder.name, `Delivery ${folder.name} was passed over by the operator.`);
      return;
    }
    if (earlier.some(({ state }) => state !== 'SKIPPED')) {
      throw new Failure(
        EXIT.refused,
        `Delivery ${folder.name} was refused: it was taken in before under this name, with other content. Nothing was changed; ` +
          'put back the files as they were, send what is new under another name, or pass it over with ' +
          `--skip-delivery ${folder.name}.`,
      );
    }
    const twin = this.takenDigests.get(content.digest);
    if (twin === undefined) return this.take(folder, content);
    await this.record(folder, content, 'DUPLICATE', 'delta');
    const message = `Delivery ${folder.name} has the same content as ${twin}; it was not taken in again.`;
    this.notice('DELIVERY_DUPLICATE', folder.name, message);
  }

  /** Undefined for what cannot be read and need not be: it was taken in, or passed over, before. */
  private async contentOf(
    folder: DeliveryFolder,
    isSkipped: boolean,
    earlier: readonly Recorded[],
  ): Promise<DeliveryContent | undefined> {
    try {
      return await readContent(folder);
    } catch (error) {
      if (!(error instanceof Failure) || (!isSkipped && earlier.length === 0)) throw error;
      if (earlier.length === 0) return { files: [], others: [], digest: UNREAD };
      this.warn('DELIVERY_UNREADABLE', folder.name, `Delivery ${folder.name}, met before, cannot be read any more.`);
      return undefined;
    }
  }

  private async take(folder: DeliveryFolder, content: DeliveryContent): Promise<void> {
    this.lookAtEntries(folder, content);
    const manifest = await readManifest(folder.name, content);
    if (manifest === undefined && this.options.requireManifest === true) {
      throw refusal(folder.name, '', `it has no ${MANIFEST}, which feeds.require_manifest asks for`);
    }
    const mode = manifest?.mode ?? 'delta';
    const { id, countedOn } = await this.record(folder, content, 'TAKEN', mode);
    if (countedOn !== folder.date) {
      const message = `Delivery ${folder.name} came after the night of ${this.options.lastFinishedNight!}; it counts from ${countedOn}.`;
      this.notice('DELIVERY_LATE', folder.name, message);
    }
    const year = Number(folder.date.slice(0, 4));
    const delivery = { id, name: folder.name, year, countedOn, mode, gained: new Set<string>() };
    const rows = await this.takeFiles(delivery, content, manifest);
    await this.workspace.run(sql('feeds/set_row_count'), [id, rows]);
    this.taken.push({ name: folder.name, countedOn, rows });
  }

  /** Refuses what is named like a file and is none; reports what is no file of the contract. */
  private lookAtEntries(folder: DeliveryFolder, content: DeliveryContent): void {
    for (const name of content.others) {
      if (contractOf(name) !== undefined || name === MANIFEST) {
        throw refusal(folder.name, name, 'it is a folder, a link or a device, not a plain file');
      }
    }
    for (const name of [...content.files.map((file) => file.name), ...content.others]) {
      if (contractOf(name) !== undefined || name === MANIFEST) continue;
      const shown = shownValue(name, false);
      const message = `${shown} in delivery ${folder.name} is no file of the contract; it was not read.`;
      this.warn('UNKNOWN_FILE', `${folder.name}/${shown}`, message);
    }
  }

  /** Takes the files in order of dependency, whatever their order on disk. Returns how many rows were read. */
  private async takeFiles(
    delivery: OpenDelivery,
    content: DeliveryContent,
    manifest: Manifest | undefined,
  ): Promise<number> {
    let rows = 0;
    for (const contract of CONTRACTS) {
      const counts = this.counts.get(contract.file)!;
      counts.cameBack += await bringBack(this.workspace, contract, delivery);
      const file = content.files.find(({ name }) => name === contract.file);
      if (file === undefined) continue;
      const rowsBefore = counts.rows;
      try {
        await loadFile(this.workspace, contract, delivery, file, counts);
      } catch (error) {
        throw refusedFile(error, delivery.name, contract.file);
      }
      const read = counts.rows - rowsBefore;
      const announced = manifest?.rows.get(contract.file) ?? read;
      if (announced !== read) {
        throw refusal(delivery.name, contract.file, `it has ${read} rows, its ${MANIFEST} says ${announced}`);
      }
      if (delivery.mode === 'full') this.findings.push(...(await reportVanished(this.workspace, contract, delivery)));
      rows += read;
    }
    return rows;
  }

  private async record(
    folder: DeliveryFolder,
    { digest }: DeliveryContent,
    state: Recorded['state'],
    mode: string,
  ): Promise<{ id: number; countedOn: string }> {
    const { businessDate, lastFinishedNight, runId } = this.options;
    const isLate = lastFinishedNight !== undefined && folder.date <= lastFinishedNight;
    const countedOn = isLate ? businessDate : folder.date;
    const values = [folder.name, digest, mode, folder.date, countedOn, state, runId];
    const [row] = await this.workspace.session.rows<{ id: number }>(sql('feeds/add_delivery'), values);
    this.remember({ name: folder.name, digest, state });
    return { id: row!.id, countedOn };
  }

  private remember(recorded: Recorded): void {
    const { name, digest, state } = recorded;
    this.recorded.set(name, [...(this.recorded.get(name) ?? []), recorded]);
    if (state === 'TAKEN' && !this.takenDigests.has(digest)) this.takenDigests.set(digest, name);
  }
}

function refusedFile(error: unknown, delivery: string, file: string): unknown {
  if (!(error instanceof UnreadableFile)) return error;
  return refusal(delivery, error.line === undefined ? file : `${file} line ${error.line}`, error.message);
}
