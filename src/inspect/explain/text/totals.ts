/** What is due in all, by who pays it: VDAB money and allowances never meet in one sum (R-P-8). */
import type { Component } from '../../../law/codes.js';
import type { ExplainedLine } from '../explanation.js';
import type { Page } from './layout.js';

const ALLOWANCES: readonly Component[] = ['ORD', 'INC'];

export function totalTexts(page: Page, lines: readonly ExplainedLine[]): string[] {
  const isAllowance = ({ component }: ExplainedLine) => ALLOWANCES.includes(component);
  return [
    ...subtotal(
      page,
      'Due by VDAB',
      lines.filter((line) => !isAllowance(line)),
    ),
    ...subtotal(page, 'Allowances due through POD MI', lines.filter(isAllowance)),
  ];
}

function subtotal(page: Page, title: string, lines: readonly ExplainedLine[]): string[] {
  if (lines.length === 0) return [];
  const due = lines.reduce((sum, line) => sum + line.dueCents, 0);
  const posted = lines.reduce((sum, line) => sum + line.ledgerCents, 0);
  return [page.withAmount(title, due), page.withAmount('  in the ledger', posted)];
}
