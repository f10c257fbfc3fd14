import { addMonths, type Day } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { Config } from '../config/schema.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Calendar } from '../revenue/calendar.ts';
import { RATE_HOLDS_DAYS } from '../revenue/rates.ts';
import type { SourceState } from '../sources/finding.ts';
import { sqlDay } from '../sources/sql.ts';

/** So many days at once: a small answer has at most a thousand rows, and there are many currencies. */
const DAYS_ASKED_AT_ONCE = 6;

type Quotes = ReadonlyMap<string, readonly (number | null)[]>;

/**
 * The rate on each day of a calendar, or null where none holds that day, of each currency that has a
 * quote of any day. Throws where fx_rates is broken: figures at other rates than those asked for
 * would look right. A stale one is used as it stands.
 */
export const quotedRates = async (
  warehouse: Warehouse,
  states: readonly SourceState[],
  { days }: Pick<Calendar, 'days'>,
): Promise<Quotes> => {
  const state = states.find(({ id }) => id === 'fx_rates');
  if (state?.status === 'broken') throw brokenRates(state);
  const rows = state?.sql ?? null;
  if (rows === null) return new Map();
  const { rows: quoted } = await warehouse.read({
    name: 'fx-currencies',
    sql: `SELECT DISTINCT CAST(currency AS VARCHAR) AS currency FROM (${rows}) rates`,
  });
  return ratesOn(
    warehouse,
    { rows, days },
    quoted.map(({ currency }) => String(currency)),
  );
};

function brokenRates({ reason }: SourceState): HoldfastError {
  return new HoldfastError('data', [
    {
      where: 'source fx_rates',
      found: reason,
      expected: 'rates that can be read, since the config maps them',
      fix: 'Mend it, or take sources.fx_rates out of the config to go by currency.rates.',
    },
  ]);
}

interface Asked {
  /** The known rates as SQL. */
  readonly rows: string;
  readonly days: readonly Day[];
}

/** `currencies`: those that are told of even if they have no rate on any of the days. */
async function ratesOn(
  warehouse: Warehouse,
  { rows, days }: Asked,
  currencies: readonly string[] = [],
): Promise<Quotes> {
  const none = () => new Array<number | null>(days.length).fill(null);
  const quoted = new Map(currencies.map((currency) => [currency, none()]));
  for (let from = 0; from < days.length; from += DAYS_ASKED_AT_ONCE) {
    const asked = days.slice(from, from + DAYS_ASKED_AT_ONCE);
    const wanted = asked.map((day, at) => `SELECT ${sqlDay(day)} AS on_day, ${from + at} AS place`);
    const { rows: found } = await warehouse.read({
      name: 'fx-rates',
      sql: `SELECT CAST(wanted.place AS INTEGER) AS place, CAST(currency AS VARCHAR) AS currency,
         CAST(max_by(rate_to_reporting, day) AS DOUBLE) AS rate
       FROM (${rows}) rates
       JOIN (${wanted.join(' UNION ALL ')}) wanted
         ON day <= on_day AND date_diff('day', day, on_day) <= ${RATE_HOLDS_DAYS}
       GROUP BY place, currency`,
    });
    for (const { currency, place, rate } of found) {
      const rates = quoted.get(String(currency)) ?? none();
      rates[Number(place)] = Number(rate);
      quoted.set(String(currency), rates);
    }
  }
  return quoted;
}

/** Days on which contracts in a quoted currency are looked at and it has no rate. */
export interface RateGap {
  readonly currency: string;
  readonly days: readonly Day[];
  /** Of so many days on which it takes one. */
  readonly needed: number;
}

/**
 * What a run would miss of the rates: from twelve months before the first contract in a currency to
 * twelve months after the last, and on as_of where one is signed and yet to begin. Nothing where
 * fx_rates or contracts cannot be read.
 */
export const rateGaps = async (
  warehouse: Warehouse,
  states: readonly SourceState[],
  { days, today }: Pick<Calendar, 'days' | 'today'>,
): Promise<RateGap[]> => {
  const sqlOf = (source: string) => states.find(({ id }) => id === source)?.sql ?? null;
  const contracts = sqlOf('contracts');
  if (contracts === null || sqlOf('fx_rates') === null) return [];
  const { rows: terms } = await warehouse.read({
    name: 'contract-currencies',
    sql: `SELECT CAST(currency AS VARCHAR) AS currency,
       CAST(min(start_date) AS DATE) AS first_start, CAST(max(end_date) AS DATE) AS last_end
     FROM (${contracts}) lines WHERE currency IS NOT NULL GROUP BY currency ORDER BY 1`,
  });
  const quoted = await quotedRates(warehouse, states, { days });
  return terms.flatMap(({ currency, first_start, last_end }) => {
    const rates = quoted.get(String(currency));
    const isNeeded = (day: Day, place: number) =>
      addMonths(day, -12) <= String(last_end) &&
      (place === today || addMonths(day, 12) >= String(first_start));
    const gaps = days.filter((day, place) => isNeeded(day, place) && rates?.[place] === null);
    const needed = days.filter(isNeeded).length;
    return gaps.length === 0 ? [] : [{ currency: String(currency), days: gaps, needed }];
  });
};

interface CurrencyDay {
  readonly asOf: Day;
  readonly currency: Config['currency'];
}

/**
 * The rates of one day: those quoted, and of the config for currencies that nobody quotes. So the ARR
 * beside a score is the ARR that revenue is told in. Never throws: a quoted currency that has no rate
 * within 7 days of as_of keeps the config's, and so do all where fx_rates is broken.
 */
export const currencyOn = async (
  warehouse: Warehouse,
  states: readonly SourceState[],
  { asOf, currency }: CurrencyDay,
): Promise<Pick<Config['currency'], 'reporting' | 'rates'>> => {
  const { reporting, rates } = currency;
  const rows = states.find(({ id }) => id === 'fx_rates')?.sql ?? null;
  if (rows === null) return { reporting, rates };
  const quoted = await ratesOn(warehouse, { rows, days: [asOf] });
  const today = [...quoted].flatMap(([name, [rate]]) =>
    rate == null || name === reporting ? [] : [[name, rate] as const],
  );
  return { reporting, rates: { ...rates, ...Object.fromEntries(today) } };
};
