/** Days since 1970-01-01: what DuckDB and Parquet store, and quick to add to. */
export type DayNumber = number;

export const secondsPerDay = 86_400;

const MS_PER_DAY = 86_400_000;

/** The same day of the month some months on, or that month's last day where it is shorter. */
export const addMonths = (day: DayNumber, months: number): DayNumber => {
  const from = new Date(day * MS_PER_DAY);
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1);
  const after = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 1);
  return Math.min(first / MS_PER_DAY + from.getUTCDate() - 1, after / MS_PER_DAY - 1);
};

export const firstOfMonth = (day: DayNumber): DayNumber =>
  day - new Date(day * MS_PER_DAY).getUTCDate() + 1;

/** The first day of a month, counted from 1, in the year that holds the given day. */
export const startOfMonthInYearOf = (day: DayNumber, month: number): DayNumber =>
  Date.UTC(new Date(day * MS_PER_DAY).getUTCFullYear(), month - 1, 1) / MS_PER_DAY;

/** Saturday or Sunday. */
export const isWeekend = (day: DayNumber): boolean => (day + 3) % 7 >= 5;
