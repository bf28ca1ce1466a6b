/**
 * The four nights of a benchmark. The generator lets nothing happen of itself on the days in between (no agreement starts
 * or ends on day 27 to 30 of a month), so that the second night is really unchanged and the third changes only by what
 * is delivered.
 */
import { day } from '../../src/calendar.js';

/** Everything is computed and posted for the first time. */
export const FIRST_NIGHT = day('2025-06-27');
/** Nothing was delivered, nothing became due. */
export const UNCHANGED_NIGHT = day('2025-06-28');
/** Corrections of one trajectory in a hundred were delivered. */
export const CORRECTED_NIGHT = day('2025-06-29');
/** The second quarter is paid. */
export const QUARTER_RUN_DAY = day('2025-07-15');
/** June is complete: every running trajectory gains a month. */
export const MONTH_END_NIGHT = day('2025-06-30');
