/** What the tests of explanations share. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createHash } from 'node:crypto';
import type { Database } from '../../../src/db/database.js';
import { packageRoot } from '../../../src/db/package-root.js';
import { explain, type LawInForce } from '../../../src/inspect/explain/explain.js';
import type { Asked, Explanation } from '../../../src/inspect/explain/explanation.js';
import { detail } from '../../../src/inspect/explain/text/detail.js';
import { Page } from '../../../src/inspect/explain/text/layout.js';
import { overview } from '../../../src/inspect/explain/text/overview.js';
import { buildLaw, canonicalLaw, readLawOverrides } from '../../../src/law/resolve.js';

/** The law of a configuration with these overrides. */
export function lawInForce(json: unknown): LawInForce {
  const { overrides } = readLawOverrides(json);
  const law = buildLaw(overrides);
  const lawDigest = createHash('sha256').update(canonicalLaw(overrides)).digest('hex');
  return { law, lawOverrides: overrides, lawDigest };
}

/** The law under which the fixtures are settled. */
export function lawOfFixtures(): LawInForce {
  return lawInForce(fixturesLaw());
}

/** The keys of the law in their configuration. */
export function fixturesLaw(): Record<string, unknown> {
  const config = JSON.parse(readFileSync(join(packageRoot, 'fixtures', 'twe.config.json'), 'utf8')) as {
    law: Record<string, unknown>;
  };
  return config.law;
}

export async function allWeoIds(database: Database): Promise<string[]> {
  const rows = await database.rows<{ weo_id: string }>('select distinct weo_id from twe.trajectory_facts order by 1');
  return rows.map((row) => row.weo_id);
}

/** Explains and names the trajectory when that fails. */
export async function explainAs(
  database: Database,
  weoId: string,
  inForce: LawInForce,
  asked: Asked = {},
): Promise<Explanation> {
  try {
    return await explain(database, weoId, inForce, asked);
  } catch (error) {
    throw new Error(`${weoId}: ${(error as Error).message}`, { cause: error });
  }
}

/** Folder of texts that were read and mended. */
export const GOLDEN = join(packageRoot, 'test', 'golden');

/** The text must be the one that was read; `TWE_GOLDEN=1` writes it again. */
export function matchGolden(name: string, lines: readonly string[]): void {
  const file = join(GOLDEN, `explain-${name}.txt`);
  const text = `${lines.join('\n')}\n`;
  if (process.env['TWE_GOLDEN']) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** The widest page: that of the golden texts. */
export const WIDE = new Page(100);

/** Lines of any form of the text that are wider than their page. */
export function isReadable(explanation: Explanation): string[] {
  return [WIDE, new Page(72)].flatMap((page) =>
    [...overview(page, explanation, false), ...overview(page, explanation, true), ...detail(page, explanation)].filter(
      (line) => line.length > page.width,
    ),
  );
}
