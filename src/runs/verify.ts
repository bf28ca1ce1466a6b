/** Runs every check of `sql/checks`, a query that returns no row when all is well, and looks whether the chains hold. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Database } from '../db/database.js';
import { packageRoot } from '../db/package-root.js';
import { EXIT, Failure } from '../errors.js';
import { publishedHeads } from '../exports/published-heads.js';
import { manifestFault, type ChainFault } from '../ledger/chain/fault.js';
import { verifyChains, type ChainReport } from '../ledger/chain/verify.js';
import type { StepResult } from './job.js';

export interface BrokenCheck {
  /** Name of the file: the invariant as a sentence. */
  readonly check: string;
  /** First rows that break it. */
  readonly rows: readonly Record<string, unknown>[];
  readonly count: number;
}

const SHOWN_ROWS = 5;

/** Names of all checks, in order. */
export function listChecks(): string[] {
  return readdirSync(join(packageRoot, 'sql', 'checks'))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => basename(name, '.sql'))
    .sort();
}

/** Up to where everything was looked at before. */
export interface LookedAt {
  readonly entryNo: number;
  readonly versionNo: number;
  /** `YYYY-MM-DD`: versions that were known on the evening of this day. */
  readonly evening: string;
}

/** Every check that does not hold. @param lookedAt only what came after it; without it everything */
export async function brokenChecks(database: Pick<Database, 'rows'>, lookedAt?: LookedAt): Promise<BrokenCheck[]> {
  const broken: BrokenCheck[] = [];
  for (const check of listChecks()) {
    const whole = readFileSync(join(packageRoot, 'sql', 'checks', `${check}.sql`), 'utf8');
    const rows = await database.rows<Record<string, unknown>>(lookedAt ? ofTheNight(whole, lookedAt) : whole);
    if (rows.length > 0) broken.push({ check, rows: rows.slice(0, SHOWN_ROWS), count: rows.length });
  }
  return broken;
}

/** Lines that begin with `-- night:` make a check look only at what is new: all of it takes a minute when there are millions. */
function ofTheNight(whole: string, { entryNo, versionNo, evening }: LookedAt): string {
  return whole
    .replaceAll('-- night:', '')
    .replaceAll(':after_entry', String(entryNo))
    .replaceAll(':after_version', String(versionNo))
    .replaceAll(':since', `date '${evening}'`);
}

/** What the last run that looked at everything new, other than this one, had before it; undefined when there was none. */
async function lookedAtBefore(database: Pick<Database, 'rows'>, runId: string): Promise<LookedAt | undefined> {
  const [last] = await database.rows<LookedAt>(
    `select h.last_entry_no as "entryNo", h.last_version_no as "versionNo", least(r.business_date, (select business_date - 1 from twe.run where run_id = $1)) as evening
     from twe.run_step s
     join twe.run r using (run_id)
     join twe.chain_head h using (run_id)
     where s.step = 'verify' and run_id <> $1
       and h.head_no < coalesce((select head_no from twe.chain_head where run_id = $1), h.head_no + 1)
     order by h.head_no desc
     limit 1`,
    [runId],
  );
  return last;
}

/** Stands beside the names of sql/checks for everything that is chained. */
export const CHAIN_CHECK = 'the_chains_are_as_they_were_sealed';

export interface VerifyOptions {
  /** Reads everything back that was ever sealed; without it the newest part. */
  readonly full?: boolean;
  /** The checks look only at what came after. */
  readonly lookedAt?: LookedAt | undefined;
  /** Folder of documents whose heads are compared with those of the chains. */
  readonly manifests?: string | undefined;
}

/** What was looked at, and what does not hold. */
export interface Verified {
  readonly broken: readonly BrokenCheck[];
  readonly chain: ChainReport & { readonly manifests: number };
}

/** Looks at everything. Throws a Failure (exit 2) when the folder of documents cannot be read. */
export async function lookAtAll(
  database: Pick<Database, 'rows' | 'transaction'>,
  { full = false, lookedAt, manifests }: VerifyOptions = {},
): Promise<Verified> {
  const broken = await brokenChecks(database, lookedAt);
  const report = await verifyChains(database, full);
  const published =
    manifests === undefined ? { manifests: 0, faults: [] } : await compareWithManifests(database, manifests);
  return {
    broken,
    chain: { ...report, manifests: published.manifests, faults: [...report.faults, ...published.faults] },
  };
}

/** The first published head that the chains do not know. Throws a Failure (exit 2) when the folder cannot be read. */
export async function compareWithManifests(
  database: Pick<Database, 'rows'>,
  folder: string,
): Promise<{ manifests: number; faults: ChainFault[] }> {
  const heads = await database.rows<{ run_id: string; digest: string }>('select run_id, digest from twe.chain_head');
  const known = new Map(heads.map((head) => [head.run_id, head.digest]));
  let manifests = 0;
  try {
    for await (const { file, runId, head } of publishedHeads(folder)) {
      manifests++;
      const present = known.get(runId);
      if (present !== head) return { manifests, faults: [manifestFault(runId, file, head, present)] };
    }
  } catch (error) {
    throw new Failure(
      EXIT.usage,
      `The manifests in ${folder} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'not JSON'}); nothing was ` +
        'compared with them. Name the folder of documents with --manifests.',
      { cause: error },
    );
  }
  return { manifests, faults: [] };
}

/** Throws a Failure (exit 4) that names what does not hold. */
export function refuseWhatIsBroken({ broken, chain }: Verified): void {
  const names = broken.map(({ check, count }) => `${check} (${rows(count)})`);
  const [first] = chain.faults;
  if (first !== undefined) names.unshift(`${CHAIN_CHECK} (${first.message})`);
  if (names.length === 0) return;
  throw new Failure(
    EXIT.check,
    `${names.length} check${names.length === 1 ? ' does' : 's do'} not hold: ${names.join(', ')}. Nothing was exported; ` +
      'run `twe verify --json` to see the rows and call whoever maintains the database.',
  );
}

function rows(count: number): string {
  return `${count} row${count === 1 ? '' : 's'}`;
}

/** For a night, what is new in it: throws a Failure (exit 4) that names what does not hold. */
export async function verifyNight(
  database: Pick<Database, 'rows' | 'transaction'>,
  runId: string,
): Promise<StepResult> {
  const verified = await lookAtAll(database, { lookedAt: await lookedAtBefore(database, runId) });
  refuseWhatIsBroken(verified);
  const { links, rows: sealedRows } = verified.chain;
  return { counts: { checks: listChecks().length, links, sealedRows } };
}
