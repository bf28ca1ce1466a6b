/** Which histories the facts must carry because a policy looks back at what was known earlier. */
import type { Law } from '../law/law.js';
import type { CarriedHistory } from '../records/build.js';

/** Histories that a law needs. */
export function carriedBy(law: Law): CarriedHistory {
  return {
    categoryVersions: law.categoryPolicy === 'FORFEIT',
    jobVersions: law.measurementRecheck === 'NONE',
  };
}

/** The same as a number, kept with the facts of a night: 1 versions of categories, 2 of jobs. */
export function carriedNumber({ categoryVersions, jobVersions }: CarriedHistory): number {
  return Number(categoryVersions) + 2 * Number(jobVersions);
}

/** The histories that such a number stands for. */
export function carriedOf(number: number): CarriedHistory {
  return { categoryVersions: (number & 1) === 1, jobVersions: (number & 2) === 2 };
}
