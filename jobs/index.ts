import type { Job } from '../src/runs/job.js';
import { nightly } from './nightly.js';

/** All jobs by name. */
export const jobs: readonly Job[] = [nightly];
