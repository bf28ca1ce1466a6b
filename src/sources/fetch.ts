/**
 * The step before everything is read: what the sources hold and the inbox does not is fetched into the inbox, in order of
 * name. A source that fails ends in a finding; the night goes on with what the inbox holds.
 */
import type { SourceSettings } from '../config/sources.js';
import type { Finding } from '../finding.js';
import type { Logger } from '../log.js';
import { ahead } from './ahead.js';
import { labelOf, type Environment } from './connection.js';
import { DeliveryFault, SourceFault } from './fault.js';
import { fetchDelivery, type WholeDelivery } from './fetch-delivery.js';
import { deliveryFindings, sourceFinding, strangersFinding } from './findings.js';
import { fillInbox, type Inbox } from './inbox.js';
import type { Looks } from './looks.js';
import { dateOfDelivery, inOrder } from './names.js';
import { Visit } from './visit.js';

/**
 * Deliveries that are fetched at once: each costs some twenty questions, and their answers may come from far. They get their
 * names in order all the same: when a source fails halfway, nothing lies in the inbox without what came before it.
 */
const AT_ONCE = 8;

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

/** What one source gave in a night. */
export interface SourceResult {
  /** The source, in the words of a sentence. */
  readonly label: string;
  readonly deliveries: number;
  /** It gave up before it was asked for everything. */
  readonly hasFailed: boolean;
}

export interface FetchResult {
  /** Deliveries in order of arrival. */
  readonly fetched: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
  /** One for each source, in the order in which they were asked. */
  readonly sources: readonly SourceResult[];
}

/**
 * Fetches what is new. Throws a `Failure` only when the inbox itself cannot be written (exit code 2), or when another program
 * fills it at this moment (5).
 */
export async function fetchDeliveries(request: FetchRequest): Promise<FetchResult> {
  return fillInbox(request.inbox, (inbox) => fetchInto(inbox, request));
}

async function fetchInto(inbox: Inbox, request: FetchRequest): Promise<FetchResult> {
  const results: SourceNight[] = [];
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
    sources: results.map(({ label, fetched, hasFailed }) => ({ label, deliveries: fetched.length, hasFailed })),
  };
}

/** One source in one night, and what came of it. */
class SourceNight {
  readonly label: string;
  hasFailed = false;
  readonly fetched: string[] = [];
  readonly findings: Finding[] = [];
  files = 0;
  bytes = 0;
  private readonly left: { delivery: string; fault: DeliveryFault }[] = [];

  constructor(
    private readonly request: FetchRequest,
    private readonly source: SourceSettings,
    private readonly inbox: Inbox,
  ) {
    this.label = labelOf(source);
  }

  async run(): Promise<void> {
    const { env, log, looks } = this.request;
    const visit = new Visit(this.source, env, log);
    try {
      const names = await looks.names(this.label, () => visit.attempt((connection) => connection.listNames()));
      this.findings.push(...this.strangersIn(names));
      const wanted = await this.wanted(names);
      const coming = ahead(
        wanted,
        AT_ONCE,
        (delivery) => this.fetch(visit, delivery),
        () => visit.close(),
      );
      for await (const one of coming) await this.settle(one);
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      this.hasFailed = true;
      log.warn({ code: error.kind }, `${this.source.kind} source ${this.label}: ${error.message}`);
      looks.failed(this.label, error);
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
      const isOurs = !this.inbox.has(name) || (await this.inbox.lastFetched(name))?.source === this.label;
      if (isOurs) wanted.push(name);
    }
    return wanted;
  }

  private async fetch(visit: Visit, delivery: string): Promise<Fetched> {
    this.request.progress(`fetching ${delivery}`);
    try {
      return { delivery, came: await fetchDelivery(visit, delivery, this.inbox, this.request.now.getTime()) };
    } catch (error) {
      if (!(error instanceof DeliveryFault)) throw error;
      return { delivery, fault: error };
    }
  }

  private async settle({ delivery, came, fault }: Fetched): Promise<void> {
    if (fault !== undefined) this.left.push({ delivery, fault });
    if (came === undefined) return;
    const { part, version } = came;
    await this.inbox.keep(delivery, part, version);
    const bytes = version.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    this.request.log.info({ delivery, count: version.files.length, bytes }, 'delivery fetched');
    this.fetched.push(delivery);
    this.files += version.files.length;
    this.bytes += bytes;
  }
}

/** What came of one delivery: it is whole, it is left where it is, or there is nothing new in it. */
interface Fetched {
  readonly delivery: string;
  readonly came?: WholeDelivery | undefined;
  readonly fault?: DeliveryFault;
}
