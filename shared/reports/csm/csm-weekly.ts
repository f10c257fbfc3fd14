import { type Cents, formatMoney } from '../../basics/money.ts';
import { grouped, plainText, plural } from '../../basics/text.ts';
import type { MailContent } from '../mail-content.ts';
import { mailHtml } from '../mail-layout.ts';
import { mailText } from '../mail-text.ts';
import { fullDay, shortDay } from '../words/days.ts';
import { sentence } from '../words/sentence.ts';
import type { WrittenMail } from '../written-mail.ts';
import { csmSections } from './csm-sections.ts';
import type { CsmWeek } from './csm-week.ts';

const MOST_WARNINGS = 6;

/** The weekly list of one CSM, as it is read. */
export const writtenCsmWeekly = (week: CsmWeek): WrittenMail => {
  const content = csmWeekly(week);
  return { subject: content.subject, html: mailHtml(content), text: mailText(content) };
};

/** What to work on this week among one's own accounts, and what to leave alone. */
const csmWeekly = (week: CsmWeek): MailContent => ({
  subject: subjectOf(week),
  company: plainText(week.company, 60),
  about: 'Customer success · your week',
  day: fullDay(week.asOf),
  preheader: preheaderOf(week),
  conclusion: conclusionOf(week),
  lede: ledeOf(week),
  warnings: week.warnings
    .slice(0, MOST_WARNINGS)
    .map((warning) => sentence(plainText(warning, 200))),
  notes: [],
  sections: csmSections(week),
  footer: footerOf(week),
});

/** Those inside the budget, of all that are open. */
const risksWords = (shown: number, held: number): string =>
  held === 0 ? plural(shown, 'risk') : `${shown} of ${plural(shown + held, 'risk')}`;

function subjectOf({ alerts, held, plays, renewals, asOf, currency }: CsmWeek): string {
  const parts = [
    ...(alerts.count > 0 ? [risksWords(alerts.count, held)] : []),
    ...(plays.count > 0 ? [`${plural(plays.count, 'play')} due`] : []),
    ...(renewals.count > 0
      ? [`${plural(renewals.count, 'renewal')} with ${formatMoney(renewals.due, currency)}`]
      : []),
  ];
  const what = parts.length === 0 ? 'Nothing that needs you' : parts.join(', ');
  return `${what}: your week to ${shortDay(asOf, asOf)}`;
}

function preheaderOf({ alerts, plays, renewals, asOf }: CsmWeek): string {
  const [alert] = alerts.shown;
  if (alert !== undefined) {
    return `First ${plainText(alert.name, 40)}: ${sentence(plainText(alert.evidence, 140))}`;
  }
  const [play] = plays.shown;
  if (play !== undefined) {
    return `First ${plainText(play.name, 40)}: ${plainText(play.play, 100)}, due ${shortDay(play.dueOn, asOf)}.`;
  }
  const [renewal] = renewals.shown;
  if (renewal === undefined) return 'No risk, no play and no renewal waits for you.';
  return `First ${plainText(renewal.name, 40)}, decided by ${shortDay(renewal.decisionOn, asOf)}.`;
}

function conclusionOf({ alerts, plays, moved, renewals, currency }: CsmWeek): string {
  const money = (cents: Cents) => formatMoney(cents, currency);
  const critical = alerts.shown.filter(({ severity }) => severity === 'critical');
  if (critical.length > 0) {
    const arr = new Map(critical.map((alert) => [alert.accountId, alert.arr]));
    const sum = [...arr.values()].reduce((all, one) => all + one, 0);
    return `${plural(arr.size, 'account')} of yours ${arr.size === 1 ? 'has' : 'have'} a critical risk: ${money(sum)}`;
  }
  if (alerts.count > 0)
    return `${plural(alerts.count, 'risk')} to look into, none of them critical`;
  if (plays.count > 0)
    return `${plural(plays.count, 'play')} ${plays.count === 1 ? 'is' : 'are'} due, and no new risk`;
  const down = moved.shown.filter(({ change }) => change < 0).length;
  if (down > 0) return `No risk is raised, but ${plural(down, 'account')} went down`;
  if (renewals.count > 0)
    return `No risk is raised; ${plural(renewals.count, 'renewal')} ${renewals.count === 1 ? 'is' : 'are'} coming up`;
  return 'Nothing of yours needs you this week';
}

function ledeOf({ mine, leaveAlone, currency }: CsmWeek): string {
  const have = `You own ${plural(mine.accounts, 'account')} with ${formatMoney(mine.arr, currency)}.`;
  if (leaveAlone.accounts === 0) return have;
  return `${have} ${grouped(leaveAlone.accounts)} of them, ${formatMoney(leaveAlone.arr, currency)}, can be left alone.`;
}

function footerOf({ healthOn, forecastOn, asOf, definitionsIds, currency }: CsmWeek): string[] {
  const of = [
    healthOn === null ? 'no health is published' : `health of ${fullDay(healthOn)}`,
    forecastOn === null ? 'no forecast is published' : `forecast of ${fullDay(forecastOn)}`,
  ];
  return [
    `Data as of ${fullDay(asOf)}: ${of.join(', ')}. Money in ${currency}. Definitions ${definitionsIds.join(', ') || 'none'}.`,
    'What moved an account: it changed itself; answers weigh differently; the same values are worth other points; answers came or went. The parts sum to the change.',
    'You get this once a week because you own accounts: accounts.owner_email. Whoever runs Holdfast turns it off for all with reports.csm_weekly: false.',
  ];
}
