/** Whether operators would hear of it: the program and the mail server of `alert.*`. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Settings } from '../../config.js';
import type { MailSettings } from '../../config/alerts.js';
import { EXIT } from '../../errors.js';
import { sentenceOf } from '../../safe-error.js';
import { verifyMail } from '../mail.js';
import { failing, fine, warning, type Diagnosis } from './diagnosis.js';

export async function lookAtWaysToTell({ alert }: Settings, searchPath: string): Promise<Diagnosis[]> {
  const { command, mail } = alert;
  if (command.length === 0 && mail === undefined) {
    const toDo = 'Set alert.command or alert.mail_to: else a night that fails is only seen by who looks.';
    return [warning('alerts', 'nobody is told when something goes wrong', toDo)];
  }
  return [
    ...(command.length === 0 ? [] : [lookAtCommand(command[0]!, searchPath)]),
    ...(mail === undefined ? [] : [await lookAtMail(mail)]),
  ];
}

function lookAtCommand(program: string, searchPath: string): Diagnosis {
  const places = program.includes('/') ? [program] : searchPath.split(delimiter).map((folder) => join(folder, program));
  const found = places.find(isProgram);
  if (found !== undefined) return fine('alert.command', `${found} can be run`);
  const toDo = 'Write the whole path of a program that may be run as the first text of alert.command.';
  return failing('alert.command', `${program} is no program that this user may run`, toDo);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function lookAtMail(mail: MailSettings): Promise<Diagnosis> {
  if (mail.smtpUrl === undefined) {
    const toDo = 'Set TWE_SMTP_URL for the program that runs the nights: smtps://user:password@host:465.';
    return failing('mail', 'alert.mail_to is set, but the environment has no TWE_SMTP_URL', toDo);
  }
  const { host } = new URL(mail.smtpUrl);
  try {
    await verifyMail(mail);
    return fine('mail', `the server ${host} answers and lets us in`);
  } catch (error) {
    const toDo = 'Correct TWE_SMTP_URL, or ask who runs the mail server.';
    return failing('mail', `the server ${host}: ${sentenceOf(error)}`, toDo, EXIT.unexpected);
  }
}
