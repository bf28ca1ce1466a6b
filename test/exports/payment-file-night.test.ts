/** The payment file of a night that booked: what claims.csv says is paid, and nothing else. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import type { PaymentBatch } from '../../src/exports/payment-file.js';
import { LET_CHANGE } from '../support/let-change.js';
import { readPaymentBatches, writePaymentFiles } from '../../src/exports/payment-file-batch.js';
import { parseEuro } from '../../src/money.js';
import { decideBatch, holdOut } from '../../src/settlement/decide-batch.js';
import { readCsv, type CsvRow } from '../night/documents.js';
import { art60, category, ocmw, weo } from '../oracle/tiny-feeds.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { writeDelivery } from '../support/random-feed/delivery.js';
import { enterpriseNumber, iban, nationalNumber } from '../support/random-feed/identifiers.js';
import { at, faultsOf, readXml, textAt } from './payment-file-reader.js';

const DEBTOR = { name: 'VDAB', iban: 'BE32123456789002', bic: 'GKCCBEBB' };
const RUN_DAY = '2024-04-15';
const BATCH = `${RUN_DAY}/quarterly-payment`;

/** One OCMW with a client whose work experience runs from the given day: X01 of its own. */
function ocmwWithClient(n: number, start: string, cells: Readonly<Record<string, string>>) {
  const [ocmw_id, insz, weo_id] = [enterpriseNumber(n), nationalNumber(n), `W${n}`];
  const rows = [
    ocmw(ocmw_id, { iban: iban(n), ...cells }),
    category('2010-01-01', { insz, category_id: `C${n}` }),
    weo(start, '', { weo_id, ocmw_id, insz }),
    art60('2024-03-01', '', { employment_id: `A${n}`, weo_id, insz, employer_id: ocmw_id }),
  ];
  return rows.map(({ file, cells: own }) => ({ file, cells: { registered_at: '2024-03-01T12:00:00+01:00', ...own } }));
}

const FEED = [
  ...ocmwWithClient(3, '2024-01-15', { name: 'OCMW Héron & “Zoon”' }),
  ...ocmwWithClient(1, '2024-02-15', { name: '' }),
  ...ocmwWithClient(2, '2024-01-15', { name: 'OCMW zonder rekening', iban: '' }),
];

let folder: string;
const databases: TestDatabase[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-payment-'));
  writeDelivery(join(folder, 'feeds'), '2024-03-02', FEED);
  // Accounts that come after the run day do not change what the batch knew.
  const late = [
    ocmw(enterpriseNumber(2), { iban: iban(22) }),
    ocmw(enterpriseNumber(3), { iban: iban(33), name: 'Anders' }),
  ];
  writeDelivery(join(folder, 'feeds'), '2024-04-16', late);
});
afterAll(async () => {
  for (const test of databases) await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The night of the run day and the one after it. */
async function bookedNight(out: string, approvalRequired: boolean): Promise<TestDatabase> {
  const test = await createTestDatabase();
  databases.push(test);
  for (const date of [RUN_DAY, '2024-04-16']) {
    await runNight(test.database, {
      ...{ feedsDir: join(folder, 'feeds'), out: join(folder, out), date },
      ...{ approvalRequired, documents: 'CSV' },
    });
  }
  return test;
}

async function written(test: TestDatabase, name: string, debtor: typeof DEBTOR | undefined = DEBTOR) {
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  const files = await test.database.session((session) => writePaymentFiles(session, target, [BATCH], debtor));
  return { target, files };
}

/** What was known before the later delivery; thrown, so that the database stays as it was. */
class Early extends Error {
  constructor(readonly batches: PaymentBatch[]) {
    super();
  }
}

/** Who did not prepare the batch. */
const by = { name: 'An', systemUser: 'an', machine: 'desk', approvers: [] };

const claimsOf = (out: string): CsvRow[] => readCsv(join(folder, out, RUN_DAY, 'quarterly-payment', 'claims.csv'));

describe('an approved batch', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await bookedNight('approved', false);
  });

  it('is paid as claims.csv says: to whom, how much, with which reference', async () => {
    const { target, files } = await written(test, 'file');
    const document = readXml(readFileSync(join(target, 'betaling-2024-Q1.xml'), 'utf8'));
    expect(faultsOf(document)).toEqual([]);
    const paid = at(document, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf').map((each) => ({
      ocmw_id: textAt(each, 'PmtId/EndToEndId').slice(0, 10),
      iban: textAt(each, 'CdtrAcct/Id/IBAN'),
      amount: textAt(each, 'Amt/InstdAmt'),
      reference: textAt(each, 'RmtInf/Strd/CdtrRefInf/Ref'),
    }));
    const claims = claimsOf('approved').filter(({ direction, iban }) => direction === 'PAY' && iban !== '');
    expect(paid).toEqual(
      claims.map(({ ocmw_id, iban, amount, reference }) => ({
        ...{ ocmw_id, iban, amount },
        reference: reference!.replaceAll(/\D/g, ''),
      })),
    );
    expect(paid.map(({ iban: account, amount }) => [account, amount])).toEqual([
      [iban(1), '650.00'],
      [iban(3), '900.00'],
    ]);
    expect(textAt(document, 'CstmrCdtTrfInitn/GrpHdr/CtrlSum')).toBe('1550.00');
    expect(files[0]).toEqual({ name: 'betaling-2024-Q1.xml', rows: 2, totalCents: 155_000 });
    const names = at(document, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf').map((each) => textAt(each, 'Cdtr/Nm'));
    expect(names).toEqual([`OCMW ${enterpriseNumber(1)}`, "OCMW Heron + 'Zoon'"]);
  });

  it('pays an OCMW whose account came after the run day by a file of its own, on that day', async () => {
    const { target, files } = await written(test, 'later');
    expect(files[1]).toEqual({ name: 'betaling-2024-Q1-2024-04-16.xml', rows: 1, totalCents: 90_000 });
    const document = readXml(readFileSync(join(target, 'betaling-2024-Q1-2024-04-16.xml'), 'utf8'));
    expect(faultsOf(document)).toEqual([]);
    expect(textAt(document, 'CstmrCdtTrfInitn/GrpHdr/MsgId')).toBe(`${BATCH}+240416`);
    expect(textAt(document, 'CstmrCdtTrfInitn/PmtInf/ReqdExctnDt/Dt')).toBe('2024-04-16');
    expect(textAt(document, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN')).toBe(iban(22));
  });

  it('pays no OCMW without an account, and names it: files and list together are all of claims.csv', async () => {
    const early = await test.database
      .transaction(async (session) => {
        await session.rows(LET_CHANGE);
        await session.rows(`delete from twe.ocmw_version where counted_on > '2024-04-15'`);
        throw new Early(await readPaymentBatches(session, BATCH));
      })
      .catch((thrown: unknown) => (thrown as Early).batches);
    const [batch] = early;
    expect(early).toHaveLength(1);
    expect(batch).toMatchObject({ batchId: BATCH, period: '2024-Q1', decidedOn: RUN_DAY });
    expect(batch!.withoutIban).toMatchObject([
      { ocmwId: enterpriseNumber(2), name: 'OCMW zonder rekening', cents: 90_000 },
    ]);
    const listed = [...batch!.payments, ...batch!.withoutIban].reduce((sum, { cents }) => sum + cents, 0);
    const claims = claimsOf('approved').filter(({ direction }) => direction === 'PAY');
    expect(listed).toBe(claims.reduce((sum, { amount }) => sum + parseEuro(amount!)!, 0));
  });

  it('is written with the same bytes again', async () => {
    const [one, two] = [await written(test, 'one'), await written(test, 'two')];
    const read = (target: string) => readFileSync(join(target, 'betaling-2024-Q1.xml'), 'utf8');
    expect(read(one.target)).toBe(read(two.target));
  });

  it('gives no file without a debtor', async () => {
    expect(await test.database.session((session) => writePaymentFiles(session, folder, [BATCH], undefined))).toEqual(
      [],
    );
  });

  it('is unknown when it does not exist', async () => {
    const unknown = '2024-07-15/quarterly-payment';
    expect(await test.database.session((session) => readPaymentBatches(session, unknown))).toEqual([]);
  });
});

describe('a batch that waits for the second person', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await bookedNight('waiting', true);
  });

  it('is not paid, then on the day that was decided and without the OCMW that was held out', async () => {
    expect((await written(test, 'nothing')).files).toEqual([]);
    expect(claimsOf('waiting')).toHaveLength(3);
    await test.database.transaction(async (session) => {
      const from = day('2024-04-18');
      await holdOut(session, { batchId: BATCH, ocmwId: enterpriseNumber(3), by, from, reason: 'merges' });
      await decideBatch(session, { batchId: BATCH, decision: 'APPROVED', by, from });
    });
    const { target, files } = await written(test, 'decided');
    expect(files).toMatchObject([
      { rows: 1, totalCents: 65_000 },
      { rows: 1, totalCents: 90_000 },
    ]);
    const document = readXml(readFileSync(join(target, 'betaling-2024-Q1.xml'), 'utf8'));
    expect(textAt(document, 'CstmrCdtTrfInitn/PmtInf/ReqdExctnDt/Dt')).toBe('2024-04-18');
    expect(textAt(document, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN')).toBe(iban(1));
  });
});

it('gives no file for a batch that was rejected', async () => {
  const test = await bookedNight('rejected', true);
  await test.database.transaction((session) =>
    decideBatch(session, { batchId: BATCH, decision: 'REJECTED', by, from: day('2024-04-18'), reason: 'no' }),
  );
  expect((await written(test, 'refused')).files).toEqual([]);
});
