/** `twe reconcile`: the account of an OCMW beside ledger, batches and payments, for one year. Nothing is changed. */
import type { Day } from '../../calendar.js';
import type { ReconcileSettings } from '../../config.js';
import type { Database } from '../../db/database.js';
import type { LedgerMap } from '../../law/keys.js';
import { nightKnown } from '../explain/known.js';
import { lawOfNight, type LawInForce } from '../explain/law-of-night.js';
import type { Account } from './account/account.js';
import { controlTable, type ControlRow } from './control-table.js';
import { loadYear, type ReconciledOcmw } from './load.js';
import { reconcileAccount } from './match/reconcile-account.js';
import type { Booking, Expected, Reconciliation } from './model.js';

/** What the inspection workbook, the screen and `--json` are made of. */
export interface Inspection {
  readonly ocmw: ReconciledOcmw;
  readonly year: number;
  /** The last finished night: what was known. */
  readonly night: { readonly runId: string; readonly today: Day; readonly lawDigest: string };
  readonly settings: InspectionSettings;
  readonly isStatement: boolean;
  readonly bookings: readonly Booking[];
  /** Of the year, in order of day. */
  readonly expected: readonly Expected[];
  readonly reconciliation: Reconciliation;
  readonly control: readonly ControlRow[];
}

export interface InspectionSettings extends Pick<ReconcileSettings, 'days' | 'year'> {
  readonly ledgerMap: LedgerMap;
}

/**
 * Compares an account with what is known on the evening of the last finished night. Throws a Failure (exit 2) when no night
 * has finished, the OCMW is not known, or nothing is known of the year.
 */
export async function reconcile(
  database: Database,
  ocmwId: string,
  year: number,
  { bookings, isStatement }: Account,
  inForce: LawInForce,
  settings: InspectionSettings,
): Promise<Inspection> {
  const { night, known, law } = await database.transaction(async (session) => {
    // One picture: a night that ends meanwhile must not mix in.
    await session.client.query('set transaction isolation level repeatable read');
    const last = await nightKnown(session, undefined);
    const ofNight = lawOfNight(last, inForce);
    return { night: last, law: ofNight.law, known: await loadYear(session, ocmwId, year, last, settings.year) };
  });
  const novaPrima = new Map(
    known.beneficiaries.flatMap(({ weoId, contracts }) =>
      contracts.flatMap(({ novaPrimaReference }) =>
        novaPrimaReference === undefined ? [] : [[novaPrimaReference, weoId] as const],
      ),
    ),
  );
  const { days, ledgerMap } = settings;
  const reconciliation = reconcileAccount(bookings, known.expected, { year, days, ledgerMap, novaPrima, isStatement });
  return {
    ocmw: known.ocmw,
    year,
    night,
    settings,
    isStatement,
    bookings,
    expected: known.expected.filter((each) => each.year === year).sort((a, b) => a.day - b.day),
    reconciliation,
    control: controlTable(known, reconciliation, law, night.today),
  };
}
