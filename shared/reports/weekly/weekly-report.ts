import { addDays } from '../../basics/day.ts';
import { formatMoney } from '../../basics/money.ts';
import { plural } from '../../basics/text.ts';
import { plainWords } from '../mail-text.ts';
import type { PageAccount, PageSection, Report } from '../page/report.ts';
import { shortDay } from '../words/days.ts';
import { bandBadge } from '../words/forecast.ts';
import { ownerWords } from '../words/people.ts';
import { sentence } from '../words/sentence.ts';
import { weeklyAsks } from './asks.ts';
import { weeklyConclusion, weeklyLede } from './conclusion.ts';
import type { HealthFigures, RenewalFigures, WeeklyFigures } from './figures.ts';
import { focusSentence } from './focus.ts';
import { weeklyTiles } from './tiles.ts';
import type { WeeklyChart } from './weekly-chart.ts';

/** Of each list; the accounts below have them all. */
const MOST_ROWS = 10;

interface Beside {
  readonly charts: readonly WeeklyChart[];
  readonly accounts: readonly PageAccount[];
  readonly accountsLeftOut: number;
}

/** The week as its page tells it: the same conclusion, figures and charts as the mail, and every account. */
export const weeklyReport = (
  week: WeeklyFigures,
  { charts, accounts, accountsLeftOut }: Beside,
): Omit<Report, 'weekOf' | 'freshness' | 'questions'> => ({
  company: week.company,
  asOf: week.asOf,
  currency: week.currency,
  definitionsId: week.definitionsIds.join(', '),
  headline: { conclusion: weeklyConclusion(week), lede: [weeklyLede(week), focusWords(week)] },
  warnings: week.warnings.map(sentence),
  tiles: weeklyTiles(week).tiles.map(({ label, value, change, about }) => ({
    ...{ label, value, note: about, target: null },
    change: change === null ? null : { words: change.strong, tone: change.tone ?? 'plain' },
  })),
  decisions: weeklyAsks(week).map(({ what, why, who, ownerEmail, dueOn }) => ({
    ...{ what, why, dueOn },
    owner: ownerEmail === null ? null : plainWords(who.slice(0, 1)),
  })),
  charts: charts.map(({ title, svg, alt }) => ({ title, svg, alt })),
  sections: [
    ...(week.health === null ? [] : [riskySection(week.health, week)]),
    ...(week.renewals === null ? [] : [decideSection(week.renewals, week)]),
  ],
  ...{ accounts, accountsLeftOut, exclusions: week.exclusions },
  why: 'It is written once a week from the tables that Holdfast publishes; every sentence stands on one of them.',
});

function focusWords(week: WeeklyFigures): string {
  const { title, says } = focusSentence(week);
  return `${title}. ${says}`;
}

function riskySection(
  { atRisk, atRiskCount, atRiskArr }: HealthFigures,
  { currency }: WeeklyFigures,
): PageSection {
  return {
    title: 'Largest accounts in danger',
    about: `${plural(atRiskCount, 'account')} with ${formatMoney(atRiskArr, currency)}: red, or with a critical risk.`,
    empty: 'No account is red or has a critical risk.',
    table: {
      columns: [
        { title: 'Account', isFigure: false },
        { title: 'ARR', isFigure: true },
        { title: 'Health', isFigure: false },
        { title: 'What costs it most', isFigure: false },
        { title: 'Owner', isFigure: false },
      ],
      rows: atRisk
        .slice(0, MOST_ROWS)
        .map(({ accountId, name, arr, band, evidence, driver, ownerEmail }) => [
          { accountId, name },
          formatMoney(arr, currency),
          bandBadge(band),
          evidence ?? driver ?? 'the score alone',
          ownerWords(ownerEmail),
        ]),
    },
  };
}

function decideSection(
  { toDecide, toDecideCount, toDecideSum }: RenewalFigures,
  { currency, decideWithinDays, asOf }: WeeklyFigures,
): PageSection {
  const until = shortDay(addDays(asOf, decideWithinDays), asOf);
  return {
    title: 'At risk: late, or to be decided soon',
    about: `${plural(toDecideCount, 'renewal')} with ${formatMoney(toDecideSum, currency)} late, or decided until ${until}; the largest are shown.`,
    empty: 'Nothing at risk has to be decided soon.',
    table: {
      columns: [
        { title: 'Renewal', isFigure: false },
        { title: 'ARR', isFigure: true },
        { title: 'Decision', isFigure: false },
        { title: 'Why it is at risk', isFigure: false },
        { title: 'Owner', isFigure: false },
      ],
      rows: toDecide
        .slice(0, MOST_ROWS)
        .map(({ accountId, name, due, decisionOn, because, ownerEmail }) => [
          { accountId, name },
          formatMoney(due, currency),
          shortDay(decisionOn, asOf),
          because,
          ownerWords(ownerEmail),
        ]),
    },
  };
}
