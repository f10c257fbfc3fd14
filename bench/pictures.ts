import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { systemClock } from '../functions/adapters/system-clock.ts';
import { demo } from '../functions/cli/commands/demo.ts';
import { runJob } from '../functions/cli/commands/run.ts';
import { resultsFolder } from '../functions/cli/preview/results-folder.ts';
import { servePreview } from '../functions/cli/preview/serve-preview.ts';
import { toDay } from '../shared/basics/day.ts';
import { rollupRevenue } from '../shared/jobs/rollup-revenue.ts';
import { trackRenewals } from '../shared/jobs/track-renewals.ts';
import { weeklySummary } from '../shared/jobs/weekly-summary.ts';
import { findChromium } from '../test/kit/chromium.ts';

/** The day of the sample company. */
const asOf = toDay('2026-11-22');

/** What the README shows: wide enough to be read, and no longer than a first look. */
const shots = [
  { name: 'mail-600.png', of: 'mail', width: 600, height: 1360 },
  { name: 'mail-375.png', of: 'mail', width: 375, height: 1360 },
  { name: 'report-1280.png', of: 'report', width: 1280, height: 1280 },
  { name: 'report-390.png', of: 'report', width: 390, height: 1360 },
] as const;

/** Takes the pictures of the weekly mail and its page anew, from the sample company as it is told now. */
const found = await findChromium();
if ('missing' in found) throw new Error(found.missing);
const folder = await mkdtemp(join(tmpdir(), 'holdfast-pictures-'));
try {
  const results = await resultsOfDemo(folder);
  const mails = await resultsFolder(results).mails();
  const weekly = mails.find((mail) => 'kind' in mail && mail.kind === 'weekly_summary');
  if (weekly === undefined) throw new Error('the sample company plans no weekly mail');
  const preview = await servePreview(results, 0);
  const places = { mail: `mail/${weekly.id}/html`, report: `reports/weekly/${asOf}` };
  for (const { name, of, ...size } of shots) {
    const picture = await pictureOf(found.browser, `${preview.url}${places[of]}`, size);
    await writeFile(join(import.meta.dirname, '../docs/pictures', name), picture);
    console.log(`${name}: ${Math.round(picture.byteLength / 1024)} KB`);
  }
  await preview.close();
} finally {
  await found.browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** The sample company with every job of its day run, on its own day. */
async function resultsOfDemo(out: string): Promise<string> {
  await demo({ out, accounts: 912 });
  const clock = { ...systemClock, now: () => new Date(`${asOf}T12:00:00Z`) };
  const day = { config: join(out, 'holdfast.yaml'), asOf, out: join(out, 'results') };
  for (const job of [rollupRevenue, trackRenewals, weeklySummary])
    await runJob(job, day, { clock });
  return day.out;
}

async function pictureOf(
  browser: Browser,
  url: string,
  { width, height }: { width: number; height: number },
): Promise<Buffer> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate('document.fonts.ready');
  const picture = await page.screenshot();
  await context.close();
  return picture;
}
