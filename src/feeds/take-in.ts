/** Step 1 of a night: every delivery that lies there and was not taken yet, in order, each exactly once. */
import type { Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { sql } from '../db/sql.js';
import { assignFiles, isKnownName, lookAtEntries } from './assign.js';
import { CONTRACTS } from './contracts.js';
import { guardDelivery } from './delivery-guards.js';
import { listDeliveries, MANIFEST, readContent, type DeliveryContent, type DeliveryFolder } from './deliveries.js';
import { finding, type FeedFinding } from './findings.js';
import { Guards, refuseUnknownGuards, type GuardLimits } from './guards.js';
import { NO_MAPPING, type FeedMapping } from './mapping.js';
import { readManifest, type Manifest } from './manifest.js';
import { guardOpenTrajectories } from './open-change.js';
import type { Pseudonyms } from './pseudonyms.js';
import { refusal } from './refusal.js';
import { DeliveryRegister, type DeliveryState, type RecordedDelivery } from './register.js';
import type { Numbered } from './sequence.js';
import { shownValue } from './shown.js';
import { takeFiles } from './take-files.js';
import { Turns, type WaitingDelivery } from './turns.js';
import { Workspace, noCounts, type FileCounts } from './workspace.js';

export interface TakeInOptions {
  /** The feed folder. */
  readonly feedsDir: string;
  /** `YYYY-MM-DD`: deliveries dated later wait for their day. */
  readonly businessDate: string;
  readonly runId: string;
  /** Under the key of this installation. */
  readonly pseudonyms: Pseudonyms;
  /** Business date of the last finished night: what is dated up to it comes too late and counts from tonight. */
  readonly lastFinishedNight: string | undefined;
  /** Names of deliveries that the operator passes over. */
  readonly skipDeliveries: readonly string[];
  /** `feeds.require_manifest`. */
  readonly requireManifest?: boolean;
  /** `feeds.mapping`. */
  readonly mapping?: FeedMapping;
  /** `guard.*`; without it no guard looks. */
  readonly limits?: GuardLimits;
  /** Names of guards that the operator accepts. */
  readonly acceptGuards?: readonly string[];
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
const NO_NUMBER: Numbered = { source: '', sequence: undefined };

/**
 * Takes in what was delivered up to the business date, inside the caller's transaction. Bad rows are set aside; what
 * follows a gap in the numbers of its source waits. Throws a `Failure`: exit code 2 when the feed folder is missing, 3 when
 * a delivery is refused or a guard stops the night (the caller rolls back).
 */
export async function takeIn(session: Session, options: TakeInOptions): Promise<TakeInResult> {
  const { deliveries, strangers } = await listDeliveries(options.feedsDir);
  const night = await TakeInNight.begin(session, options);
  if (deliveries.length === 0) night.notice('EMPTY_FEED_FOLDER', '', 'The feed folder holds no delivery.');
  for (const name of strangers.map((stranger) => shownValue(stranger, false))) {
    night.warn('NOT_A_DELIVERY', name, `${name} in the feed folder is no delivery (a folder named YYYY-MM-DD).`);
  }
  night.refuseUnknownSkips(deliveries);
  refuseUnknownGuards(
    options.acceptGuards ?? [],
    deliveries.map(({ name }) => name),
  );
  for (const folder of deliveries) if (folder.date <= options.businessDate) await night.meet(folder);
  return night.finish();
}

class TakeInNight {
  private readonly findings: FeedFinding[] = [];
  private readonly taken: TakenDelivery[] = [];
  private readonly counts = new Map(CONTRACTS.map(({ file }) => [file, noCounts(file)]));
  private readonly mapping: FeedMapping;

  private constructor(
    private readonly workspace: Workspace,
    private readonly options: TakeInOptions,
    private readonly guards: Guards,
    private readonly turns: Turns,
    private readonly register: DeliveryRegister,
  ) {
    this.mapping = options.mapping ?? NO_MAPPING;
  }

  static async begin(session: Session, options: TakeInOptions): Promise<TakeInNight> {
    const guards = new Guards(session, options.runId, options.acceptGuards ?? []);
    const turns = new Turns((name) => guards.isAccepted(`sequence:${name}`));
    const register = await DeliveryRegister.read(session, turns.sequences);
    return new TakeInNight(await Workspace.open(session, options.pseudonyms), options, guards, turns, register);
  }

  notice(code: FeedFinding['code'], subject: string, message: string): void {
    this.findings.push(finding('NOTICE', code, subject, message));
  }

  warn(code: FeedFinding['code'], subject: string, message: string): void {
    this.findings.push(finding('WARNING', code, subject, message));
  }

  /** Tells what still waits, and asks the guard over the night as a whole. */
  async finish(): Promise<TakeInResult> {
    this.findings.push(...this.turns.findings());
    const { limits, lastFinishedNight, businessDate } = this.options;
    if (limits !== undefined && lastFinishedNight !== undefined) {
      const { session } = this.workspace;
      const found = await guardOpenTrajectories(session, lastFinishedNight, businessDate, limits, this.guards);
      this.findings.push(...found);
    }
    this.findings.push(...this.guards.unneeded(['reject-ratio', 'shrink', 'sequence', 'open-change']));
    return { deliveries: this.taken, files: [...this.counts.values()], findings: this.findings };
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
    const earlier = this.register.of(folder.name);
    const isSkipped = this.options.skipDeliveries.includes(folder.name);
    const content = await this.contentOf(folder, isSkipped, earlier);
    if (content === undefined) return;
    const same = earlier.find(
      ({ digest, wholeDigest }) => digest === content.digest || wholeDigest === content.wholeDigest,
    );
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
    if (isSkipped) return this.passOver(folder, content);
    if (earlier.some(({ state }) => state !== 'SKIPPED')) {
      throw new Failure(
        EXIT.refused,
        `Delivery ${folder.name} was refused: it was taken in before under this name, with other content. Nothing was changed; ` +
          'put back the files as they were, send what is new under another name, or pass it over with ' +
          `--skip-delivery ${folder.name}.`,
      );
    }
    this.turns.add(await this.arrived(folder, content));
    for (let next = this.turns.next(); next !== undefined; next = this.turns.next()) await this.takeOrKnow(next);
  }

  private async passOver(folder: DeliveryFolder, content: DeliveryContent): Promise<void> {
    // What is passed over has its place in the order of its source, as far as its manifest can be read.
    const manifest = await readManifest(folder.name, content).catch(() => undefined);
    await this.record(folder, content, 'SKIPPED', 'delta', manifest ?? NO_NUMBER);
    this.notice('DELIVERY_SKIPPED', folder.name, `Delivery ${folder.name} was passed over by the operator.`);
    for (let next = this.turns.next(); next !== undefined; next = this.turns.next()) await this.takeOrKnow(next);
  }

  /** What cannot be read yet does not stop the night while it must wait anyway. */
  private async arrived(folder: DeliveryFolder, content: DeliveryContent): Promise<WaitingDelivery> {
    try {
      const manifest = await readManifest(folder.name, content);
      if (manifest === undefined && this.options.requireManifest === true) {
        throw refusal(folder.name, '', `it has no ${MANIFEST}, which feeds.require_manifest asks for`);
      }
      return { folder, content, manifest };
    } catch (fault) {
      return { folder, content, manifest: undefined, fault };
    }
  }

  private async takeOrKnow({ folder, content, manifest, fault }: WaitingDelivery): Promise<void> {
    const twin = this.register.takenWith(content.digest);
    if (twin !== undefined) {
      await this.record(folder, content, 'DUPLICATE', 'delta', manifest ?? NO_NUMBER);
      const message = `Delivery ${folder.name} has the same content as ${twin}; it was not taken in again.`;
      return this.notice('DELIVERY_DUPLICATE', folder.name, message);
    }
    this.findings.push(...lookAtEntries(folder.name, content, this.mapping));
    if (fault !== undefined) throw fault as Error;
    await this.checkNumber(folder.name, manifest ?? NO_NUMBER);
    await this.take(folder, content, manifest);
  }

  /** Undefined for what cannot be read and need not be: it was taken in, or passed over, before. */
  private async contentOf(
    folder: DeliveryFolder,
    isSkipped: boolean,
    earlier: readonly RecordedDelivery[],
  ): Promise<DeliveryContent | undefined> {
    try {
      return await readContent(folder, (name) => isKnownName(name, this.mapping));
    } catch (error) {
      if (!(error instanceof Failure) || (!isSkipped && earlier.length === 0)) throw error;
      if (earlier.length === 0) return { files: [], others: [], digest: UNREAD, wholeDigest: UNREAD };
      this.warn('DELIVERY_UNREADABLE', folder.name, `Delivery ${folder.name}, met before, cannot be read any more.`);
      return undefined;
    }
  }

  /** A number stands for one delivery only; one that is taken before its turn was accepted by the operator. */
  private async checkNumber(name: string, numbered: Numbered): Promise<void> {
    const other = this.turns.sequences.takenAs(numbered);
    if (other !== undefined) {
      throw refusal(
        name,
        MANIFEST,
        `its sequence ${numbered.sequence!} is that of delivery ${other}, which was taken in`,
      );
    }
    const missing = this.turns.sequences.missingBefore(numbered);
    if (missing === undefined) return;
    const what = `Delivery ${name} (sequence ${numbered.sequence!}) was taken in although sequence ${missing} is missing`;
    // Without the operator's word the turn of this delivery has not come.
    this.findings.push(await this.guards.stopAt(`sequence:${name}`, what, refusal(name, MANIFEST, what)));
  }

  private async take(folder: DeliveryFolder, content: DeliveryContent, manifest: Manifest | undefined): Promise<void> {
    const mode = manifest?.mode ?? 'delta';
    const numbered = manifest ?? NO_NUMBER;
    const { id, countedOn } = await this.record(folder, content, 'TAKEN', mode, numbered);
    if (countedOn !== folder.date) {
      const message = `Delivery ${folder.name} came after the night of ${this.options.lastFinishedNight!}; it counts from ${countedOn}.`;
      this.notice('DELIVERY_LATE', folder.name, message);
    }
    const { name, date } = folder;
    const delivery = { id, name, date, year: Number(date.slice(0, 4)), countedOn, mode, gained: new Set<string>() };
    const read = assignFiles(name, content, this.mapping);
    const files = await takeFiles(this.workspace, delivery, read, manifest, {
      counts: this.counts,
      findings: this.findings,
    });
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    await this.workspace.run(sql('feeds/set_row_count'), [id, rows]);
    if (this.options.limits !== undefined) {
      const guarded = { delivery, source: numbered.source, files };
      this.findings.push(...(await guardDelivery(this.workspace, guarded, this.options.limits, this.guards)));
    }
    this.taken.push({ name, countedOn, rows });
  }

  private async record(
    folder: DeliveryFolder,
    content: DeliveryContent,
    state: DeliveryState,
    mode: 'delta' | 'full',
    numbered: Numbered,
  ): Promise<{ id: number; countedOn: string }> {
    const { businessDate, lastFinishedNight, runId } = this.options;
    const isLate = lastFinishedNight !== undefined && folder.date <= lastFinishedNight;
    const countedOn = isLate ? businessDate : folder.date;
    const id = await this.register.add({ folder, content, state, mode, numbered, countedOn, runId });
    return { id, countedOn };
  }
}
