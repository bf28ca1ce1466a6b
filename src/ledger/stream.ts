/**
 * Trajectories as they come from the database: facts with the state of the ledger beside them, in the order of OCMW and
 * WEO, a piece at a time. Memory does not grow with their number.
 */
import type { Session } from '../db/database.js';
import { copyOutLines } from '../db/copy.js';
import type { TrajectoryFacts } from '../records/facts.js';
import { unpackFacts, unpackFrozen } from '../records/packed.js';

export interface StreamedTrajectory {
  readonly facts: TrajectoryFacts;
  readonly personId: string;
  /** What the ledger last posted; undefined for a trajectory it never saw. */
  readonly posted: Fingerprint | undefined;
  /** The column that the caller asked for besides, as text; '' when null. */
  readonly besides: string;
}

/** 64 bits that stand for everything posted for a trajectory. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

const TAB = 0x09;
const NEWLINE = 0x0a;
const NULL_FIELD = '\\N';

/** A table with one row for some WEOs whose text column comes along with their facts. */
export interface Besides {
  readonly table: string;
  readonly column: string;
}

/**
 * Reads facts (`source`: `twe.trajectory_facts`, or the temporary `built_facts` or `chosen_facts`) joined with the ledger's
 * state.
 */
export async function* streamTrajectories(
  session: Session,
  source: 'twe.trajectory_facts' | 'built_facts' | 'chosen_facts',
  besides?: Besides,
): AsyncGenerator<StreamedTrajectory[], void, void> {
  const select = `
    select f.ocmw_id, f.weo_id, f.person_id, s.fingerprint_high, s.fingerprint_low, z.frozen,
      ${besides ? `b.${besides.column}` : 'null'} as besides, f.facts
    from ${source} f
    left join twe.ledger_state s on s.weo_id = f.weo_id
    left join (
      select distinct on (weo_id)
        weo_id,
        concat_ws(E'\\x1f', frozen_on - date '1970-01-01', weo_end - date '1970-01-01', outcome1, evidence1, decision1,
          outcome2, evidence2, decision2) as frozen
      from twe.freeze_in_force
      order by weo_id, frozen_on desc, batch_no desc
    ) z on z.weo_id = f.weo_id
    ${besides ? `left join ${besides.table} b on b.weo_id = f.weo_id` : ''}
    order by f.ocmw_id, f.weo_id`;
  for await (const piece of copyOutLines(session, select)) yield readPiece(piece);
}

function readPiece(piece: Buffer): StreamedTrajectory[] {
  const trajectories: StreamedTrajectory[] = [];
  let position = 0;
  const field = (): string => {
    const end = piece.indexOf(TAB, position);
    const text = piece.toString('utf8', position, end);
    position = end + 1;
    return text;
  };
  while (position < piece.length) {
    const ocmwId = field();
    const weoId = unescape(field());
    const personId = field();
    const high = field();
    const low = field();
    const frozen = field();
    const besides = field();
    const facts = unpackFacts(
      ocmwId,
      weoId,
      piece,
      position,
      frozen === NULL_FIELD ? undefined : unpackFrozen(unescape(frozen)),
    );
    trajectories.push({
      facts,
      personId,
      besides: besides === NULL_FIELD ? '' : unescape(besides),
      posted: high === NULL_FIELD ? undefined : { high: Number(high), low: Number(low) },
    });
    position = piece.indexOf(NEWLINE, position) + 1;
  }
  return trajectories;
}

/** COPY text doubles a backslash; ids hold no control characters. */
function unescape(text: string): string {
  return text.includes('\\') ? text.replaceAll('\\\\', '\\') : text;
}
