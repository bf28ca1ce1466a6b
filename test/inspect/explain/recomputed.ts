/**
 * What is due, computed again from nothing but the data of `twe explain --json`: its records, its agreement, its amounts and
 * the budget facts that it states. Written from the rulebook for the law of the fixtures, without a line of the program.
 */

interface Json {
  readonly weoId: string;
  readonly status: string;
  readonly known: { readonly on: string };
  readonly agreement: {
    readonly start: string;
    readonly end: string | null;
    readonly extendedForRights: boolean | null;
    readonly art60Deadline: string;
  };
  readonly lines: readonly Line[];
  readonly measurements: readonly {
    readonly measurement: number;
    readonly measuredOn: string | null;
    readonly outcome: string | null;
  }[];
  readonly records: readonly { readonly kind: string; readonly id: string; readonly versions: readonly Version[] }[];
}

interface Line {
  readonly component: string;
  readonly month: string;
  readonly dueCents: number;
  readonly tests: readonly { readonly rule: string; readonly fact: { readonly en: string } }[];
  readonly amount: { readonly cents: number } | null;
}

interface Version {
  readonly registeredAt: string;
  readonly withdrawn: boolean;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

interface Job {
  readonly id: string;
  readonly kind: string;
  readonly weoId: string;
  readonly start: string;
  readonly end: string;
  readonly dimona: string;
  readonly requested: boolean;
  readonly asksIncreased: boolean;
}

const OPEN = '9999-12-31';
/** What the fixtures are settled with where nothing is due, so that no amount stands beside it. */
const RESULTS: Readonly<Record<string, number>> = { M1: 30_000, M2: 60_000 };

/** `amount.INC` of the fixtures. */
const INCREASED = 150_000;

/** Half a cent up. */
const rounded = (cents: number): number => Math.floor(cents + 0.5 + 1e-9);

const lastDayOf = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number, 0)).toISOString().slice(0, 10);
};
const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

function threeMonthsAfter(day: string): string {
  const number = numberOf(day) + 3 - 1;
  const month = `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
  const same = `${month}-${day.slice(8)}`;
  return same > lastDayOf(month) ? lastDayOf(month) : same;
}

/** Lines whose amount is not what comes out: `EFF 2024-03: 250.00 instead of 0.00`. Empty when all do. */
export function recomputed(json: Json): string[] {
  const told = new Recomputation(json);
  return json.lines.flatMap((line) => {
    const cents = told.dueOf(line);
    return cents === line.dueCents ? [] : [`${line.component} ${line.month}: ${cents} instead of ${line.dueCents}`];
  });
}

/** R-TR-3, R-TR-4: an old contract that comes into TWE on 1 January 2019, and counts as timely. */
const comesInto = (agreement: string, start: string, end: string): boolean =>
  agreement === '2019-01-01' && start < '2017-01-01' && end >= agreement;

class Recomputation {
  private readonly jobs: readonly Job[];
  private readonly contracts: readonly Job[];

  constructor(private readonly json: Json) {
    this.jobs = this.present('employment').map(({ id, fields }) => ({
      id,
      kind: String(fields['kind']),
      weoId: String(fields['weo_id'] ?? ''),
      start: String(fields['start_date']),
      end: String(fields['end_date'] ?? OPEN),
      dimona: String(fields['dimona_type'] ?? ''),
      requested: fields['nova_prima_ref'] !== undefined,
      asksIncreased: fields['social_economy'] === true && fields['increased_requested'] === true,
    }));
    this.contracts = this.jobs
      .filter(({ kind, weoId }) => kind === 'ART60' && weoId === json.weoId)
      .filter(({ start, end }) => start >= json.agreement.start || comesInto(json.agreement.start, start, end))
      .sort((a, b) => (a.start + a.id < b.start + b.id ? -1 : 1));
  }

  dueOf(line: Line): number {
    if (this.json.status !== 'COUNTS') return 0;
    switch (line.component) {
      case 'M1':
      case 'M2':
        return this.result(line);
      case 'ORD':
      case 'INC':
        return this.allowance(line);
      default:
        return this.monthly(line);
    }
  }

  private present(kind: string) {
    return this.json.records
      .filter((record) => record.kind === kind)
      .map(({ id, versions }) => ({ id, ...versions.at(-1)! }))
      .filter(({ withdrawn }) => !withdrawn);
  }

  private get timely(): boolean {
    const first = this.contracts[0];
    return first !== undefined && first.start <= this.json.agreement.art60Deadline;
  }

  private get pending(): boolean {
    return this.contracts.length === 0 && this.json.known.on <= this.json.agreement.art60Deadline;
  }

  /** R-M-1, R-EFF-*, R-C-*, R-C3-* */
  private monthly({ component, month, amount }: Line): number {
    const { agreement, known } = this.json;
    const last = lastDayOf(month);
    const end = agreement.end ?? OPEN;
    if (agreement.start > last || end < last || last > known.on) return 0;
    const seq = numberOf(month) - numberOf(agreement.start) + 1;
    const runs = this.contracts.some((each) => each.start <= last && last <= each.end);
    const right = !runs || this.isRight(last);
    const part3 = seq > 24 && this.timely && agreement.extendedForRights !== false && runs && right;
    const part1 = this.timely && runs && right && (seq <= 24 || part3);
    const due = {
      EFF: (this.timely || this.pending) && seq <= 24 && right,
      C1: part1,
      C2: part1 && end <= known.on,
      C3: part3,
    }[component]!;
    return due ? (amount?.cents ?? Number.NaN) : 0;
  }

  /** The later from date decides, then the later registered. */
  private isRight(day: string): boolean {
    const covering = this.present('category')
      .filter(({ fields }) => String(fields['from_date']) <= day && day <= String(fields['to_date'] ?? OPEN))
      .sort((a, b) =>
        String(a.fields['from_date']) + a.registeredAt < String(b.fields['from_date']) + b.registeredAt ? -1 : 1,
      );
    return ['90', '93'].includes(String(covering.at(-1)?.fields['code']));
  }

  /** R-RES-*, and the outcome itself where the records alone decided on it. */
  private result({ component, month, amount, tests }: Line): number {
    const { agreement, measurements } = this.json;
    if (agreement.end === null) return 0;
    const first = dayAfter(agreement.end);
    const on = component === 'M1' ? first : threeMonthsAfter(first);
    // Neither a decision nor a final settlement that froze it.
    const byRecords = !tests.some(({ rule }) => rule === 'R-MEAS-16' || rule === 'R-MEAS-18');
    const measured = measurements.find(({ measurement }) => `M${measurement}` === component)!;
    if (on.slice(0, 7) !== month || measured.measuredOn !== on || measured.outcome === null) return 0;
    if (byRecords && this.outcomeOn(on) !== measured.outcome) return Number.NaN;
    if (measured.outcome !== 'POSITIVE' || !this.timely) return 0;
    return amount?.cents === RESULTS[component] ? amount!.cents : Number.NaN;
  }

  private outcomeOn(day: string): string {
    const running = this.jobs.filter(({ start, end }) => start <= day && day <= end);
    const positive = running.some(
      ({ kind, dimona }) =>
        ['AGENCY', 'ART61'].includes(kind) || (kind === 'REGULAR' && ['OTH', 'BCW', 'EXT', ''].includes(dimona)),
    );
    if (positive) return 'POSITIVE';
    return running.some(({ kind }) => kind === 'SELF_EMPLOYED') ? 'PENDING' : 'NEGATIVE';
  }

  /** R-A-*, R-I-*: by calendar days, half a cent up, rounded per contract; the increased one instead of the ordinary one. */
  private allowance(line: Line): number {
    const { month } = line;
    const last = lastDayOf(month);
    if (last > this.json.known.on) return 0;
    const running = this.contracts.filter(
      ({ requested, start, end }) =>
        requested && start <= last && `${month}-01` <= end && this.json.agreement.start <= last,
    );
    return running.reduce((sum, contract) => {
      const own = contract.start > this.json.agreement.start ? contract.start : this.json.agreement.start;
      const from = own > `${month}-01` ? own : `${month}-01`;
      const until = contract.end < last ? contract.end : last;
      const part = daysBetween(from, until) / daysBetween(`${month}-01`, last);
      const granted = contract.asksIncreased && this.isGranted(month, rounded(INCREASED * part));
      if (granted !== (line.component === 'INC')) return sum;
      return sum + rounded((line.amount?.cents ?? Number.NaN) * part);
    }, 0);
  }

  /** Twelve grants, and what the explanation says was left of the budget of the OCMW. */
  private isGranted(month: string, wanted: number): boolean {
    const line = this.json.lines.find((each) => each.component === 'INC' && each.month === month)!;
    const before = this.json.lines.filter(
      (each) => each.component === 'INC' && each.month < month && each.dueCents > 0,
    ).length;
    const left = /left (-?\d+)\.(\d\d)/.exec(line.tests.find(({ rule }) => rule === 'R-I-5')?.fact.en ?? '');
    const fits = left === null || Number(left[1]) * 100 + Number(left[2]) >= wanted;
    return before < 12 && fits;
  }
}
