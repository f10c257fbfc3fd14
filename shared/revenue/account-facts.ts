import { type Day, dayFromEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import { annualOn, isLiveOn, type LiveLine } from './contract-line.ts';
import type { Books, Ledger } from './ledger.ts';

/** What the contracts of one account say to whoever looks after it. */
export interface AccountFacts {
  readonly arrCents: Cents;
  /** What it shrank by in twelve months while it stayed. */
  readonly contractedCents: Cents;
  readonly underNoticeCents: Cents;
  /** End of the live term that ends first and is not renewed yet. */
  readonly renewsOn: Day | null;
}

/** The facts of each account of a customer, as of the last day of the calendar. */
export const accountFacts = ({ lines }: Ledger, { calendar, rates }: Books) => {
  const { epochs, today } = calendar;
  const yearAgo = calendar.windows.findLast(
    ({ kind, to }) => kind === 'trailing_12_months' && to === today,
  );
  const on = epochs[today] as number;
  const opening = epochs[yearAgo?.from ?? today] as number;
  const sum = (live: readonly LiveLine[], day: number): Cents =>
    live.reduce((total, line) => {
      const rate = rates.rateOn(line.currency, today);
      return total + Math.round(annualOn(line, day) * rate * 100);
    }, 0);

  const facts = new Map<string, AccountFacts>();
  for (const accountId of new Set(lines.map((line) => line.accountId))) {
    const mine = lines.filter((line) => line.accountId === accountId);
    const live = mine.filter((line) => isLiveOn(line, on));
    const before = sum(
      mine.filter((line) => isLiveOn(line, opening)),
      opening,
    );
    const arrCents = sum(live, on);
    const open = live.filter(({ renewalStart, cancelledOn }) => !renewalStart && !cancelledOn);
    facts.set(accountId, {
      arrCents,
      contractedCents: arrCents === 0 ? 0 : Math.max(0, before - arrCents),
      underNoticeCents: sum(
        live.filter(({ cancelledOn }) => cancelledOn !== null),
        on,
      ),
      renewsOn: open.length === 0 ? null : dayFromEpoch(Math.min(...open.map(({ end }) => end))),
    });
  }
  return facts;
};
