/**
 * Worked examples F and G: payment calendar, settlement and clawback, as far as the law alone shows them: what is due
 * with the facts known at each run.
 */
import { describe, expect, it } from 'vitest';
import { structuredCommunication } from '../../src/identifiers.js';
import { COMPONENT } from '../../src/law/codes.js';
import { vdabComponents } from '../../src/law/entitlement.js';
import { SegmentList } from '../../src/law/segments.js';
import { net } from '../../src/settlement/claims.js';
import type { DraftLine } from '../../src/settlement/lines.js';
import {
  art60,
  asOf,
  category,
  due,
  euros,
  job,
  lawOf,
  measured,
  total,
  totals,
  trajectory,
  weo,
  type Euros,
  type Line,
  type Part,
  type Settings,
} from '../support/facts.js';
import { countByMonth, each, ofQuarter, X01, X17 } from './example-language.js';

/** Knowledge and day of the run of the 15th after a quarter. */
const RUNS = {
  '2024-01': { today: '2024-04-15', known: '2024-03-31' },
  '2024-04': { today: '2024-07-15', known: '2024-06-30' },
  '2024-07': { today: '2024-10-15', known: '2024-09-30' },
  '2024-10': { today: '2025-01-15', known: '2024-12-31' },
  '2025-01': { today: '2025-04-15', known: '2025-03-31' },
  '2025-04': { today: '2025-07-15', known: '2025-06-30' },
} satisfies Record<string, Settings>;
type Quarter = keyof typeof RUNS;

/** What the quarterly run of a quarter holds for a WEO that ends on `weoEnd`. */
const run = (quarter: Quarter, weoEnd: string, ...parts: readonly Part[]): Line[] =>
  ofQuarter(due(...parts, RUNS[quarter]), quarter, weoEnd);

/** Due now minus due before, by component. */
function difference(now: readonly Line[], before: readonly Line[]): Euros {
  return totals([...now, ...before.map((line) => ({ ...line, cents: -line.cents }))]);
}

describe('X32 quarterly runs for X01', () => {
  const parts = [...X01, job('REGULAR', '2025-01-01')];

  it.each<[Quarter, Euros, number]>([
    ['2024-01', { EFF: 750, C1: 150 }, 900],
    ['2024-04', { EFF: 750, C1: 450 }, 1200],
    ['2024-07', { EFF: 750, C1: 450 }, 1200],
    ['2024-10', { EFF: 750, C1: 450, C2: 450 }, 1650],
    ['2025-01', { M1: 300 }, 300],
    ['2025-04', { M2: 600 }, 600],
  ])('the quarter of %s', (quarter, content, amount) => {
    const lines = run(quarter, '2024-12-31', ...parts);
    expect(totals(lines)).toEqual(content);
    expect(total(lines)).toBe(amount);
  });

  it('adds up to 4,950, with results 5,850', () => {
    const amounts = (Object.keys(RUNS) as Quarter[]).map((quarter) => total(run(quarter, '2024-12-31', ...parts)));
    expect(amounts.slice(0, 4).reduce((a, b) => a + b)).toBe(4950);
    expect(amounts.reduce((a, b) => a + b)).toBe(5850);
  });
});

describe('X33 last quarter of X17', () => {
  it('pays three months of C1 and C3, and C2 of all 26 months', () => {
    const lines = run('2024-01', '2024-03-31', ...X17);
    expect(totals(lines)).toEqual({ C1: 450, C3: 750, C2: 1170 });
    expect(lines.filter(({ component }) => component === 'C2')).toHaveLength(26);
    expect(total(lines)).toBe(2370);
  });

  it('comes after 9,450 in earlier runs: 11,820 in all', () => {
    const earlier = due(...X17, { today: '2024-01-15', known: '2023-12-31' });
    expect(totals(earlier)).toEqual({ EFF: 6000, C1: 3450 });
    expect(total(earlier)).toBe(9450);
    expect(total(due(...X17))).toBe(9450 + 2370);
  });
});

describe('X34 payment note counts', () => {
  const x08 = [weo('2024-01-01', '2024-09-30'), art60('2024-02-01', '2024-04-20'), art60('2024-05-10', '2024-09-30')];
  const note = [...run('2024-10', '2024-12-31', ...X01), ...run('2024-10', '2024-09-30', ...x08)];

  it('counts by performance month', () => {
    const quarter = { '2024-10': 1, '2024-11': 1, '2024-12': 1 };
    expect(countByMonth(note, 'EFF')).toEqual(quarter);
    expect(countByMonth(note, 'C1')).toEqual(quarter);
    expect(countByMonth(note, 'C2')).toEqual(
      Object.fromEntries(Object.keys(each('2024-03', '2024-12', {})).map((month) => [month, 1])),
    );
  });

  it('counts by start month of guidance, January 2024: EFF 3, C1 3, C2 10', () => {
    const count = (component: string): number => note.filter((line) => line.component === component).length;
    expect([count('EFF'), count('C1'), count('C2')]).toEqual([3, 3, 10]);
    expect(totals(note)).toEqual({ EFF: 750, C1: 450, C2: 450 });
    expect(total(note)).toBe(1650);
  });

  it('holds nothing of X08: its C2 was paid in October', () => {
    expect(totals(run('2024-07', '2024-09-30', ...x08))).toEqual({ EFF: 750, C1: 450, C2: 315 });
    expect(run('2024-10', '2024-09-30', ...x08)).toEqual([]);
  });
});

describe('X35 late registration of art. 60', () => {
  const unregistered = [weo('2024-01-15', '2024-12-31')];
  const ordered = [
    run('2024-01', '2024-12-31', ...unregistered),
    run('2024-04', '2024-12-31', ...unregistered),
    run('2024-07', '2024-12-31', ...X01),
    run('2024-10', '2024-12-31', ...X01),
  ];

  it('pays 0, 0, 1,200 and 1,650', () => {
    expect(ordered.map(total)).toEqual([0, 0, 1200, 1650]);
  });

  it('adds 2,100 in the settlement of 2024: 4,950 in all', () => {
    const settled = due(...X01, { today: '2025-02-15' });
    expect(difference(settled, ordered.flat())).toEqual({ EFF: 1500, C1: 600, C2: 0 });
    expect(total(settled) - total(ordered.flat())).toBe(2100);
    expect(total(settled)).toBe(4950);
  });
});

describe('X36 art. 60 end corrected after payment', () => {
  const corrected = due(weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-10-15'));

  it('takes 585 of compensation back and leaves guidance alone', () => {
    expect(totals(corrected)).toEqual({ EFF: 3000, C1: 1050, C2: 315 });
    expect(total(corrected)).toBe(4365);
    expect(difference(corrected, due(...X01))).toEqual({ EFF: 0, C1: -450, C2: -135 });
    expect(total(corrected) - total(due(...X01))).toBe(-585);
  });

  it('takes it from October to December', () => {
    for (const month of ['2024-10', '2024-11', '2024-12']) expect(euros(corrected, month)).toEqual({ EFF: 250 });
  });
});

describe('X37 WEO end corrected after payment', () => {
  const moved = weo('2024-01-15', '2024-09-30', { ends: { '2024-01-15': '2024-12-31', '2025-02-10': '2024-09-30' } });
  const corrected = [moved, art60('2024-03-01', '2024-09-30')];

  it('takes 1,335 back', () => {
    const lines = due(...corrected);
    expect(total(lines.filter(({ month }) => month >= '2024-03'))).toBe(3115);
    expect(totals(lines)).toEqual({ EFF: 2250, C1: 1050, C2: 315 });
    expect(total(lines)).toBe(3615);
    expect(difference(lines, due(...X01))).toEqual({ EFF: -750, C1: -450, C2: -135 });
    expect(total(lines) - total(due(...X01))).toBe(-1335);
  });

  it('moves both measurements and with them a result that was paid', () => {
    expect(measured(...X01).map(({ on }) => on)).toEqual(['2025-01-01', '2025-04-01']);
    expect(measured(...corrected).map(({ on }) => on)).toEqual(['2024-10-01', '2025-01-01']);
    const hired = job('REGULAR', '2025-01-01');
    expect(totals(due(...X01, hired), '2025-01').M1).toBe(300);
    expect(totals(due(...corrected, hired), '2025-01')).toEqual({ M2: 600 });
  });
});

describe('X38 year border', () => {
  it('has December 2024 due in 2024 although it is paid in January', () => {
    const settled = due(...X01, { today: '2025-02-15' });
    expect(totals(run('2024-10', '2024-12-31', ...X01), '2024-12', '2024-12')).toEqual({ EFF: 250, C1: 150, C2: 45 });
    expect(total(settled.filter(({ month }) => month <= '2024-12'))).toBe(4950);
    const ordered = (['2024-01', '2024-04', '2024-07', '2024-10'] as const).flatMap((quarter) =>
      run(quarter, '2024-12-31', ...X01),
    );
    expect(difference(settled, ordered)).toEqual({ EFF: 0, C1: 0, C2: 0 });
  });
});

describe('X39 C2 still open', () => {
  const parts = [weo('2024-01-15'), art60('2024-03-01')];

  it('has no C2 due while the WEO is open', () => {
    expect(totals(due(...parts, { today: '2025-02-15' }), '2024-01', '2024-12')).toEqual({ EFF: 3000, C1: 1500 });
  });

  it('has earned 10 x 45 = 450 of it, payable after the end', () => {
    const settings = { today: '2025-02-15' };
    const earned: number[] = [];
    vdabComponents(trajectory(...parts), lawOf(settings), asOf(settings), new SegmentList(), ({ month }, { C2 }) => {
      if (C2.why === 'C2_WAITS' && month < 2025 * 12) earned.push(45);
    });
    expect(earned).toHaveLength(10);
    expect(earned.reduce((a, b) => a + b)).toBe(450);
  });

  it('has it due on the day of the end and not before', () => {
    const ended = [weo('2024-01-15', '2025-03-31'), art60('2024-03-01', '2025-03-31')];
    expect(totals(due(...ended, { today: '2025-03-30' })).C2).toBeUndefined();
    expect(totals(due(...ended, { today: '2025-03-31' })).C2).toBe(13 * 45);
  });
});

describe('X40 final settlement, nothing left and remainder', () => {
  const hired = job('REGULAR', '2024-07-01');

  it('has nothing left: due 12,420, ordered 12,420', () => {
    const parts = [...X17, hired];
    expect(measured(...parts)).toMatchObject([
      { on: '2024-04-01', outcome: 'NEGATIVE', euros: 0 },
      { on: '2024-07-01', outcome: 'POSITIVE', euros: 600 },
    ]);
    expect(totals(run('2024-07', '2024-03-31', ...parts))).toEqual({ M2: 600 });
    expect(total(due(...parts))).toBe(12420);
    expect(9450 + 2370 + 600).toBe(12420);
  });

  it('has 445 of March 2024 left when its category was released', () => {
    const wrong = [...X17, hired, category('90', '2022-02-01'), category('78', '2024-03-01')];
    const released = [...wrong, category('90', '2024-03-01', undefined, { registered: '2024-09-02' })];
    const ordered = [
      ...due(...wrong, { today: '2024-04-15', known: '2024-03-31' }),
      ...run('2024-07', '2024-03-31', ...released),
    ];
    const settled = due(...released, { today: '2024-10-15', known: '2024-09-30' });
    expect(difference(settled, ordered)).toEqual({ EFF: 0, C1: 150, C2: 45, C3: 250, M2: 0 });
    expect(total(settled) - total(ordered)).toBe(445);
  });
});

describe('X41 final settlement, too much received', () => {
  it('takes 680 back of the 12,500 received', () => {
    expect(measured(...X17).map(({ outcome }) => outcome)).toEqual(['NEGATIVE', 'NEGATIVE']);
    expect(total(due(...X17))).toBe(11820);
    expect(total(due(...X17)) - 12500).toBe(-680);
  });
});

describe('X42 netting per OCMW', () => {
  /** Lines of one OCMW, one for each trajectory. */
  const batch = (...amounts: readonly number[]): DraftLine[] =>
    amounts.map((euro, index) => ({
      kind: 'YEAR',
      ocmwId: '0212214917',
      weoId: `weo-${index}`,
      component: COMPONENT.EFF,
      month: 2024 * 12,
      dueCents: 0,
      beforeCents: 0,
      cents: euro * 100,
      lastBatch: undefined,
    }));
  const netted = (amounts: readonly number[], law: Record<string, unknown> = {}) =>
    net(batch(...amounts), new Map(), false, lawOf({ law }));

  it('pays 1,015 of +2,100, -500 and -585', () => {
    const { parts, claims } = netted([2100, -500, -585]);
    expect(parts).toMatchObject([{ positiveCents: 210000, negativeCents: -108500 }]);
    expect(claims).toEqual([{ ocmwId: '0212214917', direction: 'PAY', cents: 101500 }]);
  });

  it('claims 935 of +400 and -1,335', () => {
    expect(netted([400, -1335]).claims).toEqual([{ ocmwId: '0212214917', direction: 'CLAIM', cents: 93500 }]);
  });

  it('pays 400 and claims 1,335 without netting', () => {
    expect(netted([400, -1335], { 'clawback.netting': 'NONE' }).claims).toEqual([
      { ocmwId: '0212214917', direction: 'PAY', cents: 40000 },
      { ocmwId: '0212214917', direction: 'CLAIM', cents: 133500 },
    ]);
  });

  it('has a structured communication of its own for each claim', () => {
    expect(2025000017 % 97).toBe(81);
    expect(structuredCommunication('2025000017')).toBe('+++202/5000/01781+++');
    expect(structuredCommunication('2025000018')).toBe('+++202/5000/01882+++');
  });
});
