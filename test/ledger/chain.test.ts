/** Whatever is changed past the program is found and named: entries, versions, batches, approvals, deliveries, whole chains. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/db/database.js';
import { migrationNames } from '../../src/db/migrations.js';
import { findChange } from '../../src/ledger/chain/find-change.js';
import { RowSeals } from '../../src/ledger/chain/row-seals.js';
import { sealChains } from '../../src/ledger/chain/seal.js';
import { lookAtChains, verifyChains, type ChainReport } from '../../src/ledger/chain/verify.js';
import { compareWithManifests, lookAtAll, refuseWhatIsBroken } from '../../src/runs/verify.js';
import { SMALL_WORLD } from '../inspect/small-world.js';
import { createBareDatabase, type TestDatabase } from '../support/database.js';
import { createFixturesDatabase, EVENING } from '../support/fixtures-database.js';
import { LET_CHANGE, SEAL_AGAIN } from '../support/let-change.js';

const RUN = `${EVENING}/nightly`;

let test: TestDatabase;

beforeAll(async () => {
  test = await createFixturesDatabase();
});

afterAll(() => test.drop());

class TakenBack extends Error {}

type Tampering = string | ((session: Session) => Promise<unknown>);

async function change(session: Session, tampering: Tampering): Promise<void> {
  await session.rows(LET_CHANGE);
  await (typeof tampering === 'string' ? session.rows(tampering) : tampering(session));
}

/** What is found after the owner of the database has changed it, triggers off; then the change is taken back. */
async function foundAfter(tampering: Tampering, full = true): Promise<ChainReport> {
  let report: ChainReport | undefined;
  const undone = test.database.transaction(async (session) => {
    await change(session, tampering);
    report = await lookAtChains(session, full);
    throw new TakenBack();
  });
  await expect(undone).rejects.toThrow(TakenBack);
  return report!;
}

/** The first fault. */
async function firstAfter(tampering: Tampering) {
  const { faults } = await foundAfter(tampering);
  return faults[0];
}

/** An entry from the middle of the ledger, with the one two further on of the same OCMW. */
async function anEntry() {
  const [entry] = await test.database.rows<{ no: number; ocmw: string; weo: string; cents: number; later: number }>(
    `select entry_no as no, ocmw_id as ocmw, weo_id as weo, cents, later
     from (select *, lead(entry_no, 2) over (partition by ocmw_id order by entry_no) as later from twe.ledger_entry) entry
     where entry_no > 700 and later is not null and component = 0
     order by entry_no limit 1`,
  );
  return entry!;
}

describe('what nobody touched', () => {
  it('holds, all of it and the newest part', async () => {
    const [count] = await test.database.rows<{ rows: number }>(
      `select (select count(*) from twe.ledger_entry) + (select count(*) from twe.measurement_version) as rows`,
    );
    const full = await verifyChains(test.database, true);
    expect(full).toMatchObject({ heads: 1, rows: count!.rows, faults: [] });
    expect(full.links).toBeGreaterThan(100);
    expect((await verifyChains(test.database, false)).faults).toEqual([]);
  });

  it('has one chain for each OCMW and one for the rest', async () => {
    const chains = await test.database.rows<{ kinds: string; none: boolean }>(
      `select string_agg(distinct kind, ' ' order by kind) as kinds, ocmw_id = '' as none
       from twe.chain_link group by 2, (ocmw_id = '') order by none`,
    );
    expect(chains).toEqual([
      { kinds: 'BATCH_PART ENTRIES MEASUREMENTS', none: false },
      { kinds: 'BATCH DECISION DELIVERIES', none: true },
    ]);
  });
});

describe('the ledger', () => {
  it('names the entry of which one cent was changed, what it says and what was sealed', async () => {
    const { no, ocmw, weo, cents } = await anEntry();
    const fault = await firstAfter(`update twe.ledger_entry set cents = cents + 1 where entry_no = ${no}`);
    const euro = (value: number) => `${(value / 100).toFixed(2)} euro`;
    expect(fault).toMatchObject({
      ...{ kind: 'CHANGED', of: 'ENTRIES', ocmwId: ocmw, about: RUN, number: no },
      ...{ says: euro(cents + 1), sealed: euro(cents) },
    });
    expect(fault!.message).toMatch(
      new RegExp(
        `^ledger entry ${no} \\(OCMW ${ocmw}, run ${RUN}, WEO ${weo}, EFF .* is not what was sealed: cents says`,
      ),
    );
  });

  it('finds it in the newest part alone as well', async () => {
    const { no } = await anEntry();
    const { faults } = await foundAfter(`update twe.ledger_entry set cents = -cents where entry_no = ${no}`, false);
    expect(faults).toMatchObject([{ kind: 'CHANGED', number: no }]);
  });

  it.each([
    ['first_month', 'first_month - 1'],
    ['last_month', 'last_month + 2'],
    ['rule', 'rule + 1'],
    ['reason', '15'],
    ['component', '2'],
  ])('tells what %s said before it was changed', async (column, value) => {
    const { no } = await anEntry();
    const fault = await firstAfter(`update twe.ledger_entry set ${column} = ${value} where entry_no = ${no}`);
    expect(fault).toMatchObject({ kind: 'CHANGED', number: no });
    expect(fault!.message).toContain(`: ${column} says ${fault!.says!}, ${fault!.sealed!} was sealed`);
  });

  it('says that it does not know what was sealed when an id was changed', async () => {
    const { no } = await anEntry();
    const fault = await firstAfter(`update twe.ledger_entry set weo_id = 'X' || weo_id where entry_no = ${no}`);
    expect(fault).toMatchObject({ kind: 'CHANGED', number: no, sealed: null });
  });

  it('names the first of several entries that were changed', async () => {
    const { no, ocmw } = await anEntry();
    const fault = await firstAfter(
      `update twe.ledger_entry set cents = cents * 2 where entry_no >= ${no} and ocmw_id = '${ocmw}'`,
    );
    expect(fault).toMatchObject({ kind: 'CHANGED', number: no });
    expect(fault!.message).toMatch(/; \d+ more of them do not fit either$/);
  });

  it('names the entry that was removed', async () => {
    const { no } = await anEntry();
    const fault = await firstAfter(`delete from twe.ledger_entry where entry_no = ${no}`);
    expect(fault).toMatchObject({ kind: 'DELETED', number: no });
    expect(fault!.message).toContain(`ledger entry ${no} (`);
  });

  it('names the first entry of an OCMW that lost them all', async () => {
    const { ocmw } = await anEntry();
    const [first] = await test.database.rows<{ no: number; count: number }>(
      'select min(entry_no) as no, count(*) from twe.ledger_entry where ocmw_id = $1',
      [ocmw],
    );
    const fault = await firstAfter(`delete from twe.ledger_entry where ocmw_id = '${ocmw}'`);
    expect(fault).toMatchObject({ kind: 'DELETED', number: first!.no, ocmwId: ocmw });
    expect(fault!.message).toContain(`the first of ${first!.count}: ${first!.count} were sealed, 0 are there`);
  });

  it('names the entry that was added, wherever it was put', async () => {
    const { no } = await anEntry();
    const copy = (number: string) => `
      insert into twe.ledger_entry select ${number}, run_no, ocmw_id, weo_id, component, first_month, last_month, 12345, rule, reason
      from twe.ledger_entry where entry_no = ${no}`;
    const [last] = await test.database.rows<{ no: number }>('select max(entry_no) as no from twe.ledger_entry');
    expect(await firstAfter(copy(String(last!.no + 1)))).toMatchObject({ kind: 'INSERTED', number: last!.no + 1 });
    expect(await firstAfter(copy('0'))).toMatchObject({ kind: 'INSERTED', number: 0 });
    const made = `${copy('0')}; update twe.ledger_entry set entry_no = entry_no + 100000 where entry_no > ${no};
      update twe.ledger_entry set entry_no = entry_no - 99999 where entry_no > 100000;
      update twe.ledger_entry set entry_no = ${no + 1} where entry_no = 0`;
    expect(await firstAfter(made)).toMatchObject({ kind: 'INSERTED', number: no + 1 });
  });

  it('names two entries that were swapped', async () => {
    const { no, later } = await anEntry();
    const swap = `update twe.ledger_entry set entry_no = -1 where entry_no = ${no};
      update twe.ledger_entry set entry_no = ${no} where entry_no = ${later};
      update twe.ledger_entry set entry_no = ${later} where entry_no = -1`;
    const fault = await firstAfter(swap);
    expect(fault).toMatchObject({ kind: 'SWAPPED', number: no });
    expect(fault!.message).toContain(`ledger entry ${no} and ${later} (`);
  });

  it('finds an entry that was given to another run or another OCMW', async () => {
    const { no, ocmw } = await anEntry();
    const other = `(select min(ocmw_id) from twe.ledger_entry where ocmw_id <> '${ocmw}')`;
    for (const column of [`run_no = 999`, `ocmw_id = ${other}`]) {
      const { faults } = await foundAfter(`update twe.ledger_entry set ${column} where entry_no = ${no}`);
      expect(
        faults
          .filter(({ number }) => number === no)
          .map(({ kind }) => kind)
          .sort(),
      ).toEqual(['DELETED', 'INSERTED']);
    }
  });

  it('names OCMW and run when the checks were written anew with the entry', async () => {
    const { no, ocmw } = await anEntry();
    const fault = await firstAfter(async (session) => {
      await session.rows(`update twe.ledger_entry set cents = cents + 1 where entry_no = ${no}`);
      const rows = await session.rows<{ row: string }>(
        `select concat_ws(E'\\t', weo_id, component, first_month, last_month, cents, rule, reason) as row
         from twe.ledger_entry where ocmw_id = $1 order by entry_no`,
        [ocmw],
      );
      const [anew] = sealed(
        ocmw,
        rows.map(({ row }) => row),
      );
      await session.rows(`update twe.chain_link set checks = $1 where ocmw_id = $2 and kind = 'ENTRIES'`, [
        anew!.checks,
        ocmw,
      ]);
    });
    expect(fault).toMatchObject({ kind: 'ROWS', of: 'ENTRIES', ocmwId: ocmw, about: RUN });
    expect(fault!.message).toBe(`the ledger entries of OCMW ${ocmw}, run ${RUN} are not what was sealed`);
  });

  it('finds a link that was written anew with its entries, by the link after it or by the head', async () => {
    const { no, ocmw } = await anEntry();
    const { faults } = await foundAfter(async (session) => {
      await session.rows(`update twe.ledger_entry set cents = cents + 1 where entry_no = ${no}`);
      const rows = await session.rows<{ row: string }>(
        `select concat_ws(E'\\t', weo_id, component, first_month, last_month, cents, rule, reason) as row
         from twe.ledger_entry where ocmw_id = $1 order by entry_no`,
        [ocmw],
      );
      const [anew] = sealed(
        ocmw,
        rows.map(({ row }) => row),
      );
      await session.rows(
        `update twe.chain_link link
         set checks = $2, rows_digest = $3::text, digest = twe.text_digest(concat_ws(E'\\n',
           (select digest from twe.chain_link before where before.ocmw_id = $1::text and before.link_no = link.link_no - 1),
           $1::text, kind, about, row_count, $3::text))
         where ocmw_id = $1 and kind = 'ENTRIES'`,
        [ocmw, anew!.checks, anew!.rowsDigest],
      );
    });
    // Its own seal, the link after it, and the head.
    expect(faults.map(({ kind }) => kind)).toEqual(['LINK', 'LINK', 'HEAD']);
    expect(faults[1]).toMatchObject({ of: 'MEASUREMENTS', ocmwId: ocmw });
    expect(faults[1]!.message).toContain('does not follow the link before it');
  });
});

function sealed(key: string, rows: readonly string[]) {
  const seals = new RowSeals();
  for (const [index, row] of rows.entries()) seals.add(key, index, row);
  return seals.finish();
}

describe('everything else that is chained', () => {
  it('names a measurement version of which the outcome was changed', async () => {
    const [version] = await test.database.rows<{ no: number; outcome: string }>(
      `select version_no as no, outcome from twe.measurement_version where outcome = 'NEGATIVE' order by 1 offset 40 limit 1`,
    );
    expect(
      await firstAfter(`update twe.measurement_version set outcome = 'POSITIVE' where version_no = ${version!.no}`),
    ).toMatchObject({ kind: 'CHANGED', of: 'MEASUREMENTS', number: version!.no, says: 'POSITIVE', sealed: 'NEGATIVE' });
  });

  it('names batch and OCMW of a line, a part or a claim that was changed, also when the batch was sealed again', async () => {
    const [part] = await test.database.rows<{ batch_no: number; batch_id: string; ocmw_id: string }>(
      `select batch_no, batch_id, min(ocmw_id) as ocmw_id from twe.batch_part join twe.batch using (batch_no)
       group by batch_no, batch_id order by batch_no limit 1`,
    );
    const where = `where batch_no = ${part!.batch_no} and ocmw_id = '${part!.ocmw_id}'`;
    for (const table of ['batch_claim set cents = cents + 1', 'batch_part set positive_cents = positive_cents + 1']) {
      const { faults } = await foundAfter(`update twe.${table} ${where};
        update twe.batch set digest = twe.batch_digest(batch_no) where batch_no = ${part!.batch_no}`);
      expect(faults.map(({ kind, of, ocmwId, about }) => [kind, of, ocmwId, about])).toEqual([
        ['ROWS', 'BATCH', '', part!.batch_id],
        ['ROWS', 'BATCH_PART', part!.ocmw_id, part!.batch_id],
      ]);
    }
  });

  it.each([
    ['the frozen outcome', `update twe.measurement_freeze set outcome1 = 'POSITIVE' where batch_no = 1`, 'BATCH'],
    ['who decided', `update twe.batch_decision set decided_by = 'somebody' where batch_no = 1`, 'DECISION'],
    ['from which day', `update twe.batch_decision set decided_on = decided_on - 1 where batch_no = 1`, 'DECISION'],
    ['a decision that is gone', 'delete from twe.batch_decision where batch_no = 1', 'DECISION'],
    [
      'the content of a delivery',
      `update twe.delivery set digest = repeat('0', 64) where delivery_id = 1`,
      'DELIVERIES',
    ],
  ])('finds %s', async (_, tampering, of) => {
    expect(await firstAfter(tampering)).toMatchObject({ kind: 'ROWS', of });
  });

  it.each([
    [
      'the role that decided',
      `update twe.batch_decision set decided_by_role = 'somebody' where batch_no = 1`,
      'DECISION',
    ],
    [
      'when it was decided',
      `update twe.batch_decision set decided_at = decided_at - interval '1 s' where batch_no = 1`,
      'DECISION',
    ],
    ['who prepared a batch', `update twe.batch set prepared_by_system_user = 'x' where batch_no = 1`, 'BATCH'],
  ])('finds %s', async (_, tampering, of) => {
    const fault = await firstAfter(tampering);
    expect(fault).toMatchObject({ kind: 'LINK', of });
    expect(fault!.message).toContain('who, where and when');
  });

  it('finds what was added beside the chains: a hold, an accepted guard, a delivery', async () => {
    const added = `
      insert into twe.batch_hold (batch_no, ocmw_id, held_by, held_by_role, held_by_system_user, held_on, reason)
      select batch_no, ocmw_id, 'x', 'x', 'x', '2024-04-15', 'x' from twe.batch_part limit 1;
      insert into twe.guard_acceptance (run_id, guard, message, accepted_by_system_user, accepted_from)
      values ('${RUN}', 'law-change', 'x', 'x', 'x');
      insert into twe.delivery (name, digest, delivered_on, counted_on, state, run_id)
      values ('x', repeat('0', 64), '2024-04-15', '2024-04-15', 'SKIPPED', '${RUN}')`;
    const { faults } = await foundAfter(added, false);
    expect(faults.map(({ kind, of }) => [kind, of])).toEqual([
      ['INSERTED', 'HOLD'],
      ['INSERTED', 'DELIVERIES'],
      ['INSERTED', 'GUARDS'],
    ]);
  });

  it('links by itself what people decide, hold out or accept', async () => {
    let kinds: string[] = [];
    const undone = test.database.transaction(async (session) => {
      await session.rows(`
        alter table twe.batch_decision disable trigger user;
        delete from twe.batch_decision where batch_no = 1;
        alter table twe.batch_decision enable trigger user;
        insert into twe.batch_hold (batch_no, ocmw_id, held_by, held_by_role, held_by_system_user, held_on, reason)
        select batch_no, min(ocmw_id), 'x', 'x', 'x', '2024-04-15', 'x' from twe.batch_part where batch_no = 1 group by 1;
        insert into twe.batch_decision (batch_no, decision, decided_by, decided_on, batch_digest, documents_digest)
        values (1, 'REJECTED', 'x', '2024-04-15', twe.batch_digest(1), twe.documents_digest(1));
        insert into twe.guard_acceptance (run_id, guard, message, accepted_by_system_user, accepted_from)
        values ('${RUN}', 'law-change', 'x', 'x', 'x');
        set constraints all immediate`);
      const { faults } = await lookAtChains(session, false);
      // The first decision is gone; the head of the night covers none of these.
      expect(faults.map(({ of, kind }) => `${of} ${kind}`)).toEqual(['DECISION ROWS', 'DECISION LINK']);
      const links = await session.rows<{ kind: string }>(
        'select kind from twe.chain_link where head_no = (select max(head_no) + 1 from twe.chain_head) order by 1',
      );
      kinds = links.map(({ kind }) => kind);
      throw new TakenBack();
    });
    await expect(undone).rejects.toThrow(TakenBack);
    expect(kinds).toEqual(['DECISION', 'GUARDS', 'HOLD']);
  });
});

describe('the chain itself', () => {
  it('refuses changes', async () => {
    for (const statement of [
      'delete from twe.chain_link',
      `update twe.chain_head set digest = ''`,
      'truncate twe.chain_link',
      'update twe.chain_start set last_entry_no = 5',
    ])
      await expect(test.database.rows(statement)).rejects.toThrow(/append-only/);
  });

  it('finds a link or a head that is gone', async () => {
    const { ocmw } = await anEntry();
    const gone = await foundAfter(`delete from twe.chain_link where ocmw_id = '${ocmw}' and kind = 'ENTRIES'`);
    expect(gone.faults.map(({ kind }) => kind)).toEqual(['INSERTED', 'LINK', 'HEAD']);
    const later = await foundAfter(async (session) => {
      await session.rows(`insert into twe.run (run_id, job, business_date, state, program_version, law_digest)
        values ('later', 'nightly', '2030-01-01', 'DONE', '1', '')`);
      await session.rows(`select twe.append_head('later')`);
      await session.rows('delete from twe.chain_head where head_no = 1');
    });
    expect(later.faults).toMatchObject([{ kind: 'HEAD', about: 'later' }]);
    expect(later.faults[0]!.message).toContain('the head before that of run later was removed');
  });

  it('that was written anew as a whole is betrayed by what was published', async () => {
    const rewritten = await createFixturesDatabase();
    const out = mkdtempSync(join(tmpdir(), 'twe-chain-'));
    try {
      const { database } = rewritten;
      const [head] = await database.rows<{ digest: string }>('select digest from twe.chain_head');
      mkdirSync(join(out, EVENING, 'nightly'), { recursive: true });
      const manifest = { run_id: RUN, chain: { run_id: RUN, head: head!.digest }, files: [] };
      writeFileSync(join(out, EVENING, 'nightly', 'manifest.json'), JSON.stringify(manifest));
      expect(await compareWithManifests(database, out)).toEqual({ manifests: 1, faults: [] });

      const { no } = await anEntry();
      await database.transaction((session) => change(session, writeAnew(no)));
      expect((await verifyChains(database, true)).faults).toEqual([]);
      const verified = await lookAtAll(database, { full: true, manifests: out });
      expect(verified.chain.faults).toMatchObject([{ kind: 'MANIFEST', about: RUN, sealed: head!.digest }]);
      expect(() => refuseWhatIsBroken({ ...verified, broken: [] })).toThrow(
        /^1 check does not hold: the_chains_are_as_they_were_sealed \(the chains are not those that were published/,
      );
    } finally {
      await rewritten.drop();
      rmSync(out, { recursive: true });
    }
  });
});

/** What somebody would do who knows how the chains are made. It is what an upgrade does too, with what was there before. */
function writeAnew(entryNo: number) {
  return async (session: Session) => {
    await session.rows(`
      update twe.ledger_entry set cents = cents + 1 where entry_no = ${entryNo};
      delete from twe.chain_link;
      delete from twe.chain_head;
      update twe.chain_start set last_entry_no = (select max(entry_no) from twe.ledger_entry),
        last_version_no = (select max(version_no) from twe.measurement_version);
      select twe.link_deliveries();
      select twe.link_batch(batch_no, (select coalesce(jsonb_agg(part), '[]') from twe.batch_digests(batch_no) part))
      from twe.batch order by batch_no;
      select twe.link_rows('DECISION', '', batch_id, batch_no, batch_no)
      from twe.batch_decision join twe.batch using (batch_no) order by batch_no`);
    await sealChains({ session: (work) => work(session) }, session, RUN);
  };
}

describe('a database of before there were chains', () => {
  it('is linked by its upgrade and its next run, and holds from then on', async () => {
    const before = mkdtempSync(join(tmpdir(), 'twe-migrations-'));
    const old = await createBareDatabase();
    try {
      const { database } = old;
      for (const name of migrationNames('sql/migrations').filter((each) => each < '0007'))
        copyFileSync(join('sql/migrations', name), join(before, name));
      await database.migrate(before);
      await database.rows(LET_CHANGE + SMALL_WORLD + SEAL_AGAIN);
      await database.migrate();
      // Ledger and measurements wait for the next run; nothing is wrong with them meanwhile.
      expect(await verifyChains(database, true)).toMatchObject({ heads: 0, rows: 0, faults: [] });
      const [run] = await database.rows<{ id: string }>('select max(run_id) as id from twe.run');
      await database.transaction((session) => sealChains(database, session, run!.id));
      const [stored] = await database.rows<{ rows: number }>(
        'select (select count(*) from twe.ledger_entry) + (select count(*) from twe.measurement_version) as rows',
      );
      expect(await verifyChains(database, true)).toMatchObject({ heads: 1, rows: stored!.rows, faults: [] });
      await database.transaction((session) =>
        change(session, 'update twe.ledger_entry set cents = cents + 1 where entry_no = 2'),
      );
      expect((await verifyChains(database, true)).faults).toMatchObject([{ kind: 'CHANGED', number: 2 }]);
    } finally {
      await old.drop();
      rmSync(before, { recursive: true });
    }
  });
});

describe('rows are sealed', () => {
  it('as text and as bytes alike, in any order of their groups, however long', () => {
    const rows = ['a\t1', 'é\t2', 'x'.repeat(200_000), 'b\\\\\t\\N'];
    const text = new RowSeals();
    const bytes = new RowSeals();
    for (const [no, row] of rows.entries()) for (const key of ['B', 'A']) text.add(key, no, row);
    for (const key of ['A', 'B']) {
      for (const [no, row] of rows.entries()) {
        const piece = Buffer.from(`before${row}\nafter`);
        bytes.addBytes(key, no, piece, 'before'.length, piece.length - 'after'.length);
      }
    }
    const found = text.finish();
    expect(found).toEqual(bytes.finish());
    expect(found.map(({ key, rowCount, firstNo, lastNo }) => [key, rowCount, firstNo, lastNo])).toEqual([
      ['A', 4, 0, 3],
      ['B', 4, 0, 3],
    ]);
  });

  it('so that the place of a change is found', () => {
    const present = (...checks: number[]) => checks.map((check, no) => ({ no, check }));
    expect(findChange([1, 2, 3], present(1, 2, 3))).toBeUndefined();
    expect(findChange([1, 2, 3], present(1, 9, 3))).toEqual({ kind: 'CHANGED', index: 1, sealed: 2, others: 0 });
    expect(findChange([1, 2, 3], present(1, 3))).toEqual({ kind: 'DELETED', index: 1, count: 1 });
    expect(findChange([1, 2, 3], present(1, 2, 3, 4))).toEqual({ kind: 'INSERTED', index: 3, count: 1 });
    expect(findChange([1, 2, 3], present(3, 2, 1))).toEqual({ kind: 'SWAPPED', index: 0, with: 2 });
  });
});
