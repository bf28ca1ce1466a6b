/** Two agreements, one night and two batches, written straight into the tables: the least in which every check has work. */

export const SMALL_WORLD = `
insert into twe.delivery (name, digest, mode, delivered_on, counted_on, state, run_id)
values ('2024-01-05', repeat('0', 64), 'delta', '2024-01-05', '2024-01-05', 'TAKEN', '2024-01-05/nightly');
insert into twe.identity (person_id, insz) overriding system value
values (1, '85073003328'), (2, '17073003384');
insert into twe.ocmw_version (ocmw_id, name, nis_code, valid_from, counted_on, delivery_id, line)
values ('0212214917', 'OCMW Haacht', '24033', '2017-01-01', '2024-01-05', 1, 2);
insert into twe.weo_version (weo_id, ocmw_id, person_id, start_date, end_date, registered_at, withdrawn, counted_on,
  delivery_id, line)
values
  ('W1', '0212214917', 1, '2024-01-01', '2024-03-31', '2024-01-02T09:00:00Z', false, '2024-01-05', 1, 2),
  ('W2', '0212214917', 2, '2024-01-01', null, '2024-01-02T09:00:00Z', false, '2024-01-05', 1, 3);
insert into twe.rejected_row (delivery_id, file, line, column_name, code, message, raw)
values (1, 'weo.csv', 9, 'end_date', 'INVALID_DATE', '2024-02-31 is not a date.', '');

insert into twe.run (run_id, job, business_date, state, program_version, law_digest)
values ('2024-08-01/nightly', 'nightly', '2024-08-01', 'DONE', '1.0.0', repeat('0', 64));
insert into twe.run_step (run_id, step, duration_ms, counts)
values ('2024-08-01/nightly', 'facts', 1, '{}'), ('2024-08-01/nightly', 'measure-and-accrue', 1, '{}');
insert into twe.trajectory_facts (ocmw_id, weo_id, person_id, facts)
values ('0212214917', 'W1', 1, ''), ('0212214917', 'W2', 2, '');
insert into twe.ledger_entry (entry_no, run_no, ocmw_id, weo_id, component, first_month, last_month, cents, rule, reason)
values
  (1, 1, '0212214917', 'W1', 0, 24288, 24290, 25000, 1, 0),
  (2, 1, '0212214917', 'W1', 4, 24291, 24291, 30000, 21, 0),
  (3, 1, '0212214917', 'W2', 0, 24288, 24294, 25000, 1, 0);
insert into twe.ledger_state (weo_id, fingerprint_high, fingerprint_low) values ('W1', 1, 1), ('W2', 2, 2);
insert into twe.measurement_version (weo_id, measurement, measured_on, outcome, employment_id, source, cents, run_no)
values
  ('W1', 1, '2024-04-01', 'POSITIVE', 'E1', 'RECORDS', 30000, 1),
  ('W1', 2, '2024-07-01', 'NEGATIVE', null, 'RECORDS', 0, 1);

insert into twe.batch (batch_id, job, period, run_day, registered_until, delivered_until, booked_run_id, digest)
values
  ('2024-04-15/quarterly-payment', 'quarterly-payment', '2024-Q1', '2024-04-15', '2024-03-31', '2024-04-15',
    '2024-08-01/nightly', repeat('0', 64)),
  ('2024-07-15/quarterly-payment', 'quarterly-payment', '2024-Q2', '2024-07-15', '2024-06-30', '2024-07-15',
    '2024-08-01/nightly', repeat('0', 64));
insert into twe.batch_line (batch_no, kind, ocmw_id, weo_id, component, month, due_cents, before_cents, cents, reason)
values
  (1, 'QUARTER', '0212214917', 'W1', 0, 24288, 25000, 0, 25000, 0),
  (1, 'QUARTER', '0212214917', 'W1', 0, 24289, 30000, 0, 30000, 0),
  (2, 'FINAL', '0212214917', 'W1', 0, 24289, 25000, 30000, -5000, 16),
  (2, 'QUARTER', '0212214917', 'W1', 4, 24291, 30000, 0, 30000, 0);
insert into twe.batch_part (batch_no, ocmw_id, positive_cents, negative_cents, offset_cents, carried_cents)
values (1, '0212214917', 55000, 0, 0, 0), (2, '0212214917', 30000, -5000, 0, 0);
insert into twe.batch_claim (batch_no, ocmw_id, direction, cents, reference)
values (1, '0212214917', 'PAY', 55000, '+++202/4000/00138+++'), (2, '0212214917', 'PAY', 25000, '+++202/4000/00239+++');
insert into twe.batch_decision (batch_no, decision, decided_by, decided_on)
values (1, 'APPROVED', 'run', '2024-04-15'), (2, 'APPROVED', 'run', '2024-07-15');
insert into twe.measurement_freeze (batch_no, weo_id, frozen_on, weo_end, outcome1, evidence1, decision1, outcome2,
  evidence2, decision2)
values (2, 'W1', '2024-07-15', '2024-03-31', 'POSITIVE', 'E1', '', 'NEGATIVE', '', '');
`;
