import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page in a browser of its own, and all that went wrong in it. */
export interface OpenedPage {
  readonly page: Page;
  /** Errors in the console, uncaught ones, and what the policy of the page refused. */
  readonly complaints: readonly string[];
  /** What it asked the network for, beyond itself. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('refused: ' + event.violatedDirective + ' ' + event.blockedURI);
});`;

export const openedPage = async (
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const url = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== url && request.url() !== 'data:,') requests.push(request.url());
  });
  await page.addInitScript(REPORT_VIOLATIONS);
  await page.goto(url);
  return {
    ...{ page, complaints, requests },
    async close() {
      await context.close();
      rmSync(folder, { recursive: true });
    },
  };
};
