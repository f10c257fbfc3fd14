import { median } from '../basics/ratio.ts';
import type { AccountRow } from '../features/account-row.ts';
import { tenureOf } from './tenure.ts';

const RECENT_WEEKS = 4;
const FEWEST_EARLIER_WEEKS = 4;

/** Days as a customer before there is a usual week to compare with. */
export const DAYS_COMPARED = 7 * (RECENT_WEEKS + FEWEST_EARLIER_WEEKS);

/**
 * Sessions of a week now and of a usual week before, so that the measure and the flag of falling
 * use speak of one figure; null while there are too few weeks to know what is usual.
 */
export const weeklyUse = (account: AccountRow): { recent: number; usual: number } | null => {
  const tenureDays = tenureOf(account);
  if (tenureDays < DAYS_COMPARED) return null;
  const sessions =
    account.sessionsWeek1 + account.sessionsWeek2 + account.sessionsWeek3 + account.sessionsWeek4;
  // Weeks before the first contract are not silence; weeks since then without use are.
  const earlier = [
    account.sessionsWeek5,
    account.sessionsWeek6,
    account.sessionsWeek7,
    account.sessionsWeek8,
    account.sessionsWeek9,
    account.sessionsWeek10,
    account.sessionsWeek11,
    account.sessionsWeek12,
  ].slice(0, Math.floor(tenureDays / 7) - RECENT_WEEKS);
  return { recent: sessions / RECENT_WEEKS, usual: median(earlier) ?? 0 };
};
