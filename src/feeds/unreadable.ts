/** The file as a whole cannot be read; its delivery is refused. */
export class UnreadableFile extends Error {
  constructor(
    /** Where the record starts that stopped the reader; undefined when no line makes sense. */
    readonly line: number | undefined,
    message: string,
  ) {
    super(message);
    this.name = 'UnreadableFile';
  }
}
