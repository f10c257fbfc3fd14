import { type Cents, formatMoney } from '../../basics/money.ts';
import { plural } from '../../basics/text.ts';
import type { Section, Words } from '../mail-content.ts';
import { capital } from '../words/capital.ts';
import { shortDay } from '../words/days.ts';
import type { HealthFigures, WeeklyFigures } from './figures.ts';

/** What is said of a week in which nothing happened: three lines, and no charts. */
export const quietSection = (week: WeeklyFigures): Section => {
  const { renewals, health, risk, currency } = week;
  const money = (cents: Cents) => formatMoney(cents, currency);
  const items: Words[] = [
    [steadyWords(week)],
    [
      health === null
        ? 'No health is published.'
        : `${dangerWords(health, money)}; ${plural(risk?.raised.accounts ?? 0, 'account')} with a new flag this week.`,
    ],
    [
      renewals === null
        ? 'No forecast of renewals is published.'
        : `Nothing at risk is decided soon. ${wonWords(renewals.wonSum.accounts, renewals.wonSum.arr, money)}`,
    ],
  ];
  return { title: 'A quiet week', about: null, blocks: [{ kind: 'list', items, more: null }] };
};

/** Says of nothing that it stood still which is not known. */
function steadyWords({ revenue, renewals, asOf }: WeeklyFigures): string {
  const before = revenue?.before?.on ?? renewals?.before?.on;
  const what = [
    ...(revenue === null ? [] : ['NRR and GRR']),
    ...(renewals === null ? [] : ['the money at risk']),
  ];
  if (before === undefined || what.length === 0)
    return 'Neither NRR and GRR nor a forecast is published.';
  const all = what.join(' and ');
  return `${capital(all)} are about where they were on ${shortDay(before, asOf)}.`;
}

const dangerWords = (
  { atRiskCount, atRiskArr }: HealthFigures,
  money: (cents: Cents) => string,
): string =>
  atRiskCount === 0
    ? 'No account is in danger'
    : `${plural(atRiskCount, 'account')} in danger with ${money(atRiskArr)}`;

const wonWords = (count: number, cents: Cents, money: (cents: Cents) => string): string =>
  count === 0
    ? 'No renewal was signed.'
    : `${plural(count, 'renewal')} with ${money(cents)} signed.`;
