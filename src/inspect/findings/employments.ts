/** Findings about art. 60 contracts and the jobseeker category that goes with them. */
import { look, type FoundRow, type Look, type Told } from './look.js';

interface DeadlineRow extends FoundRow {
  readonly last_timely_day: string;
  readonly art60_start: string | null;
  readonly situation: 'NEAR' | 'MISSING' | 'LATE';
}

const deadline = look<DeadlineRow>('find_art60_deadlines', ({ last_timely_day, art60_start, situation }): Told => {
  switch (situation) {
    case 'NEAR':
      return {
        severity: 'WARNING',
        code: 'A60_DEADLINE_NEAR',
        message:
          `Art. 60 must start by ${last_timely_day} (R-LC-2) and no start is known: start it, or register the start. ` +
          'After that day there is no right to guidance subsidy and compensation.',
      };
    case 'MISSING':
      return {
        severity: 'WARNING',
        code: 'NO_A60',
        message:
          `Since ${last_timely_day} art. 60 should have started (R-LC-2) and no start is known: there is no right to ` +
          'guidance subsidy and compensation. If it did start in time, register it.',
      };
    case 'LATE':
      return {
        severity: 'WARNING',
        code: 'LATE_A60',
        message:
          `Art. 60 started on ${art60_start ?? ''}, after the deadline of ${last_timely_day} (R-LC-2): there is no ` +
          'right to guidance subsidy and compensation. If the date is wrong, correct it.',
      };
  }
});

const beforeAgreement = look<
  FoundRow & { employment_id: string; start_date: string; weo_start: string; place: string }
>('find_art60_before_agreement', (row) => ({
  severity: 'ERROR',
  code: 'A60_BEFORE_WEO',
  subject: row.employment_id,
  message:
    `Art. 60 contract ${row.employment_id} starts on ${row.start_date}, before its agreement (${row.weo_start}). It is ` +
    `held and counts for nothing (E-A60-BEFORE-WEO; delivery ${row.place}): correct one of the two dates.`,
}));

const otherClient = look<FoundRow & { employment_id: string; start_date: string }>(
  'find_art60_of_other_client',
  (row) => ({
    severity: 'WARNING',
    code: 'A60_OTHER_INSZ',
    subject: row.employment_id,
    message:
      `Art. 60 contract ${row.employment_id}, from ${row.start_date}, has another national number than the agreement it ` +
      'names. It counts for the agreement all the same: correct the number or the agreement.',
  }),
);

const noReference = look<FoundRow & { employment_id: string; start_date: string }>(
  'find_missing_references',
  (row) => ({
    severity: 'WARNING',
    code: 'NO_NOVA_PRIMA_REFERENCE',
    subject: row.employment_id,
    message:
      `Art. 60 contract ${row.employment_id}, from ${row.start_date}, has no Nova Prima reference: no allowance is due for ` +
      'it (R-A-2). Report the start in Nova Prima and register the reference.',
  }),
);

const foreignEmployer = look<FoundRow & { employment_id: string; start_date: string; employer_id: string }>(
  'find_foreign_employers',
  (row) => ({
    severity: 'WARNING',
    code: 'EMPLOYER_NOT_OCMW',
    subject: row.employment_id,
    message:
      `Art. 60 contract ${row.employment_id}, from ${row.start_date}, has ${row.employer_id} as employer and not the OCMW, which ` +
      'is the legal employer of art. 60: correct the employer in the declaration, or the agreement.',
  }),
);

const noSocialEconomy = look<FoundRow & { employment_id: string; start_date: string }>(
  'find_increased_without_social_economy',
  (row) => ({
    severity: 'WARNING',
    code: 'INCREASED_WITHOUT_SOCIAL_ECONOMY',
    subject: row.employment_id,
    message:
      `Art. 60 contract ${row.employment_id}, from ${row.start_date}, asks the increased allowance and is in no recognised social ` +
      'economy initiative (R-I-1): it gets the ordinary allowance. Register the recognition, or withdraw the request.',
  }),
);

interface CategoryRow extends FoundRow {
  readonly months: number;
  readonly first_last_day: string;
  readonly last_last_day: string;
  readonly codes: string;
}

const categoryNotChanged = look<CategoryRow>('find_unchanged_categories', (row) => ({
  severity: 'WARNING',
  code: 'CATEGORY_NOT_CHANGED',
  subject: row.codes,
  message:
    (row.months === 1
      ? `On ${row.first_last_day} art. 60 ran and the category was ${row.codes}`
      : `On the last day of ${row.months} months, from ${row.first_last_day} to ${row.last_last_day}, art. 60 ran and ` +
        `the category was ${row.codes}`) +
    ', not 90 or 93 (R-EFF-5): register the change from the start of the contract, or these months are not paid.',
}));

const noCategory00 = look<FoundRow & { art60_end: string; due_on: string }>('find_missing_category_00', (row) => ({
  severity: 'WARNING',
  code: 'CATEGORY_00_OVERDUE',
  message:
    `Art. 60 ended on ${row.art60_end} and the client should have had category 00 by ${row.due_on} (R-LC-6): register ` +
    'it, or the job that came in its place.',
}));

const unusualCategory = look<FoundRow & { start_date: string; code: string }>(
  'find_unusual_start_categories',
  (row) => ({
    severity: 'NOTICE',
    code: 'CATEGORY_AT_START',
    subject: row.code,
    message:
      `On its first day, ${row.start_date}, the client had category ${row.code}, not 05, 00, 02, 11, 14, 80 or 82 ` +
      '(R-IN-1, R-IN-2): check that the client could enter.',
  }),
);

export const EMPLOYMENT_LOOKS: readonly Look[] = [
  deadline,
  beforeAgreement,
  otherClient,
  noReference,
  foreignEmployer,
  noSocialEconomy,
  categoryNotChanged,
  noCategory00,
  unusualCategory,
];
