/** From a file to parts of checked rows. */
import type { AssignedFile } from './assign.js';
import { RowOrder } from './client-rows.js';
import type { RecordContract } from './contracts.js';
import { readCsv } from './csv.js';
import type { FirstVersions } from './first-versions.js';
import { completed, mappedLayout, plainLayout, type Layout } from './layout.js';
import { Part } from './part.js';
import { RowChecker } from './rows.js';
import { SeenIds } from './seen-ids.js';
import { UnreadableFile } from './unreadable.js';
import type { OpenDelivery } from './workspace.js';

/**
 * While the database works on a part the next one is read: both cores are busy, and memory holds two parts. The first one is
 * small, for until it is there the database has nothing to do.
 */
const FIRST_PART_ROWS = 50_000;
const PART_ROWS = 100_000;
/** OCMWs name each other, so ocmw.csv is taken as one part; there are fewer than 600 municipalities. */
const MAX_OCMW_ROWS = 100_000;

/** Reads a file and checks its rows, part by part. Throws `UnreadableFile` when the file as a whole is bad. */
export async function* readParts(
  contract: RecordContract,
  delivery: OpenDelivery,
  { delivered, mapping }: AssignedFile,
  firstVersions: FirstVersions | undefined,
): AsyncGenerator<Part, void, void> {
  let layout: Layout | undefined;
  let checker: RowChecker | undefined;
  let part: Part | undefined;
  let fullAt = FIRST_PART_ROWS;
  const ids = new SeenIds();
  const order = new RowOrder(contract);
  for await (const { records, lines } of readCsv(delivered.path, delivered.sha256, mapping?.form)) {
    for (let index = 0; index < records.length; index++) {
      const line = lines[index]!;
      if (layout === undefined || checker === undefined) {
        layout = layoutOf(contract, { delivered, mapping }, delivery, records[index]!, line);
        checker = new RowChecker(
          layout.contract,
          layout.positions,
          delivery.year,
          layout.headerWidth,
          layout.added.length,
        );
        continue;
      }
      const record = completed(layout, records[index]!);
      part ??= new Part(layout, order, ids, firstVersions);
      part.add(line, record, checker.check(record));
      if (part.size < fullAt) continue;
      if (contract.name !== 'ocmw') {
        yield part;
        part = undefined;
        fullAt = PART_ROWS;
      } else if (part.size > MAX_OCMW_ROWS) {
        throw new UnreadableFile(line, `the file has more than ${MAX_OCMW_ROWS} rows`);
      }
    }
  }
  if (layout === undefined) throw new UnreadableFile(undefined, 'the file is empty; at least a header is expected');
  if (part !== undefined) yield part;
}

function layoutOf(
  contract: RecordContract,
  { delivered, mapping }: AssignedFile,
  delivery: OpenDelivery,
  header: readonly string[],
  line: number,
): Layout {
  const layout =
    mapping === undefined
      ? plainLayout(contract, header)
      : mappedLayout(mapping, delivered.name, header, delivery.date);
  if (typeof layout === 'string') throw new UnreadableFile(line, layout);
  return layout;
}
