import { NIGHTLY_AT } from '../src/config/schedule.js';
import type { Job } from '../src/runs/job.js';
import { stepsOfANight } from './steps-of-a-night.js';

/** Booked by the night of its run day; by hand for a date on which the night has not run yet. */
export const yearlySettlement: Job = {
  name: 'yearly-settlement',
  purpose: 'books the settlement of the past calendar year',
  at: NIGHTLY_AT.text,
  lateAfterHours: 12,
  steps: stepsOfANight,
};
