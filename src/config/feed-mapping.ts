/**
 * The key `feeds.mapping`: how a source writes the files of the contract. Everything that is wrong with it is said at once.
 * A mapping is checked against the contract here, so that a night cannot stumble over it.
 */
import { contractOf, CONTRACTS, type ColumnContract, type RecordContract } from '../feeds/contracts.js';
import { CONTRACT_FORM, type CsvForm } from '../feeds/csv.js';
import { ENCODINGS, type Encoding } from '../feeds/encoding.js';
import { dateFormat, isTimeZone, monthFormat, numberFormat, timestampFormat, type Compiled } from '../feeds/formats.js';
import * as columnKind from '../feeds/kinds.js';
import { OF_DELIVERY, type FeedMapping, type FileMapping, type Format, type Formats } from '../feeds/mapping.js';
import { nearestKey } from '../law/keys/faults.js';
import { isObject, shown, type ValueKind } from '../law/keys/kinds.js';

const KEYS = [
  'file',
  'separator',
  'quote',
  'encoding',
  'decimal',
  'thousands',
  'date_format',
  'timestamp_format',
  'month_format',
  'time_zone',
  'columns',
  'values',
  'constants',
];
const THOUSANDS = ['', '.', ',', ' ', "'"] as const;
const DEFAULT_ZONE = 'Europe/Brussels';
/** Any: codes and constants are no birth dates of tomorrow. */
const REFERENCE_YEAR = 9999;

/** An object with the files of the contract as keys. */
export const feedMapping: ValueKind<FeedMapping> = {
  allowed:
    'an object that says for files of the contract how the source writes them: ' +
    '{"weo.csv": {"file": "WEO_*.txt", "separator": ";", "columns": {"weo_id": "ContractNr"}}}',
  read: (json) => {
    if (!isObject(json)) return { ok: false, problem: `${shown(json)} is not allowed` };
    const faults: string[] = [];
    const mapping = new Map<string, FileMapping>();
    for (const [file, value] of Object.entries(json)) {
      const contract = contractOf(file);
      if (contract === undefined) {
        const known = CONTRACTS.map((each) => each.file).join(', ');
        faults.push(`${shown(file)} is no file of the contract (${known})`);
      } else {
        mapping.set(
          file,
          readFileMapping(contract, value, (fault) => faults.push(`${file}: ${fault}`)),
        );
      }
    }
    return faults.length > 0 ? { ok: false, problem: faults.join('; ') } : { ok: true, value: mapping };
  },
};

/** How a source writes one file; of no use when `fault` was told something. */
export function readFileMapping(contract: RecordContract, json: unknown, fault: (text: string) => void): FileMapping {
  return new MappingReader(contract, json, fault).read();
}

class MappingReader {
  private readonly json: Record<string, unknown>;

  constructor(
    private readonly contract: RecordContract,
    json: unknown,
    private readonly fault: (text: string) => void,
  ) {
    if (!isObject(json)) fault(`${shown(json)} is no object`);
    this.json = isObject(json) ? json : {};
  }

  /** What could be read; of no use when there were faults. */
  read(): FileMapping {
    for (const key of Object.keys(this.json)) {
      if (KEYS.includes(key)) continue;
      const nearest = nearestKey(key, KEYS);
      this.fault(
        `unknown key ${shown(key)}${nearest ? `, did you mean "${nearest}"?` : ` (known: ${KEYS.join(', ')})`}`,
      );
    }
    const columns = this.columns();
    return {
      contract: this.contract,
      pattern: this.pattern(),
      form: this.form(),
      columns,
      constants: this.constants(columns),
      values: this.values(),
      formats: this.formats(),
    };
  }

  private pattern(): string | undefined {
    const file = this.json['file'];
    if (file === undefined) return undefined;
    if (typeof file === 'string' && file !== '' && !/[/\\]/.test(file) && !file.startsWith('.')) return file;
    this.fault(`file: ${shown(file)} is not the name of a file in a delivery (* and ? stand for anything)`);
    return undefined;
  }

  private form(): CsvForm {
    const separator = this.json['separator'] ?? CONTRACT_FORM.separator;
    const quote = this.json['quote'] ?? CONTRACT_FORM.quote;
    const encoding = this.json['encoding'] ?? CONTRACT_FORM.encoding;
    if (!isSign(separator)) this.fault(`separator: ${shown(separator)} is not one sign, like ";" or "\\t"`);
    if (quote !== '' && !isSign(quote)) this.fault(`quote: ${shown(quote)} is not one sign, nor "" for none`);
    if (isSign(separator) && quote === separator) this.fault('quote and separator are the same sign');
    if (!ENCODINGS.some((known) => known === encoding)) {
      this.fault(`encoding: ${shown(encoding)} is none of ${ENCODINGS.map((known) => `"${known}"`).join(', ')}`);
    }
    return { separator: separator as string, quote: quote as string, encoding: encoding as Encoding };
  }

  private formats(): Formats {
    const zone = this.json['time_zone'] ?? DEFAULT_ZONE;
    if (typeof zone !== 'string' || !isTimeZone(zone)) {
      this.fault(`time_zone: ${shown(zone)} is no time zone, like "${DEFAULT_ZONE}"`);
      return { date: undefined, timestamp: undefined, month: undefined, number: undefined };
    }
    return {
      date: this.format('date_format', dateFormat, 'DD/MM/YYYY'),
      timestamp: this.format('timestamp_format', (text) => timestampFormat(text, zone), 'DD/MM/YYYY HH:mm:ss'),
      month: this.format('month_format', monthFormat, 'MM/YYYY'),
      number: this.number(),
    };
  }

  private format(key: string, compile: (text: string) => Compiled, example: string): Format | undefined {
    const text = this.json[key];
    if (text === undefined) return undefined;
    const compiled = typeof text === 'string' ? compile(text) : { problem: 'it is no text' };
    if ('translate' in compiled) return { shown: text as string, translate: compiled.translate };
    this.fault(`${key}: ${shown(text)} is not a format like "${example}": ${compiled.problem}`);
    return undefined;
  }

  private number(): Format | undefined {
    const decimal = this.json['decimal'] ?? '.';
    const thousands = this.json['thousands'] ?? '';
    if (decimal !== '.' && decimal !== ',') {
      this.fault(`decimal: ${shown(decimal)} is neither "." nor ","`);
      return undefined;
    }
    const group = THOUSANDS.find((known) => known === thousands);
    if (group === undefined || group === decimal) {
      const allowed = THOUSANDS.filter((known) => known !== decimal).map((known) => `"${known}"`);
      this.fault(`thousands: ${shown(thousands)} is none of ${allowed.join(', ')}`);
      return undefined;
    }
    if (decimal === '.' && group === '') return undefined;
    const example = `1${group}234${decimal}56`;
    return { shown: example, translate: numberFormat(decimal, group) };
  }

  private columns(): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    const sources = new Map<string, string>();
    for (const [column, name] of this.entries('columns')) {
      if (typeof name !== 'string' || name === '') {
        this.fault(`columns: the name of ${column.name} in the source, ${shown(name)}, is no text`);
        continue;
      }
      const other = sources.get(name);
      if (other !== undefined) this.fault(`columns: ${shown(name)} stands for both ${other} and ${column.name}`);
      sources.set(name, column.name);
      names.set(column.name, name);
    }
    return names;
  }

  private constants(columns: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const constants = new Map<string, string>();
    for (const [column, value] of this.entries('constants')) {
      if (columns.has(column.name)) this.fault(`${column.name} stands both under columns and under constants`);
      const isOfDelivery =
        value === OF_DELIVERY && (column.kind === columnKind.timestamp || column.kind === columnKind.date);
      if (!isOfDelivery) this.checkValue('constants', column, value);
      constants.set(column.name, String(value));
    }
    return constants;
  }

  private values(): ReadonlyMap<string, ReadonlyMap<string, string>> {
    const values = new Map<string, ReadonlyMap<string, string>>();
    for (const [column, codes] of this.entries('values')) {
      if (!isObject(codes)) {
        this.fault(`values: what is said of ${column.name}, ${shown(codes)}, is no object like {"A60": "ART60"}`);
        continue;
      }
      for (const [code, value] of Object.entries(codes)) {
        if (code === '') this.fault(`values: an empty field of ${column.name} stays empty; use constants`);
        this.checkValue('values', column, value);
      }
      values.set(column.name, new Map(Object.entries(codes).map(([code, value]) => [code, String(value)])));
    }
    return values;
  }

  private checkValue(where: string, column: ColumnContract, value: unknown): void {
    if (typeof value !== 'string') {
      this.fault(`${where}: the value of ${column.name}, ${shown(value)}, is no text`);
    } else if (value === '') {
      if (column.required) this.fault(`${where}: ${column.name} must be filled`);
    } else if (column.kind.read(value, REFERENCE_YEAR) === undefined) {
      const problem = column.kind.hidden ? column.kind.fault : `${shown(value)} ${column.kind.fault}`;
      this.fault(`${where}: ${column.name}: ${problem}`);
    }
  }

  /** The entries of an object whose keys are columns of the contract. */
  private entries(key: string): [ColumnContract, unknown][] {
    const json = this.json[key];
    if (json === undefined) return [];
    if (!isObject(json)) {
      this.fault(`${key}: ${shown(json)} is no object with columns of ${this.contract.file}`);
      return [];
    }
    const found: [ColumnContract, unknown][] = [];
    for (const [name, value] of Object.entries(json)) {
      const column = this.contract.columns.find((each) => each.name === name);
      if (column !== undefined) found.push([column, value]);
      else this.unknownColumn(key, name);
    }
    return found;
  }

  private unknownColumn(key: string, name: string): void {
    const names = this.contract.columns.map((column) => column.name);
    const nearest = nearestKey(name, names);
    const advice = nearest ? `, did you mean "${nearest}"?` : ` (known: ${names.join(', ')})`;
    this.fault(`${key}: ${shown(name)} is no column of ${this.contract.file}${advice}`);
  }
}

function isSign(value: unknown): value is string {
  // Printable, or a tab; no letter or digit, which stand in values.
  return typeof value === 'string' && /^[\t !-/:-@[-`{-~]$/.test(value);
}
