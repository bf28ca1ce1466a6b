/** `alert.*`: who is told when something goes wrong, and how. The mail server is a secret of the environment. */
import type { Fault } from '../law/keys/faults.js';
import * as kind from '../law/keys/kinds.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Who is told when something goes wrong, and how. */
export interface AlertSettings {
  /** Program and arguments; empty: none. */
  readonly command: readonly string[];
  readonly commandSeconds: number;
  /** Undefined: no mail. */
  readonly mail: MailSettings | undefined;
}

export interface MailSettings {
  readonly to: readonly string[];
  readonly from: string;
  /** `TWE_SMTP_URL`. A secret: for the mail library only. Undefined where the environment has none: nothing can be sent. */
  readonly smtpUrl: string | undefined;
}

/** The keys as they were read. */
interface AlertValues {
  readonly 'alert.command': readonly string[];
  readonly 'alert.command_seconds': number;
  readonly 'alert.mail_to': readonly string[];
  readonly 'alert.mail_from': string | undefined;
}

/** A program and its arguments, each a text of its own: no shell reads them. */
export const commandLine: kind.ValueKind<readonly string[]> = {
  allowed: 'a list of texts: a program and its arguments',
  read: (json) => {
    const isRight =
      Array.isArray(json) && json.length >= 1 && json.every((part) => typeof part === 'string' && !part.includes('\0'));
    if (!isRight || (json as string[])[0]!.trim() === '') return { ok: false, problem: 'not allowed' };
    return { ok: true, value: json as string[] };
  },
};

export const mailAddress: kind.ValueKind<string> = {
  allowed: 'an e-mail address',
  read: (json) =>
    typeof json === 'string' && isMailAddress(json) ? { ok: true, value: json } : { ok: false, problem: 'not allowed' },
};

export const mailAddresses: kind.ValueKind<readonly string[]> = {
  allowed: 'an e-mail address, or a list of them',
  read: (json) => {
    const list: unknown[] = Array.isArray(json) ? json : [json];
    const isRight = list.length > 0 && list.every((address) => typeof address === 'string' && isMailAddress(address));
    return isRight ? { ok: true, value: list as string[] } : { ok: false, problem: 'not allowed' };
  },
};

function isMailAddress(text: string): boolean {
  return /^[^\s@<>",;:]{1,64}@[^\s@<>",;:]{1,253}$/.test(text);
}

/** The alert settings of file and environment. */
export function alertOf(values: AlertValues, env: Environment): AlertSettings {
  const [to, from, smtpUrl] = [values['alert.mail_to'], values['alert.mail_from'], env['TWE_SMTP_URL'] || undefined];
  const mail = to.length === 0 || from === undefined ? undefined : { to, from, smtpUrl };
  return { command: values['alert.command'], commandSeconds: values['alert.command_seconds'], mail };
}

/** Only who runs jobs has TWE_SMTP_URL: its absence is told where a mail would be sent, and by `twe doctor`. */
export function incompleteMail(
  { values, faults }: { readonly values: AlertValues; readonly faults: readonly Fault[] },
  env: Environment,
): Fault[] {
  const found: Fault[] = [];
  const isGiven = values['alert.mail_from'] !== undefined || faults.some(({ key }) => key === 'alert.mail_from');
  if (values['alert.mail_to'].length > 0 && !isGiven) {
    const allowed = 'Write the address that alerts come from, or leave alert.mail_to out.';
    found.push({ key: 'alert.mail_from', problem: 'missing beside alert.mail_to', allowed });
  }
  const url = env['TWE_SMTP_URL'] || undefined;
  if (url !== undefined && !(/^smtps?:\/\//.test(url) && URL.canParse(url))) {
    const allowed = 'Write smtps://user:password@host:465 (special characters in the password as %XX).';
    found.push({ key: 'TWE_SMTP_URL', problem: 'not the address of a mail server', allowed });
  }
  return found;
}
