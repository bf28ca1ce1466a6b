/** Everything that the program knows of an OCMW for the years around one: what its account should hold, and contracts. */
import { day, formatDay, type Day, type Month } from '../../calendar.js';
import type { ReconcileSettings } from '../../config.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { EXIT, Failure } from '../../errors.js';
import { COMPONENTS } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import { fillPayee } from '../../records/payee.js';
import type { Night } from '../explain/known.js';
import { batchesOf, openingPaymentsOf } from './expected-payments.js';
import type { Expected } from './model.js';
import { allowancesOf } from './expected-allowances.js';

/** Which year a payment belongs to: that in which it was paid, or that of the period of its batch. */
export type PaymentYear = ReconcileSettings['year'];

export interface ReconciledOcmw {
  readonly ocmwId: string;
  readonly name: string;
  /** Itself and the OCMWs that merged into it by the end of the year. */
  readonly ocmwIds: readonly string[];
}

/** An art. 60 contract as an inspector looks at it. */
export interface Contract {
  readonly employmentId: string;
  readonly start: Day;
  /** Undefined while it runs. */
  readonly end: Day | undefined;
  readonly socialEconomy: boolean;
  readonly increasedRequested: boolean;
  readonly novaPrimaReference: string | undefined;
  readonly employerId: string | undefined;
  /** Gross wage cost of a month (`YYYY-MM`), where it was supplied. */
  readonly wages: Readonly<Record<string, Cents>>;
}

export interface Beneficiary {
  readonly weoId: string;
  readonly ocmwId: string;
  readonly personId: number;
  /** National number with only its last five digits. */
  readonly client: string;
  readonly contracts: readonly Contract[];
}

/** An allowance of a month, as the ledger holds it. */
export interface GrantedMonth {
  readonly weoId: string;
  readonly personId: number;
  readonly ocmwId: string;
  readonly component: 'ORD' | 'INC';
  readonly month: Month;
  readonly cents: Cents;
}

export interface KnownOfYear {
  readonly ocmw: ReconciledOcmw;
  /** Of the year, the one before and the one after. */
  readonly expected: readonly Expected[];
  readonly beneficiaries: readonly Beneficiary[];
  /** Of all years, and of all WEOs of the same clients. */
  readonly granted: readonly GrantedMonth[];
}

/**
 * Reads what is known on the evening of a night. Throws a Failure (exit 2) for an OCMW that is not known, one that is paid
 * through another, and a year of which nothing is known.
 */
export async function loadYear(
  session: Session,
  ocmwId: string,
  year: number,
  night: Night,
  paymentYear: PaymentYear,
): Promise<KnownOfYear> {
  const ocmw = await ocmwOf(session, ocmwId, year, night);
  const beneficiaries = await beneficiariesOf(session, ocmw, night);
  const granted = await grantedOf(session, ocmw, night);
  const own = granted.filter((each) => ocmw.ocmwIds.includes(each.ocmwId));
  const expected = [
    ...(await batchesOf(session, ocmwId, night.today, paymentYear)),
    ...(await openingPaymentsOf(session, ocmwId, night.today, paymentYear)),
    ...allowancesOf(own),
  ].filter((each) => Math.abs(each.year - year) <= 1);
  const known = { ocmw, expected, beneficiaries, granted };
  if (!expected.some((each) => each.year === year)) throw nothingKnown(known, year, night);
  return known;
}

async function ocmwOf(session: Session, ocmwId: string, year: number, { today }: Night): Promise<ReconciledOcmw> {
  await fillPayee(session, Math.min(today, day(`${year}-12-31`)), today);
  const [row] = await session.rows<{ name: string | null; payee_id: string; paid_through: string[] | null }>(
    sql('inspect/find_ocmw'),
    [ocmwId, formatDay(today)],
  );
  if (row === undefined) {
    throw new Failure(
      EXIT.usage,
      `OCMW ${ocmwId} is not known on the evening of ${formatDay(today)}: --ocmw takes the enterprise number of 10 digits, ` +
        'as in ocmw.csv.',
    );
  }
  if (row.payee_id !== ocmwId) {
    throw new Failure(
      EXIT.usage,
      `OCMW ${ocmwId} merged into ${row.payee_id} before the end of ${year}: the account is that of the successor. Run again with ` +
        `--ocmw ${row.payee_id}.`,
    );
  }
  return { ocmwId, name: row.name ?? ocmwId, ocmwIds: row.paid_through ?? [ocmwId] };
}

async function beneficiariesOf(
  session: Session,
  { ocmwIds }: ReconciledOcmw,
  { today }: Night,
): Promise<Beneficiary[]> {
  const rows = await session.rows<{
    weo_id: string;
    ocmw_id: string;
    person_id: number;
    client: string;
    employment_id: string | null;
    start_date: string;
    end_date: string | null;
    social_economy: boolean;
    increased_requested: boolean;
    nova_prima_ref: string | null;
    employer_id: string | null;
    wages: Record<string, Cents>;
  }>(sql('inspect/list_art60_contracts'), [ocmwIds, formatDay(today)]);
  const found = new Map<string, Beneficiary & { readonly contracts: Contract[] }>();
  for (const row of rows) {
    const { weo_id: weoId, ocmw_id: ocmwId, person_id: personId, client } = row;
    const beneficiary = found.get(weoId) ?? { weoId, ocmwId, personId, client, contracts: [] };
    found.set(weoId, beneficiary);
    if (row.employment_id === null) continue;
    beneficiary.contracts.push({
      employmentId: row.employment_id,
      start: day(row.start_date),
      end: row.end_date === null ? undefined : day(row.end_date),
      socialEconomy: row.social_economy,
      increasedRequested: row.increased_requested,
      novaPrimaReference: row.nova_prima_ref ?? undefined,
      employerId: row.employer_id ?? undefined,
      wages: row.wages,
    });
  }
  return [...found.values()];
}

async function grantedOf(session: Session, { ocmwIds }: ReconciledOcmw, { today }: Night): Promise<GrantedMonth[]> {
  const rows = await session.rows<{
    weo_id: string;
    person_id: number;
    ocmw_id: string;
    component: number;
    month: number;
    cents: Cents;
  }>(sql('inspect/list_granted_months'), [ocmwIds, formatDay(today)]);
  return rows.map((row) => ({
    weoId: row.weo_id,
    personId: row.person_id,
    ocmwId: row.ocmw_id,
    component: COMPONENTS[row.component] as 'ORD' | 'INC',
    month: row.month,
    cents: row.cents,
  }));
}

function nothingKnown({ ocmw, expected }: KnownOfYear, year: number, { today }: Night): Failure {
  const near = [...new Set(expected.map((each) => each.year))].sort();
  const hint = near.length === 0 ? '' : ` There is something for ${near.join(' and ')}.`;
  return new Failure(
    EXIT.usage,
    `Nothing is known of ${year} for OCMW ${ocmw.ocmwId} (${ocmw.name}) on the evening of ${formatDay(today)}: no payment, no ` +
      `claim and no allowance belongs to that year.${hint}`,
  );
}
