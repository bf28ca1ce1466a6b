/** Where the project lies: the same folder from src/ under tsx and from dist/src/ when compiled. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder upward that holds a package.json. */
export const packageRoot: string = nearestPackage(dirname(fileURLToPath(import.meta.url)));

/** The version of the program, as package.json says it. */
export function programVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('no package.json above the program: the installation is incomplete');
  return nearestPackage(parent);
}
