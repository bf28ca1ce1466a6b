/** Wakes by cron, once in each minute, also after the clock of the machine was set. */
import cron from 'node-cron';
import { systemClock } from '../clock.js';

/** Every minute: the database says what is due, so a wake that comes twice or not at all changes nothing. */
const EVERY_MINUTE = '* * * * *';
/** How often to look whether the clock was set back. */
const LOOK_MS = 60_000;

/** A machine that was asleep, or too busy for a second, is no news; and the library would write a line for each minute, which is no JSON. */
const OPTIONS = {
  timezone: 'Europe/Brussels',
  missedExecutionTolerance: 50_000,
  suppressMissedWarning: true,
};

/**
 * Wakes at the beginning of each minute until `stop` is called. cron waits for the moment that it has computed; when the clock is
 * set back that moment is hours away, or years after a wrong start: then it is begun anew, and `wake` called at once.
 */
export function wakeEveryMinute(wake: () => void): { readonly stop: () => Promise<void> } {
  const begin = () => cron.schedule(EVERY_MINUTE, wake, OPTIONS);
  let task = begin();
  let seen = systemClock.now();
  const look = setInterval(() => {
    const now = systemClock.now();
    const isSetBack = now < seen;
    seen = now;
    if (!isSetBack) return;
    void task.destroy();
    task = begin();
    wake();
  }, LOOK_MS);
  return {
    stop: async () => {
      clearInterval(look);
      await task.destroy();
    },
  };
}
