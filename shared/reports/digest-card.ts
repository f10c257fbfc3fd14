import { addDays, type Day } from '../basics/day.ts';
import { formatMoney } from '../basics/money.ts';
import { plainText } from '../basics/text.ts';
import type { DigestItem, DigestRenewal } from './digest-renewal.ts';
import { isInDoubt } from './digest-totals.ts';
import type { Badge, Card, Check, Next, Part, Words } from './mail-content.ts';
import { daysLeft, shortDay } from './words/days.ts';
import { bandBadge, categoryBadge, percent } from './words/forecast.ts';
import { personName } from './words/people.ts';
import { sentence } from './words/sentence.ts';

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
  const { decisionOn, termEnd, isAutoRenew, product, contractId } = renewal;
  const isNotice = isAutoRenew && decisionOn < termEnd;
  return [
    `Decision ${shortDay(decisionOn, asOf)}, ${daysLeft(decisionOn, asOf)}`,
    ...(decisionOn === termEnd ? [] : [`term ends ${shortDay(termEnd, asOf)}`]),
    ...(isNotice ? ['renews by itself without notice'] : []),
    ...(product === null ? [] : [plainText(product, 40)]),
    plainText(contractId, 40),
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
  const { forecast, insteadOfOwner, milestoneOn } = renewal;
  const says: Words[] = [];
  if (insteadOfOwner !== null) says.push([{ strong: 'To you: ' }, `${insteadOfOwner}.`]);
  if (milestoneOn !== asOf) {
    says.push([
      `Its milestone was ${daysLeft(milestoneOn, asOf)}, on ${shortDay(milestoneOn, asOf)}.`,
    ]);
  }
  if (forecast === null) return says;
  const because = plainText(forecast.because, 200);
  const expected = formatMoney(forecast.expectedCents, currency);
  says.push([{ strong: `${expected} expected to stay. ` }, sentence(because)]);
  if (forecast.disagreement !== null) {
    const disagreement = plainText(forecast.disagreement, 200);
    says.push([{ strong: 'Views differ. ' }, sentence(disagreement)]);
  }
  return says;
}

function nextOf(renewal: DigestRenewal, { asOf, recipient }: Reader): Next | null {
  const { nextAction, items } = renewal;
  if (nextAction === null) return items.length === 0 ? null : { what: instead(renewal), who: null };
  const { action, dueOn, isOverdue, ownerEmail, ownerReason } = nextAction;
  const due: Part = isOverdue
    ? { strong: 'overdue', tone: 'bad' }
    : { strong: `by ${shortDay(dueOn, asOf)}`, tone: 'warn' };
  const why = ownerReason === null ? '' : ` (${plainText(ownerReason, 120)})`;
  const who = [whoDoes(ownerEmail, recipient), why, ' · ', due];
  return { what: sentence(plainText(action, 200)), who };
}

/** Where nothing is missing there is still something to do, unless all is well. */
function instead({ score, forecast }: DigestRenewal): string {
  if (score === null) return 'No source tells of any item. Go through the list by hand.';
  return isInDoubt(forecast?.category)
    ? 'Nothing that is known is missing, and yet it is in doubt. Ask the customer what stands in the way.'
    : 'Nothing: of what is known, all is done.';
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
  const missing = items
    .filter(({ status }) => status === 'missing')
    .sort((a, b) => b.dueMilestone - a.dueMilestone || b.weight - a.weight)
    .map((item): Check => {
      const day = shortDay(addDays(milestoneOn, milestoneDays - item.dueMilestone), asOf);
      const lines = [lineOf(item)];
      return item.isOverdue
        ? { lines, status: 'Overdue', tone: 'bad', aside: `since ${day}` }
        : { lines, status: 'Missing', tone: 'warn', aside: `by ${day}` };
    });
  const together = (status: DigestItem['status'], said: Pick<Check, 'status' | 'tone'>) => {
    const lines = items.filter((item) => item.status === status).map(lineOf);
    return lines.length === 0 ? [] : [{ ...said, lines, aside: '' }];
  };
  return [
    ...missing,
    ...together('unknown', { status: 'Unknown', tone: 'plain' }),
    ...together('done', { status: 'Done', tone: 'good' }),
  ];
}

const lineOf = ({ title, evidence }: DigestItem): Check['lines'][number] => ({
  title: plainText(title, 60),
  detail: plainText(evidence, 160),
});
