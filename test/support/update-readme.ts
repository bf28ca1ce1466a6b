/** Writes the reference tables of the README again from the data of the program. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withReferenceTables } from '../../src/inspect/reference.js';

writeFileSync('README.md', withReferenceTables(readFileSync('README.md', 'utf8')));
