/** Everything that is due in one knowledge, all components together. */
import { allowanceLines } from './allowances.js';
import { resultLines, type Frozen } from './measurements.js';
import { c2IsDue, monthLines, type Line, type Question } from './months.js';

/** All lines that are not zero; batches that hold no allowances need not compute them. */
export function dueLines(question: Question, frozen: Frozen, withAllowances = true): Line[] {
  const now = question.known.registeredUntil;
  return [
    ...monthLines(question).filter((line) => line.component !== 'C2' || c2IsDue(line.weo, now)),
    ...resultLines(question, frozen),
    ...(withAllowances ? allowanceLines(question) : []),
  ];
}

/** `weo/month` of every C2 that is earned, payable or not (R-Y-5). */
export function earnedC2(question: Question): ReadonlySet<string> {
  const earned = monthLines(question).filter((line) => line.component === 'C2');
  return new Set(earned.map((line) => `${line.weo.id}/${line.month}`));
}
