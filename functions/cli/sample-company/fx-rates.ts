import { type Currency, middleRateToUsd } from './company.ts';
import { addMonths, type DayNumber, isWeekend } from './day-number.ts';
import { randomStream } from './random-stream.ts';
import { sampleTable, type Window } from './sample-table.ts';

const months = 50;

/** What a unit of each currency was worth in US dollars, day by day; weekends keep Friday's rate. */
export const fxRates = sampleTable({
  name: 'fx_rates',
  columns: { currency: 'VARCHAR', day: 'DATE', rate_to_reporting: 'DOUBLE' },

  *companyRows({ asOf, seed }: Window) {
    for (const currency of Object.keys(middleRateToUsd) as Currency[]) {
      for (let day = addMonths(asOf, -months); day < asOf; day += 1) {
        yield { currency, day, rate_to_reporting: rateOn(seed, currency, day) };
      }
    }
  },
});

/** Swings around the middle rate: so many days from one bend to the next, and how far at most. */
const swings = [
  { days: 180, share: 0.045 },
  { days: 45, share: 0.02 },
  { days: 9, share: 0.008 },
  { days: 1, share: 0.003 },
] as const;

/** A rate belongs to its day, whatever day the company is looked at. */
function rateOn(seed: number, currency: Currency, day: DayNumber): number {
  if (currency === 'USD') return 1;
  if (isWeekend(day)) return rateOn(seed, currency, day - 1);
  const moved = swings.reduce((sum, { days, share }) => {
    const bend = Math.floor(day / days);
    const levelAt = (place: number) =>
      randomStream(seed, place, `${currency} over ${days} days`).between(-share, share);
    const part = day / days - bend;
    return sum + levelAt(bend) * (1 - part) + levelAt(bend + 1) * part;
  }, 1);
  return Math.round(middleRateToUsd[currency] * moved * 10_000) / 10_000;
}
