/** Findings about outflow measurements and their evidence. */
import { look, type FoundRow, type Look } from './look.js';

/** Rulebook 8: from here on it is a warning. */
const MANY_PENDING_DAYS = 30;

interface MeasurementRow extends FoundRow {
  readonly measurement: number;
  readonly measured_on: string;
}

const nameOf = (row: MeasurementRow) => `M${row.measurement}`;

const pending = look<MeasurementRow & { days: number }>('find_pending_measurements', (row) => ({
  severity: row.days > MANY_PENDING_DAYS ? 'WARNING' : 'NOTICE',
  code: 'MEASUREMENT_PENDING',
  subject: nameOf(row),
  message:
    `Measurement ${row.measurement} has been pending since ${row.measured_on}, for ${row.days} days: the client was ` +
    'self-employed that day. Until it is decided (decision.csv) there is no final settlement (R-F-10).',
}));

const lost = look<MeasurementRow & { employment_id: string; stays: boolean }>('find_lost_evidence', (row) => ({
  severity: 'WARNING',
  code: 'EVIDENCE_LOST',
  subject: row.employment_id,
  message:
    `Measurement ${row.measurement} of ${row.measured_on} was positive because of employment ${row.employment_id}, which ` +
    'was withdrawn or no longer covers that day. ' +
    (row.stays
      ? 'A final settlement froze the outcome: it stays positive unless a decision (decision.csv) says otherwise.'
      : 'The outcome follows the records; if the employment was right, register it again.'),
}));

const late = look<MeasurementRow & { employment_id: string }>('find_late_evidence', (row) => ({
  severity: 'NOTICE',
  code: 'EVIDENCE_LATE',
  subject: row.employment_id,
  message:
    `Measurement ${row.measurement} of ${row.measured_on} was negative when a final settlement froze it; employment ` +
    `${row.employment_id}, known since, covers that day. It stays negative unless a decision (decision.csv) says otherwise.`,
}));

const dimonaType = look<MeasurementRow & { employment_id: string; dimona_type: string }>(
  'find_unusual_dimona_types',
  (row) => ({
    severity: 'WARNING',
    code: 'DIMONA_TYPE_UNUSUAL',
    subject: row.employment_id,
    message:
      `On measurement ${row.measurement}, ${row.measured_on}, regular employment ${row.employment_id} ran with Dimona ` +
      `type ${row.dimona_type}, which is not OTH, BCW or EXT: it did not count as a regular job (rulebook 4.2). Check the type.`,
  }),
);

const category = look<MeasurementRow & { outcome: string; code: string }>('find_disagreeing_categories', (row) => ({
  severity: 'NOTICE',
  code: 'MEASUREMENT_CATEGORY_DISAGREES',
  subject: nameOf(row),
  message:
    `Measurement ${row.measurement} of ${row.measured_on} is ${row.outcome.toLowerCase()} by the employments, while the ` +
    `category of that day, ${row.code}, is one of ${row.outcome === 'POSITIVE' ? 'not working' : 'working'} ` +
    '(rulebook 4.2): check which of the two is right.',
}));

export const MEASUREMENT_LOOKS: readonly Look[] = [pending, lost, late, dimonaType, category];
