import { plural } from '../../../shared/basics/text.ts';
import { stateMeanings } from '../../../shared/outbox/state.ts';
import { type Html, html } from '../../../shared/reports/escape.ts';
import type { Answer } from './answer.ts';
import { framed } from './page-frame.ts';
import type { MailEntry, ReportEntry } from './results-folder.ts';

/** More than these are counted: nobody scrolls further, and the browser need not either. */
const MOST_LISTED = 500;

interface Lying {
  readonly folder: string;
  readonly mails: readonly MailEntry[];
  readonly reports: readonly ReportEntry[];
}

/** All there is to look at, the newest first. */
export const indexPage = ({ folder, mails, reports }: Lying): Answer =>
  framed('Preview: mail and reports', [
    html`<p class="muted">${folder}</p><h1>What people will read</h1>`,
    html`<h2>Report pages</h2>${reportsHtml(reports)}`,
    html`<h2>${mails.length === 0 ? 'Mail' : plural(mails.length, 'mail')}</h2>${mailsHtml(mails)}`,
  ]);

function reportsHtml(reports: readonly ReportEntry[]): Html {
  if (reports.length === 0) {
    return html`<p>No report page lies here yet. <code>holdfast run weekly-summary</code> writes one.</p>`;
  }
  const lines = reports.map(
    ({ report, day }) =>
      html`<li><a href="/reports/${report}/${day}">${report.charAt(0).toUpperCase()}${report.slice(1)} report, ${day}</a></li>`,
  );
  return html`<ul>${lines}</ul>`;
}

function mailsHtml(mails: readonly MailEntry[]): Html {
  if (mails.length === 0) {
    return html`<p>The outbox is empty: no run has planned a mail into this folder. <code>holdfast run track-renewals</code> and <code>holdfast run weekly-summary</code> do.</p>`;
  }
  const more = mails.length - MOST_LISTED;
  const below = more > 0 ? html`<p class="muted">and ${plural(more, 'older mail')}</p>` : '';
  return html`<table><thead><tr><th>Day</th><th>State</th><th>Kind</th><th>To</th><th>Subject</th></tr></thead><tbody>${mails.slice(0, MOST_LISTED).map(lineHtml)}</tbody></table>${below}`;
}

function lineHtml(entry: MailEntry): Html {
  if ('unreadable' in entry) {
    return html`<tr><td></td><td>unreadable</td><td colspan="3">${entry.id}: message.json or state.json is ${entry.unreadable}</td></tr>`;
  }
  const { id, kind, to, subject, day, state } = entry;
  const name = state?.state ?? 'planned';
  return html`<tr><td class="day">${day ?? ''}</td><td title="${stateMeanings[name]}">${name}</td><td class="day">${kindWords(kind)}</td><td>${to.address}</td><td class="subject"><a href="/mail/${id}">${subject || 'no subject'}</a></td></tr>`;
}

/** A kind of mail in words. */
export const kindWords = (kind: string): string => kind.replaceAll('_', ' ').replace('csm', 'CSM');
