import { formatMoney } from '../../basics/money.ts';
import { grouped, plainText, plural } from '../../basics/text.ts';
import type { Section, Tone, Words } from '../mail-content.ts';
import { capital } from '../words/capital.ts';
import { shortDay } from '../words/days.ts';
import { bandBadge, categoryBadge } from '../words/forecast.ts';
import { moreWords } from '../words/more.ts';
import { sentence } from '../words/sentence.ts';
import type { CsmAlert, CsmWeek, MovedAccount } from './csm-week.ts';

/** Risks first, then plays that are due, renewals, what moved and why, and what needs nobody. */
export const csmSections = (week: CsmWeek): Section[] => [
  ...alertSection(week),
  ...playSection(week),
  ...renewalSection(week),
  ...movedSection(week),
  ...leaveAloneSection(week),
];

const SEVERITIES: Readonly<Record<string, Tone>> = {
  critical: 'bad',
  high: 'warn',
  medium: 'plain',
  low: 'plain',
};

function alertSection({ alerts, held, asOf, currency }: CsmWeek): Section[] {
  if (alerts.count === 0 && held === 0) return [];
  const about =
    held === 0
      ? null
      : `${plural(held, 'more flag')} ${held === 1 ? 'is' : 'are'} held: your budget is used up, a play is open, or it cools down. They stand in flag_alerts.`;
  if (alerts.count === 0) return [{ title: 'No risk inside your budget', about, blocks: [] }];
  const items = alerts.shown.map((alert) => alertWords(alert, asOf, currency));
  const more = moreWords(alerts.count - items.length, 'flag_alerts');
  const title = `Risks to look into: ${grouped(alerts.count)}`;
  return [{ title, about, blocks: [{ kind: 'list', items, more }] }];
}

function alertWords(alert: CsmAlert, asOf: CsmWeek['asOf'], currency: string): Words {
  const { name, arr, severity, flag, evidence, play, dueOn } = alert;
  const isPast = dueOn !== null && dueOn < asOf;
  const due = dueOn === null ? '' : `, ${isPast ? 'was due' : 'due'} ${shortDay(dueOn, asOf)}`;
  const next = play === null ? '' : ` Play: ${plainText(play, 80)}${due}.`;
  return [
    { badge: capital(severity), tone: SEVERITIES[severity] ?? 'plain' },
    ' ',
    { strong: `${plainText(name, 60)}, ${formatMoney(arr, currency)}` },
    `, ${flag.replaceAll('_', ' ')}: ${sentence(plainText(evidence, 200))}${next}`,
  ];
}

function playSection({ plays, asOf, currency }: CsmWeek): Section[] {
  if (plays.count === 0) return [];
  const items = plays.shown.map(({ name, arr, play, dueOn }): Words => {
    const isPast = dueOn < asOf;
    const when = `${isPast ? 'was due' : 'due'} ${shortDay(dueOn, asOf)}`;
    return [
      { strong: `${plainText(name, 60)}, ${formatMoney(arr, currency)}` },
      `: ${plainText(play, 80)}, `,
      { strong: when, tone: isPast ? 'bad' : 'warn' },
    ];
  });
  const more = moreWords(plays.count - items.length, 'risk_flags');
  const late = plays.overdue === 0 ? '' : `, ${grouped(plays.overdue)} of them past their day`;
  const title = `Plays due within a week: ${grouped(plays.count)}${late}`;
  return [{ title, about: null, blocks: [{ kind: 'list', items, more }] }];
}

function renewalSection({ renewals, renewalsWithinDays, asOf, currency }: CsmWeek): Section[] {
  if (renewals.count === 0) return [];
  const title = `${plural(renewals.count, 'renewal')} within ${renewalsWithinDays} days: ${formatMoney(renewals.due, currency)}`;
  const rows = renewals.shown.map(({ name, due, decisionOn, category, band }) => ({
    title: plainText(name, 60),
    about: `health ${bandBadge(band).badge.toLowerCase()}`,
    cells: [
      [formatMoney(due, currency)],
      [`${decisionOn < asOf ? 'was ' : ''}${shortDay(decisionOn, asOf)}`],
      [categoryBadge(category)],
    ] as const,
  }));
  const more = moreWords(renewals.count - rows.length, 'renewal_forecast');
  const columns = ['Account', 'ARR', 'Decision', 'Forecast'];
  return [
    {
      title,
      about: 'The first to decide first.',
      blocks: [{ kind: 'table', columns, rows, more }],
    },
  ];
}

function movedSection({ moved, hasMovements, currency }: CsmWeek): Section[] {
  if (!hasMovements) {
    const about = 'There is no day about four weeks ago to compare with yet.';
    return [{ title: 'What moved is not known yet', about, blocks: [] }];
  }
  if (moved.count === 0) return [];
  const items = moved.shown.map((account): Words => {
    const { name, arr, fromBand, band, change, score } = account;
    const points = score === null ? '' : `${Math.round(score)} `;
    return [
      { strong: `${plainText(name, 60)}, ${formatMoney(arr, currency)}` },
      `: ${change > 0 ? '▲' : '▼'} ${Math.abs(change)} to ${points}`,
      bandBadge(band),
      `${fromBand === band ? '' : ` from ${bandBadge(fromBand).badge.toLowerCase()}`}. ${whyWords(account)}`,
    ];
  });
  const more = moreWords(moved.count - items.length, 'health_movements');
  const title = `Moved in 28 days: ${plural(moved.count, 'account')}`;
  return [{ title, about: 'The largest first.', blocks: [{ kind: 'list', items, more }] }];
}

/** The parts that sum to the change, the empty ones left out. */
function whyWords({ parts, driver, change }: MovedAccount): string {
  const said = [
    { points: parts.input, why: 'the account itself' },
    { points: parts.weight, why: 'other weights' },
    { points: parts.configuration, why: 'other curves' },
    { points: parts.coverage, why: 'answers that came or went' },
  ].flatMap(({ points, why }) =>
    points === 0 ? [] : [`${points > 0 ? '+' : '−'}${Math.abs(points)} ${why}`],
  );
  const most = driver === null || change > 0 ? '' : ` Most is lost by ${driver}.`;
  return `${said.join(', ') || 'Nothing but rounding'}.${most}`;
}

function leaveAloneSection({ leaveAlone, currency }: CsmWeek): Section[] {
  const { accounts, arr } = leaveAlone;
  if (accounts === 0) return [];
  const about = `${plural(accounts, 'account')} with ${formatMoney(arr, currency)}: green, without a flag, not moved, and no decision near.`;
  return [{ title: 'Leave alone', about, blocks: [] }];
}
