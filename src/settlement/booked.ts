/** Which batches are still to be booked, from the database. */
import { day, formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import type { Law } from '../law/law.js';
import { dueBatches, nightlyFinalBatch, type DueBatch } from './due-batches.js';

/** Batches whose run day has come on `today` and that are not booked, oldest first (rulebook 15.1). */
export async function listDueBatches(session: Session, today: Day, law: Law): Promise<DueBatch[]> {
  const [first] = await session.rows<{ first: string | null }>(
    `select min(delivered_on) as first from twe.delivery where state = 'TAKEN'`,
  );
  if (typeof first?.first !== 'string') return [];
  const booked = await session.rows<{ job: string; period: string; run_day: string }>(
    'select job, period, run_day from twe.batch',
  );
  const names = new Set(booked.map((batch) => `${batch.job}/${batch.period}`));
  const due = dueBatches(day(first.first), today, names, law);
  if (law.finalWhen === 'NIGHTLY') {
    const isBooked = booked.some((batch) => batch.job === 'final-settlement' && batch.run_day === formatDay(today));
    if (!isBooked) due.push(nightlyFinalBatch(today));
  }
  return due;
}
