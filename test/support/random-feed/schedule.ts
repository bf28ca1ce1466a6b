/** Decides which delivery brings which row: late, out of order, some broken first and right later, some twice. */
import { enterpriseNumber } from './identifiers.js';
import type { FeedRow } from './delivery.js';
import type { Random } from './random.js';
import type { FeedEvent } from './world.js';
import type { Day } from '../../oracle/days.js';

/** Rows by name of delivery, in the order in which they stand in their files. */
export type Schedule = Map<string, FeedRow[]>;

/** Puts every event into a delivery of its day or later; what is registered after the last one is never delivered. */
export function schedule(random: Random, events: readonly FeedEvent[], names: readonly string[]): Schedule {
  const deliveries: Schedule = new Map(names.map((name) => [name, []]));
  for (const event of events) {
    const at = deliveryOf(random, event.registeredOn, names);
    if (at === undefined) continue;
    const row = { file: event.file, cells: event.cells };
    const isRightAtOnce = !random.chance(0.03);
    if (isRightAtOnce) deliveries.get(names[at]!)!.push(row);
    else tellBroken(random, deliveries, names, at, row);
    // the same version once more, later
    if (random.chance(0.02)) deliveries.get(names[random.int(at, names.length - 1)]!)!.push(row);
  }
  for (const [name, rows] of deliveries) deliveries.set(name, random.shuffle(rows));
  return deliveries;
}

function deliveryOf(random: Random, registeredOn: Day, names: readonly string[]): number | undefined {
  const first = names.findIndex((name) => name.slice(0, 10) >= registeredOn);
  if (first < 0) return undefined;
  // rarely a registration lies in the future of its delivery
  if (first > 0 && random.chance(0.02)) return first - 1;
  const skip = random.weighted([
    [0, 14],
    [1, 3],
    [2, 1],
    [4, 1],
  ]);
  return Math.min(first + skip, names.length - 1);
}

/** The row comes with a fault; mostly a later delivery brings it right. */
function tellBroken(random: Random, deliveries: Schedule, names: readonly string[], at: number, row: FeedRow): void {
  deliveries.get(names[at]!)!.push({ file: row.file, cells: breakCells(random, row) });
  if (at + 1 < names.length && random.chance(0.8)) {
    deliveries.get(names[random.int(at + 1, Math.min(at + 4, names.length - 1))]!)!.push(row);
  }
}

/** One fault whose column is beyond doubt. The id stays, so that the row can come back. */
function breakCells(random: Random, { file, cells }: FeedRow): Record<string, string> {
  const faults: Record<string, string>[] = [];
  const turned = (text: string): string =>
    text.slice(0, -2) + String((Number(text.slice(-2)) + 1) % 100).padStart(2, '0');
  const has = (column: string): boolean => (cells[column] ?? '') !== '';
  if (file !== 'replacement.csv' && has('insz')) faults.push({ insz: turned(cells.insz!) });
  if (file === 'weo.csv') faults.push({ ocmw_id: turned(cells.ocmw_id!) }, { ocmw_id: enterpriseNumber(999) });
  if (has('start_date')) faults.push({ start_date: '2024-02-31' }, { end_date: '2001-01-01' });
  if (has('from_date')) faults.push({ to_date: '2001-01-01' }, { from_date: '31/01/2024' });
  if (has('amount')) faults.push({ amount: '1234,56' }, { amount: '12.345' });
  if (has('fixed_amount')) faults.push({ flexible_amount: '' }, { fixed_amount: '1.000,00' });
  if (has('kind')) faults.push({ kind: 'ANDERS' });
  if (cells.kind === 'ART60') faults.push({ weo_id: '' });
  if (has('outcome')) faults.push({ outcome: 'JA' }, { measurement: '3' });
  if (file === 'ocmw.csv') faults.push({ nis_code: '1100' }, { iban: 'BE00123456789012' });
  else faults.push({ registered_at: '2024-03-01T10:00:00' }, { withdrawn: 'ja' });
  return { ...cells, ...random.pick(faults) };
}
