import { it } from 'vitest';
import { appendFileSync, mkdirSync, rmSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareExports } from './compare.js';
import { computeOracle } from './oracle.js';
import { createTestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { randomLaw, writeRandomFeed } from '../support/random-feed.js';
const seeds = process.env.SEEDS!.split(',').flatMap((s) => { const [a, b] = s.split('-').map(Number); return Array.from({ length: (b ?? a!) - a! + 1 }, (_, i) => a! + i); });
const persons = Number(process.env.PERSONS ?? 12);
const say = (text: string) => appendFileSync('/tmp/diff/result.txt', text + '\n');
it('differs', async () => { for (const seed of seeds) {
  const folder = `/tmp/diff/${seed}`; rmSync(folder, { recursive: true, force: true }); mkdirSync(folder, { recursive: true });
  const { database, drop } = await createTestDatabase();
  const feedsDir = join(folder, 'feeds'), out = join(folder, 'out');
  const { dates } = writeRandomFeed({ seed, dir: feedsDir, persons });
  const law = randomLaw(seed); delete law['pos.min_fte'];
  const date = dates[(seed * 7) % 3 === 0 ? Math.floor(dates.length / 2) : dates.length - 1]!;
  try {
    const t = Date.now();
    await runNight(database, { feedsDir, out, date, law });
    const d = compareExports(join(out, date, 'nightly'), computeOracle({ feedsDir, date, law, approvalRequired: false }));
    say(`== seed ${seed} date ${date} ${Date.now() - t} ms: ${d.length} differences`);
    if (d.length) { say(JSON.stringify(law)); say(d.slice(0, Number(process.env.SHOW ?? 6)).join('\n')); }
  } catch (e) { say(`== seed ${seed} date ${date} FAILED ${String(e).slice(0, 900)} ${JSON.stringify(law)}`); }
  await drop();
}
}, 600_000);
