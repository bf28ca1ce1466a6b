/** Proves the oracle on national numbers that are replaced after something was decided (15.6: as known on the day). */
import { describe, expect, it } from 'vitest';
import type { FeedRow } from '../support/random-feed/delivery.js';
import { nationalNumber } from '../support/random-feed/identifiers.js';
import { art60, category, CLIENT, due, job, linesOf, measured, ocmw, oracleOf, weo } from './tiny-feeds.js';

const OTHER = nationalNumber(2);
const END = '2025-12-31';

function link(insz: string, replacedBy: string): FeedRow {
  return { file: 'replacement.csv', cells: { insz, replaced_by: replacedBy } };
}

describe('FORFEIT and links', () => {
  const FORFEIT = { 'category.policy': 'FORFEIT' };
  const AGREEMENT = [weo('2024-01-01', '2024-06-30'), art60('2024-01-01', '2024-06-30')];
  const start = (...rows: FeedRow[]) => ({ '2024-01-01': [ocmw(), ...AGREEMENT, ...rows] });
  const ALL = { EFF: 1500, C1: 900, C2: 270 };

  it('a WEO sent again under the new number keeps what was right at its cut-off', () => {
    const sentAgain = [link(CLIENT, OTHER), weo('2024-01-01', '2024-06-30', { insz: OTHER })];
    const story = { ...start(category('2024-01-01')), '2024-05-10': sentAgain };
    expect(due(oracleOf(story, END, FORFEIT))).toEqual(ALL);
    expect(linesOf(oracleOf(story, END, FORFEIT), '2025-02-15', 'YEAR')).toEqual({});
  });
  it('a category under a number that was linked at the cut-off counts, also after another link', () => {
    const linked = { '2024-02-01': [link(OTHER, CLIENT)], '2024-05-10': [link(nationalNumber(3), CLIENT)] };
    expect(due(oracleOf({ ...start(category('2024-01-01', { insz: OTHER })), ...linked }, END, FORFEIT))).toEqual(ALL);
  });
  it('one under a number that is linked later gives nothing to the quarter before', () => {
    const story = { ...start(category('2024-01-01', { insz: OTHER })), '2024-05-10': [link(OTHER, CLIENT)] };
    expect(due(oracleOf(story, END, FORFEIT))).toEqual({ EFF: 750, C1: 450, C2: 135 });
    expect(due(oracleOf(story, END))).toEqual(ALL);
  });
});

describe('m.recheck_until = NONE and links', () => {
  const NONE = { 'm.recheck_until': 'NONE' };
  const ENDED = [ocmw(), weo('2024-01-01', '2024-01-31'), art60('2024-01-01', '2024-01-31'), category('2024-01-01')];
  const first = (story: Record<string, FeedRow[]>, law = {}) => measured(oracleOf(story, '2024-04-15', law))[0];

  it('a job under a number that is linked later does not count', () => {
    const story = {
      '2024-01-02': [...ENDED, job('2024-02-01', '', { insz: OTHER })],
      '2024-02-10': [link(OTHER, CLIENT)],
    };
    expect(first(story, NONE)).toBe('1 2024-02-01 NEGATIVE 0');
    expect(first(story)).toBe('1 2024-02-01 POSITIVE 300 J-2024-02-01');
  });
  it('a WEO sent again under the new number keeps the job of the old one, and gets none of the new one', () => {
    const again = [link(CLIENT, OTHER), weo('2024-01-01', '2024-01-31', { insz: OTHER })];
    const old = { '2024-01-02': [...ENDED, job('2024-02-01', '')], '2024-02-10': again };
    expect(first(old, NONE)).toBe('1 2024-02-01 POSITIVE 300 J-2024-02-01');
    const other = { '2024-01-02': [...ENDED, job('2024-02-01', '', { insz: OTHER })], '2024-02-10': again };
    expect(first(other, NONE)).toBe('1 2024-02-01 NEGATIVE 0');
  });
});
