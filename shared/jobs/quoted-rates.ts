import type { Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Calendar } from '../revenue/calendar.ts';
import { RATE_HOLDS_DAYS } from '../revenue/rates.ts';
import type { SourceState } from '../sources/finding.ts';
import { sqlDay } from '../sources/sql.ts';

/** So many days at once: a small answer has at most a thousand rows, and there are many currencies. */
const DAYS_ASKED_AT_ONCE = 6;

/** The rate of each quoted currency on each day of a calendar, or null where none holds that day. */
export const quotedRates = async (
  warehouse: Warehouse,
  states: readonly SourceState[],
  { days }: Pick<Calendar, 'days'>,
): Promise<ReadonlyMap<string, readonly (number | null)[]>> => {
  const quoted = new Map<string, (number | null)[]>();
  const rows = states.find(({ id }) => id === 'fx_rates')?.sql ?? null;
  if (rows === null) return quoted;
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
      const rates =
        quoted.get(String(currency)) ?? new Array<number | null>(days.length).fill(null);
      rates[Number(place)] = Number(rate);
      quoted.set(String(currency), rates);
    }
  }
  return quoted;
};

interface CurrencyDay {
  readonly asOf: Day;
  readonly currency: Config['currency'];
}

/**
 * The rates of one day: those quoted, and of the config for currencies that nobody quotes that day. So
 * the ARR beside a score is the ARR that revenue is told in.
 */
export const currencyOn = async (
  warehouse: Warehouse,
  states: readonly SourceState[],
  { asOf, currency }: CurrencyDay,
): Promise<Pick<Config['currency'], 'reporting' | 'rates'>> => {
  const { reporting, rates } = currency;
  const quoted = await quotedRates(warehouse, states, { days: [asOf] });
  const today = [...quoted].flatMap(([name, [rate]]) =>
    rate == null || name === reporting ? [] : [[name, rate] as const],
  );
  return { reporting, rates: { ...rates, ...Object.fromEntries(today) } };
};
