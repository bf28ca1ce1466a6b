/** Reading a file piece by piece. */
import { open } from 'node:fs/promises';
import { UnreadableFile } from './unreadable.js';

/**
 * The bytes of a file in pieces of at most `pieceBytes`. Each piece is the reader's to keep. A small file takes a small
 * buffer: with `createReadStream` the buffers of a thousand small files cost more than their content. Throws
 * `UnreadableFile` when the file cannot be read.
 */
export async function* readPieces(path: string, pieceBytes: number): AsyncGenerator<Buffer, void, void> {
  const file = await readable(open(path));
  try {
    const { size } = await readable(file.stat());
    // One more than the file: its end is seen without another large buffer.
    const length = Math.min(pieceBytes, size + 1);
    for (;;) {
      const buffer = Buffer.allocUnsafe(length);
      const { bytesRead } = await readable(file.read(buffer, 0, length));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnreadableFile(undefined, `the file cannot be read (${code ?? message})`);
  }
}
