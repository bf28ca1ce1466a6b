/** For each check of sql/checks one fault in the small world, or several, that it and no other check must see. */

export interface Fault {
  readonly check: string;
  readonly because: string;
  /** What brings the fault about. */
  readonly sql: string;
}

const entry = (no: number, weoId: string, component: number, month: number, cents: number, runNo = 1) =>
  `insert into twe.ledger_entry (entry_no, run_no, ocmw_id, weo_id, component, first_month, last_month, cents, rule, reason)
   values (${no}, ${runNo}, '0212214917', '${weoId}', ${component}, ${month}, ${month}, ${cents}, 1, 0);`;

const agreement = (
  weoId: string,
  version: { end?: string; registeredAt: string; withdrawn?: boolean; delivery?: number },
) =>
  `insert into twe.weo_version (weo_id, ocmw_id, person_id, start_date, end_date, registered_at, withdrawn, counted_on,
     delivery_id, line)
   values ('${weoId}', '0212214917', 1, '2024-01-01', ${version.end ? `'${version.end}'` : 'null'}, '${version.registeredAt}',
     ${version.withdrawn ?? false}, '2024-01-05', ${version.delivery ?? 1}, 20);`;

const state = (weoId: string) => `insert into twe.ledger_state values ('${weoId}', 9, 9);`;
const facts = (weoId: string) =>
  `insert into twe.trajectory_facts (ocmw_id, weo_id, person_id, facts) values ('0212214917', '${weoId}', 1, '');`;

const EARLY = '2024-02-01T09:00:00Z';
const AFTER_THE_NIGHT = '2024-09-01T09:00:00Z';

const LEDGER_FAULTS: readonly Fault[] = [
  {
    check: 'no_month_of_a_line_is_negative_in_the_ledger',
    because: 'more is taken back than was posted',
    sql: entry(4, 'W2', 0, 24289, -25001),
  },
  {
    check: 'no_ledger_entry_is_missing',
    because: 'an entry was removed',
    sql: `delete from twe.ledger_entry where entry_no = 1`,
  },
  {
    check: 'every_ledger_entry_comes_from_a_run',
    because: 'nobody knows the run of an entry',
    sql: entry(4, 'W2', 1, 24289, 15000, 99),
  },
  {
    check: 'every_ledger_entry_belongs_to_a_known_agreement',
    because: 'nobody delivered the agreement of an entry',
    sql: entry(4, 'W9', 0, 24289, 25000) + state('W9'),
  },
  {
    check: 'every_agreement_in_the_ledger_has_a_ledger_state',
    because: 'the fingerprint of an agreement with money is gone',
    sql: entry(4, 'W9', 0, 24289, 25000) + agreement('W9', { registeredAt: AFTER_THE_NIGHT }),
  },
  {
    check: 'every_agreement_is_accrued',
    because: 'the accrual passed over an agreement',
    sql: agreement('W9', { registeredAt: EARLY }) + facts('W9'),
  },
  {
    check: 'no_month_is_accrued_before_its_last_day',
    because: 'a month that still runs is posted',
    sql: entry(4, 'W2', 0, 24295, 25000),
  },
  {
    check: 'a_withdrawn_agreement_holds_no_money',
    because: 'an agreement was withdrawn and its money stayed',
    sql: agreement('W2', { registeredAt: EARLY, withdrawn: true }),
  },
  {
    check: 'no_client_earns_guidance_subsidy_twice_for_one_month',
    because: 'two agreements turn out to be of one client',
    sql: `update twe.trajectory_facts set person_id = 1`,
  },
];

const RECORD_FAULTS: readonly Fault[] = [
  {
    check: 'every_known_agreement_has_its_facts',
    because: 'an agreement was left out of the facts',
    sql: agreement('W9', { registeredAt: EARLY }),
  },
  {
    check: 'every_known_agreement_has_its_facts',
    because: 'facts stand without an agreement',
    sql: facts('W9'),
  },
  {
    check: 'every_client_is_known_by_a_number',
    because: 'a client is not in the identity table',
    sql: `delete from twe.identity where person_id = 2`,
  },
  {
    check: 'every_version_comes_from_a_delivery_that_was_taken',
    because: 'the delivery of a version is not known',
    sql: agreement('W2', { registeredAt: EARLY, delivery: 7 }),
  },
  {
    check: 'every_version_comes_from_a_delivery_that_was_taken',
    because: 'the delivery of a version was passed over',
    sql: `insert into twe.delivery (name, digest, delivered_on, counted_on, state, run_id)
          values ('2024-01-05.2', repeat('1', 64), '2024-01-05', '2024-01-05', 'SKIPPED', '2024-01-05/nightly');
          ${agreement('W2', { registeredAt: EARLY, delivery: 2 })}`,
  },
  {
    check: 'every_version_comes_from_a_delivery_that_was_taken',
    because: 'a version counts from before its delivery',
    sql: `update twe.ocmw_version set counted_on = '2024-01-04'`,
  },
  {
    check: 'no_row_comes_back_before_it_was_set_aside',
    because: 'a row was closed before it came',
    sql: `update twe.rejected_row set closed_on = '2024-01-04'`,
  },
];

const MEASUREMENT_FAULTS: readonly Fault[] = [
  {
    check: 'a_measurement_is_worth_what_the_ledger_holds_for_it',
    because: 'a result was taken out of the ledger and its measurement stayed',
    sql: entry(4, 'W1', 4, 24291, -30000),
  },
  {
    check: 'a_measurement_is_worth_what_the_ledger_holds_for_it',
    because: 'the ledger holds a result without a measurement',
    sql: entry(4, 'W1', 5, 24294, 60000),
  },
  {
    check: 'a_measurement_is_worth_what_the_ledger_holds_for_it',
    because: 'the result stands in another month than the measurement',
    sql: `update twe.ledger_entry set first_month = 24292, last_month = 24292 where component = 4`,
  },
  {
    check: 'a_measurement_follows_the_end_of_its_agreement',
    because: 'the end moved and the measurements stayed',
    sql: agreement('W1', { registeredAt: EARLY, end: '2024-04-30' }),
  },
  {
    check: 'a_measurement_follows_the_end_of_its_agreement',
    because: 'an agreement without an end is measured',
    sql: `insert into twe.measurement_version (weo_id, measurement, measured_on, outcome, source, cents, run_no)
          values ('W2', 1, '2024-06-01', 'NEGATIVE', 'RECORDS', 0, 1)`,
  },
  {
    check: 'a_measurement_follows_the_end_of_its_agreement',
    because: 'measurement 2 does not come after measurement 1',
    sql: `update twe.measurement_version set measured_on = '2024-04-01' where measurement = 2`,
  },
  {
    check: 'no_measurement_is_made_before_its_date',
    because: 'measurement 2 is made a month too early',
    sql: `update twe.measurement_version set measured_on = '2024-09-01' where measurement = 2`,
  },
  {
    check: 'outcomes_are_frozen_by_their_final_settlement',
    because: 'an outcome is frozen on another day than its settlement',
    sql: `update twe.measurement_freeze set frozen_on = '2024-07-16'`,
  },
];

const BATCH_FAULTS: readonly Fault[] = [
  {
    check: 'the_lines_of_a_batch_add_up_to_its_parts',
    because: 'a line is gone',
    sql: `delete from twe.batch_line where batch_no = 2 and component = 0`,
  },
  {
    check: 'the_lines_of_a_batch_add_up_to_its_parts',
    because: 'the parts of a batch are gone with its claims',
    sql: `delete from twe.batch_part where batch_no = 2;
          delete from twe.batch_claim where batch_no = 2`,
  },
  {
    check: 'the_parts_of_a_batch_add_up_to_its_payments_and_claims',
    because: 'a payment is a cent too high',
    sql: `update twe.batch_claim set cents = cents + 1 where batch_no = 1`,
  },
  {
    check: 'the_parts_of_a_batch_add_up_to_its_payments_and_claims',
    because: 'an OCMW without lines is paid',
    sql: `insert into twe.batch_claim (batch_no, ocmw_id, direction, cents, reference)
          values (1, '0207204053', 'PAY', 100, '+++202/4000/00340+++')`,
  },
  {
    check: 'a_batch_is_what_was_sealed',
    because: 'the account of a claim was exchanged after it was booked',
    sql: `update twe.batch_claim set reference = '+++202/4000/00340+++' where batch_no = 1`,
  },
  {
    check: 'a_line_stands_once_in_a_batch',
    because: 'a line of the quarter is a final line too',
    sql: `insert into twe.batch_line (batch_no, kind, ocmw_id, weo_id, component, month, due_cents, before_cents, cents,
            reason)
          values (2, 'FINAL', '0212214917', 'W1', 4, 24291, 1, 0, 1, 0);
          update twe.batch_part set positive_cents = positive_cents + 1 where batch_no = 2;
          update twe.batch_claim set cents = cents + 1 where batch_no = 2`,
  },
  {
    check: 'a_line_stands_once_in_a_batch',
    because: 'a line is both booked and left out',
    sql: `insert into twe.batch_left_out (batch_no, kind, ocmw_id, weo_id, component, month, cents, cause)
          values (2, 'FINAL', '0212214917', 'W1', 0, 24289, -5000, 'BELOW_THRESHOLD')`,
  },
  {
    check: 'a_line_starts_from_what_was_ordered_before',
    because: 'an earlier batch is forgotten',
    sql: `update twe.batch_line set due_cents = -5000, before_cents = 0 where batch_no = 2 and component = 0`,
  },
  {
    check: 'a_line_starts_from_what_was_ordered_before',
    because: 'a batch that was rejected is still counted',
    sql: `update twe.batch_decision set decision = 'REJECTED', decided_at = '2024-04-15T10:00:00Z' where batch_no = 1`,
  },
  {
    check: 'a_line_starts_from_what_was_ordered_before',
    because: 'an opening balance is forgotten',
    sql: `insert into twe.payment_version (payment_id, ocmw_id, paid_on, cents, weo_id, component, month, registered_at,
            withdrawn, counted_on, delivery_id, line)
          values ('P1', '0212214917', '2023-12-01', 100, 'W1', 'M1', '2024-04-01', '2024-01-02T09:00:00Z', false,
            '2024-01-05', 1, 2)`,
  },
  {
    check: 'what_was_carried_over_is_taken_off_by_the_next_batch',
    because: 'a debt is forgotten',
    sql: `update twe.batch_claim set cents = 65000 where batch_no = 1;
          update twe.batch_part set carried_cents = -10000 where batch_no = 1`,
  },
  {
    check: 'every_reference_passes_its_check_digits',
    because: 'two digits of a reference are exchanged',
    sql: `update twe.batch_claim set reference = '+++202/4000/01038+++' where batch_no = 1`,
  },
  {
    check: 'every_reference_passes_its_check_digits',
    because: 'a reference has another form',
    sql: `update twe.batch_claim set reference = '202400000138' where batch_no = 1`,
  },
  {
    check: 'no_batch_knows_more_than_its_run_day',
    because: 'a batch was computed with records of after its run day',
    sql: `update twe.batch set registered_until = '2024-07-16' where batch_no = 2`,
  },
  {
    check: 'no_batch_knows_more_than_its_run_day',
    because: 'a batch was approved before its run day',
    sql: `update twe.batch_decision set decided_on = '2024-07-14' where batch_no = 2`,
  },
  {
    check: 'no_line_lies_after_its_batch',
    because: 'a month is paid before it is there',
    sql: `update twe.batch_line set month = 24295 where batch_no = 2 and component = 4`,
  },
];

/** Everything that can be broken. */
export const FAULTS: readonly Fault[] = [...LEDGER_FAULTS, ...RECORD_FAULTS, ...MEASUREMENT_FAULTS, ...BATCH_FAULTS];
