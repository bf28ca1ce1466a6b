/** What a person sees: one progress line on a terminal, nothing in a pipe; results on standard output. */
import process from 'node:process';

export interface Terminal {
  /** Of standard output: what the environment asks (`COLUMNS`), what the terminal has, 80 in a pipe. */
  readonly columns: number;
  /** Replaces the progress line. */
  progress(text: string): void;
  /** Takes the progress line away. */
  clear(): void;
  /** A line that stays, on standard error. */
  note(text: string): void;
  /** A line of the result, on standard output. */
  print(text: string): void;
}

/** @param quiet no progress and no notes, even on a terminal */
export function createTerminal(quiet: boolean): Terminal {
  const shows = process.stderr.isTTY && !quiet;
  const width = () => Math.max(20, (process.stderr.columns ?? 80) - 1);
  const clear = () => {
    if (shows) process.stderr.write('\r\x1b[2K');
  };
  return {
    columns: Number(process.env['COLUMNS']) || process.stdout.columns || 80,
    progress(text) {
      clear();
      if (shows) process.stderr.write(text.slice(0, width()));
    },
    clear,
    note(text) {
      clear();
      if (!quiet) process.stderr.write(`${text}\n`);
    },
    print(text) {
      clear();
      process.stdout.write(`${text}\n`);
    },
  };
}

/**
 * A reader that goes away (`| head`) is no failure: what it does not want is dropped without a word, while the work that was
 * begun goes on to its own end and exit code.
 */
export function bearClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(bearClosedPipe)) stream.on('error', bearClosedPipe);
  }
}

function bearClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Cents as people read them: `1,234.56 euro`. */
export function euros(cents: number): string {
  return `${(cents / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} euro`;
}

/** A whole number with separators. */
export function amount(value: number): string {
  return value.toLocaleString('en');
}
