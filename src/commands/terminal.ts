/** What a person sees: one progress line on a terminal, nothing in a pipe; results on standard output. */
import process from 'node:process';

export interface Terminal {
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

/** Cents as people read them: `1,234.56 euro`. */
export function euros(cents: number): string {
  return `${(cents / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} euro`;
}

/** A whole number with separators. */
export function amount(value: number): string {
  return value.toLocaleString('en');
}
