/**
 * A delivery of payments about batches that the program has booked: some come back whole, in parts or for one line, some
 * are confirmed first, and some amounts fit nothing. References are what the program gave out, read from its exports.
 */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { plusDays, type Day } from '../../oracle/days.js';
import type { PartName, References } from '../../oracle/payments.js';
import { writeDelivery, type FeedRow } from './delivery.js';
import { makeRandom, type Random } from './random.js';

type CsvRow = Record<string, string>;

/** One payment or claim as exported, with the lines of its OCMW. */
interface ExportedPart {
  readonly name: PartName;
  readonly reference: string;
  readonly cents: number;
  readonly lines: readonly CsvRow[];
}

/** Every payment and claim of the quarterly and yearly batches below `out` that has a line, by reference. */
export function exportedReferences(out: string): References {
  return new Map(exportedParts(out).map(({ reference, name }) => [reference, name]));
}

/**
 * Writes a delivery dated some days after `night`, whose exports stand below `out`. Gives back the name of the
 * delivery; undefined when nothing was booked yet.
 */
export function writeReturnedPayments(seed: number, feedsDir: string, out: string, night: Day): string | undefined {
  const random = makeRandom(seed + 10_000_000);
  const day = plusDays(night, random.int(1, 30));
  const rows: FeedRow[] = [];
  const tell = (part: ExportedPart, cents: number, more: CsvRow = {}): void => {
    const number = rows.length + 1;
    const time = `12:00:00.${String(number).padStart(6, '0')}+01:00`;
    const cells = { payment_id: `X-P${number}`, ocmw_id: part.name.ocmw_id, paid_on: night, amount: euro(cents) };
    const registration = { reference: part.reference, registered_at: `${day}T${time}` };
    rows.push({ file: 'payment.csv', cells: { ...cells, ...registration, ...more } });
  };
  for (const part of exportedParts(out)) tellPart(random, part, (cents, more) => tell(part, cents, more));
  if (rows.length === 0) return undefined;
  const taken = new Set(readdirSync(feedsDir));
  const name = [day, ...Array.from({ length: 8 }, (_, i) => `${day}.${i + 2}`)].find((each) => !taken.has(each))!;
  writeDelivery(feedsDir, name, rows);
  return name;
}

function tellPart(random: Random, part: ExportedPart, tell: (cents: number, more?: CsvRow) => void): void {
  const { cents } = part;
  const line = random.pick(part.lines);
  const ofLine = { weo_id: line.weo_id!, component: line.component!, month: line.month! };
  const lineCents = toCents(line.amount!);
  const fate = random.weighted([
    ['NONE', 5],
    ['WHOLE', 3],
    ['CONFIRMED_THEN_WHOLE', 1],
    ['HALVES', 2],
    ['HALF', 1],
    ['WRONG', 2],
    ['LINE', 2],
    ['WRONG_LINE', 1],
  ] as const);
  switch (fate) {
    case 'NONE':
      return;
    case 'WHOLE':
      return tell(-cents);
    case 'CONFIRMED_THEN_WHOLE':
      if (part.name.direction === 'PAY') tell(cents);
      return tell(-cents);
    case 'HALVES':
    case 'HALF': {
      const first = random.int(1, Math.max(1, cents - 1));
      tell(-first);
      if (fate === 'HALVES' && first < cents) tell(first - cents);
      return;
    }
    case 'WRONG':
      return tell(random.pick([-cents - 1, -cents + 100, -2 * cents, -1]));
    case 'LINE':
      return lineCents > 0 && part.name.direction === 'PAY' ? tell(-lineCents, ofLine) : undefined;
    case 'WRONG_LINE':
      return tell(-Math.abs(lineCents) - 100, ofLine);
  }
}

function exportedParts(out: string): ExportedPart[] {
  const folders = readdirSync(out)
    .sort()
    .flatMap((date) => (['quarterly-payment', 'yearly-settlement'] as const).map((job) => ({ date, job })));
  return folders.flatMap(({ date, job }) => {
    const [lines, claims] = ['batch.csv', 'claims.csv'].map((file) => readRows(join(out, date, job, file)));
    return claims!.flatMap((claim) => {
      const ofOcmw = lines!.filter((line) => line.ocmw_id === claim.ocmw_id);
      const { reference, ocmw_id, direction } = claim as {
        reference: string;
        ocmw_id: string;
        direction: 'PAY' | 'CLAIM';
      };
      const period = ofOcmw[0]?.period;
      if (period === undefined) return [];
      const name = { job, period, ocmw_id, direction };
      return [{ name, reference, cents: toCents(claim.amount!), lines: ofOcmw }];
    });
  });
}

function readRows(path: string): CsvRow[] {
  return existsSync(path) ? parse<CsvRow>(readFileSync(path), { columns: true, bom: true }) : [];
}

function toCents(euroText: string): number {
  return Math.round(Number(euroText) * 100);
}

function euro(cents: number): string {
  return `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}
