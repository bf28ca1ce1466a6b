/** Who runs the program, as the system knows it: not what was typed. */
import { hostname, userInfo } from 'node:os';

/** Name of the user of this process; its number where the system has no name for it. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** Name of this machine. */
export function machine(): string {
  return hostname();
}
