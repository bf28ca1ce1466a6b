/** Payment notes by hand, and what a PDF says. */
import { execFileSync } from 'node:child_process';
import { day } from '../../src/calendar.js';
import type { Component, Reason } from '../../src/law/codes.js';
import type { NoteAmount, NoteLine, PaymentNote } from '../../src/exports/statement/note.js';
import { month } from './sample.js';

/** Lines for months in a row: due and before in euro a month. */
export function noteLines(
  weoId: string,
  component: Component,
  [from, to]: readonly [string, string],
  [due, before]: readonly [number, number],
  reason: Reason = 'REGULAR',
): NoteLine[] {
  const months = Array.from({ length: month(to) - month(from) + 1 }, (_, index) => month(from) + index);
  return months.map((each) => ({
    weoId,
    guidanceStart: month('2023-11'),
    component,
    month: each,
    kind: 'QUARTER',
    period: '2024-Q1',
    dueCents: due * 100,
    beforeCents: before * 100,
    cents: (due - before) * 100,
    reason,
  }));
}

/** A note of these lines: what is positive is paid, what is negative is claimed. */
export function noteOf(lines: readonly NoteLine[], overrides: Partial<PaymentNote> = {}): PaymentNote {
  const cents = lines.reduce((sum, line) => sum + line.cents, 0);
  const direction = cents < 0 ? 'CLAIM' : 'PAY';
  const amount: NoteAmount = { direction, cents: Math.abs(cents), reference: '+++010/8068/17183+++' };
  return {
    batchId: '2024-04-15/quarterly-payment',
    job: 'quarterly-payment',
    period: '2024-Q1',
    payee: { ocmwId: '0212214917', name: 'OCMW Haacht', nisCode: '24033' },
    runDay: day('2024-04-15'),
    approvedOn: day('2024-04-16'),
    amounts: [amount],
    offsetCents: 0,
    carriedCents: 0,
    iban: 'BE32123456789002',
    lines,
    ...overrides,
  };
}

/** Whether `pdftotext` is there; says so loudly when not. */
export function canReadPdf(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('pdftotext (poppler) is not installed: the PDFs are NOT read back.\n');
    return false;
  }
}

/** The text of a PDF as it stands on its pages, spaces made one. */
export function textOf(path: string): string[] {
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  return text
    .split('\n')
    .map((line) => line.replaceAll(/[\s\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '');
}

/** Amounts of a line, in cents; a dash is nothing. */
export function amountsIn(line: string): number[] {
  return (line.match(/-?[\d.]+,\d\d|–/g) ?? []).map((text) =>
    text === '–' ? 0 : Number(text.replaceAll('.', '').replace(',', '')),
  );
}
