import { addMonths, type Day, dayToEpoch, firstOfMonth } from '../basics/day.ts';

/** From one day to another, both as places among the days of the calendar. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface Month extends Period {
  /** The month as_of lies in, up to as_of. */
  readonly isPartial: boolean;
}

export interface RetentionWindow extends Period {
  readonly kind: 'trailing_12_months' | 'year_to_date';
  /** Places among the calendar's steps: the months it is compounded from. */
  readonly steps: readonly number[];
}

/**
 * The days on which ARR is looked at, and what is reckoned between them. A period's end is the first
 * day after it, on which its closing ARR is read: that of 2025 is 2026-01-01.
 */
export interface Calendar {
  readonly days: readonly Day[];
  readonly epochs: readonly number[];
  /** Every month that is reckoned, by calendar and counted back from as_of. */
  readonly steps: readonly Period[];
  /** The bridge: 25 whole months and the one that runs, places among the steps. */
  readonly months: readonly (Month & { readonly step: number })[];
  readonly windows: readonly RetentionWindow[];
  /** Of as_of itself among the days: the last. */
  readonly today: number;
}

export const BRIDGE_MONTHS = 25;

/** The calendar of a run: 25 month ends and as_of, each with the twelve months before it. */
export const calendarOf = (asOf: Day): Calendar => {
  const monthStart = firstOfMonth(asOf);
  const starts = monthsBack(monthStart, BRIDGE_MONTHS - 1 + 12);
  const anchored = monthsBack(asOf, 12);
  const days = [...new Set([...starts, ...anchored])].sort();
  const at = (day: Day) => days.indexOf(day);

  const steps: Period[] = [];
  const stepOf = (from: Day, to: Day): number => {
    const found = steps.findIndex((step) => step.from === at(from) && step.to === at(to));
    return found === -1 ? steps.push({ from: at(from), to: at(to) }) - 1 : found;
  };
  const stepsBetween = (between: readonly Day[]) =>
    between.slice(1).map((day, index) => stepOf(between[index] as Day, day));
  const windowOf = (kind: RetentionWindow['kind'], between: readonly Day[]): RetentionWindow => ({
    kind,
    from: at(between[0] as Day),
    to: at(between.at(-1) as Day),
    steps: stepsBetween(between),
  });

  const months = [
    ...stepsBetween(starts.slice(-BRIDGE_MONTHS - 1)).map((step) => ({ step, isPartial: false })),
    ...(asOf > monthStart ? [{ step: stepOf(monthStart, asOf), isPartial: true }] : []),
  ];
  const thisYear = starts.filter((day) => day >= `${asOf.slice(0, 4)}-01-01`);
  const yearToDate = thisYear.at(-1) === asOf ? thisYear : [...thisYear, asOf];
  const windows = [
    ...Array.from({ length: BRIDGE_MONTHS }, (_, index) =>
      windowOf('trailing_12_months', starts.slice(index, index + 13)),
    ),
    ...(asOf > monthStart ? [windowOf('trailing_12_months', anchored)] : []),
    ...(yearToDate.length > 1 ? [windowOf('year_to_date', yearToDate)] : []),
  ];
  return {
    days,
    epochs: days.map(dayToEpoch),
    steps,
    months: months.map((month) => ({ ...month, ...(steps[month.step] as Period) })),
    windows,
    today: at(asOf),
  };
};

/** The days so many months before a day, and the day itself, in order. */
function monthsBack(day: Day, months: number): Day[] {
  return Array.from({ length: months + 1 }, (_, index) => addMonths(day, index - months));
}

/** The twelve months up to a day and nothing else. */
export const calendarOfYear = (asOf: Day): Calendar => {
  const days = monthsBack(asOf, 12);
  const steps = days.slice(1).map((_, from) => ({ from, to: from + 1 }));
  const window = { kind: 'trailing_12_months', from: 0, to: 12 } as const;
  const windows = [{ ...window, steps: steps.map((_, step) => step) }];
  return { days, epochs: days.map(dayToEpoch), steps, months: [], windows, today: 12 };
};

/** Two days, and what lies between them as one step, as it is known on a third. */
export const calendarBetween = (from: Day, to: Day, asOf: Day): Calendar => {
  const days = to === asOf ? [from, to] : [from, to, asOf];
  const steps = [{ from: 0, to: 1 }];
  const today = days.length - 1;
  return { days, epochs: days.map(dayToEpoch), steps, months: [], windows: [], today };
};
