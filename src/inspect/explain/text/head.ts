/** The head of an explanation: which agreement, known when, counting or not, in time or not, measured how. */
import type { Component } from '../../../law/codes.js';
import { COMPONENT_TEXT } from '../../../exports/workbook/texts.js';
import type { Explanation, ExplainedMeasurement, LawSource } from '../explanation.js';
import type { Page } from './layout.js';

/** `Guidance subsidy (inspanningsvergoeding)`. */
export function titleOf(component: Component): string {
  const { en, nl } = COMPONENT_TEXT[component];
  return `${en} (${nl.toLowerCase()})`;
}

export function headLines(page: Page, explanation: Explanation): string[] {
  const { weoId, ocmw, known, law, status, statusTest, agreement, timely } = explanation;
  const paid = ocmw.payeeId === ocmw.ocmwId ? '' : `, paid to its successor ${ocmw.payeeId} ${ocmw.payeeName ?? ''}`;
  const lines = [
    ...page.under(
      `${weoId}  `,
      `work experience agreement (WEO) of OCMW ${ocmw.ocmwId} ${ocmw.name ?? ''}`.trimEnd() + paid,
      Math.min(weoId.length + 2, LONG_ID),
    ),
    ...page.under('', `as known on the evening of ${known.on} (run ${known.runId})${asked(known)}`),
    ...(LAW[law] === undefined ? [] : page.under('', LAW[law])),
    '',
    ...page.under(
      '  agreement  ',
      `${agreement.start} to ${agreement.end ?? 'open'}${extended(agreement.extendedForRights)}`,
    ),
  ];
  if (status !== 'COUNTS')
    return [...lines, ...page.under('  status     ', `${STATUS[status]}: ${statusTest.fact.en} (${statusTest.rule})`)];
  lines.push(...page.under('  deadline   ', `${timely.fact.en} (${timely.rule})`));
  lines.push(...page.under('  measured   ', explanation.measurements.map(measured).join('; ')));
  return lines;
}

/** A day without a night is that of the last night before it. */
function asked({ on, until }: Explanation['known']): string {
  return on === until ? '' : `, the last night up to ${until}; batches and approvals up to ${until}`;
}

/** A longer id gets a line of its own. */
const LONG_ID = 24;

const LAW: Readonly<Partial<Record<LawSource, string>>> = {
  NIGHT: 'under the law of that night, which is not the one in the configuration now',
  CONFIGURATION_INSTEAD: 'under the law of the configuration: the one of that night was not kept',
};

const STATUS = {
  WITHDRAWN: 'WITHDRAWN, nothing is due',
  HELD: 'HELD, nothing is due while the overlap lasts',
  BEFORE_TWE: 'BEFORE TWE, nothing is due',
} as const;

function extended(flag: boolean | null): string {
  return flag === null ? '' : `, extended_for_rights ${flag}`;
}

function measured({ measurement, measuredOn, outcome }: ExplainedMeasurement): string {
  if (measuredOn === null) return `M${measurement} after the end of the agreement`;
  return outcome === null ? `M${measurement} comes on ${measuredOn}` : `M${measurement} on ${measuredOn} ${outcome}`;
}
