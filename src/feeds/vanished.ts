/** A full delivery that no longer holds a record is reported; nothing is deleted. */
import { maskInszIn } from '../identifiers.js';
import type { RecordContract } from './contracts.js';
import { finding, type FeedFinding } from './findings.js';
import type { OpenDelivery, Workspace } from './workspace.js';

/** More than this of one file are not listed one by one. */
const MOST_LISTED = 1_000;

/** Findings for the records of a type that a full delivery does not hold; empties the list of those it holds. */
export async function reportVanished(
  workspace: Workspace,
  contract: RecordContract,
  delivery: OpenDelivery,
): Promise<FeedFinding[]> {
  const { findVanished } = workspace.statements(contract);
  const vanished = await workspace.session.rows<{ record_id: string }>(findVanished, [MOST_LISTED + 1]);
  await workspace.run('truncate present_record');
  const findings = vanished.slice(0, MOST_LISTED).map(({ record_id: id }): FeedFinding => {
    const subject = maskInszIn(id);
    const message =
      `${contract.file}: ${subject} is not in the full delivery ${delivery.name} any more. ` +
      'It stays as it was; send it with withdrawn = true if it never was.';
    const about = { ocmwId: contract.name === 'ocmw' ? id.slice(0, 10) : '', weoId: contract.name === 'weo' ? id : '' };
    return { ...finding('WARNING', 'RECORD_VANISHED', subject, message), ...about };
  });
  if (vanished.length > MOST_LISTED) {
    const message = `${contract.file}: more than ${MOST_LISTED} records are not in the full delivery ${delivery.name}.`;
    findings.push(finding('WARNING', 'RECORD_VANISHED', contract.file, message));
  }
  return findings;
}
