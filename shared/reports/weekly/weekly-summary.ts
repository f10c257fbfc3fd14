import { plainText } from '../../basics/text.ts';
import type { Button, MailContent, Section } from '../mail-content.ts';
import { mailHtml } from '../mail-layout.ts';
import { mailText } from '../mail-text.ts';
import { ratio } from '../words/change.ts';
import { fullDay } from '../words/days.ts';
import { sentence } from '../words/sentence.ts';
import type { WrittenMail } from '../written-mail.ts';
import { weeklyConclusion, weeklyLede, weeklyPreheader, weeklySubject } from './conclusion.ts';
import type { RevenueFigures, WeeklyFigures } from './figures.ts';
import { kindOfWeek } from './kind-of-week.ts';
import { quietSection } from './quiet-section.ts';
import { riskySection } from './risky-section.ts';
import {
  chartSection,
  focusSection,
  lossesSection,
  openingSections,
  winsSection,
} from './sections.ts';
import type { WeeklyChart } from './weekly-chart.ts';

/** So many warnings are said; a week with more of them has other troubles. */
const MOST_WARNINGS = 6;
const MOST_EXCLUSIONS = 6;

/** Where the whole report is, as the mail may say it. */
export type ReportPlace =
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'attached'; readonly filename: string }
  | { readonly kind: 'path'; readonly path: string; readonly because: string | null };

export interface WeeklyParts {
  readonly charts: readonly WeeklyChart[];
  readonly page: ReportPlace;
  /** What is attached, in words. */
  readonly attached: readonly string[];
}

/** The executive summary of a week, as it is read. */
export const writtenWeekly = (week: WeeklyFigures, parts: WeeklyParts): WrittenMail => {
  const content = weeklySummary(week, parts);
  return { subject: content.subject, html: mailHtml(content), text: mailText(content) };
};

/** What the executive summary says, in the order in which it is read. */
export const weeklySummary = (week: WeeklyFigures, parts: WeeklyParts): MailContent => ({
  subject: weeklySubject(week),
  company: plainText(week.company, 60),
  about: 'Customer success · weekly summary',
  day: fullDay(week.asOf),
  preheader: weeklyPreheader(week),
  conclusion: weeklyConclusion(week),
  lede: weeklyLede(week),
  warnings: week.warnings
    .slice(0, MOST_WARNINGS)
    .map((warning) => sentence(plainText(warning, 200))),
  notes: [],
  sections: [...openingSections(week), ...bodyOf(week, parts), reportSection(parts)],
  footer: footerOf(week),
});

function bodyOf(week: WeeklyFigures, { charts }: WeeklyParts): Section[] {
  const kind = kindOfWeek(week);
  if (kind === 'quiet') return [quietSection(week)];
  const chart = (id: WeeklyChart['id']) =>
    charts.filter((one) => one.id === id).map((one) => chartSection(one));
  return [
    ...chart('trend'),
    ...chart('bridge'),
    ...(week.health === null ? [] : riskySection(week.health, week)),
    ...chart('health'),
    ...chart('weeks'),
    focusSection(week),
    ...lossesSection(week),
    winsSection(week),
  ];
}

/** One button, or where the report lies: never a link that leads nowhere. */
function reportSection({ page, attached }: WeeklyParts): Section {
  const files = attached.length === 0 ? null : `Attached: ${attached.join(', ')}.`;
  if (page.kind === 'link') {
    const button: Button = { kind: 'button', label: 'Open the full report', link: page.link };
    return { title: 'The whole report', about: files, blocks: [button] };
  }
  if (page.kind === 'attached') {
    const title = `The whole report is attached: ${page.filename}`;
    return { title, about: files, blocks: [] };
  }
  const because = page.because === null ? '' : ` (${page.because})`;
  const where = `It lies in the results at ${page.path}${because}.`;
  const about = files === null ? where : `${where} ${files}`;
  return { title: 'The whole report', about, blocks: [] };
}

function footerOf(week: WeeklyFigures): string[] {
  const { revenue, health, renewals, asOf, currency, exclusions, definitionsIds } = week;
  const of = [
    ...(revenue === null ? ['no revenue'] : [`revenue of ${fullDay(revenue.on)}`]),
    ...(health === null ? ['no health'] : [`health of ${fullDay(health.on)}`]),
    ...(renewals === null ? ['no forecast'] : [`forecast of ${fullDay(renewals.on)}`]),
  ];
  const left = exclusions.slice(0, MOST_EXCLUSIONS).map((one) => plainText(one, 160));
  const more = exclusions.length - left.length;
  const excluded =
    left.length === 0
      ? 'No source was left out.'
      : `Left out: ${left.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
  return [
    `Data as of ${fullDay(asOf)}: ${of.join(', ')}. Money in ${currency}. ${excluded}`,
    ...(revenue === null ? [] : [methodsOf(revenue)]),
    `At risk: an open renewal of which the forecast expects less than best case; who has given notice is lost and no longer counted in it. In danger: red, or with a critical risk. Definitions ${definitionsIds.join(', ') || 'none'}.`,
    'You get this every week because you are among reports.weekly_summary.recipients in holdfast.yaml; whoever runs Holdfast can take you off.',
  ];
}

/** A figure without its method is not a figure: the one that is shown, and what the others say. */
function methodsOf({ method, otherMethods }: RevenueFigures): string {
  const others = otherMethods.map(
    (other) => `${other.method.replaceAll('_', ' ')} ${ratio(other.nrr)} and ${ratio(other.grr)}`,
  );
  const also =
    others.length === 0 ? '' : ` By the other methods NRR and GRR are ${others.join('; ')}.`;
  return `NRR and GRR compare the customers of twelve months ago with what they bring today, ${method.replaceAll('_', ' ')}; GRR counts none above what it was. ARR here counts what has ended and waits for a late renewal; health counts live contracts alone.${also}`;
}
