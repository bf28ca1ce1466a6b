/** Reading a file piece by piece. */
import { open } from 'node:fs/promises';

/**
 * The bytes of a file in pieces of at most `pieceBytes`. Each piece is the reader's to keep. A small file takes a small
 * buffer: with `createReadStream` the buffers of a thousand small files cost more than their content.
 */
export async function* readPieces(path: string, pieceBytes: number): AsyncGenerator<Buffer, void, void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(pieceBytes, size + 1);
    for (;;) {
      const buffer = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(buffer, 0, length);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
