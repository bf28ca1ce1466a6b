/**
 * One server for the whole run of the tests: embedded, in a temporary TWE_HOME, or the one of TWE_TEST_DATABASE_URL
 * (a PostgreSQL 15, say; its user must be allowed to create databases). In it one migrated database, which every test
 * file clones (database.ts).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connectTo } from '../../src/db/database.js';
import { startEmbedded } from '../../src/db/embedded.js';
import { databaseUrl, socketUrl } from './address.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a database on the server of the suite from which others can be made. */
    adminUrl: string;
    /** Name of the migrated database to clone. */
    templateName: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await suiteServer();
  const templateName = `twe_template_${process.pid}`;
  const admin = connectTo(server.url);
  await admin.rows(`create database ${templateName}`);
  const template = connectTo(databaseUrl(server.url, templateName));
  await template.check();
  await template.migrate();
  await template.close();
  project.provide('adminUrl', server.url);
  project.provide('templateName', templateName);
  return async () => {
    for (const name of [templateName, `${templateName}_fixtures`]) {
      await admin.rows(`drop database if exists ${name} with (force)`);
    }
    await admin.close();
    await server.stop();
  };
}

async function suiteServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['TWE_TEST_DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  const home = mkdtempSync(join(tmpdir(), 'twe-suite-'));
  // What a test writes need not survive a power cut.
  const server = await startEmbedded({ home, settings: { fsync: 'off', full_page_writes: 'off' } });
  return {
    url: socketUrl(server.connection),
    stop: async () => {
      await server.release();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
