import type { Job } from '../src/runs/job.js';
import { monthlyStatement } from './monthly-statement.js';
import { nightly } from './nightly.js';
import { quarterlyPayment } from './quarterly-payment.js';
import { retention } from './retention.js';
import { yearlySettlement } from './yearly-settlement.js';

/** All jobs by name. */
export const jobs: readonly Job[] = [nightly, quarterlyPayment, monthlyStatement, yearlySettlement, retention];
