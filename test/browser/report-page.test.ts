import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { reportPage } from '../../shared/reports/page/report-page.ts';
import { findChromium } from '../kit/chromium.ts';
import { hostileReport, manyAccounts, pageReport } from '../shared/reports/page/sample-report.ts';
import { type OpenedPage, openedPage } from './opened-page.ts';

const found = await findChromium();
if ('missing' in found)
  console.warn(`The report page is not tested in a browser: ${found.missing}.`);
const browser = 'browser' in found ? found.browser : null;
afterAll(() => browser?.close());

const desktop = { viewport: { width: 1280, height: 900 } };
const telephone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Opens a page, lets a test use it, and closes it: nothing may have gone wrong in it. */
const using = async (
  html: string,
  options: BrowserContextOptions,
  use: (opened: OpenedPage) => Promise<void>,
): Promise<void> => {
  if (browser === null) return;
  const opened = await openedPage(browser, html, options);
  try {
    await use(opened);
    expect(opened.complaints).toEqual([]);
    expect(opened.requests).toEqual([]);
  } finally {
    await opened.close();
  }
};

const few = reportPage(pageReport());
const some = reportPage(pageReport({ accounts: manyAccounts(450), accountsLeftOut: 7 }));

/** Few rows, because axe looks at each cell for seconds. */
const small = reportPage(pageReport({ accounts: manyAccounts(12) }));

const WIDTH = 'document.documentElement.scrollWidth';

/** What axe calls serious or critical, in words that say where. */
const graveFindings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
};

const names = ({ page }: OpenedPage) => page.locator('#rows tr[data-account] .open');
const shown = ({ page }: OpenedPage) => page.locator('#shown').textContent();
const scoresOf = async ({ page }: OpenedPage): Promise<number[]> =>
  (await page.locator('#rows .score').allTextContents()).filter(Boolean).map(Number);

describe.skipIf(browser === null)('the report page in Chromium', { timeout: 180_000 }, () => {
  test.each([
    ['1280 px', desktop],
    ['390 px', telephone],
    ['1280 px, dark', { ...desktop, colorScheme: 'dark' as const }],
    ['390 px, dark', { ...telephone, colorScheme: 'dark' as const }],
  ])(
    '%s: no complaint, no page wider than its window, nothing axe calls serious',
    async (_, size) => {
      const { width } = size.viewport;
      await using(small, { ...size, bypassCSP: true }, async ({ page }) => {
        expect(await page.evaluate(WIDTH)).toBeLessThanOrEqual(width);
        expect(await graveFindings(page)).toEqual([]);
        await page.locator('#rows button.open').first().click();
        expect(await graveFindings(page)).toEqual([]);
      });
    },
  );

  test('a search narrows the accounts and says how many, whatever the accents', async () => {
    await using(some, desktop, async (opened) => {
      await opened.page.keyboard.press('Tab');
      await opened.page.getByLabel('Find an account').fill('córvid BANK');
      for (const name of await names(opened).allTextContents())
        expect(name).toContain('Corvid Bank');
      expect(await shown(opened)).toMatch(/^\d+ of 450 accounts, \$[\d.]+[KM] ARR$/);
      await opened.page.getByLabel('Find an account').fill('no such account');
      expect(await opened.page.locator('#rows').textContent()).toBe('No account matches.');
      await opened.page.getByRole('button', { name: 'Clear' }).click();
      expect(await shown(opened)).toContain('450 accounts');
    });
  });

  test('headings sort by keyboard, and say which way', async () => {
    await using(some, desktop, async (opened) => {
      const heading = opened.page.locator('[data-sort=health]');
      await heading.getByRole('button').focus();
      await opened.page.keyboard.press('Enter');
      expect(await heading.getAttribute('aria-sort')).toBe('ascending');
      const rising = await scoresOf(opened);
      expect(rising).toEqual([...rising].sort((a, b) => a - b));
      await opened.page.keyboard.press('Enter');
      expect(await heading.getAttribute('aria-sort')).toBe('descending');
      const falling = await scoresOf(opened);
      expect(falling).toEqual([...falling].sort((a, b) => b - a));
      expect(falling[0]).toBeGreaterThan(rising[0] as number);
    });
  });

  test('filters join, and are undone one by one', async () => {
    await using(some, desktop, async (opened) => {
      const { page } = opened;
      await page.locator('#by-band').selectOption('red');
      await page.locator('#by-segment').selectOption('smb');
      await page.locator('#flagged').check();
      const rows = page.locator('#rows tr');
      const count = await rows.count();
      expect(count).toBeGreaterThan(0);
      for (const row of await rows.allTextContents()) {
        expect(row).toContain('Red');
        expect(row).toContain('smb');
        expect(row).toContain('1 critical');
      }
      await page.locator('#flagged').uncheck();
      expect(await rows.count()).toBeGreaterThan(count);
    });
  });

  test('a receipt opens by Enter, closes by Escape, and focus comes back', async () => {
    await using(few, desktop, async (opened) => {
      const { page } = opened;
      const name = names(opened).first();
      await name.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Meridian Retail' });
      expect(await dialog.isVisible()).toBe(true);
      const text = await dialog.textContent();
      expect(text).toContain('412 of 1,200 seats active in 28 days.');
      expect(text).toContain('Are the seats they pay for in use?');
      expect(text).toContain('An executive sponsor has left and none is in place.');
      expect(await dialog.locator('tfoot').textContent()).toMatch(/Sum47\.0.*−7\.1Score39\.9$/);
      await page.keyboard.press('Escape');
      expect(await dialog.isVisible()).toBe(false);
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Meridian Retail');
    });
  });

  test('a list that names an account opens it too', async () => {
    await using(few, telephone, async ({ page }) => {
      await page.locator('#tables button.open').click();
      expect(await page.getByRole('dialog').textContent()).toContain('How the score comes about');
    });
  });

  test('more rows come on demand, and the focus goes to the first of them', async () => {
    await using(some, desktop, async (opened) => {
      expect(await names(opened).count()).toBe(200);
      expect(await shown(opened)).toContain('first 200 shown');
      await opened.page.getByRole('button', { name: 'Show 200 more' }).click();
      expect(await names(opened).count()).toBe(400);
      const focused = 'document.activeElement.closest("tr").rowIndex';
      expect(await opened.page.evaluate(focused)).toBe(201);
      await opened.page.getByRole('button', { name: 'Show 50 more' }).click();
      expect(await names(opened).count()).toBe(450);
    });
  });

  test('without JavaScript the first 200 accounts stand there, and it says where the rest is', async () => {
    await using(some, { ...desktop, javaScriptEnabled: false }, async (opened) => {
      const { page } = opened;
      expect(await names(opened).count()).toBe(200);
      expect(await page.locator('.noscript').innerText()).toContain(
        'The first 200 of 450 accounts are shown; the table account_health has them all.',
      );
      expect(await page.locator('#tools').isVisible()).toBe(false);
      expect(await page.locator('#theme').isVisible()).toBe(false);
      expect(await page.locator('#rows button').count()).toBe(0);
      expect(await page.locator('#accounts').innerText()).toContain('7 more accounts');
    });
  });

  test('the theme follows the system until the reader changes it', async () => {
    const ground = 'getComputedStyle(document.body).backgroundColor';
    await using(few, { ...desktop, colorScheme: 'dark' }, async ({ page }) => {
      expect(await page.evaluate(ground)).toBe('rgb(10, 18, 32)');
      const button = page.getByRole('button', { name: 'Dark' });
      expect(await button.getAttribute('aria-pressed')).toBe('true');
      await button.click();
      expect(await page.evaluate(ground)).toBe('rgb(244, 246, 249)');
      expect(await button.getAttribute('aria-pressed')).toBe('false');
    });
  });

  test('printed it is light, and has neither tools nor receipts', async () => {
    await using(few, { ...desktop, colorScheme: 'dark' }, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('#tools').isVisible()).toBe(false);
      expect(await page.locator('nav').isVisible()).toBe(false);
      const ink = 'getComputedStyle(document.querySelector("h1")).color';
      expect(await page.evaluate(ink)).toBe('rgb(17, 26, 44)');
    });
  });

  test.each([
    ['with its script', desktop],
    ['on a telephone', telephone],
    ['without JavaScript', { ...desktop, javaScriptEnabled: false }],
  ])('a hostile company %s: nothing runs, nothing is fetched', async (_, options) => {
    await using(reportPage(hostileReport()), options, async ({ page }) => {
      const { width } = options.viewport;
      expect(await page.evaluate(WIDTH)).toBeLessThanOrEqual(width);
      if ('javaScriptEnabled' in options) return;
      const buttons = page.locator('#rows button.open');
      for (let at = 0; at < (await buttons.count()); at += 1) {
        await buttons.nth(at).click();
        expect(await page.locator('dialog[open]').count()).toBe(1);
        await page.keyboard.press('Escape');
      }
      await page.getByLabel('Find an account').fill('<script>');
      expect(await page.evaluate('globalThis.hurt')).toBeUndefined();
      expect(await page.locator('main img, main iframe, main script:not([type])').count()).toBe(0);
    });
  });

  test('a first week without accounts opens without a complaint', async () => {
    const empty = pageReport({ accounts: [], tiles: [], charts: [], sections: [], decisions: [] });
    await using(reportPage(empty), desktop, async ({ page }) => {
      expect(await page.locator('#accounts').innerText()).toContain(
        'No account has a live contract',
      );
      expect(await page.getByRole('button', { name: 'Dark' }).isVisible()).toBe(true);
    });
  });

  test('10,000 accounts open and sort while one waits', async () => {
    const report = pageReport({ accounts: manyAccounts(10_000) });
    const before = performance.now();
    const html = reportPage(report);
    const made = performance.now() - before;
    await using(html, desktop, async (opened) => {
      const { page } = opened;
      const loaded = Number(
        await page.evaluate(
          'performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd',
        ),
      );
      const timed = (action: string) =>
        page.evaluate(`new Promise((done) => { const begun = performance.now(); ${action};
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun))); })`);
      const sorted = Number(
        await timed(`document.querySelector('[data-sort=account] button').click()`),
      );
      const typed = Number(
        await timed(
          `const query = document.querySelector('#query'); query.value = 'corvid'; query.dispatchEvent(new Event('input'))`,
        ),
      );
      const receipt = Number(await timed(`document.querySelector('#rows button.open').click()`));
      const mb = Buffer.byteLength(html) / 1e6;
      console.info(
        `10,000 accounts: ${mb.toFixed(1)} MB, made in ${made.toFixed(0)} ms, open in ${loaded.toFixed(0)} ms, ` +
          `sorted in ${sorted.toFixed(0)} ms, searched in ${typed.toFixed(0)} ms, first receipt in ${receipt.toFixed(0)} ms`,
      );
      expect(mb).toBeLessThan(12);
      expect(Math.max(loaded, sorted, typed, receipt)).toBeLessThan(5000);
      expect(await page.locator('dialog').innerText()).toContain('How the score comes about');
    });
  });
});
