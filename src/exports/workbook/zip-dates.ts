/**
 * A workbook is a zip whose entries carry the moment of writing, and exceljs offers no way to set it. Equal workbooks
 * must be equal bytes, so the dates are overwritten in place: 4 bytes in each local header and in each entry of the
 * central directory (PKWARE APPNOTE 4.3.7 and 4.3.12). Nothing is compressed again.
 */
import { open, type FileHandle } from 'node:fs/promises';

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
/** Size of the end record without comment. */
const END_LENGTH = 22;
const LOCAL_DATE_OFFSET = 10;
const CENTRAL_DATE_OFFSET = 12;
const CENTRAL_LENGTH = 46;

/** 1 January 1980 00:00, the first moment that DOS dates can hold: two bytes of time, two of date. */
const FIXED_DATE = Buffer.from([0x00, 0x00, 0x21, 0x00]);

/** Gives every entry of a zip without comment and below 4 GB the same date. Throws when the file is no such zip. */
export async function fixZipDates(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const end = await read(file, size - END_LENGTH, END_LENGTH);
    expectSignature(end, END_SIGNATURE, path);
    const entries = end.readUInt16LE(10);
    const directoryAt = end.readUInt32LE(16);
    const directory = await read(file, directoryAt, end.readUInt32LE(12));
    let at = 0;
    for (let i = 0; i < entries; i++) {
      const entry = directory.subarray(at);
      expectSignature(entry, CENTRAL_SIGNATURE, path);
      FIXED_DATE.copy(entry, CENTRAL_DATE_OFFSET);
      await fixLocalHeader(file, entry.readUInt32LE(42), path);
      at += CENTRAL_LENGTH + entry.readUInt16LE(28) + entry.readUInt16LE(30) + entry.readUInt16LE(32);
    }
    await file.write(directory, 0, directory.length, directoryAt);
  } finally {
    await file.close();
  }
}

async function fixLocalHeader(file: FileHandle, at: number, path: string): Promise<void> {
  expectSignature(await read(file, at, 4), LOCAL_SIGNATURE, path);
  await file.write(FIXED_DATE, 0, FIXED_DATE.length, at + LOCAL_DATE_OFFSET);
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('zip is shorter than its directory says');
  return buffer;
}

function expectSignature(bytes: Buffer, signature: number, path: string): void {
  if (bytes.readUInt32LE(0) !== signature) throw new Error(`${path}: not a zip of the expected form`);
}
