/** A change of a record in words, in Dutch and in English. */
import { day } from '../../calendar.js';
import type { Reason } from '../../law/codes.js';
import type { Text } from '../../law/rulebook/sources.js';
import { belgianDate } from './document.js';
import { enterpriseNumber } from './common-sheets.js';
import type { RecordChange, RecordKind, Said } from './record-change.js';
import { OUTCOME_TEXT, text } from './texts.js';

const KIND_TEXT: Readonly<Record<RecordKind, Text>> = {
  WEO: text('WEO', 'WEO'),
  OTHER_WEO: text('andere WEO van de cliënt', 'other WEO of the client'),
  EMPLOYMENT: text('tewerkstelling', 'employment'),
  CATEGORY: text('categorie', 'category'),
  DECISION: text('beslissing', 'decision'),
};
const EMPLOYMENT_TEXT: Readonly<Record<string, Text>> = {
  ART60: text('artikel 60', 'article 60'),
  REGULAR: text('gewone job', 'regular job'),
  SELF_EMPLOYED: text('zelfstandige', 'self-employed'),
};

/** `WEO W-12`, `artikel 60 E-7`. */
export function recordText({ kind, recordId, now }: RecordChange): Text {
  const name = kind === 'EMPLOYMENT' ? employmentText(now) : KIND_TEXT[kind];
  return text(`${name.nl} ${recordId}`, `${name.en} ${recordId}`);
}

function employmentText({ kind = '' }: Said): Text {
  const name = EMPLOYMENT_TEXT[kind];
  return name ?? text(`${KIND_TEXT.EMPLOYMENT.nl} (${kind})`, `${KIND_TEXT.EMPLOYMENT.en} (${kind})`);
}

/** What the record said before and what it says now. */
export function changeText(change: RecordChange): Text {
  const { before, now } = change;
  if (before === undefined) {
    const now0 = spanText(now);
    return now.withdrawn
      ? text('geregistreerd en ingetrokken', 'registered and withdrawn')
      : text(`nieuw geregistreerd: ${now0.nl}`, `newly registered: ${now0.en}`);
  }
  const parts: Text[] = [];
  if (!before.withdrawn && now.withdrawn) {
    const was = spanText(before);
    parts.push(text(`ingetrokken; was ${was.nl}`, `withdrawn; was ${was.en}`));
  }
  if (before.withdrawn && !now.withdrawn) parts.push(text('intrekking ongedaan gemaakt', 'withdrawal undone'));
  parts.push(...FIELDS.flatMap((field) => fieldText(field, before, now)));
  return text(parts.map(({ nl }) => nl).join('; '), parts.map(({ en }) => en).join('; '));
}

const FIELDS = ['kind', 'code', 'start', 'end', 'ocmw', 'weo', 'extended', 'outcome'] as const;
type Field = (typeof FIELDS)[number];
const FIELD_TEXT: Readonly<Record<Field, Text>> = {
  kind: text('soort', 'kind'),
  code: text('code', 'code'),
  start: text('begin', 'start'),
  end: text('einde', 'end'),
  ocmw: text('OCMW', 'OCMW'),
  weo: text('WEO', 'WEO'),
  extended: text('verlengd voor rechten', 'extended for rights'),
  outcome: text('uitkomst', 'outcome'),
};

function fieldText(field: Field, before: Said, now: Said): Text[] {
  if ((before[field] ?? null) === (now[field] ?? null)) return [];
  const was = valueText(field, before);
  const is = valueText(field, now);
  const name = FIELD_TEXT[field];
  return [text(`${name.nl} was ${was.nl}, werd ${is.nl}`, `${name.en} was ${was.en}, became ${is.en}`)];
}

function valueText(field: Field, said: Said): Text {
  const value = said[field];
  if (value === null || value === undefined) {
    return field === 'end' ? text('open', 'open') : text('niet ingevuld', 'not filled in');
  }
  if (typeof value === 'boolean') return value ? text('ja', 'yes') : text('nee', 'no');
  if (field === 'start' || field === 'end') return same(dateText(value));
  if (field === 'ocmw') return same(enterpriseNumber(value));
  if (field === 'kind') return employmentText(said);
  return field === 'outcome' ? (OUTCOME_TEXT[value] ?? same(value)) : same(value);
}

/** All that a version says, in short. */
function spanText(said: Said): Text {
  if (said.outcome !== undefined) {
    const outcome = OUTCOME_TEXT[said.outcome] ?? same(said.outcome);
    const by = said.by ? [` (door ${said.by})`, ` (by ${said.by})`] : ['', ''];
    return text(
      `meting ${said.measurement} ${outcome.nl}${by[0]}`,
      `measurement ${said.measurement} ${outcome.en}${by[1]}`,
    );
  }
  const code = said.code === undefined ? '' : `${said.code} `;
  const start = dateText(said.start!);
  return said.end
    ? text(`${code}van ${start} tot en met ${dateText(said.end)}`, `${code}from ${start} to ${dateText(said.end)}`)
    : text(`${code}vanaf ${start}, zonder einde`, `${code}from ${start}, without an end`);
}

function dateText(value: string): string {
  return belgianDate(day(value));
}

function same(value: string): Text {
  return text(value, value);
}

/** What is behind a reason when no record changed. */
const NO_RECORD_TEXT: Readonly<Partial<Record<Reason, Text>>> = {
  REGULAR: text(
    'Eerste betaling van een maand waarvan geen kwartaal geboekt werd.',
    'First payment of a month of which no quarter was booked.',
  ),
  NO_A60: text(
    'De termijn om artikel 60 te starten verstreek zonder registratie.',
    'The term to start article 60 passed without a registration.',
  ),
  LATE_A60: text(
    'Artikel 60 begint na de termijn; geen gegeven wijzigde sindsdien.',
    'Article 60 starts after the term; no record changed since.',
  ),
  CATEGORY: text(
    'Geen categorie 90 of 93 bekend op de laatste dag van de maand.',
    'No category 90 or 93 known on the last day of the month.',
  ),
  OVER_24: text('De WEO loopt langer dan 24 maanden.', 'The WEO runs longer than 24 months.'),
  LAW_CHANGED: text(
    'Geen gegeven wijzigde: bedragen of regels zijn anders dan toen de maand besteld werd.',
    'No record changed: amounts or rules differ from when the month was ordered.',
  ),
};
const NOTHING_FOUND = text('Geen gewijzigd gegeven gevonden.', 'No changed record found.');

/** The event of a line without a deciding change. `againBatch`: the batch that it came again from, '' for none. */
export function eventWithoutRecord(reason: Reason, againBatch: string): Text {
  if (againBatch !== '') {
    return text(
      `Komt terug uit batch ${againBatch}: daar vrijgegeven of niet geboekt.`,
      `Comes again from batch ${againBatch}: released there or not booked.`,
    );
  }
  return NO_RECORD_TEXT[reason] ?? NOTHING_FOUND;
}
