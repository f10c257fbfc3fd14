import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Day } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import { roundTo } from '../basics/ratio.ts';
import { monthOf } from './forecast-rollup.ts';

/** A forecast as it was frozen, with what came of it. */
export interface ScoredSnapshot {
  readonly segment: string;
  readonly ownerEmail: string | null;
  readonly horizonDays: number;
  readonly dueOn: Day;
  readonly due: Cents;
  readonly expected: Cents;
  readonly actual: Cents;
}

export type AccuracyCut = 'all' | 'segment' | 'owner';

export interface Accuracy {
  readonly cut: AccuracyCut;
  readonly cutValue: string;
  readonly horizonDays: number;
  readonly renewals: number;
  readonly due: Cents;
  readonly forecast: Cents;
  readonly actual: Cents;
  readonly wape: number | null;
  readonly wapeSingle: number | null;
  readonly bias: number | null;
  readonly reason: string | null;
}

interface Sum {
  readonly cut: AccuracyCut;
  readonly cutValue: string;
  readonly horizonDays: number;
  renewals: number;
  due: Cents;
  forecast: Cents;
  actual: Cents;
  missed: Cents;
  readonly months: Map<string, Cents>;
}

/** Days before a renewal is due at which accuracy is told. */
const accuracyHorizons = [120, 90, 60, 30] as const;

/** And at which forecasts are frozen: one more, for the rates of those that are still far off. */
export const snapshotHorizons = [180, ...accuracyHorizons] as const;

const UNNAMED = '(none)';

/**
 * How far forecasts were off, by how long before the day they were frozen:
 * WAPE = Σ|actual − forecast| / Σ actual, over months and over single renewals;
 * bias = Σ(forecast − actual) / Σ actual. (Hyndman & Athanasopoulos, Forecasting, 5.8.)
 */
export const accuracyTally = () => {
  const sums = new Map<string, Sum>();
  const sumAt = (cut: AccuracyCut, cutValue: string, horizonDays: number): Sum => {
    const key = `${cut} ${horizonDays} ${cutValue}`;
    const sum = sums.get(key) ?? {
      ...{ cut, cutValue, horizonDays, renewals: 0, due: 0, forecast: 0, actual: 0, missed: 0 },
      months: new Map(),
    };
    sums.set(key, sum);
    return sum;
  };
  const addTo = (sum: Sum, { due, expected, actual, dueOn }: ScoredSnapshot): void => {
    sum.renewals += 1;
    sum.due += due;
    sum.forecast += expected;
    sum.actual += actual;
    sum.missed += Math.abs(actual - expected);
    const month = monthOf(dueOn);
    sum.months.set(month, (sum.months.get(month) ?? 0) + actual - expected);
  };

  return {
    add(snapshot: ScoredSnapshot): void {
      const { segment, ownerEmail, horizonDays } = snapshot;
      if (!accuracyHorizons.some((horizon) => horizon === horizonDays)) return;
      addTo(sumAt('all', 'all', horizonDays), snapshot);
      addTo(sumAt('segment', segment, horizonDays), snapshot);
      addTo(sumAt('owner', ownerEmail ?? UNNAMED, horizonDays), snapshot);
    },

    /** The whole at every horizon, and the cuts that have any; the farthest horizon first. */
    rows(): Accuracy[] {
      for (const horizon of accuracyHorizons) sumAt('all', 'all', horizon);
      return [...sums.values()]
        .sort(
          (a, b) =>
            CUTS.indexOf(a.cut) - CUTS.indexOf(b.cut) ||
            compareUtf8(a.cutValue, b.cutValue) ||
            b.horizonDays - a.horizonDays,
        )
        .map(accuracyOf);
    },
  };
};

const CUTS: readonly AccuracyCut[] = ['all', 'segment', 'owner'];

function accuracyOf({ missed, months, ...sum }: Sum): Accuracy {
  const { renewals, actual, forecast, horizonDays } = sum;
  if (actual === 0) {
    const reason =
      renewals === 0
        ? `no forecast frozen ${horizonDays} days before has met its outcome yet`
        : 'nothing stayed, so there is nothing to divide by';
    return { ...sum, wape: null, wapeSingle: null, bias: null, reason };
  }
  const byMonth = [...months.values()].reduce((total, miss) => total + Math.abs(miss), 0);
  return {
    ...sum,
    wape: roundTo(byMonth / actual, 4),
    wapeSingle: roundTo(missed / actual, 4),
    bias: roundTo((forecast - actual) / actual, 4),
    reason: null,
  };
}
