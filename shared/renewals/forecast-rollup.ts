import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Day } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { Category } from './forecast.ts';

export type PeriodKind = 'month' | 'quarter';
export type ForecastCut = 'all' | 'segment' | 'owner' | 'region' | 'product';

/** One renewal as it is added up. */
export interface Forecasted {
  readonly dueOn: Day;
  readonly segment: string;
  readonly ownerEmail: string | null;
  readonly region: string | null;
  readonly product: string | null;
  readonly due: Cents;
  readonly expected: Cents;
  readonly upsell: Cents;
  /** What is to stay of it, by the target of its segment. */
  readonly target: Cents;
  readonly probability: number;
  readonly category: Category;
}

/** What a month or a quarter brings: due = won + lost + open. */
export interface ForecastSum {
  readonly cut: ForecastCut;
  readonly cutValue: string;
  readonly periodKind: PeriodKind;
  readonly period: string;
  renewals: number;
  due: Cents;
  won: Cents;
  lost: Cents;
  open: Cents;
  commit: Cents;
  bestCase: Cents;
  expected: Cents;
  atRisk: Cents;
  upsell: Cents;
  target: Cents;
  /** Sum of due² · p · (1 − p), in cents²: the variance of independent renewals. */
  variance: number;
}

const UNNAMED = '(none)';

export const monthOf = (day: Day): string => day.slice(0, 7);
export const quarterOf = (day: Day): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

export const firstOfQuarter = (day: Day): Day => {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 5)}${String(month).padStart(2, '0')}-01` as Day;
};

/** Adds renewals up by month and quarter of the day they are due, and by every cut. */
export const forecastTally = () => {
  const sums = new Map<string, ForecastSum>();

  const sumAt = (cut: ForecastCut, cutValue: string, periodKind: PeriodKind, period: string) => {
    const key = `${cut} ${period} ${cutValue}`;
    const found = sums.get(key);
    if (found !== undefined) return found;
    const sum = { cut, cutValue, periodKind, period, ...nothing() };
    sums.set(key, sum);
    return sum;
  };

  return {
    add(one: Forecasted): void {
      const { segment, ownerEmail, region, product } = one;
      const cuts: readonly (readonly [ForecastCut, string])[] = [
        ['all', 'all'],
        ['segment', segment],
        ['owner', ownerEmail ?? UNNAMED],
        ['region', region ?? UNNAMED],
        ['product', product ?? UNNAMED],
      ];
      const [month, quarter] = [monthOf(one.dueOn), quarterOf(one.dueOn)];
      for (const [cut, value] of cuts) {
        addTo(sumAt(cut, value, 'month', month), one);
        addTo(sumAt(cut, value, 'quarter', quarter), one);
      }
    },

    /** In the order of the cuts, then by value, quarters before months, then in time. */
    sums: (): ForecastSum[] =>
      [...sums.values()].sort(
        (a, b) =>
          CUTS.indexOf(a.cut) - CUTS.indexOf(b.cut) ||
          compareUtf8(a.cutValue, b.cutValue) ||
          compareUtf8(b.periodKind, a.periodKind) ||
          compareUtf8(a.period, b.period),
      ),
  };
};

const CUTS: readonly ForecastCut[] = ['all', 'segment', 'owner', 'region', 'product'];

const nothing = () => ({
  ...{ renewals: 0, due: 0, won: 0, lost: 0, open: 0, commit: 0, bestCase: 0 },
  ...{ expected: 0, atRisk: 0, upsell: 0, target: 0, variance: 0 },
});

function addTo(sum: ForecastSum, one: Forecasted): void {
  const { due, expected, category, probability } = one;
  sum.renewals += 1;
  sum.due += due;
  sum.expected += expected;
  sum.upsell += one.upsell;
  sum.target += one.target;
  if (category === 'won' || category === 'lost') {
    sum.won += expected;
    sum.lost += due - expected;
    sum.commit += expected;
    sum.bestCase += expected;
    return;
  }
  sum.open += due;
  sum.variance += due * due * probability * (1 - probability);
  if (category === 'commit') sum.commit += due;
  if (category !== 'at_risk') sum.bestCase += due;
  else sum.atRisk += due;
}

/** The standard deviation of what is expected, in cents. */
export const spreadOf = ({ variance }: Pick<ForecastSum, 'variance'>): Cents =>
  Math.round(Math.sqrt(variance));
