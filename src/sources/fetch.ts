/**
 * The step before everything is read: what the sources hold and the inbox does not is fetched into the inbox, in order of
 * name. A source that fails ends in a finding; the night goes on with what the inbox holds.
 */
import type { SourceSettings } from '../config/sources.js';
import type { Finding } from '../finding.js';
import type { Logger } from '../log.js';
import { labelOf, type Environment } from './connection.js';
import { DeliveryFault, SourceFault } from './fault.js';
import { fetchDelivery } from './fetch-delivery.js';
import { deliveryFindings, sourceFinding, strangersFinding } from './findings.js';
import { Inbox } from './inbox.js';
import type { Looks } from './looks.js';
import { dateOfDelivery, inOrder } from './names.js';
import { Visit } from './visit.js';

export interface FetchRequest {
  /** In the order in which they are asked; the first that has a delivery gives it. */
  readonly sources: readonly SourceSettings[];
  /** Absolute. */
  readonly inbox: string;
  /** `YYYY-MM-DD`: deliveries dated later wait for their day. */
  readonly businessDate: string;
  /** Names of deliveries that were met before: they are never fetched again. */
  readonly met: ReadonlySet<string>;
  /** For the secrets that the configuration names. */
  readonly env: Environment;
  /** What the sources said a moment ago: many nights in one process ask once. */
  readonly looks: Looks;
  readonly now: Date;
  readonly log: Logger;
  readonly progress: (text: string) => void;
}

export interface FetchResult {
  /** Deliveries in order of arrival. */
  readonly fetched: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

/** Fetches what is new. Throws a `Failure` (exit code 2) only when the inbox itself cannot be written. */
export async function fetchDeliveries(request: FetchRequest): Promise<FetchResult> {
  const inbox = await Inbox.open(request.inbox);
  const results: FetchResult[] = [];
  for (const source of request.sources) {
    const night = new SourceNight(request, source, inbox);
    await night.run();
    results.push(night);
  }
  return {
    fetched: results.flatMap(({ fetched }) => fetched),
    files: results.reduce((sum, { files }) => sum + files, 0),
    bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
    findings: results.flatMap(({ findings }) => findings),
  };
}

/** One source in one night, and what came of it. */
class SourceNight implements FetchResult {
  readonly fetched: string[] = [];
  readonly findings: Finding[] = [];
  files = 0;
  bytes = 0;
  private readonly left: { delivery: string; fault: DeliveryFault }[] = [];

  constructor(
    private readonly request: FetchRequest,
    private readonly source: SourceSettings,
    private readonly inbox: Inbox,
  ) {}

  async run(): Promise<void> {
    const { env, log, looks } = this.request;
    const visit = new Visit(this.source, env, log);
    try {
      const names = await looks.names(labelOf(this.source), () =>
        visit.attempt((connection) => connection.listNames()),
      );
      this.findings.push(...this.strangersIn(names));
      for (const delivery of await this.wanted(names)) await this.fetch(visit, delivery);
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      log.warn({ code: error.kind }, `${this.source.kind} source ${labelOf(this.source)}: ${error.message}`);
      looks.failed(labelOf(this.source), error);
      this.findings.push(sourceFinding(this.source, error));
    } finally {
      visit.close();
      this.findings.push(...deliveryFindings(this.source, this.left));
    }
  }

  private strangersIn(names: readonly string[]): Finding[] {
    const isHidden = (name: string) => /^\.[A-Za-z0-9_]/.test(name);
    const strangers = names.filter((name) => dateOfDelivery(name) === undefined && !isHidden(name)).sort();
    const finding = strangersFinding(this.source, strangers);
    return finding === undefined ? [] : [finding];
  }

  /** What was not met before and is not here, or is here from this source and may have been sent again since. */
  private async wanted(names: readonly string[]): Promise<string[]> {
    const { businessDate, met } = this.request;
    const wanted: string[] = [];
    for (const name of inOrder(new Set(names))) {
      const date = dateOfDelivery(name);
      if (date === undefined || date > businessDate || met.has(name)) continue;
      const isOurs = !this.inbox.has(name) || (await this.inbox.lastFetched(name))?.source === labelOf(this.source);
      if (isOurs) wanted.push(name);
    }
    return wanted;
  }

  private async fetch(visit: Visit, delivery: string): Promise<void> {
    this.request.progress(`fetching ${delivery}`);
    try {
      const version = await fetchDelivery(visit, delivery, this.inbox, this.request.now.getTime());
      if (version === undefined) return;
      const bytes = version.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      this.request.log.info({ delivery, count: version.files.length, bytes }, 'delivery fetched');
      this.fetched.push(delivery);
      this.files += version.files.length;
      this.bytes += bytes;
    } catch (error) {
      if (!(error instanceof DeliveryFault)) throw error;
      this.left.push({ delivery, fault: error });
    }
  }
}
