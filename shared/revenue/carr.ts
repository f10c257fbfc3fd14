import type { Cents } from '../basics/money.ts';
import { annualOn, isLiveOn, type LiveLine } from './contract-line.ts';
import type { Books, Ledger } from './ledger.ts';

/**
 * Contracted ARR of a customer on the last day of the calendar: what is live, with what is signed and
 * yet to begin in place of what it renews, and without what is known to be cancelled.
 */
export const carrOf = ({ lines }: Ledger, { calendar, rates, policy }: Books): Cents => {
  const today = calendar.epochs[calendar.today] as number;
  const value = (line: LiveLine, day: number): Cents =>
    Math.round(annualOn(line, day) * rates.rateOn(line.currency, calendar.today) * 100);
  let sum = 0;
  for (const line of lines) {
    // Of two signed lines of which one renews the other, the later one is what was agreed.
    if (line.start > today) sum += line.renewalStart === null ? value(line, line.start) : 0;
    else if (isLiveOn(line, today) && !isKnownToEnd(line, today, policy.carr.subtract_known_churn))
      sum += value(line, today);
  }
  return sum;
};

function isKnownToEnd(line: LiveLine, today: number, subtractChurn: boolean): boolean {
  const isReplaced = line.renewalStart !== null && line.renewalStart > today;
  return isReplaced || (subtractChurn && line.cancelledOn !== null);
}
