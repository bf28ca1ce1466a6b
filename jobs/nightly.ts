import type { Job } from '../src/runs/job.js';
import {
  accrueStep,
  batchesStep,
  exportStep,
  factsStep,
  overdueBatchesStep,
  takeInStep,
  verifyStep,
} from '../src/runs/steps.js';

export const nightly: Job = {
  name: 'nightly',
  purpose: 'takes in what was delivered, measures, accrues, books what is due, verifies and exports',
  at: '21:30',
  steps: [takeInStep, factsStep, overdueBatchesStep, accrueStep, batchesStep, verifyStep, exportStep],
};
