import type { Cents } from '../basics/money.ts';
import { roundTo } from '../basics/ratio.ts';
import { plural } from '../basics/text.ts';
import { bands, type Horizon, horizons } from '../config/renewals.ts';
import type { Config } from '../config/schema.ts';
import type { Band } from '../health/band.ts';
import { horizonWords } from './horizon.ts';

/** One renewal of the past as it stood at a horizon, when it was still open, and what came of it. */
export interface Observation {
  readonly band: Band;
  readonly segment: string;
  readonly horizon: Horizon;
  readonly due: Cents;
  /** What stayed of it, at most what was due. */
  readonly kept: Cents;
}

/** The share of ARR that a renewal is expected to keep, and where that comes from. */
export interface Rate {
  readonly probability: number;
  readonly basis: 'observed' | 'starting_table';
  /** Renewals behind it, of the band and horizon in all segments. */
  readonly n: number;
  readonly because: string;
}

export interface RateRow extends Rate {
  readonly band: Band;
  readonly segment: string;
  readonly horizon: Horizon;
  readonly renewals: number;
  readonly observed: number | null;
  readonly wholeRenewals: number;
  readonly whole: number | null;
  readonly starting: number;
}

interface Sum {
  count: number;
  share: number;
}

/** A year must have passed since the first forecast that was frozen with a band. */
const FEWEST_DAYS = 365;

type Policy = Config['renewals']['forecast'];

/**
 * Adds up what renewals of the past kept, by health, segment and horizon, and gives the probability of
 * today's. A segment is shrunk to all segments of its band and horizon as if `shrinkage` of those
 * renewals were its own: (n·r + k·R) / (n + k), the mean of a beta-binomial model with a prior of k
 * observations (Gelman et al., Bayesian Data Analysis, 5.1). Every renewal counts alike: weighted by
 * ARR, a handful of large ones would decide. Below `fewest_renewals`, the starting table is used.
 */
export const rateTally = (policy: Policy) => {
  const sums = new Map<string, Sum>();
  const sumAt = (key: string): Sum => {
    const sum = sums.get(key) ?? { count: 0, share: 0 };
    sums.set(key, sum);
    return sum;
  };
  const add = (key: string, share: number): void => {
    const sum = sumAt(key);
    sum.count += 1;
    sum.share += share;
  };

  return {
    add({ band, segment, horizon, due, kept }: Observation): void {
      if (due === 0) return;
      const share = kept / due;
      add(`${band} ${horizon}`, share);
      add(`${band} ${horizon} ${segment}`, share);
    },

    /** `daysOfBands`: days since the first forecast frozen with a health; null when there is none. */
    finish({ daysOfBands }: { daysOfBands: number | null }) {
      const rateOf = (band: Band, segment: string, horizon: Horizon): RateRow => {
        const whole = sums.get(`${band} ${horizon}`);
        const own = sums.get(`${band} ${horizon} ${segment}`);
        const starting = policy.starting_table[band][horizon];
        const found = {
          ...{ band, segment, horizon, starting, renewals: own?.count ?? 0 },
          observed: mean(own),
          wholeRenewals: whole?.count ?? 0,
          whole: mean(whole),
        };
        const why = whyNotObserved(found, policy, daysOfBands);
        if (why !== null) {
          const because = `${percent(starting)} by the starting table for ${band}, ${horizonWords[horizon]}: ${why}`;
          const n = found.wholeRenewals;
          return { ...found, probability: starting, basis: 'starting_table', n, because };
        }
        const wholeRate = found.whole as number;
        const kept = (own?.share ?? 0) + policy.shrinkage * wholeRate;
        const probability = roundTo(kept / (found.renewals + policy.shrinkage || 1), 4);
        const rate = found.renewals + policy.shrinkage === 0 ? wholeRate : probability;
        return {
          ...found,
          probability: roundTo(rate, 4),
          basis: 'observed',
          n: found.wholeRenewals,
          because: `${percent(rate)}: ${horizonWords[horizon]}, ${percent(wholeRate)} stayed of ${plural(found.wholeRenewals, 'renewal')} of the past, ${ofSegment(found)}`,
        };
      };
      const known = new Map<string, RateRow>();
      const rate = (band: Band, segment: string, horizon: Horizon): RateRow => {
        const key = `${band} ${segment} ${horizon}`;
        const row = known.get(key) ?? rateOf(band, segment, horizon);
        known.set(key, row);
        return row;
      };
      return {
        rate,
        rows: (segments: readonly string[]): RateRow[] =>
          bands.flatMap((band) =>
            segments.flatMap((segment) => horizons.map((horizon) => rate(band, segment, horizon))),
          ),
      };
    },
  };
};

export type Rates = ReturnType<ReturnType<typeof rateTally>['finish']>;

const mean = (sum: Sum | undefined): number | null =>
  sum === undefined || sum.count === 0 ? null : roundTo(sum.share / sum.count, 6);

function whyNotObserved(
  { band, wholeRenewals }: Pick<RateRow, 'band' | 'wholeRenewals'>,
  { fewest_renewals }: Policy,
  daysOfBands: number | null,
): string | null {
  if (band !== 'unscored' && (daysOfBands ?? 0) < FEWEST_DAYS) {
    const so = daysOfBands === null ? 'none yet' : `${daysOfBands} days`;
    return `a year of forecasts frozen with health is needed, and there are ${so}`;
  }
  if (wholeRenewals >= fewest_renewals) return null;
  return `${wholeRenewals} renewals of the past are known at this point, fewer than ${fewest_renewals}`;
}

/** What the segment itself has kept, to which the whole is only a prior. */
const ofSegment = ({ observed, renewals }: Pick<RateRow, 'observed' | 'renewals'>): string =>
  observed === null
    ? 'none of them in the segment'
    : `and ${percent(observed)} of the ${renewals} in the segment`;

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
