/**
 * Guards: what looks wrong as a whole stops the night before anything is booked (exit code 3), with the numbers. An
 * operator who has looked lets a guard pass by its name; who did so and what was accepted stays in the database.
 */
import type { Session } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { machine, systemUser } from '../system-user.js';
import { finding, type FeedFinding } from './findings.js';
import { shownValue } from './shown.js';

/** The keys `guard.*` of the configuration. */
export interface GuardLimits {
  /** Rejected rows by all rows of a delivery. */
  readonly maxRejectRatio: number;
  /** Rows by which a full delivery is shorter, by those of the last full one. */
  readonly maxShrinkRatio: number;
  /** Change of the number of open trajectories, by that number. */
  readonly maxOpenChangeRatio: number;
  /** Change of what is due for past months when the law changed, by what was due. */
  readonly maxLawChangeRatio: number;
  /** Rows, or trajectories, from which a guard looks. */
  readonly minRows: number;
}

/** Guards about one delivery: `reject-ratio:2024-04-16`. */
export type DeliveryGuard = 'reject-ratio' | 'shrink' | 'sequence';
/** Guards about a night as a whole. */
export type NightGuard = 'open-change' | 'law-change';

const NAME = /^(?:(?:reject-ratio|shrink|sequence):(\S+)|open-change|law-change)$/;

/** A name that was mistyped must not look as if it had been accepted. Throws a `Failure` (exit code 2). */
export function refuseUnknownGuards(accepted: readonly string[], deliveries: readonly string[]): void {
  for (const name of accepted) {
    const match = NAME.exec(name);
    const shown = shownValue(name, false);
    if (match === null) {
      throw new Failure(
        EXIT.usage,
        `--accept-guard ${shown}: there is no such guard; nothing was done. Write the name as the refusal says it: ` +
          'reject-ratio:DELIVERY, shrink:DELIVERY, sequence:DELIVERY, open-change or law-change.',
      );
    }
    if (match[1] === undefined || deliveries.includes(match[1])) continue;
    throw new Failure(
      EXIT.usage,
      `--accept-guard ${shown}: no delivery of that name lies in the feed folder; nothing was done.`,
    );
  }
}

/** The guards of one run: which are accepted, and which of those were needed. */
export class Guards {
  private readonly needed = new Set<string>();

  /** @param session the transaction of the step: what is accepted is kept together with what was let pass */
  constructor(
    private readonly session: Session,
    private readonly runId: string,
    private readonly accepted: readonly string[],
  ) {}

  isAccepted(name: string): boolean {
    return this.accepted.includes(name);
  }

  /**
   * Says that a guard found something. Throws the refusal unless the guard is accepted; then that is recorded and told.
   * @param what the sentence with the numbers, without a point
   */
  async stopAt(name: string, what: string, refusal: Failure): Promise<FeedFinding> {
    if (!this.isAccepted(name)) throw refusal;
    this.needed.add(name);
    const user = systemUser();
    await this.session.rows(
      `insert into twe.guard_acceptance (run_id, guard, message, accepted_by_system_user, accepted_from)
       values ($1, $2, $3, $4, $5)`,
      [this.runId, name, what, user, machine()],
    );
    return finding('WARNING', 'GUARD_ACCEPTED', name, `${what}. ${user} accepted it with --accept-guard ${name}.`);
  }

  /** Findings for accepted guards of these kinds that had nothing to say. */
  unneeded(kinds: readonly (DeliveryGuard | NightGuard)[]): FeedFinding[] {
    return this.accepted
      .filter((name) => kinds.some((kind) => name.split(':')[0] === kind) && !this.needed.has(name))
      .map((name) =>
        finding('NOTICE', 'GUARD_NOT_NEEDED', name, `--accept-guard ${name} was not needed: that guard found nothing.`),
      );
  }
}

/** What to do about a guard, as the end of a refusal. */
export function acceptance(name: string): string {
  return `--accept-guard ${name}`;
}

/** A part of one as people read it: `5.00 %`. */
export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(2)} %`;
}
