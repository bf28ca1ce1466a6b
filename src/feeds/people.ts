/** The clients by national number: who is known keeps the person_id, who is new gets one. */
import { copyIn, CopyRows } from '../db/copy.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { EXIT, Failure } from '../errors.js';
import { NumberMap } from './number-map.js';
import { INSZ_DIGITS, type Pseudonyms } from './pseudonyms.js';

/** More clients than this are not remembered from part to part but asked for again. */
const MOST_REMEMBERED = 2_000_000;
/** In the place of a person_id that is not known yet. */
const ASKED = -1;

export class People {
  private ids = new NumberMap();

  private constructor(
    private readonly session: Session,
    private readonly pseudonyms: Pseudonyms,
    /** Whoever is not in `ids` is new. */
    private isWhole: boolean,
  ) {}

  /**
   * Looks whether the key is that of the database; the first one is noted. Clients of before the first key get their
   * pseudonyms. Throws a `Failure` (exit code 2) when the pseudonyms were made with another key.
   */
  static async open(session: Session, pseudonyms: Pseudonyms): Promise<People> {
    const [known] = await session.rows<{ fingerprint: string | null; isEmpty: boolean }>(
      sql('feeds/find_pseudonym_key'),
    );
    const { fingerprint, isEmpty } = known!;
    // Who may not read national numbers must be able to begin.
    if (fingerprint === null && isEmpty) await noteKey(session, pseudonyms);
    else if (fingerprint === null) await adoptKey(session, pseudonyms);
    else if (fingerprint !== pseudonyms.fingerprint) throw otherKey();
    return new People(session, pseudonyms, isEmpty);
  }

  /** person_id of each national number, in their order; those that were not known are added. */
  async idsOf(numbers: readonly number[]): Promise<Float64Array> {
    if (this.ids.size > MOST_REMEMBERED) this.forget();
    let unknown = this.askedFirst(numbers);
    if (unknown.length > 0 && !this.isWhole) {
      await this.lookUp(unknown);
      unknown = unknown.filter((number) => this.ids.get(number) === ASKED);
    }
    if (unknown.length > 0) await this.add(unknown);
    const ids = new Float64Array(numbers.length);
    for (let at = 0; at < ids.length; at++) ids[at] = this.ids.get(numbers[at]!);
    return ids;
  }

  /** Those that are not remembered, each once, in the order in which they come; they are marked as asked for. */
  private askedFirst(numbers: readonly number[]): number[] {
    return numbers.filter((number) => {
      if (!Number.isNaN(this.ids.get(number))) return false;
      this.ids.set(number, ASKED);
      return true;
    });
  }

  private async lookUp(numbers: readonly number[]): Promise<void> {
    const { rows } = await this.session.client.query<[at: number, personId: number]>({
      text: sql('feeds/find_people'),
      values: [this.pseudonyms.of(numbers)],
      rowMode: 'array',
    });
    for (const [at, personId] of rows) this.ids.set(numbers[at - 1]!, personId);
  }

  private async add(numbers: readonly number[]): Promise<void> {
    const [reserved] = await this.session.rows<{ last: number }>(sql('feeds/reserve_person_ids'), [numbers.length]);
    const first = reserved!.last - numbers.length + 1;
    const pseudonyms = this.pseudonyms.of(numbers);
    const rows = new CopyRows();
    numbers.forEach((number, index) => {
      this.ids.set(number, first + index);
      rows.push(`${first + index}\t${String(number).padStart(INSZ_DIGITS, '0')}\t${pseudonyms[index]!}`);
    });
    const copy = copyIn(this.session, 'twe.identity (person_id, insz, pseudonym)');
    await copy.send(rows.text());
    await copy.end();
  }

  private forget(): void {
    this.ids = new NumberMap();
    this.isWhole = false;
  }
}

/** Gives every client the pseudonym under this key and notes the key. Returns how many clients there are. */
export async function adoptKey(session: Session, pseudonyms: Pseudonyms): Promise<number> {
  const clients = await session.rows<{ personId: number; insz: string }>(sql('feeds/list_numbers'));
  await session.rows(sql('feeds/set_pseudonyms'), [
    clients.map(({ personId }) => personId),
    pseudonyms.of(clients.map(({ insz }) => Number(insz))),
  ]);
  await noteKey(session, pseudonyms);
  return clients.length;
}

async function noteKey(session: Session, { fingerprint }: Pseudonyms): Promise<void> {
  await session.rows(sql('feeds/set_pseudonym_key'), [fingerprint]);
}

function otherKey(): Failure {
  return new Failure(
    EXIT.usage,
    'The pseudonym key is not the one that this database was filled with: every client would be taken for somebody new. ' +
      'Nothing was done; give the right key (TWE_PSEUDONYM_KEY, or pseudonym.key in TWE_HOME), or run `twe rotate-key` ' +
      'when the key was changed or lost.',
  );
}
