/** What the night tells about its sources: one finding for each source that failed, and for each delivery left there. */
import type { SourceSettings } from '../config/sources.js';
import type { Finding } from '../finding.js';
import { labelOf } from './connection.js';
import type { DeliveryFault, FaultKind, SourceFault } from './fault.js';
import { shownName } from './names.js';

/** More of one kind are told as a number. */
const SHOWN_DELIVERIES = 10;

const OF_SOURCE: Record<FaultKind, { severity: Finding['severity']; code: string; verb: string }> = {
  UNREACHABLE: { severity: 'WARNING', code: 'SOURCE_UNREACHABLE', verb: 'could not be reached' },
  DENIED: { severity: 'ERROR', code: 'SOURCE_DENIED', verb: 'could not be used' },
  UNREADABLE: { severity: 'WARNING', code: 'SOURCE_UNREADABLE', verb: 'could not be read' },
};

/** The source as a whole failed. */
export function sourceFinding(source: SourceSettings, { kind, message }: SourceFault): Finding {
  const { severity, code, verb } = OF_SOURCE[kind];
  return about(
    severity,
    code,
    labelOf(source),
    `The ${source.kind} source ${labelOf(source)} ${verb}: ${message}. The night went on with what the inbox holds; what is ` +
      'missing comes with the first night on which this is mended.',
  );
}

/** Entries of a source that are no deliveries. */
export function strangersFinding(source: SourceSettings, names: readonly string[]): Finding | undefined {
  if (names.length === 0) return undefined;
  const shown = names.slice(0, SHOWN_DELIVERIES).map(shownName).join(', ');
  const more = names.length > SHOWN_DELIVERIES ? ` and ${names.length - SHOWN_DELIVERIES} more` : '';
  return about(
    'WARNING',
    'SOURCE_NOT_A_DELIVERY',
    labelOf(source),
    `In the ${source.kind} source ${labelOf(source)} lies what is no delivery (a folder named YYYY-MM-DD); it was not ` +
      `fetched: ${shown}${more}.`,
  );
}

/** Deliveries that were left at the source, in order of name. */
export function deliveryFindings(
  source: SourceSettings,
  left: readonly { readonly delivery: string; readonly fault: DeliveryFault }[],
): Finding[] {
  const findings: Finding[] = [];
  for (const code of new Set(left.map(({ fault }) => fault.code))) {
    const severity = code === 'DELIVERY_GROWING' ? 'NOTICE' : 'WARNING';
    const ofCode = left.filter(({ fault }) => fault.code === code);
    for (const { delivery, fault } of ofCode.slice(0, SHOWN_DELIVERIES)) {
      const message = `Delivery ${delivery} was left at the ${source.kind} source ${labelOf(source)}: ${fault.message}.`;
      findings.push(about(severity, code, delivery, message));
    }
    const more = ofCode.length - SHOWN_DELIVERIES;
    if (more > 0) {
      const message = `${more} more deliveries were left at the ${source.kind} source ${labelOf(source)} for the same kind of reason.`;
      findings.push(about(severity, code, labelOf(source), message));
    }
  }
  return findings;
}

function about(severity: Finding['severity'], code: string, subject: string, message: string): Finding {
  return { severity, code, ocmwId: '', weoId: '', subject, message };
}
