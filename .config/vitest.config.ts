import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Programs that tests start on a server need one.
    env: { TWE_PSEUDONYM_KEY: '7e57'.repeat(16) },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores are the floor: each worker also drives a PostgreSQL.
    maxWorkers: 2,
  },
});
