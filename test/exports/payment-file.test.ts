import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Debtor } from '../../src/config.js';
import { paymentFile, type PaymentBatch, type PaymentWithIban } from '../../src/exports/payment-file.js';
import { isSepaIdentifier, sepaText } from '../../src/exports/payment-file-text.js';
import { iban, structuredCommunication } from '../support/random-feed/identifiers.js';
import { at, faultsOf, readXml, textAt } from './payment-file-reader.js';
import { schemaFaults, whyNoSchema } from './payment-file-schema.js';

const DEBTOR: Debtor = { name: 'VDAB', iban: 'BE32123456789002', bic: 'GKCCBEBB' };

const HAACHT: PaymentWithIban = {
  ...{ ocmwId: '0212214917', name: 'OCMW Haacht', cents: 90_000 },
  ...{ iban: 'BE32123456789002', reference: '+++202/5000/01781+++' },
};

function batchOf(...payments: PaymentWithIban[]): PaymentBatch {
  const id = { batchId: '2024-04-15/quarterly-payment', period: '2024-Q1', decidedOn: '2024-04-16' };
  return { ...id, payments, withoutIban: [] };
}

/** The n-th of a batch of many. */
function payment(n: number, more: Partial<PaymentWithIban> = {}): PaymentWithIban {
  const own = { ocmwId: String(2_000_000_000 + n), name: `OCMW ${n}`, cents: n, iban: iban(n) };
  return { ...own, reference: structuredCommunication(n), ...more };
}

describe('the payment file', () => {
  it('pays each OCMW of a batch with its structured communication', () => {
    expect(paymentFile(batchOf(HAACHT), DEBTOR)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>2024-04-15/quarterly-payment</MsgId>
      <CreDtTm>2024-04-16T00:00:00</CreDtTm>
      <NbOfTxs>1</NbOfTxs>
      <CtrlSum>900.00</CtrlSum>
      <InitgPty>
        <Nm>VDAB</Nm>
      </InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>2024-04-15/quarterly-payment</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <NbOfTxs>1</NbOfTxs>
      <CtrlSum>900.00</CtrlSum>
      <PmtTpInf>
        <SvcLvl>
          <Cd>SEPA</Cd>
        </SvcLvl>
      </PmtTpInf>
      <ReqdExctnDt>
        <Dt>2024-04-16</Dt>
      </ReqdExctnDt>
      <Dbtr>
        <Nm>VDAB</Nm>
      </Dbtr>
      <DbtrAcct>
        <Id>
          <IBAN>BE32123456789002</IBAN>
        </Id>
        <Ccy>EUR</Ccy>
      </DbtrAcct>
      <DbtrAgt>
        <FinInstnId>
          <BICFI>GKCCBEBB</BICFI>
        </FinInstnId>
      </DbtrAgt>
      <ChrgBr>SLEV</ChrgBr>
      <CdtTrfTxInf>
        <PmtId>
          <EndToEndId>0212214917-202500001781</EndToEndId>
        </PmtId>
        <Amt>
          <InstdAmt Ccy="EUR">900.00</InstdAmt>
        </Amt>
        <Cdtr>
          <Nm>OCMW Haacht</Nm>
        </Cdtr>
        <CdtrAcct>
          <Id>
            <IBAN>BE32123456789002</IBAN>
          </Id>
        </CdtrAcct>
        <RmtInf>
          <Strd>
            <CdtrRefInf>
              <Tp>
                <CdOrPrtry>
                  <Cd>SCOR</Cd>
                </CdOrPrtry>
                <Issr>BBA</Issr>
              </Tp>
              <Ref>202500001781</Ref>
            </CdtrRefInf>
          </Strd>
        </RmtInf>
      </CdtTrfTxInf>
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
`);
  });

  it('adds up in cents what floats would not: a thousand times 0.07 and 999,999,999.99 euro', () => {
    const cents = Array.from({ length: 1000 }, (_, n) => payment(n + 1, { cents: 7 }));
    const document = readXml(paymentFile(batchOf(...cents, payment(1001, { cents: 99_999_999_999 })), DEBTOR));
    expect(faultsOf(document)).toEqual([]);
    expect(textAt(document, 'CstmrCdtTrfInitn/GrpHdr/CtrlSum')).toBe('1000000069.99');
    expect(textAt(document, 'CstmrCdtTrfInitn/PmtInf/NbOfTxs')).toBe('1001');
  });

  it('is the same bytes for the same batch, and another message for another one', () => {
    const batch = batchOf(HAACHT);
    expect(paymentFile(batch, DEBTOR)).toBe(paymentFile(structuredClone(batch), DEBTOR));
    const next = readXml(paymentFile({ ...batch, batchId: '2024-07-15/quarterly-payment' }, DEBTOR));
    expect(textAt(next, 'CstmrCdtTrfInitn/GrpHdr/MsgId')).toBe('2024-07-15/quarterly-payment');
  });

  it('names an OCMW without a name by its number', () => {
    const document = readXml(paymentFile(batchOf({ ...HAACHT, name: '' }), DEBTOR));
    expect(textAt(document, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm')).toBe('OCMW 0212214917');
  });

  it.each([
    ['nothing to pay', batchOf(), 'pays nothing'],
    ['an amount of nothing', batchOf({ ...HAACHT, cents: 0 }), '0 cents can be no SEPA credit transfer'],
    ['less than nothing', batchOf({ ...HAACHT, cents: -1 }), 'can be no SEPA credit transfer'],
    ['part of a cent', batchOf({ ...HAACHT, cents: 0.5 }), 'can be no SEPA credit transfer'],
    ['a billion euro', batchOf({ ...HAACHT, cents: 100_000_000_000 }), 'can be no SEPA credit transfer'],
    ['a wrong check', batchOf({ ...HAACHT, reference: '+++202/5000/01782+++' }), 'is no structured communication'],
    ['a long id', { ...batchOf(HAACHT), batchId: 'x'.repeat(36) }, 'cannot identify a payment'],
  ])('refuses %s', (_, batch, message) => {
    expect(() => paymentFile(batch, DEBTOR)).toThrow(message);
  });
});

const anyPayments = fc.array(fc.record({ name: fc.string({ unit: 'binary', maxLength: 90 }), cents: fc.nat() }), {
  minLength: 1,
  maxLength: 5,
});

describe('any payment file', () => {
  it('has the shape, the texts and the sums of the standard, whatever OCMWs are called', () => {
    fc.assert(
      fc.property(anyPayments, fc.string({ unit: 'grapheme', minLength: 1 }), (drawn, debtorName) => {
        const payments = drawn.map(({ name, cents }, n) => payment(n, { name, cents: cents + 1 }));
        const debtor = { ...DEBTOR, name: `VDAB ${debtorName}` };
        const document = readXml(paymentFile(batchOf(...payments), debtor));
        expect(faultsOf(document)).toEqual([]);
        const ibans = at(document, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf').map((each) =>
          textAt(each, 'CdtrAcct/Id/IBAN'),
        );
        expect(ibans).toEqual(payments.map((each) => each.iban));
      }),
      { numRuns: process.env['TWE_LONG'] ? 5000 : 500 },
    );
  });
});

describe('the schema of ISO 20022', () => {
  const why = whyNoSchema();
  if (why) process.stderr.write(`Payment files were not held against their schema: ${why}.\n`);
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'twe-schema-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.skipIf(why)(`takes the payment file${why ? ` (skipped: ${why})` : ''}`, () => {
    const names = ['OCMW Haacht', '', 'OCMW Sint-Niklaas & "Zoon" <é>', 'x'.repeat(200)];
    const payments = names.map((name, n) => payment(n + 1, { name }));
    expect(schemaFaults(paymentFile(batchOf(...payments), DEBTOR), folder)).toBe('');
  });

  it.skipIf(why)('would not take any file', () => {
    const xml = paymentFile(batchOf(HAACHT), DEBTOR);
    expect(schemaFaults(xml.replace('<Ccy>EUR</Ccy>', '<Ccy>euro</Ccy>'), folder)).toContain('Ccy');
    expect(schemaFaults(xml.replaceAll('BICFI', 'BIC'), folder)).toContain('BIC');
  });
});

describe('our own check of a payment file', () => {
  const xml = paymentFile(batchOf(payment(1), payment(2)), DEBTOR);
  const faults = (from: string, to: string) => {
    expect(xml).toContain(from);
    return faultsOf(readXml(xml.replace(from, to))).join('\n');
  };

  it('finds what is missing, misplaced, misspelt and miscounted', () => {
    expect(faultsOf(readXml(xml))).toEqual([]);
    expect(faults('<PmtMtd>TRF</PmtMtd>', '')).toContain('PmtInf: PmtInfId,NbOfTxs');
    expect(faults('<ChrgBr>SLEV</ChrgBr>', '<ChrgBr>SHAR</ChrgBr>')).toContain("ChrgBr: 'SHAR'");
    expect(faults('<InstdAmt Ccy="EUR">0.01', '<InstdAmt Ccy="USD">0.01')).toContain('Ccy="USD"');
    expect(faults('<InstdAmt Ccy="EUR">0.01', '<InstdAmt Ccy="EUR">0.02')).toContain('0.03 instead of 4 cents');
    expect(faults('<NbOfTxs>2', '<NbOfTxs>3')).toContain('3 of 2 payments');
    expect(faults('<Issr>BBA</Issr>', '')).toContain('CdOrPrtry instead of CdOrPrtry,Issr');
    expect(() => readXml(xml.replace('</Document>', ''))).toThrow('not one closed root');
  });
});

describe('text for SEPA', () => {
  it.each([
    ['OCMW Liège', 'OCMW Liege'],
    ['Straße Ærø Łódź Œuvre', 'Strasse AEro Lodz OEuvre'],
    ['Sociaal Huis “’t Punt” & Co', "Sociaal Huis ''t Punt' + Co"],
    ['OCMW\u00a0Gent – Brugge_Noord', 'OCMW Gent - Brugge-Noord'],
    ['=HYPERLINK("x")\t\n[1]', ".HYPERLINK('x') (1)"],
    ['Ωmega 100€', '.mega 100.'],
    ['   ', ''],
  ])('writes %j as %j', (text, written) => {
    expect(sepaText(text, 70)).toBe(written);
  });

  it('is cut without a blank at its end', () => {
    expect(sepaText('OCMW van Gent', 8)).toBe('OCMW van');
    expect(sepaText('OCMW van Gent', 9)).toBe('OCMW van');
  });

  it('knows what can identify a payment', () => {
    expect(['2024-04-15/quarterly-payment', 'A', 'x'.repeat(35)].filter(isSepaIdentifier)).toHaveLength(3);
    expect(['', 'x'.repeat(36), '/a', 'a/', 'a//b', 'a b', 'é'].filter(isSepaIdentifier)).toEqual([]);
  });
});
