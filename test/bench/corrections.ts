/** What is delivered for the third night: a correction of one trajectory in a hundred. */
import { formatDay, OPEN_END } from '../../src/calendar.js';
import { CORRECTED_NIGHT } from './nights.js';
import { nationalNumber, quietDay, trajectory } from './trajectories.js';

const CORRECTED_EVERY = 100;
const REGISTERED_AT = `${formatDay(CORRECTED_NIGHT)}T09:00:00+02:00`;

/** Lines of the three files, headers included. */
export interface Corrections {
  readonly weo: string[];
  readonly employment: string[];
  readonly category: string[];
  /** Trajectories that were corrected. */
  count: number;
}

/**
 * By turns a WEO that ended a month earlier, an art. 60 contract that ended 40 days earlier, and a category that was
 * wrong after the first weeks.
 */
export function correctionsOf(trajectories: number): Corrections {
  const corrections: Corrections = {
    weo: ['weo_id,ocmw_id,insz,start_date,end_date,end_reason,extended_for_rights,registered_at,withdrawn'],
    employment: [
      'employment_id,insz,weo_id,employer_id,kind,dimona_type,start_date,end_date,fte,social_economy,nova_prima_ref,' +
        'increased_requested,registered_at,withdrawn',
    ],
    category: ['category_id,insz,code,from_date,to_date,registered_at,withdrawn'],
    count: 0,
  };
  for (let n = CORRECTED_EVERY / 2; n < trajectories; n += CORRECTED_EVERY) {
    correct(n, Math.floor(n / CORRECTED_EVERY) % 3, corrections);
    corrections.count++;
  }
  return corrections;
}

function correct(n: number, turn: number, { weo, employment, category }: Corrections): void {
  const { weoId, ocmw, person, start, versions, employments } = trajectory(n);
  const insz = nationalNumber(person);
  const contract = employments.find((each) => each.kind === 'ART60');
  const latest = versions.at(-1)!;
  if (turn === 0 || contract === undefined) {
    // An open one ends in two months; one that has an end, a month before it.
    const end = latest.end === OPEN_END ? CORRECTED_NIGHT + 60 : latest.end - 30;
    weo.push(
      `${weoId},${ocmw.ocmwId},${insz},${formatDay(start)},${formatDay(quietDay(end))},STOPPED,,${REGISTERED_AT},`,
    );
  } else if (turn === 1) {
    const { employmentId, start: begins, socialEconomy, novaPrimaReference, end } = contract;
    const nova = novaPrimaReference ? `NP-${employmentId}` : '';
    employment.push(
      `${employmentId},${insz},${weoId},${ocmw.ocmwId},ART60,OTH,${formatDay(begins)},` +
        `${formatDay(Math.max(begins, end - 40))},1,${socialEconomy},${nova},,${REGISTERED_AT},`,
    );
  } else {
    const from = Math.min(contract.start + 35, contract.end);
    category.push(`CAT-${weoId}-9,${insz},05,${formatDay(from)},${formatDay(contract.end)},${REGISTERED_AT},`);
  }
}
