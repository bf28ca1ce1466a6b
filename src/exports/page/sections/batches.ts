/** Batches of the evening: what they pay and claim, and whether somebody signed for them. */
import type { BatchFacts } from '../facts.js';
import { html, type Html } from '../html.js';
import { say, sumOf, type PageContext } from '../page-context.js';
import { table, type Column } from '../table.js';
import { TEXT } from '../texts.js';
import { TEXT as DOCUMENT_TEXT } from '../../workbook/texts.js';

const T = TEXT.batches;
const STATUS = { APPROVED: 'FINAL', REJECTED: 'REJECTED' } as const;
const CHIP = { FINAL: 'GOOD', REJECTED: 'ERROR', FOR_APPROVAL: 'WARNING' } as const;

export function batches(context: PageContext): Html {
  const { batches: all, openClaims } = context.facts;
  const content = all.length === 0 ? html`<p class="lead">${say(context, T.none)}</p>` : listed(context);
  return html`<section id="batches" aria-labelledby="h-batches">
    <h2 id="h-batches">${say(context, T.heading)}</h2>
    ${content}${openClaims.length > 0 ? unconfirmed(context) : ''}
  </section>`;
}

/** Batches that a run of this day booked. */
export function bookedTonight(context: PageContext): readonly BatchFacts[] {
  return context.facts.batches.filter((batch) => batch.bookedTonight === true);
}

function listed(context: PageContext): Html {
  const { format, facts } = context;
  const booked = bookedTonight(context);
  const values = {
    count: format.count(booked.length),
    pay: format.euro(sumOf(booked, ({ payCents }) => payCents)),
    claim: format.euro(sumOf(booked, ({ claimCents }) => claimCents)),
  };
  const columns: readonly Column<BatchFacts>[] = [
    {
      head: say(context, T.batch),
      kind: 'text',
      value: ({ batchId }) => batchId,
      show: ({ batchId, job, period }) => html`${kindText(context, job)} ${period}<small>${batchId}</small>`,
    },
    { head: say(context, T.status), kind: 'text', value: statusOf, show: (batch) => statusChip(context, batch) },
    {
      head: say(context, T.tonight),
      kind: 'text',
      value: ({ bookedTonight: is }) => say(context, is === true ? T.yes : T.no),
    },
    { head: say(context, T.payCount), kind: 'count', value: ({ payCount }) => payCount },
    { head: say(context, T.pay), kind: 'euro', value: ({ payCents }) => payCents },
    { head: say(context, T.claimCount), kind: 'count', value: ({ claimCount }) => claimCount },
    { head: say(context, T.claim), kind: 'euro', value: ({ claimCents }) => claimCents },
  ];
  return html`<p class="lead">${say(context, T.lead, values)}</p>
    ${table(format, { id: 't-batches', caption: say(context, T.table), columns, rows: facts.batches, sortable: true, totals: true })}`;
}

function kindText(context: PageContext, job: string): string {
  const text = (T.kinds as Readonly<Record<string, (typeof T.kinds)['quarterly-payment']>>)[job];
  return text === undefined ? job : say(context, text);
}

function statusOf({ decision }: BatchFacts): keyof typeof CHIP {
  return decision === null ? 'FOR_APPROVAL' : STATUS[decision];
}

function statusChip(context: PageContext, batch: BatchFacts): Html {
  const status = statusOf(batch);
  return html`<span class="chip ${CHIP[status]}">${say(context, DOCUMENT_TEXT.status[status])}</span>`;
}

function unconfirmed(context: PageContext): Html {
  const { format, facts } = context;
  const of = (direction: string) => facts.openClaims.filter((claim) => claim.direction === direction);
  const missing = (direction: string) =>
    format.euro(sumOf(of(direction), (claim) => claim.cents - claim.received_cents));
  const values = {
    ...{ pays: format.count(of('PAY').length), pay: missing('PAY') },
    ...{ claims: format.count(of('CLAIM').length), claim: missing('CLAIM') },
  };
  return html`<p>${say(context, T.open, values)}</p>`;
}
