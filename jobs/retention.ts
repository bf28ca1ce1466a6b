import { RETENTION_AT } from '../src/config/schedule.js';
import type { Job } from '../src/runs/job.js';
import { clientsStep, exportsStep, foretellRetention, originalsStep } from '../src/runs/retention/steps.js';

/** After the night of the last day of a month; books nothing. */
export const retention: Job = {
  name: 'retention',
  purpose: 'removes what is older than its term: who clients are, deliveries as they came, documents',
  at: RETENTION_AT.text,
  lateAfterHours: 24 * 7,
  steps: [clientsStep, originalsStep, exportsStep],
  foretell: foretellRetention,
};
