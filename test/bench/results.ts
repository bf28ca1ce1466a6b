/** The results as Markdown. */
import { cpus, totalmem } from 'node:os';
import type { Measured } from './measure.js';
import type { Stage } from './stages.js';

export interface SizeResult {
  readonly trajectories: number;
  readonly stages: readonly Stage[];
}

export interface Surroundings {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly operatingSystem: string;
  readonly postgres: string;
}

/** What issue 2 aims for with 1,000,000 trajectories: import and export apart, in seconds. */
const AIMS: readonly { readonly name: string; readonly night: string; readonly seconds: number }[] = [
  { name: 'full recalculation and posting', night: 'first night', seconds: 12 },
  { name: 'unchanged night', night: 'unchanged night', seconds: 4 },
  { name: '1 % changed', night: '1 % changed', seconds: 5 },
];
const AIM_MEGABYTES = 600;
const AIM_TRAJECTORIES = 1_000_000;

/** The whole page. */
export function resultsPage(sizes: readonly SizeResult[], surroundings: Surroundings): string {
  return [
    '# Benchmark',
    ...preface(surroundings),
    ...sizes.map(sizeSection),
    growthSection(sizes),
    ...sizes.filter(({ trajectories }) => trajectories === AIM_TRAJECTORIES).map(aimSection),
  ].join('\n\n');
}

function preface({ date, operatingSystem, postgres }: Surroundings): string[] {
  const cores = cpus();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `Written by \`npm run bench\` on ${date}: ${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'}), ` +
      `${gigabytes} GB, ${operatingSystem}, Node ${process.versions.node}, embedded ${postgres} with the settings of ` +
      'the program (fsync on).',
    'Generated trajectories go through the functions of a night. Between two stages the server vacuums and writes out. ' +
      '**Limit** is a plain COPY of the same rows into an equal empty table (same indexes) in the same run: for the import ' +
      'the rows of `weo_version`, for the first facts those of `trajectory_facts`, for all nights the ledger entries of ' +
      'the first night. **Ratio** is seconds over limit. **Node** and **server** are processor ' +
      'seconds of our process and of PostgreSQL, **memory** the largest resident size of our process, **load** the load ' +
      'average before the stage: well above 1 means that others were at work on the machine, and the seconds are too high.',
    'Checked in every run: the ledger adds up to what the night said it appended; an unchanged night appends nothing; ' +
      'after the corrections, and again after the month end, the ledger equals a computation from scratch per OCMW, ' +
      'component and month.',
  ];
}

function sizeSection({ trajectories, stages }: SizeResult): string {
  const head = ['stage', 'done', 'seconds', 'Node', 'server', 'rows/s', 'limit', 'ratio', 'memory', 'load'];
  const rows = stages.map(({ name, done, rows: count, measured, limit }) => [
    name,
    done,
    measured.seconds.toFixed(2),
    measured.nodeSeconds.toFixed(2),
    measured.serverSeconds?.toFixed(2) ?? '',
    Math.round(count / measured.seconds).toLocaleString('en'),
    limit.seconds.toFixed(2),
    (measured.seconds / limit.seconds).toFixed(2),
    `${megabytes(measured.peakBytes)} MB`,
    measured.loadBefore.toFixed(1),
  ]);
  return `## ${trajectories.toLocaleString('en')} trajectories\n\n${table(head, rows)}`;
}

/** The power of the number of trajectories with which time grows, from the smallest size to the largest. */
function growthSection(sizes: readonly SizeResult[]): string {
  const smallest = sizes[0]!;
  const largest = sizes.at(-1)!;
  if (smallest === largest) return '';
  const times = Math.log(largest.trajectories / smallest.trajectories);
  const exponent = (after: number, before: number) => (Math.log(after / before) / times).toFixed(2);
  const rows = largest.stages.map(({ name, measured }, index) => {
    const before = smallest.stages[index]!.measured;
    const processor = exponent(processorSeconds(measured), processorSeconds(before));
    return [name, exponent(measured.seconds, before.seconds), processor];
  });
  const span = `${smallest.trajectories.toLocaleString('en')} to ${largest.trajectories.toLocaleString('en')}`;
  const head = ['stage', 'seconds', 'processor seconds'];
  return `## Growth from ${span}\n\nExponents: 1 is linear, below it is better.\n\n${table(head, rows)}`;
}

/** Of our process and the server: what other work on the machine disturbs least. */
function processorSeconds({ nodeSeconds, serverSeconds }: Measured<unknown>): number {
  return nodeSeconds + (serverSeconds ?? 0);
}

function aimSection({ stages }: SizeResult): string {
  const head = ['aim', 'at most', 'ledger', 'facts and ledger', 'reached'];
  const rows = AIMS.map(({ name, night, seconds }) => {
    const of = (step: string) => stages.find((each) => each.name === `${night}: ${step}`)!.measured.seconds;
    const both = of('facts') + of('ledger');
    return [name, `${seconds} s`, `${of('ledger').toFixed(2)} s`, `${both.toFixed(2)} s`, yesNo(both <= seconds)];
  });
  const peak = Math.max(...stages.map(({ measured }) => megabytes(measured.peakBytes)));
  rows.push(['memory of Node', `${AIM_MEGABYTES} MB`, '', `${peak} MB`, yesNo(peak <= AIM_MEGABYTES)]);
  return `## Aims with 1,000,000 trajectories, without import and export\n\n${table(head, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function yesNo(holds: boolean): string {
  return holds ? 'yes' : 'no';
}
