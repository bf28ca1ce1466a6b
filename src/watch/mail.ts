/** Mail to operators, through nodemailer. What the server answers is never passed on: it may repeat what it was sent. */
import { createTransport, type Transporter } from 'nodemailer';
import type { MailSettings } from '../config/alerts.js';

const TIMEOUT_MS = 15_000;

const WHY: Readonly<Record<string, string>> = {
  EAUTH: 'the server refused the user or the password',
  ECONNECTION: 'no connection',
  ECONNREFUSED: 'nothing listens there',
  EDNS: 'the host is not known',
  ENOTFOUND: 'the host is not known',
  EENVELOPE: 'the server refused the sender or a receiver',
  EMESSAGE: 'the server refused the message',
  ESOCKET: 'the connection was cut or could not be encrypted',
  ETIMEDOUT: 'no answer in time',
  ETLS: 'the server does not encrypt',
};

/** Sends one mail. Throws an Error whose message is the end of a sentence and holds no secret. */
export async function sendMail(settings: MailSettings, subject: string, text: string): Promise<void> {
  const { to, from } = settings;
  await withServer(settings, async (server) => {
    await server.sendMail({ from, to: [...to], subject, text, disableFileAccess: true, disableUrlAccess: true });
  });
}

/** Whether the server answers and lets us in. Throws like `sendMail`. */
export async function verifyMail(settings: MailSettings): Promise<void> {
  await withServer(settings, async (server) => {
    await server.verify();
  });
}

async function withServer(settings: MailSettings, work: (server: Transporter) => Promise<void>): Promise<void> {
  if (settings.smtpUrl === undefined) throw new Error('TWE_SMTP_URL is not set');
  const server = createTransport(transportOf(settings.smtpUrl));
  try {
    await work(server);
  } catch (error) {
    const code = codeIn(error);
    // Without the cause: it quotes what was sent and what the server answered.
    throw new Error(WHY[code] ?? `it failed (${/^[A-Z0-9_]+$/.test(code) ? code : 'unknown'})`);
  } finally {
    server.close();
  }
}

/** The code of the system where there is one: the library calls each of them ESOCKET. */
function codeIn(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const system = /\b(ECONNREFUSED|ENOTFOUND|ETIMEDOUT)\b/.exec(error.message)?.[0];
  return system ?? ('code' in error && typeof error.code === 'string' ? error.code : 'unknown');
}

function transportOf(smtpUrl: string) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === 'smtps:';
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // A password never leaves this machine in clear.
    requireTLS: username !== '' && !isLocal,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  };
}
