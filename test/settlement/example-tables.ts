/**
 * The tables of the worked examples: what each run books, as `<run day> <kind> <reason> <euro>: <component> <euro>, ...`.
 * All that was booked for the example is there, in order of the run days.
 */

/** Quarters of X01, on which many examples build: no art. 60 in January and February. */
const QUARTERS_OF_X01 = [
  '2024-04-15 QUARTER REGULAR 900: EFF 750, C1 150',
  '2024-07-15 QUARTER REGULAR 1200: EFF 750, C1 450',
  '2024-10-15 QUARTER REGULAR 1200: EFF 750, C1 450',
  '2025-01-15 QUARTER REGULAR 1650: EFF 750, C1 450, C2 450',
];

/** Quarters of X17 of which the program books the last two; what came before was paid outside. */
const QUARTERS_OF_X17 = [
  '2024-01-15 QUARTER REGULAR 1200: EFF 750, C1 450',
  '2024-04-15 QUARTER REGULAR 2370: C1 450, C2 1170, C3 750',
];

const CATEGORY_BACKDATED = [
  '2024-04-15 QUARTER REGULAR 500: EFF 500',
  '2024-07-15 QUARTER REGULAR 1200: EFF 750, C1 450',
  '2024-10-15 QUARTER REGULAR 1200: EFF 750, C1 450',
  '2025-01-15 QUARTER REGULAR 1650: EFF 750, C1 450, C2 450',
  '2025-02-15 YEAR RELEASED 400: EFF 250, C1 150',
];

const REGISTERED_LATE = [
  '2024-10-15 QUARTER REGULAR 1200: EFF 750, C1 450',
  '2025-01-15 QUARTER REGULAR 1650: EFF 750, C1 450, C2 450',
  '2025-02-15 YEAR LATE_REGISTRATION 2100: EFF 1500, C1 600',
];

/** The WEO of the outcome table: to 30 September 2024, art. 60 from February. */
const QUARTERS_OF_X26 = [
  '2024-04-15 QUARTER REGULAR 1050: EFF 750, C1 300',
  '2024-07-15 QUARTER REGULAR 1200: EFF 750, C1 450',
  '2024-10-15 QUARTER REGULAR 1560: EFF 750, C1 450, C2 360',
];

const ART60_ENDED_EARLIER = [...QUARTERS_OF_X01, '2025-02-15 YEAR A60_END_CORRECTED -585: C1 -450, C2 -135'];
const ALL_ENDED_EARLIER = [...QUARTERS_OF_X01, '2025-02-15 YEAR WEO_END_CORRECTED -1335: EFF -750, C1 -450, C2 -135'];

/** Each example, what it is about, and the runs of its table. */
export const TABLES: readonly (readonly [weo: string, about: string, runs: readonly string[]])[] = [
  [
    'X15',
    'provisional payment, then late: taken back by the final settlement, no line in the yearly one',
    ['2024-04-15 QUARTER REGULAR 500: EFF 500', '2025-01-15 FINAL LATE_A60 -500: EFF -500'],
  ],
  [
    'X15B',
    'the same with art. 60 on the day of the deadline: 2,280',
    [
      '2024-04-15 QUARTER REGULAR 500: EFF 500',
      '2024-07-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2024-10-15 QUARTER REGULAR 580: EFF 250, C1 150, C2 180',
    ],
  ],
  [
    'X26A',
    'positive twice: 900',
    [...QUARTERS_OF_X26, '2025-01-15 QUARTER REGULAR 300: M1 300', '2025-04-15 QUARTER REGULAR 600: M2 600'],
  ],
  ['X26B', 'positive, then negative: 300', [...QUARTERS_OF_X26, '2025-01-15 QUARTER REGULAR 300: M1 300']],
  [
    'X27',
    'a job that ends the day before measurement 2: 300',
    [...QUARTERS_OF_X26, '2025-01-15 QUARTER REGULAR 300: M1 300'],
  ],
  ['X28', 'a job found later: 600', [...QUARTERS_OF_X26, '2025-04-15 QUARTER REGULAR 600: M2 600']],
  ['X29', 'art. 60 runs past the WEO: negative twice, no month after it', QUARTERS_OF_X26],
  ['X22', 'category changed late but backdated: March is released', CATEGORY_BACKDATED],
  [
    'X23',
    'not backdated: March is lost, 4,505',
    [
      '2024-04-15 QUARTER REGULAR 500: EFF 500',
      '2024-07-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2024-10-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2025-01-15 QUARTER REGULAR 1605: EFF 750, C1 450, C2 405',
    ],
  ],
  [
    'X30',
    'IBO at measurement 1, hired at measurement 2: 600',
    [
      '2024-04-15 QUARTER REGULAR 1050: EFF 750, C1 300',
      '2024-07-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2024-10-15 QUARTER REGULAR 1560: EFF 750, C1 450, C2 360',
      '2025-04-15 QUARTER REGULAR 600: M2 600',
    ],
  ],
  [
    'X32',
    'quarterly runs for X01 with both results',
    [...QUARTERS_OF_X01, '2025-04-15 QUARTER REGULAR 300: M1 300', '2025-07-15 QUARTER REGULAR 600: M2 600'],
  ],
  ['X33', 'last quarter of X17: C3 for C1, and all of C2', QUARTERS_OF_X17],
  ['X34A', 'payment note: X01', QUARTERS_OF_X01],
  [
    'X34B',
    'payment note: X08, its C2 in October',
    [
      '2024-04-15 QUARTER REGULAR 1050: EFF 750, C1 300',
      '2024-07-15 QUARTER REGULAR 1050: EFF 750, C1 300',
      '2024-10-15 QUARTER REGULAR 1515: EFF 750, C1 450, C2 315',
    ],
  ],
  ['X35', 'art. 60 registered late: +2,100 in the yearly settlement', REGISTERED_LATE],
  ['X36', 'art. 60 end corrected after payment: -585', ART60_ENDED_EARLIER],
  ['X37', 'WEO end corrected after payment: -1,335', ALL_ENDED_EARLIER],
  ['X38', 'year border: December is paid in January and settled in its year, no line', QUARTERS_OF_X01],
  [
    'X39',
    'guidance goes on: C2 is earned, no line for it',
    [
      '2024-04-15 QUARTER REGULAR 900: EFF 750, C1 150',
      ...['2024-07-15', '2024-10-15', '2025-01-15', '2025-04-15', '2025-07-15', '2025-10-15', '2026-01-15'].map(
        (runDay) => `${runDay} QUARTER REGULAR 1200: EFF 750, C1 450`,
      ),
    ],
  ],
  ['X40', 'final settlement with nothing left', [...QUARTERS_OF_X17, '2024-10-15 QUARTER REGULAR 600: M2 600']],
  [
    'X40B',
    'final settlement with a month that was released: +445 before any yearly settlement',
    [
      '2024-01-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2024-04-15 QUARTER REGULAR 1925: C1 300, C2 1125, C3 500',
      '2024-10-15 FINAL RELEASED 445: C1 150, C2 45, C3 250',
      '2024-10-15 QUARTER REGULAR 600: M2 600',
    ],
  ],
  ['X41', 'final settlement, 680 too much received outside the program', ['2024-10-15 FINAL OTHER -680: EFF -680']],
  ['X42A', 'netting: +2,100', REGISTERED_LATE],
  ['X42B', 'netting: -500', ['2024-10-15 QUARTER REGULAR 500: EFF 500', '2025-02-15 YEAR LATE_A60 -500: EFF -500']],
  ['X42C', 'netting: -585', ART60_ENDED_EARLIER],
  ['X42D', 'netting: +400', CATEGORY_BACKDATED],
  ['X42E', 'netting: -1,335', ALL_ENDED_EARLIER],
  [
    'X45',
    'allowances are no line of a batch (R-P-8)',
    [
      '2024-04-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2024-07-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2024-10-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2025-01-15 QUARTER REGULAR 1740: EFF 750, C1 450, C2 540',
    ],
  ],
  [
    'X49A',
    'first trajectory of a client: 1,140',
    ['2024-04-15 QUARTER REGULAR 1050: EFF 750, C1 300', '2024-07-15 QUARTER REGULAR 90: C2 90'],
  ],
  [
    'X49B',
    'second trajectory of that client: 2,475',
    [
      '2024-07-15 QUARTER REGULAR 250: EFF 250',
      '2024-10-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2025-01-15 QUARTER REGULAR 1025: EFF 500, C1 300, C2 225',
    ],
  ],
  [
    'X50A',
    'moved to another OCMW, the old one: 1,585',
    ['2024-04-15 QUARTER REGULAR 1050: EFF 750, C1 300', '2024-07-15 QUARTER REGULAR 535: EFF 250, C1 150, C2 135'],
  ],
  [
    'X50B',
    'moved to another OCMW, the new one: 3,560',
    [
      '2024-07-15 QUARTER REGULAR 800: EFF 500, C1 300',
      '2024-10-15 QUARTER REGULAR 1200: EFF 750, C1 450',
      '2025-01-15 QUARTER REGULAR 1560: EFF 750, C1 450, C2 360',
    ],
  ],
  ['X51', 'merger: the amounts of X01', QUARTERS_OF_X01],
];
