/** Findings about payments, accounts and the increased allowance. */
import { formatMonth } from '../../calendar.js';
import { MAXIMUM_INCREASED_GRANTS } from '../../law/allowance.js';
import { formatEuro } from '../../money.js';
import { look, type FoundRow, type Look } from './look.js';

interface UnmatchedRow extends FoundRow {
  readonly payment_id: string;
  readonly paid_on: string;
  readonly cents: number;
  readonly why: keyof typeof UNMATCHED;
  readonly claim_cents: number | null;
  /** All that came in under its reference. */
  readonly received_cents: number | null;
  readonly proposed_reference: string | null;
  readonly proposed_batch: string | null;
}

const UNMATCHED = {
  INCOMPLETE: () => 'it has no reference and does not name agreement, component and month together',
  UNKNOWN_REFERENCE: () => 'no batch has its reference',
  OTHER_OCMW: () => 'its reference belongs to another OCMW',
  NOT_APPROVED: () => 'the batch of its reference is not approved',
  NO_SUCH_LINE: () => 'the batch of its reference has no line for that agreement, component and month',
  WRONG_SIGN: () => 'its reference is that of a claim, which only comes back as a negative amount',
  WRONG_AMOUNT: wrongAmount,
  WRONG_RETURN: (row: UnmatchedRow) =>
    `${formatEuro(row.claim_cents ?? 0)} euro was paid under its reference, and only all of that can fail or come back`,
} as const;

const ADVICE = {
  PARTIAL: 'Once the rest comes in under the same reference, all of it counts; or send it again corrected.',
  ANY: 'Send it again corrected, or withdraw it.',
} as const;

/** A part of what was asked, or more than that. */
function wrongAmount({ claim_cents, received_cents }: UnmatchedRow): string {
  const asked = claim_cents ?? 0;
  const received = received_cents ?? 0;
  const difference = formatEuro(Math.abs(asked - received));
  const all = `${formatEuro(received)} euro came in under it, ${difference} ${received < asked ? 'too little' : 'too much'}`;
  return `its reference asks ${formatEuro(asked)} euro and ${all}`;
}

const unmatched = look<UnmatchedRow>('find_unmatched_payments', (row) => ({
  severity: 'WARNING',
  code: 'PAYMENT_UNMATCHED',
  subject: row.payment_id,
  message:
    `Payment ${row.payment_id} of ${row.paid_on}, ${formatEuro(row.cents)} euro, counts for nothing: ` +
    `${UNMATCHED[row.why](row)}. ` +
    (row.proposed_reference === null
      ? ADVICE[row.why === 'WRONG_AMOUNT' && row.received_cents! < row.claim_cents! ? 'PARTIAL' : 'ANY']
      : `It could be ${row.proposed_reference} of batch ${row.proposed_batch ?? ''}: if so, send it again with that reference.`),
}));

interface ChangedRow extends FoundRow {
  readonly payment_id: string;
  readonly cents: number;
  readonly previous_cents: number;
  readonly place: string;
  readonly previous_place: string;
}

const changed = look<ChangedRow>('find_changed_payments', (row) => ({
  severity: 'WARNING',
  code: 'PAYMENT_CHANGED',
  subject: row.payment_id,
  message:
    `Payment ${row.payment_id} came twice: ${formatEuro(row.previous_cents)} euro (delivery ${row.previous_place}), then ` +
    `${formatEuro(row.cents)} euro (delivery ${row.place}). The later one counts; if they are two payments, send one under ` +
    'an id of its own.',
}));

interface ReturnedRow extends FoundRow {
  readonly payment_id: string;
  readonly paid_on: string;
  readonly cents: number;
  readonly batch_id: string;
  readonly next_run: string | null;
}

const returned = look<ReturnedRow>('find_returned_payments', (row) => ({
  severity: 'WARNING',
  code: 'PAYMENT_RETURNED',
  subject: row.payment_id,
  message:
    `Payment ${row.payment_id} of ${row.paid_on}: ${formatEuro(-row.cents)} euro of batch ${row.batch_id} failed or came ` +
    'back; its lines count as ordered no more and come again, with what is due then, in the next batch. Check the account ' +
    'number of the OCMW before that.',
}));

interface OpenClaimRow extends FoundRow {
  readonly reference: string;
  readonly cents: number;
  readonly batch_id: string;
  readonly days: number;
}

const openClaim = look<OpenClaimRow>('find_open_claims', (row) => ({
  severity: row.days > 90 ? 'WARNING' : 'NOTICE',
  code: 'CLAIM_OPEN',
  subject: row.reference,
  message:
    `Claim ${row.reference} of batch ${row.batch_id}, ${formatEuro(row.cents)} euro, is not paid ${row.days} days after its ` +
    'approval: remind the OCMW, or look for its payment among those that match nothing.',
}));

interface DoubledRow extends FoundRow {
  readonly payment_id: string;
  readonly first_payment_id: string;
  readonly paid_on: string;
  readonly cents: number;
  readonly counts_twice: boolean;
}

const doubled = look<DoubledRow>('find_doubled_payments', (row) => ({
  severity: 'WARNING',
  code: 'PAYMENT_DUPLICATE',
  subject: row.payment_id,
  message:
    `Payment ${row.payment_id} of ${row.paid_on}, ${formatEuro(row.cents)} euro, is for the same as ` +
    `${row.first_payment_id}${row.counts_twice ? ', and both count as paid before' : ', which confirmed it already'}: ` +
    'withdraw one of the two if it was paid once.',
}));

interface IbanRow extends FoundRow {
  readonly name: string | null;
  readonly waiting_cents: number;
  readonly running_agreements: number;
}

const noIban = look<IbanRow>('find_missing_ibans', (row) => ({
  severity: 'ERROR',
  code: 'IBAN_MISSING',
  subject: row.name ?? '',
  message:
    'No account number (IBAN) is known, while ' +
    (row.waiting_cents > 0
      ? `${formatEuro(row.waiting_cents)} euro waits to be paid`
      : `${row.running_agreements} ${row.running_agreements === 1 ? 'agreement runs' : 'agreements run'}`) +
    ': send it in ocmw.csv.',
}));

interface BudgetRow extends FoundRow {
  readonly year: number;
  readonly months: number;
  readonly agreements: number;
  readonly first_month: number;
}

const budget = look<BudgetRow>('find_exhausted_budgets', (row) => ({
  severity: 'NOTICE',
  code: 'BUDGET_EXHAUSTED',
  subject: String(row.year),
  message:
    `The budget of ${row.year} for the increased allowance has not sufficed since ${formatMonth(row.first_month)}: ` +
    `${row.months} ${row.months === 1 ? 'month' : 'months'} of ${row.agreements} ` +
    `${row.agreements === 1 ? 'agreement' : 'agreements'} fell back to the ordinary allowance (R-I-5). Ask for a flexible part, ` +
    'or send the budget again if it was raised.',
}));

const grants = look<FoundRow & { grants: number; last_month: number }>('find_used_increased_grants', (row) => {
  const usedUp = row.grants >= MAXIMUM_INCREASED_GRANTS;
  return {
    severity: 'NOTICE',
    code: usedUp ? 'INCREASED_GRANTS_USED' : 'INCREASED_GRANTS_NEARLY_USED',
    subject: String(row.grants),
    message:
      `The increased allowance was granted ${row.grants} times out of ${MAXIMUM_INCREASED_GRANTS}, last for ` +
      `${formatMonth(row.last_month)} (R-I-2)` +
      (usedUp ? ': only the ordinary allowance follows.' : ': plan what follows when it is used up.'),
  };
});

interface AboveWageRow extends FoundRow {
  readonly months: number;
  readonly first_month: number;
  readonly last_month: number;
  readonly cents: number;
}

const aboveWage = look<AboveWageRow>('find_allowances_above_wage', ({ months, first_month, last_month, cents }) => ({
  severity: 'WARNING',
  code: 'ALLOWANCE_ABOVE_WAGE_COST',
  subject: String(months),
  message:
    (months === 1
      ? `For ${formatMonth(first_month)} the allowance is`
      : `For ${months} months, from ${formatMonth(first_month)} to ${formatMonth(last_month)}, the allowance is together`) +
    ` ${formatEuro(cents)} euro above the gross wage cost that was supplied (R-INSP-2): check wage cost and amounts.`,
}));

export const MONEY_LOOKS: readonly Look[] = [
  unmatched,
  changed,
  returned,
  openClaim,
  doubled,
  noIban,
  budget,
  grants,
  aboveWage,
];
