/**
 * Dates that carry no money but are watched: the category after art. 60 (R-LC-6) and the evaluations (R-LC-4).
 * Arithmetic of rulebook 2.2: always from the anchor date, never chained.
 */
import { addMonths, type Day } from '../calendar.js';

/** R-LC-6: calendar days within which the client must stand in category 00. */
const CATEGORY_00_DAYS = 8;
/** R-LC-4: months within which each phase is evaluated. */
const EVALUATION_MONTHS = 6;

/** Last day on which the move to category 00 is in time, inclusive, for a right to unemployment benefit from `entitledOn`. */
export function category00Deadline(entitledOn: Day): Day {
  return entitledOn + CATEGORY_00_DAYS;
}

/** The first `count` days by which a trajectory must have been evaluated: each from the WEO start, every six months. */
export function evaluationDates(weoStart: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, index) => addMonths(weoStart, EVALUATION_MONTHS * (index + 1)));
}
