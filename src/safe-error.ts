/**
 * What may be told of a text or of an error that came from elsewhere: no national number, no account, no secret of the
 * environment, no value of a row. Everything that goes to a log, to standard error, into an alert or into `twe.run.failure`
 * passes here.
 */
import pg from 'pg';
import { EXIT, Failure } from './errors.js';
import { maskInszIn } from './identifiers.js';

/** Shorter ones would be found everywhere. */
const SHORTEST_SECRET = 6;

const secrets = new Set<string>();

/** From now on these values (passwords, tokens) appear in no text that passes here. */
export function neverTell(values: readonly (string | undefined)[]): void {
  for (const value of values) if (value !== undefined && value.length >= SHORTEST_SECRET) secrets.add(value);
}

/** Whether a text holds one of those values. */
export function holdsSecret(text: string): boolean {
  return [...secrets].some((secret) => text.includes(secret));
}

/** A text without national numbers, bank accounts, secrets of the environment and passwords of addresses. */
export function clean(text: string): string {
  let cleaned = text.replaceAll(/(:\/\/[^\s:@/]*):[^\s@/]+@/g, '$1:***@');
  for (const secret of secrets) cleaned = cleaned.replaceAll(secret, '***');
  return maskIbansIn(maskInszIn(cleaned));
}

/**
 * What happened, in a sentence that anybody may read: the message of a `Failure`; of any other error its message, and of one
 * of the database no value of a row.
 */
export function sentenceOf(error: unknown): string {
  return clean(messageOf(error));
}

/** Exit code of the contract: that of a `Failure`, else 1. */
export function exitCodeOf(error: unknown): Failure['exitCode'] {
  return error instanceof Failure ? error.exitCode : EXIT.unexpected;
}

/** The places of the program in a stack, without the message that stands above them. */
export function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return clean(frames.join('\n'));
}

function messageOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return databaseMessage(error);
  // What JSON.parse says quotes the text that it could not read.
  if (error instanceof SyntaxError) return withoutQuoted(error.message);
  return error instanceof Error ? error.message : String(error);
}

/** Classes of PostgreSQL whose messages name objects of the schema or the server and never a value. */
const NAMES_NO_VALUE = /^(08|0A|25|28|3D|40|42|53|54|55|57|58|P0|XX)/;

function databaseMessage(error: pg.DatabaseError): string {
  const { code = '', message } = error;
  if (NAMES_NO_VALUE.test(code)) return message;
  const about = (['table', 'column', 'constraint'] as const)
    .filter((name) => error[name] !== undefined)
    .map((name) => `, ${name} ${error[name]!}`);
  return `${withoutQuoted(message)} (${code}${about.join('')})`;
}

/** From the first quote to the last: a value may hold quotes itself. */
function withoutQuoted(text: string): string {
  return text.replace(/".*"/s, '"..."');
}

const PERHAPS_IBAN = /\b(?:BE\d{2}(?: ?\d{4}){3}|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)(?![A-Z0-9])/g;

/** A mistyped Belgian account is still somebody's; others count when their check digits hold. */
function maskIbansIn(text: string): string {
  return text.replaceAll(PERHAPS_IBAN, (iban) => (iban.startsWith('BE') || passesCheck(iban) ? '[IBAN]' : iban));
}

/** ISO 13616: letters as numbers from 10, country and check digits at the end, remainder of 97 is one. */
function passesCheck(iban: string): boolean {
  const bare = iban.replaceAll(' ', '');
  const moved = bare.slice(4) + bare.slice(0, 4);
  let remainder = 0;
  for (const sign of moved) {
    for (const digit of String(parseInt(sign, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}
