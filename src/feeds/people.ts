/** The clients by national number: who is known keeps the person_id, who is new gets one. */
import { copyIn } from '../db/copy.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { EXIT, Failure } from '../errors.js';
import { NumberMap } from './number-map.js';
import { inszText, type Pseudonyms } from './pseudonyms.js';

/** More clients than this are not remembered from part to part but asked for again. */
const MOST_REMEMBERED = 2_000_000;

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
    if (fingerprint === null) await adoptKey(session, pseudonyms);
    else if (fingerprint !== pseudonyms.fingerprint) throw otherKey();
    return new People(session, pseudonyms, isEmpty);
  }

  /** person_id of each national number, in their order; those that were not known are added. */
  async idsOf(numbers: readonly number[]): Promise<Float64Array> {
    if (this.ids.size > MOST_REMEMBERED) this.forget();
    let unknown = this.unknownOf(numbers);
    if (unknown.length > 0 && !this.isWhole) {
      await this.lookUp(unknown);
      unknown = this.unknownOf(unknown);
    }
    if (unknown.length > 0) await this.add(unknown);
    return Float64Array.from(numbers, (number) => this.ids.get(number));
  }

  /** Those that are not remembered, each once, in the order in which they come. */
  private unknownOf(numbers: readonly number[]): number[] {
    const met = new NumberMap();
    const unknown: number[] = [];
    for (const number of numbers) {
      if (!Number.isNaN(this.ids.get(number)) || !Number.isNaN(met.get(number))) continue;
      met.set(number, 0);
      unknown.push(number);
    }
    return unknown;
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
    const copy = copyIn(this.session, 'twe.identity (person_id, insz, pseudonym)');
    for (const [index, number] of numbers.entries()) {
      this.ids.set(number, first + index);
      const wait = copy.write(`${first + index}\t${inszText(number)}\t${pseudonyms[index]!}`);
      if (wait) await wait;
    }
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
  await session.rows(sql('feeds/set_pseudonym_key'), [pseudonyms.fingerprint]);
  return clients.length;
}

function otherKey(): Failure {
  return new Failure(
    EXIT.usage,
    'The pseudonym key is not the one that this database was filled with: every client would be taken for somebody new. ' +
      'Nothing was done; give the right key (TWE_PSEUDONYM_KEY, or pseudonym.key in TWE_HOME), or run `twe rotate-key` ' +
      'when the key was changed or lost.',
  );
}
