/** A scheduler whose machine has its clock set. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { day } from '../../src/calendar.js';
import { wakeEveryMinute } from '../../src/commands/wakes.js';
import { EXIT, Failure } from '../../src/errors.js';
import { Scheduler } from '../../src/runs/scheduler.js';

const MINUTE_MS = 60_000;
const TWO_HOURS_MS = 120 * MINUTE_MS;

beforeEach(() => vi.useFakeTimers({ now: new Date('2024-04-15T19:30:30Z') }));
afterEach(() => vi.useRealTimers());

const setClock = (byMs: number) => vi.setSystemTime(Date.now() + byMs);

describe('wakes', () => {
  it('come each minute, also after the clock was set back or forward', async () => {
    const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    let wakes = 0;
    const waking = wakeEveryMinute(() => (wakes += 1));
    const inFiveMinutes = async () => {
      wakes = 0;
      await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
      return wakes;
    };
    expect(await inFiveMinutes()).toBe(5);
    setClock(-TWO_HOURS_MS);
    expect(await inFiveMinutes()).toBeGreaterThanOrEqual(4);
    setClock(TWO_HOURS_MS);
    expect(await inFiveMinutes()).toBeGreaterThanOrEqual(4);
    await waking.stop();
    expect(await inFiveMinutes()).toBe(0);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });
});

describe('a run that failed', () => {
  it('is tried again after its wait, and at once when the clock was set back: the wait is over sooner or later', async () => {
    const tried: string[] = [];
    const scheduler = new Scheduler({
      timetable: { nightly: { text: '18:00', minutes: 18 * 60 }, statement: undefined, retention: undefined },
      clock: { now: () => new Date() },
      stop: new AbortController().signal,
      readDone: () =>
        Promise.resolve({
          lastNight: { day: day('2024-04-14'), isDone: true },
          firstDelivery: undefined,
          lastStatement: undefined,
          lastRetention: undefined,
        }),
      run: () => {
        tried.push(new Date().toISOString().slice(11, 16));
        return Promise.reject(new Failure(EXIT.unexpected, 'The disk is full.'));
      },
      lateAfterHours: () => 1_000,
      late: () => Promise.resolve(),
      told: () => undefined,
    });
    await scheduler.wake();
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS);
    await scheduler.wake();
    expect(tried).toEqual(['19:30']);
    setClock(-TWO_HOURS_MS);
    await scheduler.wake();
    expect(tried).toEqual(['19:30', '17:34']);
  });
});
