/** Findings about agreements themselves: overlap, length, reports, number of the client, OCMW. */
import { look, type FoundRow, type Look } from './look.js';

interface OverlapRow extends FoundRow {
  readonly other_weo_id: string;
  readonly other_registered_on: string;
  readonly overlap_from: string;
  readonly overlap_to: string | null;
  /** Delivery, file and line of the record that is held. */
  readonly place: string;
}

const overlap = look<OverlapRow>('find_overlapping_agreements', (row) => ({
  severity: 'ERROR',
  code: 'WEO_OVERLAP',
  subject: row.other_weo_id,
  message:
    `Held: since ${row.overlap_from}${row.overlap_to === null ? '' : ` (until ${row.overlap_to})`} it overlaps with ` +
    `${row.other_weo_id} of the same client, which was registered earlier, on ${row.other_registered_on}. Nothing is ` +
    `paid for it (E-WEO-OVERLAP; delivery ${row.place}): correct the dates of one of the two or withdraw one.`,
}));

const short = look<FoundRow & { start_date: string; end_date: string }>('find_short_agreements', (row) => ({
  severity: 'NOTICE',
  code: 'WEO_SHORTER_THAN_A_YEAR',
  message:
    `It runs from ${row.start_date} to ${row.end_date}, shorter than the minimum of one year (R-LC-5). No money depends ` +
    'on it: check that the end is right.',
}));

interface LongRow extends FoundRow {
  readonly start_date: string;
  readonly months: number;
}

const long = look<LongRow>('find_long_agreements', ({ start_date, months }) => {
  const since = `Running since ${start_date}, ${months} months are counted`;
  if (months < 24) {
    return {
      severity: 'NOTICE',
      code: 'MONTH_21_REACHED',
      message: `${since}: guidance subsidy stops after month 24 (R-EFF-2). Prepare the end, with evaluation and final report.`,
    };
  }
  if (months === 24) {
    return {
      severity: 'NOTICE',
      code: 'MONTH_24_REACHED',
      message:
        `${since}: guidance subsidy is used up (R-EFF-2). Register the end or, when art. 60 must run longer for social ` +
        'security rights, that it was extended for them (R-C3-2).',
    };
  }
  return {
    severity: 'WARNING',
    code: 'WEO_PAST_24_WITHOUT_A60',
    message: `${since} and art. 60 does not run any more: nothing is due after month 24 (R-C3-3). Register the end.`,
  };
});

const noFinalReport = look<FoundRow & { end_date: string }>('find_missing_final_reports', (row) => ({
  severity: 'WARNING',
  code: 'FINAL_REPORT_MISSING',
  message: `It ended on ${row.end_date} and there is no final report (R-LC-9): register it.`,
}));

const overdueEvaluation = look<FoundRow & { due_on: string; last_evaluated_on: string | null }>(
  'find_overdue_evaluations',
  (row) => ({
    severity: 'WARNING',
    code: 'EVALUATION_OVERDUE',
    message:
      `An evaluation was due by ${row.due_on} (every 6 months, R-LC-4); ` +
      `${row.last_evaluated_on === null ? 'there is none yet' : `the last one is of ${row.last_evaluated_on}`}. ` +
      'Evaluate and register it.',
  }),
);

const noPhaseEvaluation = look<FoundRow & { art60_end: string; due_on: string }>(
  'find_missing_phase_evaluations',
  (row) => ({
    severity: 'WARNING',
    code: 'EVALUATION_AFTER_PHASE_MISSING',
    message:
      `Art. 60 ended on ${row.art60_end} and no evaluation after that phase was registered by ${row.due_on} (R-LC-4): ` +
      'evaluate and register it.',
  }),
);

const replacedNumber = look<FoundRow & { registered_on: string }>('find_replaced_numbers', (row) => ({
  severity: 'NOTICE',
  code: 'INSZ_REPLACED',
  message:
    `The national number of the client was replaced, as registered on ${row.registered_on}. Records under both numbers ` +
    'are followed; register the agreement under the new one.',
}));

const afterMerger = look<FoundRow & { own_ocmw_id: string; valid_to: string }>(
  'find_agreements_after_merger',
  ({ ocmw_id, own_ocmw_id, valid_to }) => {
    const hasSuccessor = ocmw_id !== own_ocmw_id;
    return {
      severity: hasSuccessor ? 'NOTICE' : 'ERROR',
      code: 'OCMW_AFTER_MERGER',
      subject: own_ocmw_id,
      message:
        `It still stands under OCMW ${own_ocmw_id}, which ended on ${valid_to}. ` +
        (hasSuccessor
          ? `Its successor ${ocmw_id} is paid; register the agreement there.`
          : 'No successor is known: send ocmw.csv with a successor_id, or nobody can be paid.'),
    };
  },
);

export const AGREEMENT_LOOKS: readonly Look[] = [
  overlap,
  short,
  long,
  noFinalReport,
  overdueEvaluation,
  noPhaseEvaluation,
  replacedNumber,
  afterMerger,
];
