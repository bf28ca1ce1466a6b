/** The answer to the sender of a delivery: what was set aside and why, in Dutch, per OCMW where it can be known. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAnswers, publishAnswers, type AnswerRow } from '../../src/exports/sender-answer.js';
import { writeAnswerBook } from '../../src/exports/sender-answer-workbook.js';
import { ANSWERED_CODES, whatIsWrong } from '../../src/exports/sender-answer-texts.js';
import { CONTRACTS } from '../../src/feeds/contracts.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  emptyFeeds,
  FeedFolder,
  GENT,
  HAACHT,
  LEUVEN,
  night,
  OTHER_PERSON,
  PERSON,
  type Delivery,
} from '../feeds/support.js';
import { readCsv } from '../night/documents.js';
import { readWorkbook, xmlParts } from './read-workbook.js';
import { elements, inSchemaOrder } from './sheet-order.js';

let test: TestDatabase;
let folder: FeedFolder;
let out: string;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  folder = await FeedFolder.make();
  out = mkdtempSync(join(tmpdir(), 'twe-answers-'));
  await emptyFeeds(test.database);
});
afterEach(async () => {
  await folder.remove();
  rmSync(out, { recursive: true, force: true });
});

const provenance = (businessDate: string, runId = 'test') => ({
  ...{ runId, job: 'nightly', businessDate },
  ...{ lawDigest: '1'.repeat(64), inputDigest: '2'.repeat(64) },
});
const answers = (businessDate = '2024-02-01', runId = 'test') =>
  test.database.transaction((session) => listAnswers(session, provenance(businessDate, runId)));
const publish = (workbooks = true) =>
  test.database.transaction((session) => publishAnswers(session, out, provenance('2024-02-01'), { workbooks }));

/** Takes in one delivery and gives its answer, line by line. */
async function answerTo(
  delivery: Delivery,
  before: Delivery = { ocmw: [{}], weo: [{}] },
): Promise<readonly AnswerRow[]> {
  await folder.deliver('2024-01-01', before);
  await night(test.database, folder, { businessDate: '2024-01-01', runId: 'before' });
  await folder.deliver('2024-02-01', delivery);
  await night(test.database, folder, { businessDate: '2024-02-01' });
  const [answer, ...others] = await answers();
  expect(others).toEqual([]);
  return answer?.rows ?? [];
}

const BAD: Delivery = {
  ocmw: [{ ocmw_id: LEUVEN, name: 'OCMW Leuven', iban: 'BE32' }],
  weo: [
    { weo_id: 'W2', start_date: '2024-02-31' },
    { weo_id: 'W3', ocmw_id: GENT },
    { weo_id: 'W4', insz: '85073003329' },
  ],
  employment: [
    { employment_id: 'E1', start_date: '2024-03-01', end_date: '2024-02-01' },
    { employment_id: 'E2', kind: 'ARTIST' },
  ],
  payment: [{ amount: '250,00' }],
};

describe('an answer', () => {
  it('says of each row what is wrong and what to do, in Dutch', async () => {
    const rows = await answerTo(BAD);
    expect(rows.map(({ file, line, column, what }) => `${file} ${line} ${column}: ${what}`).sort()).toEqual([
      'employment.csv 2 end_date: Het einde (2024-02-01) ligt voor het begin (2024-03-01).',
      'employment.csv 3 kind: "ARTIST" is geen van de toegelaten waarden: ART60, REGULAR, AGENCY, STUDENT, FLEXI, ART61, ' +
        'IBO, PLACEMENT, SOCIAL_ECONOMY, SELF_EMPLOYED.',
      'ocmw.csv 2 iban: "BE32" is geen Belgisch IBAN (BE en 14 cijfers met juist controlegetal).',
      'payment.csv 2 amount: "250,00" is geen bedrag (met een punt en hoogstens twee decimalen: 1234.56).',
      'weo.csv 2 start_date: "2024-02-31" is geen datum (jjjj-mm-dd).',
      `weo.csv 3 ocmw_id: OCMW ${GENT} is niet gekend.`,
      'weo.csv 4 insz: De waarde is geen rijksregisternummer (INSZ, 11 cijfers met juist controlegetal).',
    ]);
    const advice = new Map(rows.map((row) => [`${row.file} ${row.line}`, row.advice]));
    expect(advice.get('weo.csv 2')).toBe('Verbeter de rij en stuur ze opnieuw.');
    expect(advice.get('weo.csv 3')).toBe(
      'Niets, als dat OCMW nog geleverd wordt: de rij komt dan vanzelf terug. Anders: verbeter ze en stuur ze opnieuw.',
    );
  });

  it('names the OCMW wherever it can be known: in the row, by its agreement, by its client', async () => {
    const rows = await answerTo(
      {
        ...BAD,
        employment: [
          ...(BAD['employment'] as []),
          { employment_id: 'E3', weo_id: 'NONE', insz: OTHER_PERSON, employer_id: LEUVEN },
          { employment_id: 'E4', weo_id: '', insz: OTHER_PERSON, kind: 'FLEXI', employer_id: LEUVEN, fte: '2' },
        ],
        evaluation: [{ evaluated_on: 'x' }, { evaluation_id: 'V2', weo_id: 'NONE' }],
        wage: [{ month: '2024' }],
        replacement: [{ replaced_by: 'x' }, { insz: OTHER_PERSON, replaced_by: 'x' }],
        category: [{ code: 'x' }, { category_id: 'C9', code: 'x' }],
      },
      { ocmw: [{}, { ocmw_id: LEUVEN, name: 'OCMW Leuven' }], weo: [{}], employment: [{}], category: [{}] },
    );
    expect(Object.fromEntries(rows.map((row) => [`${row.file} ${row.line}`, row.ocmwId]))).toEqual({
      'ocmw.csv 2': LEUVEN,
      'weo.csv 2': HAACHT,
      'weo.csv 3': GENT,
      'weo.csv 4': HAACHT,
      'employment.csv 2': HAACHT,
      'employment.csv 3': HAACHT,
      'employment.csv 4': LEUVEN,
      'employment.csv 5': '',
      'payment.csv 2': HAACHT,
      'evaluation.csv 2': HAACHT,
      'evaluation.csv 3': '',
      'wage.csv 2': HAACHT,
      'replacement.csv 2': HAACHT,
      'replacement.csv 3': '',
      'category.csv 2': HAACHT,
      'category.csv 3': '',
    });
    expect(rows.find(({ recordId }) => recordId === 'W2')).toMatchObject({ file: 'weo.csv', ocmwName: 'OCMW Haacht' });
    expect(rows.slice(-4).map(({ ocmwId }) => ocmwId)).toEqual(['', '', '', '']);
  });

  it('is about the deliveries of this run alone, and not about rows that came back in it', async () => {
    expect(await answerTo(BAD)).toHaveLength(7);
    await folder.deliver('2024-02-02', {
      weo: [
        { weo_id: 'W8', ocmw_id: GENT },
        { weo_id: 'W9', end_date: 'x' },
      ],
    });
    await folder.deliver('2024-02-03', { ocmw: [{ ocmw_id: GENT }] });
    await night(test.database, folder, { businessDate: '2024-02-03', runId: 'next' });
    const [answer, ...others] = await answers('2024-02-03', 'next');
    expect(others).toEqual([]);
    expect(answer!.delivery).toBe('2024-02-02');
    expect(answer!.rows.map(({ recordId }) => recordId)).toEqual(['W9']);
    // The answer of the night before is still what it was.
    expect((await answers())[0]!.rows).toHaveLength(7);
  });

  it('has a sentence for every code that a row can be set aside with', () => {
    const kinds = CONTRACTS.flatMap(({ columns }) => columns.map(({ kind }) => kind.code));
    const others = ['MISSING_VALUE', 'WRONG_FIELD_COUNT', 'END_BEFORE_START', 'WEO_MISSING', 'WEO_NOT_ALLOWED'];
    const all = [...kinds, ...others, 'UNKNOWN_OCMW', 'UNKNOWN_WEO'];
    expect([...new Set(all)].filter((code) => !ANSWERED_CODES.includes(code))).toEqual([]);
    const row = { file: 'weo.csv', line: 2, column: '', waits: false, message: 'weo.csv line 2: Something new.' };
    expect(whatIsWrong({ ...row, code: 'NEW' })).toBe('Niet aanvaard (NEW): weo.csv line 2: Something new.');
  });
});

describe('the files of an answer', () => {
  it('are a workbook and a CSV for each delivery, with a manifest, and the same bytes when written again', async () => {
    await answerTo(BAD);
    const published = await publish();
    expect(published).toMatchObject({ path: join(out, '2024-02-01', 'antwoorden'), changed: true });
    const names = ['antwoord-2024-02-01.csv', 'antwoord-2024-02-01.xlsx', 'manifest.json'];
    expect(readdirSync(published!.path).sort()).toEqual(names);
    expect((await publish())!.changed).toBe(false);
    const lines = readCsv(join(published!.path, 'antwoord-2024-02-01.csv'));
    expect(lines).toHaveLength(7);
    expect(lines.find(({ bestand, regel }) => bestand === 'weo.csv' && regel === '2')).toEqual({
      levering: '2024-02-01',
      bestand: 'weo.csv',
      regel: '2',
      kolom: 'start_date',
      code: 'INVALID_DATE',
      wat_is_er_mis: '"2024-02-31" is geen datum (jjjj-mm-dd).',
      wat_te_doen: 'Verbeter de rij en stuur ze opnieuw.',
      ocmw_nummer: HAACHT,
      ocmw: 'OCMW Haacht',
      sleutel: 'W2',
      rij: `W2,${HAACHT},[INSZ],2024-02-31,,,,2024-01-01T10:00:00+01:00,`,
    });
  });

  it('hold an overview, the rows and how to send them again', async () => {
    await answerTo(BAD);
    const { path } = (await publish())!;
    const book = await readWorkbook(join(path, 'antwoord-2024-02-01.xlsx'));
    expect([...book.keys()]).toEqual(['Overzicht', 'Rijen', 'Opnieuw sturen']);
    const overview = book.get('Overzicht')!;
    expect(overview.worksheet.getCell('A1').text).toBe('Antwoord op levering 2024-02-01 – Overzicht');
    expect(overview.worksheet.getCell('A2').text).toBe('7 rijen zijn opzij gezet, stand van de nacht van 01/02/2024');
    expect(overview.rows.map((row) => row['Rijen'])).toEqual([1, 1, 1, 1, 1, 1, 1]);
    const { rows } = book.get('Rijen')!;
    expect(rows).toHaveLength(7);
    expect(rows.find((row) => row['Sleutel'] === 'W2')).toEqual({
      'OCMW-nummer': '0212.214.917',
      OCMW: 'OCMW Haacht',
      Bestand: 'weo.csv',
      Regel: 2,
      Sleutel: 'W2',
      Kolom: 'start_date',
      'Wat is er mis': '"2024-02-31" is geen datum (jjjj-mm-dd).',
      'Wat te doen': 'Verbeter de rij en stuur ze opnieuw.',
      'De rij zoals ontvangen': `W2,${HAACHT},[INSZ],2024-02-31,,,,2024-01-01T10:00:00+01:00,`,
    });
    // A row as it came has no blanks to break at: its height follows its length all the same.
    const { worksheet } = book.get('Rijen')!;
    const raws = rows.map(
      (row, index) => [String(row['De rij zoals ontvangen']).length, worksheet.getRow(7 + index)] as const,
    );
    expect(raws.filter(([length, { height }]) => length > 63 && height < 27)).toEqual([]);
    expect(overview.worksheet.getCell('F5').result).toBe(7);
    expect(book.get('Opnieuw sturen')!.rows.map((row) => row['Onderwerp'])).toContain('Wat opnieuw sturen');
  });

  it('open in any program: the elements of each sheet stand in the order of the format', async () => {
    await answerTo(BAD);
    const parts = await xmlParts(join((await publish())!.path, 'antwoord-2024-02-01.xlsx'));
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(3);
    for (const [, xml] of sheets) expect(elements(xml)).toEqual(inSchemaOrder(elements(xml)));
  });

  it('leave to the CSV what is too much to read, and say so', async () => {
    const row = { ...{ ocmwId: '', ocmwName: '', file: 'weo.csv', column: '', code: 'X', recordId: '' } };
    const rows = Array.from({ length: 50_002 }, (_, i) => ({ ...row, line: i + 2, what: 'x', advice: 'y', raw: 'z' }));
    await writeAnswerBook(out, { delivery: 'D', rows }, provenance('2024-02-01'));
    const sheet = (await readWorkbook(join(out, 'antwoord-D.xlsx'))).get('Rijen')!;
    expect(sheet.rows).toHaveLength(50_001);
    expect(sheet.rows.at(-1)!['OCMW-nummer']).toBe('Nog 2 rijen: zie het CSV-bestand antwoord-D.csv.');
  });

  it('show no national number, and no text that a spreadsheet computes', async () => {
    const trap = { weo_id: '=1+1', start_date: `=HYPERLINK("x")${PERSON}` };
    await answerTo({ weo: [trap, { weo_id: PERSON, start_date: PERSON }, { insz: `${PERSON}1` }] });
    const { path } = (await publish())!;
    const text = readFileSync(join(path, 'antwoord-2024-02-01.csv'), 'utf8');
    expect(text).not.toContain(PERSON);
    expect(text).not.toMatch(/(^|,)=/m);
    const book = await readWorkbook(join(path, 'antwoord-2024-02-01.xlsx'));
    const cells = [...book.values()].flatMap(({ rows }) => rows.flatMap((row) => Object.values(row).map(String)));
    expect(cells.filter((cell) => cell.includes(PERSON))).toEqual([]);
    expect(cells.length).toBeGreaterThan(30);
  });

  it('are the CSV alone when no workbooks are asked, and nothing when nothing was set aside', async () => {
    await answerTo(BAD);
    expect((await publish(false))!.files.map(({ name }) => name)).toEqual(['antwoord-2024-02-01.csv']);
    await emptyFeeds(test.database);
    expect(await publish()).toBeUndefined();
    expect(existsSync(join(out, '2024-02-01'))).toBe(true);
  });
});
