/** Whose turn it is: deliveries in order of name, but none before a number that is missing in the count of its source. */
import type { DeliveryContent, DeliveryFolder } from './deliveries.js';
import { finding, type FeedFinding } from './findings.js';
import type { Manifest } from './manifest.js';
import { Sequences } from './sequence.js';
import { shownValue } from './shown.js';

export interface WaitingDelivery {
  readonly folder: DeliveryFolder;
  readonly content: DeliveryContent;
  readonly manifest: Manifest | undefined;
  /** Why its manifest could not be read; told when its turn comes. */
  readonly fault?: unknown;
}

export class Turns {
  readonly sequences = new Sequences();
  private waiting: WaitingDelivery[] = [];

  /** @param isAccepted whether the operator lets a delivery be taken although a number before it is missing */
  constructor(private readonly isAccepted: (delivery: string) => boolean) {}

  /** The next delivery in order of name. */
  add(delivery: WaitingDelivery): void {
    this.waiting.push(delivery);
  }

  /** Takes the first delivery whose turn it is out of those that wait. To be asked again after each that was taken. */
  next(): WaitingDelivery | undefined {
    const at = this.waiting.findIndex((delivery, index) => !this.mustWait(delivery, index));
    return at === -1 ? undefined : this.waiting.splice(at, 1)[0];
  }

  /** For each source that has a gap: which number is missing, and what waits for it. */
  findings(): FeedFinding[] {
    const first = new Map<string, WaitingDelivery>();
    for (const delivery of this.waiting) if (!first.has(sourceOf(delivery))) first.set(sourceOf(delivery), delivery);
    return [...first].flatMap(([source, { folder, manifest }]) => {
      const missing = manifest && this.sequences.missingBefore(manifest);
      if (missing === undefined) return [unreadable(folder.name)];
      const later = this.waiting.filter((each) => sourceOf(each) === source).length - 1;
      const others = later === 0 ? '' : ` and ${later} later ${later === 1 ? 'delivery' : 'deliveries'}`;
      const ofSource = source === '' ? '' : ` of ${shownValue(source, false)}`;
      const message =
        `Delivery ${folder.name} (sequence ${manifest!.sequence!}${ofSource})${others} ${later === 0 ? 'waits' : 'wait'}: ` +
        `sequence ${missing} is missing. Have it sent; or go on without it with --accept-guard sequence:${folder.name}.`;
      return [finding('WARNING', 'DELIVERY_WAITS', folder.name, message)];
    });
  }

  private mustWait(delivery: WaitingDelivery, index: number): boolean {
    const { folder, manifest, fault } = delivery;
    const before = this.waiting.slice(0, index);
    if (fault !== undefined) return before.length > 0;
    if (this.isAccepted(folder.name)) return false;
    if (manifest?.sequence !== undefined) return this.sequences.missingBefore(manifest) !== undefined;
    return before.some((other) => sourceOf(other) === sourceOf(delivery));
  }
}

/** What waits first for no number of its own source waits because nobody could read whose it is. */
function unreadable(name: string): FeedFinding {
  const message = `Delivery ${name} waits behind others: its manifest.json cannot be read. Have it sent again corrected.`;
  return finding('WARNING', 'DELIVERY_WAITS', name, message);
}

function sourceOf({ manifest }: WaitingDelivery): string {
  return manifest?.source ?? '';
}
