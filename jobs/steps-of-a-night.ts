import type { Step } from '../src/runs/job.js';
import { fetchStep } from '../src/runs/fetch-step.js';
import {
  accrueStep,
  batchesStep,
  exportStep,
  factsStep,
  overdueBatchesStep,
  sealStep,
  takeInStep,
  verifyStep,
} from '../src/runs/steps.js';

/**
 * Every job that books does the whole night: batches are booked in order of their run days and with everything that was
 * delivered, whoever starts them.
 */
export const stepsOfANight: readonly Step[] = [
  fetchStep,
  takeInStep,
  factsStep,
  overdueBatchesStep,
  accrueStep,
  batchesStep,
  sealStep,
  verifyStep,
  exportStep,
];
