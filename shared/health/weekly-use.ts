import type { Day } from '../basics/day.ts';
import { median } from '../basics/ratio.ts';
import type { AccountRow } from '../features/account-row.ts';
import { historyOf } from './tenure.ts';

/** Weeks that are "now". */
export const RECENT_WEEKS = 4;
const FEWEST_EARLIER_WEEKS = 4;

/** Days of history before there is a usual week to compare with. */
export const DAYS_COMPARED = 7 * (RECENT_WEEKS + FEWEST_EARLIER_WEEKS);

interface WeeklyUse {
  /** Sessions of a week now, and of a usual week before. */
  readonly recent: number;
  readonly usual: number;
  /** All sessions of the weeks before, and how many weeks those are. */
  readonly earlierSessions: number;
  readonly earlierWeeks: number;
}

/**
 * Use now and before, so that the measure and the flag of falling use speak of one figure; null
 * while there are too few weeks to know what is usual. `firstDay`: where the feed begins.
 */
export const weeklyUse = (account: AccountRow, firstDay: Day | null): WeeklyUse | null => {
  const historyDays = historyOf(account, firstDay);
  if (historyDays < DAYS_COMPARED) return null;
  const sessions =
    account.sessionsWeek1 + account.sessionsWeek2 + account.sessionsWeek3 + account.sessionsWeek4;
  // Weeks before the first contract or the feed are not silence; weeks since then without use are.
  const earlier = [
    account.sessionsWeek5,
    account.sessionsWeek6,
    account.sessionsWeek7,
    account.sessionsWeek8,
    account.sessionsWeek9,
    account.sessionsWeek10,
    account.sessionsWeek11,
    account.sessionsWeek12,
  ].slice(0, Math.floor(historyDays / 7) - RECENT_WEEKS);
  return {
    recent: sessions / RECENT_WEEKS,
    usual: median(earlier) ?? 0,
    earlierSessions: earlier.reduce((sum, week) => sum + week, 0),
    earlierWeeks: earlier.length,
  };
};
