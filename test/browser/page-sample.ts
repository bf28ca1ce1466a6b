/** A night with something of everything on its page, hostile texts among them. */
import type { Session } from '../../src/db/database.js';
import type { ExportedFinding } from '../../src/exports/machine-files.js';
import { fillLargeSample, insertOcmw, orderLargeSample } from '../exports/sample.js';

export const SCRIPT_NAME = '<script>alert("OCMW")</script>';
/** A believable national number, as somebody might write into a name. */
export const INSZ = '85073003328';
const OCMWS = 12;
export const FINDINGS = 260;
const BUSINESS_DATE = '2024-04-16';
const DAY_BEFORE = '2024-04-15';
const id = (number: number) => String(200_000_000 + number).padStart(10, '0');

/** Fills the database; rejected rows, runs and a delivery of the night among it. */
export async function fillPageSample(session: Session): Promise<void> {
  await fillLargeSample(session, OCMWS, 1500);
  await insertOcmw(session, { id: id(1), name: SCRIPT_NAME, from: '2018-01-01' });
  await insertOcmw(session, { id: id(2), name: `=1+1 "& ${INSZ}'`, from: '2018-01-01' });
  await session.rows(
    `insert into twe.run (run_id, job, business_date, state, program_version, law_digest)
     select day || '/nightly', 'nightly', day::date, 'RUNNING', '0', repeat('b', 64) from unnest($1::text[]) as day`,
    [[DAY_BEFORE, BUSINESS_DATE]],
  );
  await session.rows(
    `insert into twe.run_step (run_id, step, duration_ms, counts)
     values ($1, 'verify', 5, '{"checks": 26}'), ($1, 'take-in', 5, '{"cameBack": 2}')`,
    [`${BUSINESS_DATE}/nightly`],
  );
  await session.rows(
    `insert into twe.delivery (name, digest, delivered_on, counted_on, state, run_id, row_count)
     values ($1::text, repeat('d', 64), $1::text::date, $1::text::date, 'TAKEN', $1::text || '/nightly', 40)`,
    [BUSINESS_DATE],
  );
  await session.rows(
    `insert into twe.delivery_file (delivery_id, file, name, row_count, set_aside_count)
     values (2, 'weo.csv', 'weo.csv', 30, 2), (2, 'payment.csv', 'payment.csv', 10, 1)`,
  );
  await session.rows(
    `insert into twe.rejected_row (delivery_id, file, line, column_name, code, message, raw)
     values (2, 'weo.csv', 2, 'start_date', 'INVALID_DATE', 'm', 'r'), (2, 'weo.csv', 3, 'start_date', 'INVALID_DATE', 'm', 'r'),
       (2, 'payment.csv', 2, 'amount', 'INVALID_AMOUNT', 'm', 'r'), (1, 'weo.csv', 9, 'insz', 'INVALID_INSZ', 'm', 'r')`,
  );
  await session.rows(
    `insert into twe.measurement_version (weo_id, measurement, measured_on, outcome, source, cents, run_no)
     select weo_id, measurement, measured_on, 'POSITIVE', 'DECISION', 30000, (select max(run_no) from twe.run)
     from twe.measurement_version where outcome = 'PENDING' and measured_on <= $1 order by weo_id, measurement limit 4`,
    [BUSINESS_DATE],
  );
  await orderLargeSample(session, '2023-12');
}

/** More than are shown at once, more of one kind than the page lists, and texts that would like to be HTML. */
export function pageFindings(): ExportedFinding[] {
  const about = (index: number) => ({
    ocmwId: id((index % OCMWS) + 1),
    weoId: `WEO-${String(index).padStart(6, '0')}`,
  });
  const findings = Array.from({ length: FINDINGS - 2 }, (_, index) => ({
    ...(index % 2 === 0
      ? { severity: 'WARNING', code: 'LATE_A60' }
      : { severity: 'NOTICE', code: index % 4 === 1 ? 'MONTH_21_REACHED' : 'CATEGORY_AT_START' }),
    ...about(index),
    subject: `subject ${index}`,
    message: `message ${index}: send it again.`,
  }));
  const hostile = `</script><img src=x onerror="document.title='broken'"> & ${INSZ}`;
  return [
    ...findings,
    { severity: 'ERROR', code: 'IBAN_MISSING', ocmwId: id(3), weoId: '', subject: hostile, message: hostile },
    { severity: 'ERROR', code: 'NEW_<b>KIND</b>', ocmwId: '', weoId: '', subject: '', message: 'of no OCMW' },
  ];
}
