/** Seconds, processor time and memory of a piece of work. */
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';

export interface Measured<T> {
  readonly result: T;
  readonly seconds: number;
  /** Processor seconds of this process. */
  readonly nodeSeconds: number;
  /** Processor seconds of the whole server; undefined where the system does not tell. */
  readonly serverSeconds: number | undefined;
  /** Largest resident memory of this process that was seen meanwhile. */
  readonly peakBytes: number;
  /** Processes that wanted a core in the minute before. */
  readonly loadBefore: number;
}

/** Runs work once, after a garbage collection, with a look at the memory every 10 ms. */
export type Measure = <T>(work: () => Promise<T>) => Promise<Measured<T>>;

const SAMPLE_MS = 10;
/** Linux counts processor time in hundredths of a second, on every machine we know. */
const TICKS_PER_SECOND = 100;

/** A measure that also watches the server with this postmaster. */
export function measureBeside(postmasterPid: number): Measure {
  return async (work) => {
    globalThis.gc?.();
    const loadBefore = loadavg()[0]!;
    let peakBytes = process.memoryUsage.rss();
    const look = () => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss()));
    const sampler = setInterval(look, SAMPLE_MS);
    const serverBefore = serverTicks(postmasterPid);
    const cpuBefore = process.cpuUsage();
    const began = performance.now();
    try {
      const result = await work();
      const seconds = (performance.now() - began) / 1000;
      const cpu = process.cpuUsage(cpuBefore);
      const serverAfter = serverTicks(postmasterPid);
      look();
      return {
        result,
        seconds,
        nodeSeconds: (cpu.user + cpu.system) / 1_000_000,
        serverSeconds:
          serverBefore === undefined || serverAfter === undefined
            ? undefined
            : (serverAfter - serverBefore) / TICKS_PER_SECOND,
        peakBytes,
        loadBefore,
      };
    } finally {
      clearInterval(sampler);
    }
  };
}

/** Processor time of a postmaster and its children, those that have ended included. */
function serverTicks(postmasterPid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  let ticks = 0;
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    const fields = statOf(pid);
    if (fields === undefined) continue;
    // proc(5), counted after the command: 1 parent, 11 and 12 own time, 13 and 14 that of children that have ended.
    const own = Number(fields[11]) + Number(fields[12]);
    if (pid === postmasterPid) ticks += own + Number(fields[13]) + Number(fields[14]);
    else if (Number(fields[1]) === postmasterPid) ticks += own;
  }
  return ticks;
}

/** The fields after the command of /proc/<pid>/stat; undefined when the process has gone. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
