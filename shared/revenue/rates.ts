import type { Day } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';

/** Units of the reporting currency for one unit of another, on each day of a calendar. */
export interface Rates {
  /** `day`: place among the calendar's days. Throws where there is no rate. */
  rateOn(currency: string, day: number): number;
  /**
   * For what ended long ago and asks for no rate of its own: that of the day, or else of the latest
   * of the calendar's days before it, or else of the earliest after it. Throws where no day has one.
   */
  lastRate(currency: string, day: number): number;
  /** The same, and null where no day has one. */
  rateIfAny(currency: string, day: number): number | null;
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
export const ratesFrom = ({ reporting, constant, quoted, days }: RatePlan): Rates => {
  const known = (currency: string, day: number): number | null => {
    if (currency === reporting) return 1;
    const quotes = quoted.get(currency);
    const rate = quotes === undefined ? constant[currency] : quotes[day];
    return typeof rate === 'number' ? rate : null;
  };
  const missing = (currency: string, day: number): HoldfastError => {
    const quotes = quoted.get(currency);
    if (quotes === undefined) return noConstant(currency);
    const others = days.filter((_, place) => quotes[place] == null && place !== day);
    return noQuote(currency, [days[day] as Day, ...others.sort()]);
  };
  const held = (currency: string, day: number): number | null => {
    const quotes = quoted.get(currency) ?? [];
    return (
      known(currency, day) ??
      quotes.slice(0, day).findLast((rate) => rate !== null) ??
      quotes.slice(day).find((rate) => rate !== null) ??
      null
    );
  };
  return {
    isConstant: (currency) => currency === reporting || !quoted.has(currency),
    rateOn(currency, day) {
      const rate = known(currency, day);
      if (rate === null) throw missing(currency, day);
      return rate;
    },
    rateIfAny: held,
    lastRate(currency, day) {
      const rate = held(currency, day);
      if (rate === null) throw missing(currency, day);
      return rate;
    },
  };
};

/** A rate holds for so many days, which is longer than any holiday of the markets. */
export const RATE_HOLDS_DAYS = 7;

const DAYS_NAMED = 6;

/**
 * The days on which a quoted currency has no rate, in the words of an error and of the doctor: the
 * one that was asked for, and then the others, so that all can be mended at once.
 */
export const missingQuotes = (currency: string, [asked, ...others]: readonly Day[]) => {
  const named = others.slice(0, DAYS_NAMED).join(', ');
  const more = others.length > DAYS_NAMED ? ` and ${others.length - DAYS_NAMED} more` : '';
  const also = others.length === 0 ? '' : `, nor of ${named}${more}`;
  return {
    found: `no rate of ${currency} on ${asked} or the ${RATE_HOLDS_DAYS} days before${also}`,
    expected:
      `a rate on the first of each month and on as_of's day of each month while contracts in ` +
      `${currency} are looked at, and for twelve months before the first of them, because movements ` +
      'are told at the rates of the opening',
    fix: `Add the rates of ${currency}, or take ${currency} out of fx_rates and give it a constant rate under currency.rates.`,
  };
};

function noQuote(currency: string, days: readonly Day[]): HoldfastError {
  return new HoldfastError('data', [{ where: 'fx_rates', ...missingQuotes(currency, days) }]);
}

function noConstant(currency: string): HoldfastError {
  return new HoldfastError('data', [
    {
      where: `currency.rates.${currency}`,
      found: 'nothing',
      expected: `a rate for ${currency}, which contracts are in`,
      fix: 'Add it, or map fx_rates.',
    },
  ]);
}
