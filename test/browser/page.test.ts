/** The page of a night in a real browser. Skipped, loudly, where there is none. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRun } from '../../src/exports/export-run.js';
import { exportOptions } from '../exports/sample.js';
import { createTestDatabase } from '../support/database.js';
import { FINDINGS, fillPageSample, pageFindings, SCRIPT_NAME } from './page-sample.js';

const executablePath = findBrowser();
if (executablePath === undefined) {
  process.stderr.write(
    'No Chromium is installed (or named by CHROMIUM): the page of the night is NOT opened in a browser.\n',
  );
}

function findBrowser(): string | undefined {
  const named = process.env['CHROMIUM'];
  const usual = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
  ];
  return [...(named === undefined ? [] : [named]), ...usual].find((path) => existsSync(path));
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(executablePath === undefined)('the page of a night in a browser', () => {
  let browser: Browser;
  let out: string;
  let address: string;
  const complaints: string[] = [];
  beforeAll(async () => {
    const test = await createTestDatabase();
    out = await mkdtemp(join(tmpdir(), 'twe-browser-'));
    try {
      const folder = await test.database.transaction(async (session) => {
        await fillPageSample(session);
        return exportRun(session, exportOptions(out, { findings: pageFindings() }));
      });
      address = pathToFileURL(join(folder.path, 'verslag-2024-04-16.html')).href;
    } finally {
      await test.drop();
    }
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(out, { recursive: true, force: true });
  });

  /** Opens the page; everything that the console says is kept. */
  async function open(width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => {
      if (request.url() !== address) complaints.push(request.url());
    });
    page.setDefaultTimeout(10_000);
    await page.goto(address);
    return page;
  }

  const shown = (page: Page, table: string, column: number) =>
    page.locator(`#${table} tbody tr:visible > :nth-child(${column})`).allInnerTexts();
  const told = (page: Page, table: string) => page.locator(`[data-filters=${table}] [role=status]`).innerText();

  it('opens from disk without a word on the console, and the texts of feeds stay texts', async () => {
    const page = await open(1280);
    expect(await page.title()).toBe('Verslag van de nacht 16/04/2024');
    expect(await page.locator('#t-ocmws').innerText()).toContain(SCRIPT_NAME);
    expect(await page.locator('svg.chart:visible').count()).toBe(10);
    await page.close();
    expect(complaints).toEqual([]);
  });

  it('sorts by number, date and text, up and down', async () => {
    const page = await open(1280);
    const sortBy = (name: string) => page.locator('#t-ocmws thead').getByRole('button', { name, exact: true }).click();
    const due = async () =>
      (await shown(page, 't-ocmws', 6)).map((text) => Number(text.replaceAll('.', '').replace(',', '.')));
    await sortBy('Verschuldigd (euro)');
    const ascending = await due();
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    await sortBy('Verschuldigd (euro)');
    expect(await due()).toEqual([...ascending].reverse());
    expect(await page.locator('#t-ocmws th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    await sortBy('OCMW');
    const names = await shown(page, 't-ocmws', 1);
    const order = new Intl.Collator('nl', { numeric: true, sensitivity: 'base' });
    expect(names).toEqual([...names].sort(order.compare));
    await page.close();
  });

  it('filters findings by severity, kind, OCMW and text, shows them by 25 and clears', async () => {
    const page = await open(1280);
    const filters = page.locator('[data-filters=t-findings]');
    const all = FINDINGS - 29;
    expect(await told(page, 't-findings')).toBe(`25 getoond · ${all} voldoen aan de filter · ${all} in de lijst`);
    await page.getByRole('button', { name: 'Toon er nog 25' }).click();
    expect(await shown(page, 't-findings', 1)).toHaveLength(50);
    await filters.locator('[data-by=severity]').selectOption('ERROR');
    expect(await shown(page, 't-findings', 2)).toEqual(['fout', 'fout']);
    expect(await page.getByRole('button', { name: 'Toon er nog 25' }).count()).toBe(0);
    await filters.locator('[data-by=ocmw]').selectOption('-');
    expect(await shown(page, 't-findings', 6)).toEqual(['of no OCMW']);
    await filters.getByRole('button').click();
    await filters.locator('[data-by=code]').selectOption('MONTH_21_REACHED');
    await filters.getByLabel('Zoek').fill('WEO-000005 SEND');
    expect(await shown(page, 't-findings', 4)).toEqual(['WEO-000005']);
    await filters.getByRole('button').click();
    expect(await told(page, 't-findings')).toMatch(/^25 getoond/);
    await page.getByLabel('alleen met teken').check();
    const withSign = await shown(page, 't-ocmws', 2);
    expect(withSign.length).toBeGreaterThan(0);
    expect(withSign).not.toContain('');
    await page.close();
  });

  it('fits a phone of 360 pixels without scrolling sideways, and paper', async () => {
    const page = await open(360);
    await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 680, height: 900 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(680);
    await page.close();
  });

  it('has no serious or critical finding of axe-core, on screen, on a phone and in the dark', async () => {
    // Only the colours differ in the dark.
    const inTheDark = `{ runOnly: { type: 'rule', values: ['color-contrast'] } }`;
    for (const [width, scheme, options] of [
      // On a desk all of it in test:long: a phone shows the same, narrower.
      ...(process.env['TWE_LONG'] ? ([[1280, 'light', '{}']] as const) : []),
      [360, 'light', '{}'],
      [1280, 'dark', inTheDark],
    ] as const) {
      const page = await open(width, scheme);
      await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(`axe.run(document, ${options})`);
      const found = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]!.html}`);
      expect(
        found.filter((each) => /^(serious|critical)/.test(each)),
        `${width} ${scheme}`,
      ).toEqual([]);
      await page.close();
    }
    expect(complaints).toEqual([]);
  });
});
