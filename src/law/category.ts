/**
 * Category on a day: R-LC-3 and R-EFF-5 ask for 90 (full-time) or 93 (part-time) while art. 60 runs.
 * Two records cover the day: the later from date wins, then the later registered; no record: not right (rulebook 15.3).
 */
import { lastDayOf, type Day, type Month } from '../calendar.js';
import type { CategoryPeriod, CategoryVersion, TrajectoryFacts } from '../records/facts.js';
import type { Law } from './law.js';
import { knowledgeOfQuarterOf, type Knowledge } from './payment-calendar.js';

/** The record that decides on a day; facts carry them in order of precedence. */
export function categoryOn(categories: readonly CategoryPeriod[], day: Day): CategoryPeriod | undefined {
  for (const category of categories) if (category.from <= day && day <= category.to) return category;
  return undefined;
}

/** 90 or 93. */
export function isRightCategory(category: CategoryPeriod | undefined): boolean {
  return category !== undefined && (category.code === '90' || category.code === '93');
}

/** The record that decided on a day as it was known earlier, from all versions in their order. */
export function categoryAsKnown(
  versions: readonly CategoryVersion[],
  day: Day,
  knowledge: Knowledge,
): CategoryPeriod | undefined {
  const present = new Map<string, CategoryVersion>();
  for (const version of versions) {
    if (version.registeredOn > knowledge.registeredUntil || version.deliveredOn > knowledge.deliveredUntil) continue;
    // Re-inserting keeps the map in order of registration, which breaks ties of the from date.
    present.delete(version.categoryId);
    present.set(version.categoryId, version);
  }
  let winner: CategoryVersion | undefined;
  for (const version of present.values()) {
    if (version.withdrawn || version.from > day || day > version.to) continue;
    if (winner === undefined || version.from >= winner.from) winner = version;
  }
  return winner;
}

/**
 * Whether the category lets the month be paid, given that art. 60 ran on its last day (`cat_ok`, rulebook 3.1 and 3.2).
 * WITHHOLD looks at what is known now; FORFEIT also at what was known when the quarter was paid; WARN_ONLY pays.
 */
export function categoryAllows(facts: TrajectoryFacts, month: Month, law: Law): boolean {
  if (law.categoryPolicy === 'WARN_ONLY') return true;
  const lastDay = lastDayOf(month);
  if (!isRightCategory(categoryOn(facts.categories, lastDay))) return false;
  if (law.categoryPolicy === 'WITHHOLD') return true;
  return isRightCategory(categoryAsKnown(facts.categoryVersions, lastDay, knowledgeOfQuarterOf(month, law)));
}
