import { STATEMENT_AT } from '../src/config/schedule.js';
import type { Job } from '../src/runs/job.js';
import { statementBatchesStep, statementStep } from '../src/runs/statement-step.js';
import { stepsOfANight } from './steps-of-a-night.js';

/** After the night of the last day of a month; for another day it is about the last month that is over. */
export const monthlyStatement: Job = {
  name: 'monthly-statement',
  purpose: 'writes the monthly statement of each OCMW: a protected archive with workbook, payment notes and letters',
  at: STATEMENT_AT.text,
  lateAfterHours: 24,
  steps: [...stepsOfANight, statementBatchesStep, statementStep],
};
