import type { Day } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';

/** Units of the reporting currency for one unit of another, on each day of a calendar. */
export interface Rates {
  /** `day`: place among the calendar's days. Throws where there is no rate. */
  rateOn(currency: string, day: number): number;
  /** The same on every day, so that no effect of rates is to be looked for. */
  isConstant(currency: string): boolean;
}

interface RatePlan {
  readonly reporting: string;
  /** Of the config: the same on every day. */
  readonly constant: Readonly<Record<string, number>>;
  /** Of the warehouse, by currency: the rate that holds on each of the days, or none. */
  readonly quoted: ReadonlyMap<string, readonly (number | null)[]>;
  readonly days: readonly Day[];
}

/** A quoted currency goes by its quotes; one that is not quoted by the config's constant rate. */
export const ratesFrom = ({ reporting, constant, quoted, days }: RatePlan): Rates => ({
  isConstant: (currency) => currency === reporting || !quoted.has(currency),
  rateOn(currency, day) {
    if (currency === reporting) return 1;
    const rate = quoted.has(currency) ? quoted.get(currency)?.[day] : constant[currency];
    if (typeof rate === 'number') return rate;
    throw missingRate(currency, days[day] as Day, quoted.has(currency));
  },
});

/** A rate holds for so many days, which is longer than any holiday of the markets. */
export const RATE_HOLDS_DAYS = 7;

function missingRate(currency: string, day: Day, isQuoted: boolean): HoldfastError {
  return new HoldfastError('data', [
    isQuoted
      ? {
          where: 'fx_rates',
          found: `no rate of ${currency} on ${day} or the ${RATE_HOLDS_DAYS} days before`,
          expected: 'a rate for every day on which a contract in that currency is valued',
          fix: `Add the rates of ${currency} around ${day}, or take ${currency} out of fx_rates and give it a constant rate under currency.rates.`,
        }
      : {
          where: `currency.rates.${currency}`,
          found: 'nothing',
          expected: `a rate for ${currency}, which contracts are in`,
          fix: 'Add it, or map fx_rates.',
        },
  ]);
}
