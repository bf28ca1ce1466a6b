/** The claim letter as PDF: what, why, how to pay and how to contest; and no letter when something is not known. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { claimBasis, claimLetterFault, hasClaim } from '../../src/exports/statement/claim.js';
import type { NoteAmount, PaymentNote } from '../../src/exports/statement/note.js';
import { claimLetterName, writeClaimLetter } from '../../src/exports/statement/pdf/claim-letter.js';
import { amountsIn, canReadPdf, noteLines, noteOf, textOf } from './payment-note-sample.js';

const hasReader = canReadPdf();

const CREDITOR = { name: 'Vlaamse Dienst', iban: 'BE32123456789002', bic: 'GKCCBEBB' };
const LETTER = {
  sender: ['Vlaamse Dienst', 'Laan 1', '1000 Brussel'],
  paymentDays: 45,
  contact: 'Bel de projectopvolger.',
  contest: 'Schrijf ons wat niet klopt.',
};
const OPTIONS = { lang: 'nl', datedOn: day('2024-05-01'), creditor: CREDITOR, letter: LETTER } as const;

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'twe-letter-'));
});
afterAll(() => rm(out, { recursive: true, force: true }));

const LOST = [
  ...noteLines('W1', 'EFF', ['2024-01', '2024-03'], [0, 250], 'NO_A60'),
  ...noteLines('W2', 'C1', ['2024-02', '2024-02'], [150, 0], 'RELEASED'),
];
/** 750 lost, 150 won. */
const CLAIM = noteOf(LOST);

const amount = (direction: NoteAmount['direction'], euro: number): NoteAmount => ({
  direction,
  cents: euro * 100,
  reference: '+++010/8068/17183+++',
});

async function letterOf(note: PaymentNote, overrides: object = {}): Promise<string> {
  const path = join(out, claimLetterName(note));
  await writeClaimLetter(path, note, { ...OPTIONS, ...overrides });
  return path;
}

describe('what a claim is made of', () => {
  it('is all lines when the OCMW is netted as a whole', () => {
    expect(claimBasis(CLAIM)).toEqual({ lines: LOST, otherCents: 0 });
  });

  it('is the trajectories below zero when each stands for itself', () => {
    const both = noteOf(LOST, { amounts: [amount('PAY', 150), amount('CLAIM', 750)] });
    expect(claimBasis(both)).toEqual({ lines: LOST.slice(0, 3), otherCents: 0 });
  });

  it('holds what earlier batches left to take off', () => {
    const more = noteOf(LOST, { amounts: [amount('CLAIM', 700)], offsetCents: -10_000 });
    expect(claimBasis(more)).toEqual({ lines: LOST, otherCents: -10_000 });
    const paidBack = noteOf(LOST, { amounts: [amount('PAY', 50), amount('CLAIM', 600)], offsetCents: 5_000 });
    expect(claimBasis(paidBack)).toEqual({ lines: LOST, otherCents: 0 });
  });

  it('is refused when neither adds up', () => {
    const wrong = noteOf(LOST, { amounts: [amount('CLAIM', 700)] });
    expect(() => claimBasis(wrong)).toThrow(/does not follow from its lines/);
  });

  it('is asked for by an approved batch alone', () => {
    expect(hasClaim(CLAIM)).toBe(true);
    expect(hasClaim({ ...CLAIM, approvedOn: undefined })).toBe(false);
    expect(hasClaim(noteOf(LOST.slice(3)))).toBe(false);
  });
});

describe('a claim letter', () => {
  it('is not written without what no law gives, and says which keys are missing', async () => {
    expect(claimLetterFault(CREDITOR, LETTER)).toBeUndefined();
    const bare = { sender: [], paymentDays: undefined, contact: undefined, contest: undefined };
    expect(claimLetterFault(undefined, bare)).toBe(
      'No claim letters were written: the configuration does not give payment.debtor_name, payment.debtor_iban, ' +
        'payment.debtor_bic, letter.payment_days, letter.contact, letter.contest; give them and run again.',
    );
    expect(claimLetterFault(CREDITOR, { ...LETTER, contest: undefined })).toContain('does not give letter.contest;');
    await expect(letterOf(CLAIM, { creditor: undefined })).rejects.toThrow('payment.debtor_name');
  });

  it('is not written of a batch that waits', async () => {
    await expect(letterOf({ ...CLAIM, approvedOn: undefined })).rejects.toThrow(/no approved claim/);
  });

  it.skipIf(!hasReader)('says what, why per trajectory, how to pay and how to contest', async () => {
    const text = textOf(await letterOf(CLAIM));
    const all = text.join('\n');
    expect(all).toContain('Betreft terugvordering tijdelijke werkervaring, kwartaalbetaling 1ste kwartaal 2024');
    expect(all).toMatch(/Vlaamse Dienst OCMW Haacht\nLaan 1 Ondernemingsnummer 0212\.214\.917/);
    expect(text).toContain('€ 600,00');
    expect(text.filter((line) => line.startsWith('Geen artikel 60 gestart')).map(amountsIn)).toEqual([
      [-75_000],
      [0, -75_000, -75_000],
    ]);
    expect(text).toContain('W1 EFF jan 2024 – mrt 2024 -3 – 750,00 -750,00 geen artikel 60 gestart');
    expect(text).toContain('Op rekening BE32 1234 5678 9002 (BIC GKCCBEBB)');
    expect(text).toContain('Gestructureerde mededeling +++010/8068/17183+++');
    expect(text).toContain('Ten laatste op 15 juni 2024, 45 dagen na de datum van deze brief');
    expect(all).toMatch(/Bent u het niet eens\?\nSchrijf ons wat niet klopt\.\nVragen\?\nBel de projectopvolger\./);
    expect(
      text.filter((line) => /^(Terug te betalen|Totaal) /.test(line)).map((line) => amountsIn(line).at(-1)),
    ).toEqual([-60_000, -60_000, -60_000]);
  });

  it.skipIf(!hasReader)('shows what of other batches is claimed along', async () => {
    const more = noteOf(LOST, { amounts: [amount('CLAIM', 700)], offsetCents: -10_000 });
    const text = textOf(await letterOf(more));
    expect(text).toContain('Openstaand of verrekend uit andere batches -100,00');
    expect(text).toContain('Terug te betalen -700,00');
  });

  it('has the same bytes every time', async () => {
    const first = await readFile(await letterOf(CLAIM));
    expect((await readFile(await letterOf(CLAIM))).equals(first)).toBe(true);
  });
});
