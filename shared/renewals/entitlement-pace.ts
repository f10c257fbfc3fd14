import { addDays, type Day, daysBetween } from '../basics/day.ts';

export interface Reading {
  readonly asOf: Day;
  /** What was used up to the day, that day left out. */
  readonly used: number;
}

/** What is bought the right to use, and how much of it is used up to as_of. */
export interface Entitlement extends Reading {
  readonly metric: string;
  /** A level, such as seats, or what adds up over the period, such as credits. */
  readonly counts: 'level' | 'period_total';
  readonly committed: number;
  readonly periodStart: Day | null;
  /** Last day of the period. */
  readonly periodEnd: Day | null;
  /** An earlier reading of the same period; of a level, any earlier one. */
  readonly past: Reading | null;
}

/** How fast it is used, and over which days that was seen. */
export interface Pace {
  readonly method: Method;
  /** Used a day; below zero where a level falls. */
  readonly perDay: number;
}

export type Method = 'pace since the period began' | `pace since ${Day}` | 'level as it stands';

/** Days of the period that are left, as_of among them; null without an end. */
export const daysLeftOf = ({ asOf, periodEnd }: Entitlement): number | null =>
  periodEnd === null ? null : Math.max(0, daysBetween(asOf, periodEnd) + 1);

/**
 * The pace at which use goes on to the end of the period. A level goes on as it did since the past
 * reading, or stands. A total goes on at its mean pace since the period began or, where that is
 * higher, at the pace since the past reading: a rise shows there first, and to warn too early
 * costs less than a bill nobody saw coming. Null while too few days have been seen.
 */
export const paceOf = (entitlement: Entitlement, fewestDays: number): Pace | null => {
  const recent = recentPace(entitlement, fewestDays);
  if (entitlement.counts === 'level') return recent ?? { method: 'level as it stands', perDay: 0 };
  const { periodStart, asOf, used } = entitlement;
  const elapsed = periodStart === null ? 0 : daysBetween(periodStart, asOf);
  if (elapsed < fewestDays) return null;
  const mean: Pace = { method: 'pace since the period began', perDay: used / elapsed };
  return recent !== null && recent.perDay > mean.perDay ? recent : mean;
};

function recentPace({ past, asOf, used }: Entitlement, fewestDays: number): Pace | null {
  if (past === null) return null;
  const days = daysBetween(past.asOf, asOf);
  if (days < fewestDays) return null;
  return { method: `pace since ${past.asOf}`, perDay: (used - past.used) / days };
}

/** The day at whose end the commitment is used up; null where that is not before the period ends. */
export const exceedsOn = (
  { committed, used, asOf, periodEnd }: Entitlement,
  { perDay }: Pace,
): Day | null => {
  if (used > committed || perDay <= 0 || periodEnd === null) return null;
  const days = Math.max(1, Math.ceil((committed - used) / perDay));
  return days > daysBetween(asOf, periodEnd) + 1 ? null : addDays(asOf, days - 1);
};
