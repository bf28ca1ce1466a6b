/** Which record explains a difference, and how that is said. */
import { describe, expect, it } from 'vitest';
import { day, parseMonth } from '../../src/calendar.js';
import { reasonNumber, RULES, COMPONENT, type Component, type Reason } from '../../src/law/codes.js';
import { changeText, eventWithoutRecord, recordText } from '../../src/exports/workbook/record-change-texts.js';
import { decidingChange, type RecordChange, type Said } from '../../src/exports/workbook/record-change.js';
import { ruleOfReason } from '../../src/exports/workbook/reason-rules.js';

const standing = { withdrawn: false };

function change(kind: RecordChange['kind'], recordId: string, before: Said | undefined, now: Said): RecordChange {
  const registeredOn = day('2024-05-02');
  return { kind, recordId, before, now, registeredOn, delivery: '2024-05-03', deliveredOn: day('2024-05-03') };
}

const weo = { ...standing, start: '2024-01-01', end: null, ocmw: '0200000001', extended: null };
const art60 = { ...standing, kind: 'ART60', weo: 'W1', start: '2024-02-01', end: null };
const job = { ...standing, kind: 'REGULAR', weo: null, start: '2024-07-01', end: null };
const weoEnded = change('WEO', 'W1', weo, { ...weo, end: '2024-06-30' });
const contractEnded = change('EMPLOYMENT', 'E1', art60, { ...art60, end: '2024-06-15' });
const category = change('CATEGORY', 'K2', undefined, { ...standing, code: '90', start: '2024-03-01', end: null });
const newJob = change('EMPLOYMENT', 'E2', undefined, job);
const all = [newJob, category, contractEnded, weoEnded];

function explained(reason: Reason, month: string, isResult = false): string | undefined {
  return decidingChange({ weoId: 'W1', isResult, month: parseMonth(month)!, reason }, all)?.recordId;
}

describe('the record behind a difference', () => {
  it('is the one that the reason speaks of', () => {
    expect(explained('WEO_END_CORRECTED', '2024-07')).toBe('W1');
    expect(explained('A60_END_CORRECTED', '2024-07')).toBe('E1');
    expect(explained('RELEASED', '2024-04')).toBe('K2');
    expect(explained('LATE_REGISTRATION', '2024-10', true)).toBe('E2');
  });

  it('is none when nothing that changed can explain the reason', () => {
    expect(explained('RELEASED', '2024-02')).toBeUndefined();
    expect(explained('LAW_CHANGED', '2024-04')).toBeUndefined();
    expect(explained('DECISION', '2024-10', true)).toBeUndefined();
  });

  it('is never art. 60 under another agreement', () => {
    const other = { ...art60, weo: 'W9' };
    const line = { weoId: 'W1', isResult: false, month: parseMonth('2024-04')!, reason: 'NO_A60' } as const;
    expect(decidingChange(line, [change('EMPLOYMENT', 'E9', undefined, other)])).toBeUndefined();
  });
});

describe('a change in words', () => {
  it('says what was and what became', () => {
    expect(recordText(weoEnded).nl).toBe('WEO W1');
    expect(changeText(weoEnded).nl).toBe('einde was open, werd 30/06/2024');
    expect(recordText(contractEnded).nl).toBe('artikel 60 E1');
    expect(changeText(category)).toEqual({
      nl: 'nieuw geregistreerd: 90 vanaf 01/03/2024, zonder einde',
      en: 'newly registered: 90 from 01/03/2024, without an end',
    });
    const withdrawn = change('EMPLOYMENT', 'E2', job, { ...job, withdrawn: true });
    expect(changeText(withdrawn).nl).toBe('ingetrokken; was vanaf 01/07/2024, zonder einde');
    const decided = change('DECISION', 'D1', undefined, { ...standing, measurement: 1, outcome: 'POSITIVE', by: 'an' });
    expect(changeText(decided).nl).toBe('nieuw geregistreerd: meting 1 positief (door an)');
  });

  it('says so when a line comes again or no record changed', () => {
    expect(eventWithoutRecord('LATE_REGISTRATION', '2024-04-15/quarterly-payment').nl).toBe(
      'Komt terug uit batch 2024-04-15/quarterly-payment: daar vrijgegeven of niet geboekt.',
    );
    expect(eventWithoutRecord('OTHER', '').nl).toBe('Geen gewijzigd gegeven gevonden.');
  });
});

it('names the rule of a reason by what it does to the component', () => {
  const rule = (reason: Reason, component: Component) =>
    RULES[ruleOfReason(reasonNumber(reason), COMPONENT[component])];
  expect(rule('CATEGORY', 'EFF')).toBe('R-EFF-5');
  expect(rule('CATEGORY', 'C1')).toBe('R-C-10');
  expect(rule('A60_END_CORRECTED', 'C3')).toBe('R-C3-3');
  expect(rule('WEO_END_CORRECTED', 'M1')).toBe('R-LC-10');
  expect(rule('LAW_CHANGED', 'EFF')).toBeUndefined();
  expect(rule('CATEGORY', 'ORD')).toBeUndefined();
});
