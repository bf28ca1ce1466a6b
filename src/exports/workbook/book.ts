/** One workbook file from opening to closing: streamed to disk, the same bytes for the same content. */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import ExcelJS from 'exceljs';
import { fixZipDates } from './zip-dates.js';

export type WorkbookWriter = ExcelJS.stream.xlsx.WorkbookWriter;

const PROGRAM = 'twe';

/** What `fill` gets: the writer, and a breath to take now and then. */
export interface OpenBook {
  readonly writer: WorkbookWriter;
  /** Lets the zip catch up with the rows, so that they do not pile up in memory. */
  drained(): Promise<void>;
}

/**
 * Writes a workbook. `madeOn` (`YYYY-MM-DD`) stands in its properties instead of the clock. Throws what the disk says
 * (ENOSPC and the like) and what `fill` throws.
 */
export async function writeBook(path: string, madeOn: string, fill: (book: OpenBook) => Promise<void>): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  const broken = once(file, 'error').then(([error]) => Promise.reject(error as Error));
  // a fault that nobody waits for at that moment must not end the process
  broken.catch(() => undefined);
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: file, useStyles: true, useSharedStrings: false });
  describe(writer, madeOn);
  await fill({ writer, drained: () => Promise.race([broken, drained(file)]) });
  await Promise.race([broken, writer.commit()]);
  await fixZipDates(path);
}

function describe(writer: WorkbookWriter, madeOn: string): void {
  const moment = new Date(`${madeOn}T00:00:00Z`);
  writer.creator = PROGRAM;
  writer.lastModifiedBy = PROGRAM;
  writer.created = moment;
  writer.modified = moment;
  // the frozen panes of the sheets refer to this window
  writer.views = [{ x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 0, visibility: 'visible' }];
}

async function drained(file: WriteStream): Promise<void> {
  if (file.writableNeedDrain) await once(file, 'drain');
  else await new Promise((resolve) => setImmediate(resolve));
}
