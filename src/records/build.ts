/**
 * Builds facts from the versions: for any knowledge K in a temporary table (batches, explanations), and for tonight in
 * `trajectory_facts`, where only what changed since the last night is built again.
 */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';

/** What facts have to carry beside the present records, because a policy looks back. */
export interface CarriedHistory {
  /** `category.policy = FORFEIT` */
  readonly categoryVersions: boolean;
  /** `m.recheck_until = NONE` */
  readonly jobVersions: boolean;
}

/** Versions registered up to and delivered up to these days (rulebook 15.1). */
export interface KnownUntil {
  readonly registeredUntil: Day;
  readonly deliveredUntil: Day;
}

/** Fills the temporary table `built_facts` (ocmw_id, weo_id, person_id, facts) for all WEOs known under K. */
export async function buildFacts(session: Session, known: KnownUntil, carried: CarriedHistory): Promise<void> {
  await build(session, known, carried, false);
}

/** Fills the temporary tables `wanted_*` from some WEOs: their clients, and everything those clients have. */
export async function wantWeos(session: Session, weoIds: readonly string[]): Promise<void> {
  await session.client.query('drop table if exists wanted_start');
  await session.client.query('create temporary table wanted_start (weo_id text collate "C") on commit drop');
  await session.rows('insert into wanted_start select unnest($1::text[])', [weoIds]);
  const start = 'select person_id from twe.weo_version where weo_id in (select weo_id from wanted_start)';
  await session.client.query(fill(sql('records/want_all_around'), { ':start': start }));
}

/** The same for the WEOs in the temporary tables `wanted_*` only. */
export async function buildWantedFacts(session: Session, known: KnownUntil, carried: CarriedHistory): Promise<void> {
  await build(session, known, carried, true);
}

async function build(session: Session, known: KnownUntil, carried: CarriedHistory, wanted: boolean): Promise<void> {
  const scope = {
    ':scoped_weo': wanted ? 'and weo_id in (select weo_id from wanted_weo)' : '',
    ':scoped_employment': wanted ? 'and employment_id in (select employment_id from wanted_employment)' : '',
    ':scoped_category': wanted ? 'and category_id in (select category_id from wanted_category)' : '',
  };
  const days = {
    ':registered_until': literal(known.registeredUntil),
    ':delivered_until': literal(known.deliveredUntil),
  };
  const jobs = carried.jobVersions
    ? { ':job_source': fill(sql('records/job_versions'), { ...scope, ...days }), ':job_window': 'true' }
    : {
        ':job_source': 'known_employment',
        ':job_window': 'e.start_date <= w.end_date + 100 and e.end_date > w.end_date',
      };
  const statements = fill(sql('records/build_facts'), {
    ...jobs,
    ':carry_category_versions': String(carried.categoryVersions),
    ':carry_job_versions': String(carried.jobVersions),
    ...scope,
    ...days,
  });
  const few = await isFew(session, wanted ? 'wanted_weo' : 'twe.weo_version');
  // Sorting and hashing a million versions in memory; returned to the default with the transaction.
  await session.client.query(`set local work_mem = '256MB'; ${few ? asOneStatement(statements) : statements}`);
}

/** Up to so many WEOs the server finds its way without statistics of what comes in between. */
const FEW = 500;

async function isFew(session: Session, weos: 'wanted_weo' | 'twe.weo_version'): Promise<boolean> {
  const [row] = await session.rows<{ few: boolean }>(
    `select count(*) <= ${FEW} as few from (select from ${weos} limit ${FEW + 1}) found`,
  );
  return row!.few;
}

/**
 * The statements of build_facts as one, each table in between a part of it: fifteen tables that are made, looked at and
 * dropped take longer than what a few trajectories need.
 */
function asOneStatement(statements: string): string {
  const tables = [...statements.matchAll(/^create temporary table (\w+) on commit drop as\n([^;]*);/gm)];
  const parts = tables.slice(0, -1).map(([, name, select]) => `${name!} as materialized (\n${select!}\n)`);
  const [, last, select] = tables.at(-1)!;
  return `drop table if exists ${last!};
    create temporary table ${last!} on commit drop as with ${parts.join(',\n')}\n${select!}`;
}

export interface RefreshCounts {
  /** Trajectories looked at. */
  readonly looked: number;
  /** Trajectories that read differently than on the last night. */
  readonly changed: number;
}

/**
 * Brings `trajectory_facts` to the knowledge of the night of `today`. Must run inside the step's transaction.
 * @param previous last night whose knowledge the table holds, undefined when everything must be built
 */
export async function refreshFacts(
  session: Session,
  previous: Day | undefined,
  today: Day,
  carried: CarriedHistory,
): Promise<RefreshCounts> {
  const known = { registeredUntil: today, deliveredUntil: today };
  if (previous === undefined) {
    await build(session, known, carried, false);
  } else {
    const days = { ':previous': literal(previous), ':today': literal(today) };
    const changed = fill(sql('records/find_changed_persons'), days);
    await session.client.query(fill(sql('records/want_all_around'), { ':start': changed }));
    await build(session, known, carried, true);
  }
  const [looked] = await session.rows<{ count: number }>('select count(*) as count from built_facts');
  const [present] = await session.rows<{ empty: boolean }>(
    'select not exists (select from twe.trajectory_facts) as empty',
  );
  const stored = await session.client.query(sql(present!.empty ? 'records/store_first_facts' : 'records/store_facts'));
  if (previous === undefined) await session.client.query('analyze twe.trajectory_facts');
  return { looked: looked!.count, changed: stored.rowCount ?? 0 };
}

function literal(day: Day): string {
  return `date '${formatDay(day)}'`;
}

/** Puts values we made ourselves (dates, booleans, fragments) into a statement of several commands. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(name, value), text);
}
