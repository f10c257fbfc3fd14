import { addDays, type Day } from '../basics/day.ts';
import { formatMoney } from '../basics/money.ts';
import { plainText } from '../basics/text.ts';
import type { DigestAction, DigestItem, DigestRenewal } from './digest-renewal.ts';
import type { Badge, Card, Check, Part, Words } from './mail-content.ts';
import { daysLeft, shortDay } from './words/days.ts';
import { bandBadge, categoryBadge, percent } from './words/forecast.ts';
import { personName } from './words/people.ts';

interface Reader {
  readonly asOf: Day;
  readonly currency: string;
  /** To whom it is written. */
  readonly recipient: string;
}

/** One renewal that reached a milestone: how it stands, what to do next, and the list. */
export const renewalCard = (renewal: DigestRenewal, reader: Reader): Card => ({
  kind: 'card',
  title: plainText(renewal.name, 60),
  figure: formatMoney(renewal.dueArrCents, reader.currency),
  about: aboutOf(renewal, reader.asOf),
  badges: badgesOf(renewal),
  says: saysOf(renewal, reader),
  next: nextOf(renewal, reader),
  checksTitle: checksTitleOf(renewal),
  checks: checksOf(renewal, reader.asOf),
});

function aboutOf(renewal: DigestRenewal, asOf: Day): string {
  const { decisionOn, termEnd, isAutoRenew, product } = renewal;
  const isNotice = isAutoRenew && decisionOn < termEnd;
  return [
    `Decision ${shortDay(decisionOn, asOf)}, ${daysLeft(decisionOn, asOf)}`,
    ...(decisionOn === termEnd ? [] : [`term ends ${shortDay(termEnd, asOf)}`]),
    ...(isNotice ? ['renews by itself without notice'] : []),
    ...(product === null ? [] : [plainText(product, 40)]),
  ].join(' · ');
}

function badgesOf({ forecast, milestoneDays }: DigestRenewal): Badge[] {
  const health = bandBadge(forecast?.band ?? 'unscored');
  const category = categoryBadge(forecast?.category ?? null);
  const share = forecast === null ? '' : `, ${percent(forecast.probability)}`;
  return [
    { badge: `${milestoneDays}-day milestone`, tone: 'plain' },
    { badge: `Health: ${health.badge}`, tone: health.tone },
    { badge: `${category.badge}${share}`, tone: category.tone },
  ];
}

function saysOf(renewal: DigestRenewal, { asOf, currency }: Reader): Words[] {
  const { forecast, insteadOfOwner, milestoneOn, reached } = renewal;
  const says: Words[] = [];
  if (insteadOfOwner !== null) says.push([{ strong: 'To you: ' }, `${insteadOfOwner}.`]);
  if (milestoneOn !== asOf) {
    says.push([`Its milestone was ${reached}, on ${shortDay(milestoneOn, asOf)}.`]);
  }
  if (forecast === null) return says;
  const because = plainText(forecast.because, 200);
  const expected = formatMoney(forecast.expectedCents, currency);
  says.push([{ strong: `${expected} expected to stay. ` }, `${sentence(because)}`]);
  if (forecast.disagreement !== null) {
    const disagreement = plainText(forecast.disagreement, 200);
    says.push([{ strong: 'Views differ. ' }, sentence(disagreement)]);
  }
  return says;
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

function nextOf({ nextAction, items, score }: DigestRenewal, reader: Reader): Words | null {
  if (nextAction !== null) return [{ strong: 'Next: ' }, ...actionWords(nextAction, reader)];
  if (items.length === 0) return null;
  const says =
    score === null
      ? 'no source tells of any item. Go through the list by hand.'
      : 'nothing that is known is missing.';
  return [{ strong: 'Next: ' }, says];
}

function actionWords(next: DigestAction, { asOf, recipient }: Reader): Part[] {
  const { action, dueOn, isOverdue, ownerEmail, ownerReason } = next;
  const by = isOverdue ? 'now, it is overdue' : `by ${shortDay(dueOn, asOf)}`;
  const why = ownerReason === null ? '' : ` (${plainText(ownerReason, 120)})`;
  const doer = whoDoes(ownerEmail, recipient);
  return [`${sentence(plainText(action, 200))} `, doer, `, ${by}${why}.`];
}

function whoDoes(ownerEmail: string | null, recipient: string): Part {
  if (ownerEmail === null) return { strong: 'Nobody is named for it' };
  if (ownerEmail.trim().toLowerCase() === recipient.toLowerCase()) return { strong: 'You' };
  return { name: personName(ownerEmail), address: ownerEmail };
}

function checksTitleOf({ score, items }: DigestRenewal): string {
  if (items.length === 0) return 'Nothing is asked for its readiness';
  const count = (status: DigestItem['status']) =>
    items.filter((item) => item.status === status).length;
  const known = score === null ? 'Readiness not known' : `Readiness ${score} of 100`;
  const parts = (['done', 'missing', 'unknown'] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status}`);
  return `${known}: ${parts.join(', ')}`;
}

/** What is overdue first, then what is missing, what nobody knows, and what is done. */
function checksOf({ items, milestoneOn, milestoneDays }: DigestRenewal, asOf: Day): Check[] {
  const dueOn = ({ dueMilestone }: DigestItem) =>
    addDays(milestoneOn, milestoneDays - dueMilestone);
  const missing = items
    .filter(({ status }) => status === 'missing')
    .sort((a, b) => b.dueMilestone - a.dueMilestone || b.weight - a.weight)
    .map((item): Check => {
      const day = shortDay(dueOn(item), asOf);
      const check = { title: item.title, detail: plainText(item.evidence, 160) };
      return item.isOverdue
        ? { ...check, status: 'Overdue', tone: 'bad', aside: `since ${day}` }
        : { ...check, status: 'Missing', tone: 'warn', aside: `by ${day}` };
    });
  const done = items
    .filter(({ status }) => status === 'done')
    .map(({ title, evidence }): Check => {
      const detail = plainText(evidence, 160);
      return { status: 'Done', tone: 'good', title, detail, aside: '' };
    });
  return [...missing, ...unknownChecks(items), ...done];
}

/** Items that are unknown for the same reason stand on one line. */
function unknownChecks(items: readonly DigestItem[]): Check[] {
  const byReason = new Map<string, string[]>();
  for (const { status, evidence, title } of items) {
    if (status !== 'unknown') continue;
    byReason.set(evidence, [...(byReason.get(evidence) ?? []), title]);
  }
  return [...byReason].map(([reason, titles]) => {
    const detail = plainText(reason, 200);
    return { status: 'Unknown', tone: 'plain', title: titles.join(', '), detail, aside: '' };
  });
}
