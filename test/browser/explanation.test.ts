/** The page of an explanation in a real browser. Skipped, loudly, where there is none. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/inspect/explain/explain.js';
import { explanationPage } from '../../src/inspect/explain/page/page.js';
import { lawOfFixtures } from '../inspect/explain/support.js';
import { createFixturesDatabase } from '../support/fixtures-database.js';

const executablePath = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== '' && existsSync(path),
);
if (executablePath === undefined) {
  process.stderr.write('No Chromium is installed (or named by CHROMIUM): the page of an explanation is NOT opened.\n');
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Everything at once: results, allowances, lines taken back; and one of which nothing is due. */
const IDS = ['T13040052A', 'X11'];

describe.skipIf(executablePath === undefined)('the page of an explanation in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twe-explanation-'));
  let browser: Browser;
  const pages = new Map<string, string>();
  beforeAll(async () => {
    const test = await createFixturesDatabase();
    try {
      for (const id of IDS) pages.set(id, explanationPage(await explain(test.database, id, lawOfFixtures())));
      const known = await test.database.rows<{ insz: string }>('select insz from twe.identity');
      const all = [...pages.values()].join('');
      expect(known.filter(({ insz }) => all.includes(insz))).toEqual([]);
    } finally {
      await test.drop();
    }
    for (const [id, text] of pages) writeFileSync(join(folder, `${id}.html`), text);
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('needs no script and nothing from elsewhere', () => {
    for (const text of pages.values()) expect(text).not.toMatch(/<script|https?:|url\(|@import|src=/);
  });

  it('has no finding of axe-core, fits a phone, and every link of it leads somewhere', async () => {
    const complaints: string[] = [];
    for (const id of IDS) {
      const address = pathToFileURL(join(folder, `${id}.html`)).href;
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [390, 'dark'],
      ] as const) {
        // The policy of the page would refuse axe too.
        const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
        page.on('console', (message) => complaints.push(message.text()));
        page.on('request', (request) => void (request.url() === address || complaints.push(request.url())));
        await page.goto(address);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        const dead = `[...document.querySelectorAll('a')].filter((a) => !document.getElementById(a.hash.slice(1))).length`;
        expect(await page.evaluate(dead)).toBe(0);
        await page.evaluate(AXE);
        expect(
          await page.evaluate('axe.run(document).then(({ violations }) => violations.map(({ id }) => id))'),
        ).toEqual([]);
        await page.close();
      }
    }
    expect(complaints).toEqual([]);
  });

  it('opens what was looked at when it is printed', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'X11.html')).href);
    const isShown = () => page.evaluate<boolean>(`document.querySelector('.tests').checkVisibility()`);
    expect(await isShown()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await isShown()).toBe(true);
    await page.close();
  });
});
