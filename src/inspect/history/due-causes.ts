/** Why what is due changed: the ledger entries of the nights between, each with the record or the law behind it. */
import { day, formatDay } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { decidingChange } from '../../exports/workbook/record-change.js';
import { changeText, eventWithoutRecord, recordText } from '../../exports/workbook/record-change-texts.js';
import { REASON_TEXT } from '../../exports/workbook/texts.js';
import { COMPONENTS, REASONS, type Component, type Reason } from '../../law/codes.js';
import type { LawOverrides } from '../../law/keys.js';
import type { Cents } from '../../money.js';
import { changedParameters, valuesText } from '../../settlement/simulation/changed-parameters.js';
import { NO_PLACE, payeeShare, type Between, type Cause, type ChangedLine, type ExplainedChange } from './causes.js';
import { RecordEvents } from './record-events.js';

interface EntryRow {
  readonly ocmw_id: string;
  readonly weo_id: string;
  readonly component: number;
  readonly first_month: number;
  readonly last_month: number;
  readonly cents: Cents;
  readonly reason: number;
  readonly night: string;
  readonly seen_on: string | null;
  readonly overrides: LawOverrides | null;
  readonly seen_overrides: LawOverrides | null;
}

/** Needs the temporary table `payee` of the later evening. */
export async function dueCauses(
  session: Session,
  changed: readonly ChangedLine[],
  between: Between,
): Promise<ExplainedChange[]> {
  if (changed.length === 0) return [];
  const weoIds = [...new Set(changed.map(({ weoId }) => weoId))];
  const entries = await session.rows<EntryRow>(sql('inspect/list_entries_since'), [formatDay(between.since), weoIds]);
  const events = await RecordEvents.read(session, weoIds, between.until);
  const byLine = new Map<string, EntryRow[]>();
  for (const entry of entries.filter(({ ocmw_id }) => ocmw_id === between.ocmwId)) {
    const key = `${entry.weo_id}\t${COMPONENTS[entry.component]!}`;
    byLine.set(key, [...(byLine.get(key) ?? []), entry]);
  }
  return changed.map((line) => {
    const ofLine = byLine.get(`${line.weoId}\t${line.component}`) ?? [];
    const shares = ofLine
      .filter((entry) => entry.first_month <= line.month && line.month <= entry.last_month)
      .map((entry) => ({ cause: causeOf(entry, line, events), cents: entry.cents }));
    return { ...line, shares: [...shares, ...payeeShare(line, shares)] };
  });
}

function causeOf(entry: EntryRow, line: ChangedLine, events: RecordEvents): Cause {
  const reason = REASONS[entry.reason]!;
  const { night } = entry;
  if (reason === 'REGULAR') {
    const text = isResult(line.component) ? 'a measurement was made in time' : 'a month was over';
    return { kind: 'MONTH', text, night, ...NO_PLACE };
  }
  if (reason === 'LAW_CHANGED') return { kind: 'LAW', text: lawText(entry), night, ...NO_PLACE };
  return recordCause(entry, line, reason, events);
}

function recordCause(entry: EntryRow, line: ChangedLine, reason: Reason, events: RecordEvents): Cause {
  const { night, seen_on: seenOn } = entry;
  const changes = events.between(line.weoId, seenOn === null ? undefined : day(seenOn), day(night));
  const explained = { weoId: line.weoId, isResult: isResult(line.component), month: line.month, reason };
  const change = decidingChange(explained, changes);
  const why = REASON_TEXT[reason].en;
  if (change === undefined) {
    return { kind: 'OTHER', text: `${why}: ${eventWithoutRecord(reason, '').en}`, night, ...NO_PLACE };
  }
  const { delivery, file, line: number } = change;
  const text = `${why}: ${recordText(change).en} ${changeText(change).en}`;
  return { kind: 'RECORD', text, night, delivery, file: number === null ? null : file, line: number };
}

function lawText({ overrides, seen_overrides: before }: EntryRow): string {
  if (overrides === null || before === null) return 'other amounts or policies, of a law that was not kept';
  const changed = changedParameters(before, overrides).map(
    ({ present, other }) =>
      `${present.key} was ${valuesText(present, 'from') || 'not given'}, became ${valuesText(other, 'from') || 'not given'}`,
  );
  return changed.length === 0 ? 'another version of the program, with other values in law' : changed.join('; ');
}

function isResult(component: Component): boolean {
  return component === 'M1' || component === 'M2';
}
