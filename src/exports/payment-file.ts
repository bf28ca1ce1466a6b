/**
 * The payments of an approved batch as an ISO 20022 credit transfer initiation (`pain.001.001.09`), as Belgian banks take
 * it: SEPA service level, one debit account, one credit transfer with its structured communication for each OCMW. Pure,
 * and without the clock: the same batch gives the same bytes, so a bank recognises a file that is sent twice.
 */
import { create } from 'xmlbuilder2';
import type { Debtor } from '../config.js';
import { isValidStructuredCommunication } from '../identifiers.js';
import { formatEuro, type Cents } from '../money.js';
import { isSepaIdentifier, sepaText } from './payment-file-text.js';

/** What one OCMW is paid. */
export interface Payment {
  readonly ocmwId: string;
  /** '' when it has none. */
  readonly name: string;
  readonly cents: Cents;
  /** Structured communication. */
  readonly reference: string;
}

export interface PaymentWithIban extends Payment {
  /** Without spaces. */
  readonly iban: string;
}

/** An approved batch that pays something. */
export interface PaymentBatch {
  readonly batchId: string;
  /** `2024-Q1` or `2024`. */
  readonly period: string;
  /** Day from which the approval counts, `YYYY-MM-DD`. */
  readonly decidedOn: string;
  /** In order of OCMW. */
  readonly payments: readonly PaymentWithIban[];
  /** Cannot be paid: no account was known on the run day. Not in the file. */
  readonly withoutIban: readonly Payment[];
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';

/** SEPA holds names to half of what the schema allows. */
const LONGEST_NAME = 70;
/** Highest amount of one SEPA credit transfer: 999,999,999.99 euro. */
const MOST_CENTS: Cents = 99_999_999_999;

/**
 * The payment file. Message and payment block are named by the batch, each payment by OCMW and structured communication.
 * Executed on the day of the approval (the bank moves a day on which it is closed), and made at its first moment:
 * nothing is paid before a second person said so, and both stay the same whenever the file is written. Throws an Error
 * when there is nothing to pay or something can be no payment, which would be a mistake of ours.
 */
export function paymentFile(batch: PaymentBatch, debtor: Debtor): string {
  if (batch.payments.length === 0) throw new Error(`batch ${batch.batchId} pays nothing: there is no payment file`);
  const name = sepaText(debtor.name, LONGEST_NAME);
  const totals = { NbOfTxs: String(batch.payments.length), CtrlSum: formatEuro(totalCents(batch.payments)) };
  const initiation = {
    GrpHdr: {
      MsgId: identifier(batch.batchId),
      CreDtTm: `${batch.decidedOn}T00:00:00`,
      ...totals,
      InitgPty: { Nm: name },
    },
    PmtInf: {
      PmtInfId: identifier(batch.batchId),
      PmtMtd: 'TRF',
      ...totals,
      PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
      ReqdExctnDt: { Dt: batch.decidedOn },
      Dbtr: { Nm: name },
      DbtrAcct: { Id: { IBAN: debtor.iban }, Ccy: 'EUR' },
      DbtrAgt: { FinInstnId: { BICFI: debtor.bic } },
      ChrgBr: 'SLEV',
      CdtTrfTxInf: batch.payments.map(transfer),
    },
  };
  const root = { Document: { '@xmlns': NAMESPACE, CstmrCdtTrfInitn: initiation } };
  return `${create({ version: '1.0', encoding: 'UTF-8' }, root).end({ prettyPrint: true, wellFormed: true })}\n`;
}

/** Sum of payments, in cents. */
export function totalCents(payments: readonly Payment[]): Cents {
  return payments.reduce((sum, payment) => sum + payment.cents, 0);
}

/** The order of the keys is the order of the schema. */
function transfer({ ocmwId, name, iban, cents, reference }: PaymentWithIban) {
  const digits = digitsOf(reference);
  if (!Number.isSafeInteger(cents) || cents <= 0 || cents > MOST_CENTS) {
    throw new RangeError(`payment ${reference} to OCMW ${ocmwId}: ${cents} cents can be no SEPA credit transfer`);
  }
  return {
    PmtId: { EndToEndId: identifier(`${ocmwId}-${digits}`) },
    Amt: { InstdAmt: { '@Ccy': 'EUR', '#': formatEuro(cents) } },
    Cdtr: { Nm: sepaText(name, LONGEST_NAME) || `OCMW ${ocmwId}` },
    CdtrAcct: { Id: { IBAN: iban } },
    // Febelfin: the Belgian structured communication is a creditor reference (SCOR) issued by BBA.
    RmtInf: { Strd: { CdtrRefInf: { Tp: { CdOrPrtry: { Cd: 'SCOR' }, Issr: 'BBA' }, Ref: digits } } },
  };
}

function digitsOf(reference: string): string {
  if (!isValidStructuredCommunication(reference)) {
    throw new Error(`'${reference}' is no structured communication: a bank would refuse the payment`);
  }
  return reference.replaceAll(/\D/g, '');
}

function identifier(text: string): string {
  if (!isSepaIdentifier(text)) throw new Error(`'${text}' cannot identify a payment at a bank (35 SEPA characters)`);
  return text;
}
