/** Generated trajectories as deliveries of files, for the import. */
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatDay, OPEN_END } from '../../src/calendar.js';
import { correctionsOf } from './corrections.js';
import { CORRECTED_NIGHT, FIRST_NIGHT } from './nights.js';
import { ocmws } from './ocmws.js';
import { nationalNumber, trajectory } from './trajectories.js';

const WEO_HEADER = 'weo_id,ocmw_id,insz,start_date,end_date,end_reason,extended_for_rights,registered_at,withdrawn\n';
/** Lines that are written together. */
const LINES = 1000;

/** Writes `<feeds>/<first night>/` with all OCMWs and one WEO for each trajectory. */
export async function writeFirstDelivery(feeds: string, trajectories: number): Promise<void> {
  const folder = join(feeds, formatDay(FIRST_NIGHT));
  await mkdir(folder, { recursive: true });
  const header = 'ocmw_id,name,nis_code,iban,valid_from,valid_to,successor_id';
  const lines = ocmws.map(({ ocmwId, nisCode, iban }) => `${ocmwId},,${nisCode},${iban},2017-01-01,,`);
  await writeFile(join(folder, 'ocmw.csv'), [header, ...lines, ''].join('\n'));
  await pipeline(Readable.from(weoLines(trajectories)), createWriteStream(join(folder, 'weo.csv')));
}

/** Writes `<feeds>/<corrected night>/` with the corrections. Returns how many trajectories they touch. */
export async function writeCorrections(feeds: string, trajectories: number): Promise<number> {
  const folder = join(feeds, formatDay(CORRECTED_NIGHT));
  await mkdir(folder, { recursive: true });
  const { count, ...files } = correctionsOf(trajectories);
  for (const [name, lines] of Object.entries(files))
    await writeFile(join(folder, `${name}.csv`), lines.join('\n') + '\n');
  return count;
}

function* weoLines(trajectories: number): Generator<string> {
  let lines = WEO_HEADER;
  for (let n = 0; n < trajectories; n++) {
    const { weoId, ocmw, person, start, versions } = trajectory(n);
    const { end, registeredOn } = versions.at(-1)!;
    lines +=
      `${weoId},${ocmw.ocmwId},${nationalNumber(person)},${formatDay(start)},` +
      `${end === OPEN_END ? '' : formatDay(end)},,,${formatDay(registeredOn)}T09:00:00+01:00,\n`;
    if (n % LINES === LINES - 1) {
      yield lines;
      lines = '';
    }
  }
  yield lines;
}
