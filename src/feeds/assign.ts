/** Which file of a delivery is read as which file of the contract. */
import { contractOf, CONTRACTS } from './contracts.js';
import { MANIFEST, type DeliveredFile, type DeliveryContent } from './deliveries.js';
import { finding, type FeedFinding } from './findings.js';
import { isFileOf, type FeedMapping, type FileMapping } from './mapping.js';
import { refusal } from './refusal.js';
import { shownValue } from './shown.js';

export interface AssignedFile {
  readonly delivered: DeliveredFile;
  /** How it is written; undefined: as the contract says. */
  readonly mapping: FileMapping | undefined;
}

/** The files of the contract that a name can be read as: none for a stranger, several when patterns overlap. */
export function filesOfName(name: string, mapping: FeedMapping): string[] {
  const mapped = [...mapping.values()].filter((each) => isFileOf(each, name)).map(({ contract }) => contract.file);
  return mapped.length === 0 && contractOf(name) !== undefined ? [name] : mapped;
}

/** Whether a name means something in a delivery. */
export function isKnownName(name: string, mapping: FeedMapping): boolean {
  return name === MANIFEST || filesOfName(name, mapping).length > 0;
}

/**
 * Findings for what is no file of the contract. Throws a `Failure` (exit code 3) at what is named like a file and is none.
 */
export function lookAtEntries(delivery: string, content: DeliveryContent, mapping: FeedMapping): FeedFinding[] {
  const masquerader = content.others.find((name) => isKnownName(name, mapping));
  if (masquerader !== undefined) {
    const shown = shownValue(masquerader, false);
    throw refusal(delivery, shown, 'it is a folder, a link or a device, not a plain file');
  }
  return [...content.files.map(({ name }) => name), ...content.others]
    .filter((name) => !isKnownName(name, mapping))
    .map((name) => {
      const shown = shownValue(name, false);
      const message = `${shown} in delivery ${delivery} is no file of the contract; it was not read.`;
      return finding('WARNING', 'UNKNOWN_FILE', `${delivery}/${shown}`, message);
    });
}

/**
 * The files of a delivery by file of the contract, in order of dependency. Throws a `Failure` (exit code 3) when it is not
 * clear which file is meant.
 */
export function assignFiles(
  delivery: string,
  content: DeliveryContent,
  mapping: FeedMapping,
): ReadonlyMap<string, AssignedFile> {
  const found = new Map<string, AssignedFile>();
  for (const delivered of content.files) {
    const [file, other] = filesOfName(delivered.name, mapping);
    if (file === undefined) continue;
    const shown = shownValue(delivered.name, false);
    if (other !== undefined) throw refusal(delivery, shown, `feeds.mapping reads it both as ${file} and as ${other}`);
    const twin = found.get(file);
    if (twin !== undefined) {
      const both = `${shownValue(twin.delivered.name, false)} and ${shown}`;
      throw refusal(delivery, '', `${both} are both read as ${file}; a delivery holds one file of each kind`);
    }
    const own = mapping.get(file);
    found.set(file, { delivered, mapping: own !== undefined && isFileOf(own, delivered.name) ? own : undefined });
  }
  return new Map(CONTRACTS.filter(({ file }) => found.has(file)).map(({ file }) => [file, found.get(file)!]));
}
