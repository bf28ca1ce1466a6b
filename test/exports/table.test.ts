/** What a table is planned to be before it is written. */
import { expect, it } from 'vitest';
import { TablePlan } from '../../src/exports/workbook/table.js';
import { text } from '../../src/exports/workbook/texts.js';

const heading = { title: text('Kop', 'Head'), explain: text('', '') };

it('never makes a column too narrow for its figures: a spreadsheet would show ### instead', () => {
  const plan = new TablePlan(text('Blad', 'Sheet'), [
    { heading, width: 12, kind: 'euro', total: true },
    { heading, width: 12, kind: 'long' },
  ]);
  for (let i = 0; i < 2; i++) plan.add([123_456_789_012, 'a text that may be broken into lines']);
  const [euro, long] = plan.fitted('nl');
  expect(plan.total(0)).toBe(246_913_578_024);
  expect(euro!.width).toBeGreaterThan('2.469.135.780,24'.length);
  expect(long!.width).toBe(12);
});
