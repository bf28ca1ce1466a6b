/**
 * The schema of ISO 20022, which is not ours to hand on: taken from where it is installed. `TWE_PAIN_XSD` names
 * `pain.001.001.09.xsd`; without it, the one in Debian's libhbci4j-core-java is used. `xmllint` (Debian: libxml2-utils)
 * does the validating.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

const SCHEMA = 'pain.001.001.09.xsd';
const DEBIAN_ARCHIVE = '/usr/share/java/hbci4j-core.jar';

/** Why files cannot be held against the schema here; undefined when they can. */
export function whyNoSchema(): string | undefined {
  if (spawnSync('xmllint', ['--version']).error) return 'xmllint is not installed (Debian: libxml2-utils)';
  if (readSchema() === undefined) return `no ${SCHEMA}: set TWE_PAIN_XSD or install Debian's libhbci4j-core-java`;
  return undefined;
}

/** What the schema says against a message, '' when it is valid. Works in `folder`. */
export function schemaFaults(xml: string, folder: string): string {
  const schemaFile = join(folder, SCHEMA);
  const file = join(folder, 'message.xml');
  writeFileSync(schemaFile, readSchema()!);
  writeFileSync(file, xml);
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schemaFile, file], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

function readSchema(): Uint8Array | undefined {
  const named = process.env['TWE_PAIN_XSD'];
  if (named) return readFileSync(named);
  if (!existsSync(DEBIAN_ARCHIVE)) return undefined;
  return unzipSync(readFileSync(DEBIAN_ARCHIVE), { filter: ({ name }) => name === SCHEMA })[SCHEMA];
}
