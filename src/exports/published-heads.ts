/** The heads over all chains that were published with documents: what the chains must still agree with. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST, type Manifest } from './publish.js';

export interface PublishedHead {
  /** Path of the manifest. */
  readonly file: string;
  readonly runId: string;
  readonly head: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The heads in the manifests of `<out>/<business date>/<job>/`, oldest date first. Folders of before chains have none. */
export async function* publishedHeads(out: string): AsyncGenerator<PublishedHead, void, void> {
  for (const date of (await readdir(out)).filter((name) => DATE.test(name)).sort()) {
    for (const job of (await readdir(join(out, date))).filter((name) => !name.startsWith('.')).sort()) {
      const file = join(out, date, job, MANIFEST);
      if (!existsSync(file)) continue;
      const { chain } = JSON.parse(await readFile(file, 'utf8')) as Manifest;
      if (chain !== undefined) yield { file, runId: chain.run_id, head: chain.head };
    }
  }
}
