/** The keys of the configuration file beside `law`: kind, default and a line for people. */
import { isValidBelgianIban, normaliseIban } from '../identifiers.js';
import * as kind from '../law/keys/kinds.js';
import type { Text } from '../law/rulebook/sources.js';
import { NO_MAPPING, type FeedMapping } from '../feeds/mapping.js';
import { LOG_LEVELS } from '../log.js';
import { sourceList, type SourceSettings } from './sources.js';
import { commandLine, mailAddress, mailAddresses } from './alerts.js';
import { accountMapping, PLAIN_ACCOUNT, type AccountMapping } from './account-mapping.js';
import { feedMapping } from './feed-mapping.js';
import { NIGHTLY_AT, timeOfDay, timeOfDayOrOff } from './schedule.js';

export interface ConfigKey<T> {
  readonly kind: kind.ValueKind<T>;
  /** Value when the file does not give the key; undefined when there is none. */
  readonly default: T | undefined;
  /** A path: relative to the folder of the configuration file. */
  readonly isPath: boolean;
  readonly description: Text;
}

function configKey<T>(valueKind: kind.ValueKind<T>, value: T | undefined, nl: string, en: string): ConfigKey<T> {
  return { kind: valueKind, default: value, isPath: false, description: { nl, en } };
}

function pathKey(value: string | undefined, nl: string, en: string): ConfigKey<string> {
  return { ...configKey(folder, value, nl, en), isPath: true };
}

/** A path on this machine. An address is not repeated in the message: it may hold a password. */
const folder: kind.ValueKind<string> = {
  allowed: 'a path',
  read: (json) => {
    const read = kind.text.read(json);
    if (!read.ok || !/^[a-z][a-z0-9+.-]+:\/\//i.test(read.value)) return read;
    return { ok: false, problem: 'an address, not a path' };
  },
};

/** As long as a SEPA payment can name somebody. */
const payerName: kind.ValueKind<string> = {
  allowed: 'a text of 1 to 70 characters',
  read: (json) => {
    const read = kind.text.read(json);
    if (!read.ok) return read;
    const name = read.value.trim();
    return name.length <= 70 ? { ok: true, value: name } : { ok: false, problem: `${kind.shown(json)} is too long` };
  },
};

const belgianIban: kind.ValueKind<string> = {
  allowed: 'a Belgian IBAN (BE and 14 digits with their check digits)',
  read: (json) => {
    if (typeof json === 'string' && isValidBelgianIban(json)) return { ok: true, value: normaliseIban(json) };
    return { ok: false, problem: `${kind.shown(json)} is not allowed` };
  },
};

/** Lines of text, as at the head of a letter. */
const lines: kind.ValueKind<readonly string[]> = {
  allowed: 'a list of 1 to 8 lines of text',
  read: (json) => {
    const isRight = Array.isArray(json) && json.length >= 1 && json.length <= 8;
    if (!isRight || !json.every((line) => typeof line === 'string' && line.trim() !== '')) {
      return { ok: false, problem: `${kind.shown(json)} is not allowed` };
    }
    return { ok: true, value: (json as string[]).map((line) => line.trim()) };
  },
};

/** ISO 9362: bank, country, place and, when there is one, branch. */
const bic: kind.ValueKind<string> = {
  allowed: 'a BIC (8 or 11 capitals and digits)',
  read: (json) => {
    if (typeof json === 'string' && /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(json)) {
      return { ok: true, value: json };
    }
    return { ok: false, problem: `${kind.shown(json)} is not allowed` };
  },
};

/** A term. No source gives one, so there is no default. */
const months = kind.integer(1, 1_200);

const MAX_ROWS = 1_000_000_000;

export const CONFIG_KEYS = {
  'feeds.source': pathKey(undefined, 'Map met de leveringen.', 'Folder that holds the deliveries.'),
  'feeds.sources': configKey<readonly SourceSettings[]>(
    sourceList,
    [],
    'Bronnen (map, SFTP, HTTPS) waaruit leveringen naar de inbox gehaald worden, in volgorde.',
    'Sources (folder, SFTP, HTTPS) from which deliveries are fetched into the inbox, in order.',
  ),
  'feeds.inbox': pathKey(
    undefined,
    'Map waarin alles aankomt wat de bronnen geven; standaard inbox in TWE_HOME.',
    'Folder in which everything ends that the sources give; by default inbox in TWE_HOME.',
  ),
  'feeds.require_manifest': configKey(
    kind.boolean,
    false,
    'Of een levering zonder manifest.json geweigerd wordt.',
    'Whether a delivery without manifest.json is refused.',
  ),
  'feeds.mapping': configKey<FeedMapping>(
    feedMapping,
    NO_MAPPING,
    'Hoe een bron de bestanden schrijft: namen van kolommen, scheidingstekens, datums, getallen en codes.',
    'How a source writes the files: names of columns, separators, dates, numbers and codes.',
  ),
  out: pathKey('out', 'Map voor de uitvoer.', 'Folder for the exports.'),
  'approval.required': configKey(
    kind.boolean,
    true,
    'Of een tweede persoon elke betaling goedkeurt; false: de verwerking keurt zelf goed.',
    'Whether a second person approves each batch; false: the run approves it itself.',
  ),
  'approval.approvers': configKey<readonly string[]>(kind.names, [], 'Wie mag goedkeuren.', 'Who may approve.'),
  'exports.nightly': configKey(
    kind.choice('ALL', 'CHANGED'),
    'ALL',
    'CHANGED: in een nacht zonder boeking alleen de gewijzigde regels en geen werkboeken.',
    'CHANGED: on a night without a booking only the lines that changed, and no workbooks.',
  ),
  'payment.debtor_name': configKey(
    payerName,
    undefined,
    'Naam van wie betaalt, voor het betaalbestand.',
    'Name of who pays, for the payment file.',
  ),
  'payment.debtor_iban': configKey(
    belgianIban,
    undefined,
    'Rekening waarvan betaald wordt.',
    'Account from which is paid.',
  ),
  'payment.debtor_bic': configKey(bic, undefined, 'Bank van die rekening.', 'Bank of that account.'),
  'letter.sender': configKey<readonly string[]>(
    lines,
    [],
    'Naam en adres van de afzender boven een terugvorderingsbrief, regel per regel.',
    'Name and address of the sender above a claim letter, line by line.',
  ),
  'letter.payment_days': configKey(
    kind.integer(1, 3_650),
    undefined,
    'Dagen na de datum van de brief waarin een terugvordering betaald wordt.',
    'Days after the date of the letter within which a claim is paid.',
  ),
  'letter.contact': configKey(
    kind.text,
    undefined,
    'Waar een OCMW met vragen terecht kan, zoals het in de brief staat.',
    'Where an OCMW can go with questions, as it stands in the letter.',
  ),
  'letter.contest': configKey(
    kind.text,
    undefined,
    'Hoe een OCMW een terugvordering betwist, zoals het in de brief staat.',
    'How an OCMW contests a claim, as it stands in the letter.',
  ),
  'statement.passwords_file': pathKey(
    undefined,
    'CSV met ocmw_id en password voor de maandstaten; buiten de uitvoermap, alleen leesbaar voor de eigenaar.',
    'CSV with ocmw_id and password for the monthly statements; outside the output folder, readable by its owner alone.',
  ),
  'guard.max_reject_ratio': configKey(
    kind.ratio,
    0.02,
    'Hoogste deel geweigerde rijen van een levering.',
    'Highest part of rejected rows in a delivery.',
  ),
  'guard.max_shrink_ratio': configKey(
    kind.ratio,
    0.2,
    'Hoogste deel waarmee een volledige levering mag krimpen.',
    'Highest part by which a full delivery may shrink.',
  ),
  'guard.min_rows': configKey(
    kind.integer(0, MAX_ROWS),
    500,
    'Aantal rijen vanaf waar deze grenzen gelden.',
    'Number of rows from which these limits hold.',
  ),
  'guard.max_open_change_ratio': configKey(
    kind.ratio,
    0.2,
    'Hoogste deel waarmee het aantal lopende trajecten op één nacht mag veranderen.',
    'Highest part by which the number of open trajectories may change in one night.',
  ),
  'guard.max_law_change_ratio': configKey(
    kind.ratio,
    0.05,
    'Hoogste deel waarmee het verschuldigde van voorbije maanden mag veranderen als de regels veranderden.',
    'Highest part by which the due of past months may change when the law changed.',
  ),
  'reconcile.account': configKey<AccountMapping>(
    accountMapping,
    PLAIN_ACCOUNT,
    'Hoe een OCMW de uitvoer van zijn rekening schrijft: kolommen, scheidingstekens, datums en bedragen.',
    'How an OCMW writes the export of its account: columns, separators, dates and amounts.',
  ),
  'reconcile.days': configKey(
    kind.integer(0, 366),
    60,
    'Hoeveel dagen een boeking mag afwijken als alleen bedrag en datum zeggen wat ze is.',
    'How many days a booking may lie off when only amount and date say what it is.',
  ),
  'reconcile.year': configKey(
    kind.choice('PAID', 'PERIOD'),
    'PAID',
    'Bij welk boekjaar een betaling van VDAB hoort: dat waarin betaald werd, of dat van haar periode.',
    'To which year of bookkeeping a payment of VDAB belongs: that in which it was paid, or that of its period.',
  ),
  'schedule.nightly': configKey(
    timeOfDay,
    NIGHTLY_AT,
    'Wanneer de nacht begint, in Europe/Brussels.',
    'When the night begins, in Europe/Brussels.',
  ),
  'schedule.monthly_statement': configKey(
    timeOfDayOrOff,
    undefined,
    'Wanneer op de laatste dag van de maand de overzichten gemaakt worden; standaard 23:00 als er wachtwoorden zijn, anders off.',
    'When statements are made on the last day of the month; by default 23:00 when there are passwords, else off.',
  ),
  'retention.identity_months': configKey(
    months,
    undefined,
    'Maanden na de laatste activiteit van een klant waarna zijn rijksregisternummer en pseudoniem verwijderd worden.',
    'Months after the last activity of a client after which national number and pseudonym are removed.',
  ),
  'retention.originals_months': configKey(
    months,
    undefined,
    'Maanden waarna leveringen uit de inbox en haar archief verwijderd worden.',
    'Months after which deliveries are removed from the inbox and its archive.',
  ),
  'retention.exports_months': configKey(
    months,
    undefined,
    'Maanden waarna mappen met documenten verwijderd worden.',
    'Months after which folders of documents are removed.',
  ),
  'schedule.retention': configKey(
    timeOfDayOrOff,
    undefined,
    'Wanneer op de laatste dag van de maand verwijderd wordt wat te oud is; standaard 23:30 als er een termijn is, anders off.',
    'When on the last day of the month what is too old is removed; by default 23:30 when there is a term, else off.',
  ),
  'lease.seconds': configKey(
    kind.integer(2, 3600),
    60,
    'Hoe lang een run geen teken van leven mag geven voor een andere overneemt.',
    'How long a run may give no sign of life before another one takes over.',
  ),
  'alert.command': configKey<readonly string[]>(
    commandLine,
    [],
    'Programma met argumenten dat een melding als JSON op zijn invoer krijgt.',
    'Program with arguments that gets an alert as JSON on its input.',
  ),
  'alert.command_seconds': configKey(
    kind.integer(1, 300),
    20,
    'Hoe lang dat programma mag duren.',
    'How long that program may take.',
  ),
  'alert.mail_to': configKey<readonly string[]>(
    mailAddresses,
    [],
    'Aan wie een melding gemaild wordt; de server staat in TWE_SMTP_URL.',
    'Who gets an alert by mail; the server is TWE_SMTP_URL.',
  ),
  'alert.mail_from': configKey(
    mailAddress,
    undefined,
    'Afzender van die mail; nodig bij alert.mail_to.',
    'Sender of that mail; needed with alert.mail_to.',
  ),
  'metrics.file': pathKey(
    undefined,
    'Bestand (.prom) voor de textfile collector van de node exporter.',
    'File (.prom) for the textfile collector of the node exporter.',
  ),
  'log.level': configKey(
    kind.choice(...LOG_LEVELS),
    undefined,
    'Hoeveel het logboek vertelt; standaard info in een bestand en warn op stderr. TWE_LOG_LEVEL gaat voor.',
    'How much the log tells; by default info in a file and warn on stderr. TWE_LOG_LEVEL wins.',
  ),
  'log.file': pathKey(
    undefined,
    'Bestand van het logboek; zonder dit gaat het naar stderr.',
    'File of the log; without it the log goes to stderr.',
  ),
};

export type ConfigKeyName = keyof typeof CONFIG_KEYS;
type ValueOf<K extends ConfigKeyName> = (typeof CONFIG_KEYS)[K] extends ConfigKey<infer T> ? T : never;
type KeyWithoutDefault =
  | 'feeds.source'
  | 'feeds.inbox'
  | 'payment.debtor_name'
  | 'payment.debtor_iban'
  | 'payment.debtor_bic'
  | 'letter.payment_days'
  | 'letter.contact'
  | 'letter.contest'
  | 'statement.passwords_file'
  | 'schedule.monthly_statement'
  | 'schedule.retention'
  | 'retention.identity_months'
  | 'retention.originals_months'
  | 'retention.exports_months'
  | 'alert.mail_from'
  | 'metrics.file'
  | 'log.level'
  | 'log.file';

/** The value of every key: as given, else its default. Paths are absolute. */
export type ConfigValues = {
  readonly [K in ConfigKeyName]: ValueOf<K> | (K extends KeyWithoutDefault ? undefined : never);
};

export const CONFIG_KEY_NAMES = Object.keys(CONFIG_KEYS) as ConfigKeyName[];

/** Whether a text is a key of the configuration beside `law`. */
export function isConfigKey(key: string): key is ConfigKeyName {
  return Object.hasOwn(CONFIG_KEYS, key);
}

/** What is known of a key, without the type of its value. */
export function configKeyOf(key: ConfigKeyName): ConfigKey<unknown> {
  return CONFIG_KEYS[key];
}
