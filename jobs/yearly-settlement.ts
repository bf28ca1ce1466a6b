import type { Job } from '../src/runs/job.js';
import { stepsOfANight } from './steps-of-a-night.js';

/** Booked by the night of its run day; by hand for a date on which the night has not run yet. */
export const yearlySettlement: Job = {
  name: 'yearly-settlement',
  purpose: 'books the settlement of the past calendar year',
  at: '21:30',
  steps: stepsOfANight,
};
