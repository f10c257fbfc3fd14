import { formatMoney } from '../../basics/money.ts';
import { grouped, plainText, plural } from '../../basics/text.ts';
import type { Section, TableRow } from '../mail-content.ts';
import { bandBadge } from '../words/forecast.ts';
import { ownerWords } from '../words/people.ts';
import type { HealthFigures, RiskyAccount, WeeklyFigures } from './figures.ts';

/** The largest accounts in danger that stand in the mail; the page has the others. */
const MOST_ACCOUNTS = 5;

/** The largest accounts in danger with what costs them most. */
export const riskySection = (
  { atRisk, atRiskCount, atRiskArr }: HealthFigures,
  { currency }: WeeklyFigures,
): Section[] => {
  if (atRiskCount === 0) return [];
  const shown = atRisk.slice(0, MOST_ACCOUNTS);
  const sum = shown.reduce((all, { arr }) => all + arr, 0);
  const whole = formatMoney(atRiskArr, currency);
  const title =
    atRiskCount <= shown.length
      ? `In danger: ${plural(atRiskCount, 'account')} with ${whole}`
      : `${plural(shown.length, 'account')} hold ${formatMoney(sum, currency)} of the ${whole} in danger`;
  const rest = atRiskCount - shown.length;
  return [
    {
      title,
      about:
        'Red, or with a critical risk; the largest first, with that risk or with what costs the score most.',
      blocks: [
        {
          kind: 'table',
          columns: ['Account', 'ARR', 'Health', 'In 28 days'],
          rows: shown.map((account) => accountRow(account, currency)),
          more: rest <= 0 ? null : `and ${grouped(rest)} more, in the report and in account_health`,
        },
      ],
    },
  ];
};

function accountRow(account: RiskyAccount, currency: string): TableRow {
  const { name, arr, band, score, change28d, driver, evidence, ownerEmail } = account;
  const why = evidence ?? driver ?? 'the score alone';
  return {
    title: plainText(name, 60),
    about: `${plainText(why, 120)} · ${ownerWords(ownerEmail)}`,
    cells: [
      [formatMoney(arr, currency)],
      score === null ? [bandBadge(band)] : [`${Math.round(score)} `, bandBadge(band)],
      [change28d === null ? 'not known' : signed(change28d)],
    ],
  };
}

const signed = (change: number): string =>
  change === 0 ? 'unchanged' : `${change > 0 ? '▲' : '▼'} ${Math.abs(change)}`;
