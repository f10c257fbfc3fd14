import type { Day } from '../../basics/day.ts';
import { type Cents, formatMoney } from '../../basics/money.ts';
import { plural } from '../../basics/text.ts';
import { points, pointsBetween, ratio } from '../words/change.ts';
import { shortDay } from '../words/days.ts';
import { weeklyAsks } from './asks.ts';
import type { RevenueFigures, WeeklyFigures } from './figures.ts';
import { kindOfWeek, notableChanges } from './kind-of-week.ts';

/** The figures a list of mails is read for: NRR, GRR and the money at risk. */
export const weeklySubject = ({ revenue, renewals, currency, asOf }: WeeklyFigures): string => {
  const parts = [
    ...(revenue === null ? [] : [`NRR ${ratio(revenue.nrr)}`, `GRR ${ratio(revenue.grr)}`]),
    ...(renewals === null ? [] : [`${formatMoney(renewals.atRisk.arr, currency)} at risk`]),
  ];
  return `${parts.length === 0 ? 'Health alone' : parts.join(', ')}: week to ${shortDay(asOf, asOf)}`;
};

/** What a mailbox shows beside the subject: what is asked of the reader. */
export const weeklyPreheader = (week: WeeklyFigures): string => {
  const [first, ...more] = weeklyAsks(week);
  if (first === undefined) return 'Nothing needs a decision this week.';
  const also = more.length === 0 ? '' : ` And ${plural(more.length, 'more decision')}.`;
  return `${first.what}.${also}`;
};

/**
 * The one sentence on top. The first of these that is true: what has to be decided, what got worse,
 * what is below its target, what got better, and that nothing happened.
 */
export const weeklyConclusion = (week: WeeklyFigures): string => {
  const { renewals, risk, currency, asOf, decideWithinDays } = week;
  const money = (cents: Cents) => formatMoney(cents, currency);
  const kind = kindOfWeek(week);
  if (renewals !== null && renewals.toDecideCount > 0) {
    const { toDecideSum, toDecideCount, late } = renewals;
    if (late.accounts === toDecideCount)
      return `${money(late.arr)} at risk is late: the term is over, and nothing is signed`;
    const soon = money(toDecideSum - late.arr);
    const [first] = renewals.toDecide.filter(({ decisionOn }) => decisionOn >= asOf);
    const by = first === undefined ? '' : `, the largest by ${shortDay(first.decisionOn, asOf)}`;
    const also = late.accounts === 0 ? '' : `, and ${money(late.arr)} is late`;
    const decide = `has to be decided within ${decideWithinDays} days${by}`;
    return late.arr * 2 > toDecideSum
      ? `${money(late.arr)} at risk is late, and ${soon} more ${decide}`
      : `${soon} at risk ${decide}${also}`;
  }
  const { nrr, grr, atRisk, lost } = notableChanges(week);
  const since = (on: Day | undefined) => (on === undefined ? '' : ` since ${shortDay(on, asOf)}`);
  if (lost > 0) {
    const { accounts } = renewals?.lostSum ?? { accounts: 0 };
    return `${money(lost)} was lost in seven days: ${plural(accounts, 'renewal')} ended or gave notice`;
  }
  const ofRevenue = since(week.revenue?.before?.on);
  if (grr < 0)
    return `GRR fell by ${points(grr)}${ofRevenue}, to ${ratio(week.revenue?.grr ?? null)}`;
  if (nrr < 0)
    return `NRR fell by ${points(nrr)}${ofRevenue}, to ${ratio(week.revenue?.nrr ?? null)}`;
  if (atRisk > 0) return `Renewals at risk rose by ${money(atRisk)}${since(renewals?.before?.on)}`;
  if (risk !== null && risk.overdueCount > 0) {
    return `${plural(risk.overdueCount, 'critical risk')} ${risk.overdueCount === 1 ? 'is' : 'are'} past the day for an answer`;
  }
  const below = belowTarget(week.revenue);
  if (below !== null && kind !== 'quiet') return below;
  if (nrr > 0)
    return `NRR rose by ${points(nrr)}${ofRevenue} to ${ratio(week.revenue?.nrr ?? null)}`;
  if (grr > 0)
    return `GRR rose by ${points(grr)}${ofRevenue} to ${ratio(week.revenue?.grr ?? null)}`;
  if (atRisk < 0) return `Renewals at risk fell by ${money(-atRisk)}${since(renewals?.before?.on)}`;
  if (kind === 'first') return 'The first week: what comes from here on is compared with it';
  if (kind === 'bad') return 'A war room has opened, and little else moved';
  return 'A quiet week: nothing moved notably, and nothing needs a decision';
};

/** Which of the two is farther below its target; null where neither is. */
function belowTarget(revenue: RevenueFigures | null): string | null {
  if (revenue === null) return null;
  const { nrr, grr, targetNrr, targetGrr } = revenue;
  const gaps = [
    { what: 'NRR', is: nrr, target: targetNrr },
    { what: 'GRR', is: grr, target: targetGrr },
  ].flatMap(({ what, is, target }) =>
    is === null || target === null ? [] : [{ what, is, gap: pointsBetween(is, target) }],
  );
  const [worst] = gaps.filter(({ gap }) => gap > 0).sort((a, b) => b.gap - a.gap);
  if (worst === undefined) return null;
  return `${worst.what} is ${ratio(worst.is)}, ${points(worst.gap)} below its target`;
}

/** The two lines below it: what there is, and what is in danger. */
export const weeklyLede = ({
  revenue,
  renewals,
  health,
  asOf,
  currency,
}: WeeklyFigures): string => {
  const money = (cents: Cents) => formatMoney(cents, currency);
  const said: string[] = [];
  if (revenue !== null)
    said.push(`ARR is ${money(revenue.arr)}${sinceBefore(revenue, asOf, money)}.`);
  if (renewals !== null) {
    const { atRisk, due, withinDays } = renewals;
    said.push(
      due === 0
        ? `Nothing is due within ${withinDays} days.`
        : atRisk.accounts === 0
          ? `Of ${money(due)} due within ${withinDays} days nothing is at risk.`
          : `Of ${money(due)} due within ${withinDays} days ${money(atRisk.arr)} is at risk, ${plural(atRisk.accounts, 'renewal')}.`,
    );
  }
  if (health !== null && health.atRiskCount > 0) {
    const { atRiskCount: count, atRiskArr } = health;
    said.push(
      `${plural(count, 'account')} with ${money(atRiskArr)} ${count === 1 ? 'is' : 'are'} in danger.`,
    );
  }
  return said.join(' ');
};

function sinceBefore(
  { arr, before }: RevenueFigures,
  asOf: Day,
  money: (cents: Cents) => string,
): string {
  if (before === null) return '';
  const change = arr - before.arr;
  const since = `since ${shortDay(before.on, asOf)}`;
  if (change === 0) return `, unchanged ${since}`;
  return `, ${change > 0 ? 'up' : 'down'} ${money(Math.abs(change))} ${since}`;
}
