import { mondayOf } from '../basics/day.ts';
import { measures } from '../health/measures/index.ts';
import type { Manifest } from '../publish/manifest.ts';
import type { OtherFiles } from '../publish/other-files.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Run } from '../publish/run-key.ts';
import type { Freshness } from '../reports/page/report.ts';
import { reportPage } from '../reports/page/report-page.ts';
import { weeklyCharts } from '../reports/weekly/charts.ts';
import { weeklyReport } from '../reports/weekly/weekly-report.ts';
import { csmMails } from './csm-mails.ts';
import type { JobInput, JobPorts } from './job.ts';
import { planMail } from './planned-mail.ts';
import { summaryMails } from './summary-mails.ts';
import { type WeeklyDays, weeklySources } from './weekly-days.ts';
import type { GatheredWeek } from './weekly-gather.ts';
import { pageAccounts } from './weekly-page.ts';
import type { weeklyTables } from './weekly-tables.ts';

interface Files {
  readonly open: OpenTables<typeof weeklyTables>;
  readonly others: OtherFiles;
  readonly run: Run;
}

interface Gathered extends JobInput {
  readonly days: WeeklyDays;
  readonly gathered: GatheredWeek;
}

/** Writes the page, and plans the mails of the week. */
export const weeklyFiles = async (
  { open, others, run }: Files,
  input: Gathered,
  ports: JobPorts,
): Promise<Manifest['summary']> => {
  const { asOf, config, gathered, days } = input;
  const { week, page } = gathered;
  const charts = weeklyCharts(week);
  const accounts = await pageAccounts(ports.store, page, days);
  const report = weeklyReport(week, { charts, accounts, accountsLeftOut: page.leftOut() });
  const html = reportPage({
    ...report,
    weekOf: mondayOf(asOf),
    freshness: freshnessOf(days),
    questions: Object.fromEntries(
      Object.values(measures).map(({ id, question }) => [id, question]),
    ),
  });
  const path = `reports/weekly/${asOf}/index.html`;
  const file = await others.open(path);
  file.add(html);
  await file.finish();

  const messages = [
    ...(await summaryMails(input, { charts, html, path }, ports)),
    ...(config.reports.csm_weekly ? csmMails(input) : []),
  ];
  const mails = await planMail(messages, open.summaryMessages, others);
  return {
    ...{ page: path, accounts_on_page: accounts.length, accounts_left_out: page.leftOut() },
    mails_planned: mails,
    mails_left_out: config.reports.csm_weekly ? gathered.csm.leftOut() : 0,
    health_as_of: days.health?.asOf ?? null,
    revenue_as_of: days.revenue?.asOf ?? null,
    forecast_as_of: days.renewals?.asOf ?? null,
    ...{ currency: week.currency, definitions_id: `${run.definitions.id}-${run.definitions.hash}` },
  };
};

/** How fresh each source was that the tables rest on. */
const freshnessOf = (days: WeeklyDays): Freshness[] =>
  weeklySources(days).sources.map(({ id, status, reason }) => ({
    ...{ source: id, status, reason: reason === '' ? null : reason },
  }));
