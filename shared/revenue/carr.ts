import type { Cents } from '../basics/money.ts';
import { centsOn, isLiveOn, isRenewed, type LiveLine } from './contract-line.ts';
import type { Books, Ledger } from './ledger.ts';

/**
 * Contracted ARR of a customer on the last day of the calendar: what is live, with what is signed and
 * yet to begin in place of what it renews, and without what is known to be cancelled.
 */
export const carrOf = ({ lines }: Ledger, { calendar, rates, policy }: Books): Cents => {
  const today = calendar.epochs[calendar.today] as number;
  const value = (line: LiveLine, day: number): Cents =>
    centsOn(line, day, rates.rateOn(line.currency, calendar.today));
  let sum = 0;
  for (const line of lines) {
    // Of two signed lines of which one renews the other, the later one is what was agreed.
    if (line.start > today) sum += isRenewed(line) ? 0 : value(line, line.start);
    else if (isLiveOn(line, today) && !isKnownToEnd(line, today, policy.carr.subtract_known_churn))
      sum += value(line, today);
  }
  return sum;
};

function isKnownToEnd(line: LiveLine, today: number, subtractChurn: boolean): boolean {
  const isReplaced = isRenewed(line) && (line.renewalStart as number) > today;
  return isReplaced || (subtractChurn && line.cancelledOn !== null);
}
