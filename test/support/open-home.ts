/**
 * A program for tests of the embedded server, to be killed: opens the database of the folder given as argument, then
 * answers each line on its input, a statement, with one line of JSON. `close` ends it properly.
 */
import { createInterface } from 'node:readline';
import { openDatabase } from '../../src/db/database.js';
import { Failure } from '../../src/errors.js';

const answer = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

function fault(error: unknown): unknown {
  const { message, exitCode } = error as Failure;
  return {
    fault: { message, exitCode: error instanceof Failure ? exitCode : undefined, stack: (error as Error).stack },
  };
}

try {
  const database = await openDatabase({ databaseUrl: undefined, home: process.argv[2]! });
  answer({ opened: true });
  for await (const line of createInterface(process.stdin)) {
    if (line === 'close') break;
    answer(await database.rows(line).then((rows) => ({ rows }), fault));
  }
  await database.close();
  answer({ closed: true });
} catch (error) {
  answer(fault(error));
}
process.exit();
