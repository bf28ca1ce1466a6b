/** A small feed with a hand-computed first quarter, and a way to simulate over a test database. */
import { createHash } from 'node:crypto';
import type { Database } from '../../src/db/database.js';
import type { LawKeyName } from '../../src/law/keys.js';
import { buildLaw, canonicalLaw, readLawOverrides } from '../../src/law/resolve.js';
import { carriedBy } from '../../src/ledger/carried.js';
import { readMonths } from '../../src/settlement/simulation/period.js';
import { simulate } from '../../src/settlement/simulation/simulate.js';
import {
  describeSimulation,
  type Effect,
  type NamedLaw,
  type Simulation,
} from '../../src/settlement/simulation/simulation.js';
import { art60, category, job, ocmw, OCMW, OCMW_2, weo, type Story } from '../night/feed.js';
import { enterpriseNumber, nationalNumber } from '../support/random-feed/identifiers.js';

export type Overrides = Readonly<Record<string, unknown>>;

export { OCMW, OCMW_2 };
/** Merged into OCMW_2 at the end of March 2024. */
const OCMW_3 = enterpriseNumber(3);

const of = (weoId: string, client: number) => ({ weo_id: weoId, insz: nationalNumber(client) });
const client = (number: number) => ({ insz: nationalNumber(number) });

/**
 * Q1 of 2024, as known on 16 April:
 * W1 (OCMW): EFF for three months, C1 and the allowance for March. W2 (OCMW_2): January with EFF, C1 and C2, and a positive
 * measurement 1 in February, by an agency contract. W3 (OCMW_3): art. 60 started ten days too late.
 */
export const STORY: Story = {
  '2024-03-25': [
    ocmw(),
    ocmw(OCMW_2, { name: 'OCMW Twee' }),
    ocmw(OCMW_3, { name: 'OCMW Drie', valid_to: '2024-03-31', successor_id: OCMW_2 }),
    weo('2024-01-15', '2024-12-31', of('W1', 1)),
    art60('2024-03-01', '2024-12-31', of('W1', 1)),
    category('2024-03-01', client(1)),
    weo('2023-06-01', '2024-01-31', { ...of('W2', 2), ocmw_id: OCMW_2 }),
    art60('2023-07-01', '2024-01-31', of('W2', 2)),
    category('2023-07-01', { ...client(2), category_id: 'C2' }),
    job('2024-02-01', '', { ...client(2), kind: 'AGENCY' }),
    weo('2024-01-10', '2024-12-31', { ...of('W3', 3), ocmw_id: OCMW_3 }),
    art60('2024-03-20', '2024-12-31', of('W3', 3)),
    category('2024-03-20', { ...client(3), category_id: 'C3' }),
  ],
};

/** The configuration and, over it, the file with the other law. */
export async function simulated(
  database: Database,
  configured: Overrides,
  file: Overrides,
  from: string,
  to?: string,
): Promise<Simulation> {
  const months = readMonths(from, to);
  const present = named(configured);
  const other = named({ ...configured, ...file });
  const result = await simulate(database, withHistory(present), withHistory(other), months);
  return describeSimulation(result, months, present, other, Object.keys(file) as LawKeyName[]);
}

function named(json: Overrides): NamedLaw {
  const { overrides, faults } = readLawOverrides(json);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  const digest = createHash('sha256').update(canonicalLaw(overrides)).digest('hex');
  return { law: buildLaw(overrides), overrides, digest };
}

function withHistory({ law }: NamedLaw) {
  return { law, carried: carriedBy(law) };
}

/** Present, other and difference in euro, and trajectories that change. */
export function numbers({ presentCents, otherCents, differenceCents, changedTrajectories }: Effect): number[] {
  return [presentCents / 100, otherCents / 100, differenceCents / 100, changedTrajectories];
}

/** The same by OCMW and component. */
export function table({ ocmws }: Simulation): Record<string, Record<string, number[]>> {
  return Object.fromEntries(
    ocmws.map(({ ocmwId, components }) => [
      ocmwId,
      Object.fromEntries(components.map((each) => [each.component, numbers(each)])),
    ]),
  );
}
