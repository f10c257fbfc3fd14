import type { Day } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { Clock } from '../ports/clock.ts';
import type { MailMessage } from '../ports/mailer.ts';
import type { ReportLinks } from '../ports/report-links.ts';
import type { MailKind } from './planned-message.ts';

/**
 * Where the button of a planned mail leads until the mail leaves: a domain that cannot exist. A link
 * that works is signed with the time in it, and a plan has the same bytes whenever it is made.
 */
const REPORT_PLACEHOLDER = 'https://report.invalid/';

/** Where the page of a day lies on the report site. */
const pathOf = (asOf: Day): string => `weekly/${asOf}/index.html`;

/** The link to the page of a day, as a plan has it. */
export const plannedReportLink = (asOf: Day): string => `${REPORT_PLACEHOLDER}${pathOf(asOf)}`;

/** Mails whose readers may read the whole report. */
const LEADING: readonly MailKind[] = ['weekly_summary'];

interface Leading {
  readonly kind: MailKind;
  readonly asOf: Day;
  readonly links: ReportLinks | undefined;
  readonly clock: Clock;
}

/** A message whose links work, or why it has none. */
type Led = { readonly message: MailMessage } | { readonly missing: string };

/**
 * Puts a signed link to the report of its day where a plan has the placeholder. Only mails that are for
 * readers of the report get one, and only where the layout has made it a link: names are typed by
 * strangers, and one that looks like the placeholder must not open the report to whoever reads it.
 */
export const leadToReport = async (
  message: MailMessage,
  { kind, asOf, links, clock }: Leading,
): Promise<Led> => {
  const planned = plannedReportLink(asOf);
  const link = `href="${planned}"`;
  if (!LEADING.includes(kind) || !message.html.includes(link)) return { message };
  if (links === undefined) return { missing: NOBODY_SIGNS };
  const until = new Date(clock.now().getTime() + links.days * A_DAY_MS);
  try {
    const signed = await links.signed(pathOf(asOf), until);
    const html = message.html.replaceAll(link, () => `href="${signed.replaceAll('&', '&amp;')}"`);
    const text = message.text.replaceAll(planned, () => signed);
    return { message: { ...message, html, text } };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return { missing: `no link to the report: ${error.message}` };
  }
};

const NOBODY_SIGNS =
  'no link to the report: only the function of the job signs them, in a stack that has reports.site';

const A_DAY_MS = 86_400_000;
