import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../shared/reports/page/report.ts';
import { reportPage } from '../../shared/reports/page/report-page.ts';
import { hostileReport, pageReport } from '../shared/reports/page/sample-report.ts';

const folder = join(import.meta.dirname, 'report-page');
const update = process.env.UPDATE_GOLDEN === '1';

const quiet: Partial<Report> = {
  headline: { conclusion: 'A quiet week', lede: ['No account changed its band.'] },
  decisions: [],
  sections: [],
};

const firstWeek: Partial<Report> = {
  ...quiet,
  ...{ tiles: [], charts: [], accounts: [], freshness: [], exclusions: [], why: null },
  questions: {},
};

const scenarios: readonly (readonly [string, Report])[] = [
  ['three-accounts', pageReport()],
  ['quiet', pageReport(quiet)],
  ['first-week', pageReport(firstWeek)],
  ['stale', pageReport({ warnings: ['Usage is five days old: scores rest on 17 November.'] })],
  ['hostile', hostileReport()],
];

/** Script and style are tested for themselves, and would change every file here. */
const withoutAssets = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '<style>…</style>')
    .replace(/<script>[\s\S]*?<\/script>/, '<script>…</script>')
    .replace(/'sha256-[^']+'/g, "'sha256-…'");

test.each(scenarios)('the page of %s reads as it did', (scenario, report) => {
  const path = join(folder, `${scenario}.html`);
  const page = withoutAssets(reportPage(report));
  if (update || !existsSync(path)) writeFileSync(path, page);
  else expect(page).toBe(readFileSync(path, 'utf8'));
});
