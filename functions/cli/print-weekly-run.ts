import { plural } from '../../shared/basics/text.ts';
import type { JobOutcome } from '../../shared/jobs/job.ts';
import { summaryMessages } from '../../shared/publish/outbox-tables.ts';
import { partitionPath } from '../../shared/publish/publication.ts';
import { readTable } from '../../shared/publish/read-table.ts';
import { shown } from '../../shared/reports/escape.ts';
import { openStore } from './open-warehouse.ts';
import { printFiles } from './print-files.ts';
import { degradedLines, noticeLines } from './run-notices.ts';

/** So many mails are listed; the outbox lists the others. */
const MOST_LISTED = 12;

/** Says what a run of weekly-summary wrote, and for whom. */
export const printWeeklyRun = async (outcome: JobOutcome, out: string): Promise<void> => {
  const store = await openStore(out);
  const { as_of, summary } = outcome.manifest;
  console.log(`\nThe week to ${as_of}\n`);
  for (const line of degradedLines(outcome)) console.log(line);
  const path = partitionPath(summaryMessages.name, as_of);
  const mails = (await readTable(store, summaryMessages, { path })) ?? [];
  const told = mails.filter(({ kind }) => kind === 'weekly_summary');
  const accounts = Number(summary.accounts_on_page);
  const left = Number(summary.accounts_left_out);
  const more = left === 0 ? '' : `, ${plural(left, 'more account')} in account_health alone`;
  console.log(`Page: ${store.locate(String(summary.page))}`);
  console.log(`  ${plural(accounts, 'account')}${more}\n`);
  if (told.length === 0)
    console.log('Nobody is sent the summary: reports.weekly_summary.recipients names nobody.');
  for (const { recipient, subject } of mails.slice(0, MOST_LISTED)) {
    console.log(`  ${shown(recipient)}: ${shown(subject)}`);
  }
  if (mails.length > MOST_LISTED) console.log(`  and ${mails.length - MOST_LISTED} more mails`);
  console.log('');
  for (const line of noticeLines(outcome)) console.log(line);
  printFiles(outcome, store);
};
