import { NIGHTLY_AT } from '../src/config/schedule.js';
import type { Job } from '../src/runs/job.js';
import { stepsOfANight } from './steps-of-a-night.js';

export const nightly: Job = {
  name: 'nightly',
  purpose: 'takes in what was delivered, measures, accrues, books what is due, verifies and exports',
  at: NIGHTLY_AT.text,
  lateAfterHours: 12,
  steps: stepsOfANight,
};
