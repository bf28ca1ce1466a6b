import { NIGHTLY_AT } from '../src/config/schedule.js';
import type { Job } from '../src/runs/job.js';
import { stepsOfANight } from './steps-of-a-night.js';

/** Booked by the night of its run day; by hand for a date on which the night has not run yet. */
export const quarterlyPayment: Job = {
  name: 'quarterly-payment',
  purpose: 'books the payment of the closed quarter with its final settlements',
  at: NIGHTLY_AT.text,
  lateAfterHours: 12,
  steps: stepsOfANight,
};
