/**
 * On a first load almost every row is a version as it comes: nothing was known that it could repeat or correct. Such rows
 * go straight into their table, the others by way of the staging table, where they are compared.
 */
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import type { RecordContract } from './contracts.js';
import type { OpenDelivery } from './workspace.js';

const NULL = '\\N';

export class FirstVersions {
  /** What stands before the line and the columns of a record in `firstTarget`. */
  readonly prefix: string;
  private readonly ocmwAt: readonly number[];
  private readonly otherReferences: readonly number[];

  private constructor(
    contract: RecordContract,
    delivery: OpenDelivery,
    private readonly ocmws: ReadonlySet<string>,
  ) {
    const placesOf = (isWanted: (reference: string) => boolean) =>
      contract.columns.flatMap(({ reference }, at) => (reference !== undefined && isWanted(reference) ? [at] : []));
    this.prefix = `${delivery.id}\t${delivery.countedOn}`;
    this.ocmwAt = placesOf((reference) => reference === 'ocmw');
    this.otherReferences = placesOf((reference) => reference !== 'ocmw');
  }

  /** For a file of which no version and no row that was set aside is known. */
  static async of(session: Session, contract: RecordContract, delivery: OpenDelivery): Promise<FirstVersions> {
    const ocmws = await session.rows<{ ocmwId: string }>(sql('feeds/list_known_ocmws'));
    return new FirstVersions(contract, delivery, new Set(ocmws.map(({ ocmwId }) => ocmwId)));
  }

  /** Whether a row without a fault, whose id did not come before, refers to nothing that only the database knows. */
  holds(staged: readonly string[]): boolean {
    for (const at of this.ocmwAt) if (staged[at] !== NULL && !this.ocmws.has(staged[at]!)) return false;
    for (const at of this.otherReferences) if (staged[at] !== NULL) return false;
    return true;
  }
}
