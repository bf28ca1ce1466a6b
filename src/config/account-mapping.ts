/** The key `reconcile.account`: how an OCMW writes the export of its own account. In the form of `feeds.mapping`. */
import type { ColumnContract, RecordContract } from '../feeds/contracts.js';
import * as columnKind from '../feeds/kinds.js';
import type { FileMapping } from '../feeds/mapping.js';
import { isObject, shown, type ValueKind } from '../law/keys/kinds.js';
import { readFileMapping } from './feed-mapping.js';

function column(name: string, kind: columnKind.ColumnKind, required: boolean): ColumnContract {
  return { name, kind, required, stored: name, whenEmpty: '' };
}

/** Columns of an account; those that are not required may be missing, then nothing is said about them. */
export const ACCOUNT_CONTRACT: RecordContract = {
  name: 'account',
  file: 'account.csv',
  id: [],
  versionOf: [],
  columns: [
    column('date', columnKind.date, true),
    column('account', columnKind.identifier, true),
    column('field', columnKind.identifier, false),
    column('amount', columnKind.amount, true),
    column('reference', columnKind.prose, false),
    column('text', columnKind.prose, false),
  ],
};

export interface AccountMapping {
  readonly file: FileMapping;
  /** Name of the sheet in a workbook; undefined: the first. */
  readonly sheet: string | undefined;
  /** What the OCMW receives is written as a negative amount (credit). */
  readonly receivedIsNegative: boolean;
}

/** Columns under their own names, amounts with a point, what is received positive. */
export const PLAIN_ACCOUNT: AccountMapping = {
  file: readFileMapping(ACCOUNT_CONTRACT, {}, () => undefined),
  sheet: undefined,
  receivedIsNegative: false,
};

const SIGNS = ['positive', 'negative'];

export const accountMapping: ValueKind<AccountMapping> = {
  allowed:
    'an object that says how the account is written: {"separator": ";", "decimal": ",", "date_format": "DD/MM/YYYY", ' +
    '"columns": {"date": "Boekdatum", "amount": "Bedrag"}, "sheet": "Historiek", "received": "negative"}',
  read: (json) => {
    if (!isObject(json)) return { ok: false, problem: `${shown(json)} is not allowed` };
    const faults: string[] = [];
    const { sheet, received = 'positive', file, ...rest } = json;
    if (file !== undefined) faults.push('file: the account is named by --account, not here');
    if (sheet !== undefined && (typeof sheet !== 'string' || sheet.trim() === '')) {
      faults.push(`sheet: ${shown(sheet)} is not the name of a sheet`);
    }
    if (!SIGNS.includes(received as string)) {
      faults.push(`received: ${shown(received)} is neither "positive" nor "negative"`);
    }
    const mapping = readFileMapping(ACCOUNT_CONTRACT, rest, (fault) => faults.push(fault));
    if (faults.length > 0) return { ok: false, problem: faults.join('; ') };
    return {
      ok: true,
      value: { file: mapping, sheet: sheet as string | undefined, receivedIsNegative: received === 'negative' },
    };
  },
};
