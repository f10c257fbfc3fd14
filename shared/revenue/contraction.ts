import { type Day, dayFromEpoch, firstOfMonth } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { Calendar, Period } from './calendar.ts';
import type { Onboarding, RevenueCustomer, Standing } from './customer.ts';
import type { Books, Ledger } from './ledger.ts';
import type { Movement } from './movements.ts';

/** One who brings less than twelve months ago, and is still here. */
export interface Contraction {
  readonly customer: Omit<RevenueCustomer, 'lines'>;
  readonly accountIds: readonly string[];
  readonly standing: Standing;
  readonly openingCents: Cents;
  readonly closingCents: Cents;
  readonly lostCents: Cents;
  /** First day of the month in which it lost the most; null where that lies before the window. */
  readonly shrankIn: Day | null;
  readonly monthsAfterStart: number | null;
  /** It shrank in its first year, or in the second after a late onboarding; null if not known when. */
  readonly beganInOnboarding: boolean | null;
}

interface Looked {
  readonly customer: RevenueCustomer;
  readonly ledger: Ledger;
  readonly months: readonly (Movement | null)[];
  readonly standings: readonly Standing[];
}

/** What goes wrong in the first year goes wrong in how it was begun; if it began late, in the second. */
const FIRST_YEAR_MONTHS = 12;
const SECOND_YEAR_MONTHS = 24;

/** Keeps those who shrank the most over the twelve months up to the last day of a calendar. */
export const contractionTally = ({ calendar, policy: { basis } }: Books, size: number) => {
  const window = calendar.windows.find(
    ({ kind, to }) => kind === 'trailing_12_months' && to === calendar.today,
  );
  const kept: Contraction[] = [];
  const trim = () => {
    kept.sort(
      (a, b) =>
        b.lostCents - a.lostCents || (a.customer.customerId < b.customer.customerId ? -1 : 1),
    );
    kept.length = Math.min(kept.length, size);
  };

  return {
    add(looked: Looked): void {
      if (window === undefined) return;
      const { ledger } = looked;
      const openingCents = ledger.arr[window.from] as Cents;
      const isSpot = basis === 'spot';
      const closingCents = isSpot
        ? (ledger.arr[window.to] as Cents)
        : ledger.arrAt(window.to, window.from);
      if (closingCents === 0 || closingCents >= openingCents) return;
      kept.push(contractionOf(looked, { calendar, window, openingCents, closingCents }));
      if (kept.length > 4 * size) trim();
    },
    /** The largest first. */
    largest(): readonly Contraction[] {
      trim();
      return kept;
    },
  };
};

function contractionOf(
  { customer: { lines, ...customer }, ledger, months, standings }: Looked,
  amounts: { calendar: Calendar; window: Period; openingCents: Cents; closingCents: Cents },
): Contraction {
  const { calendar, window, openingCents, closingCents } = amounts;
  const within = calendar.months
    .map(({ from }, index) => ({ from, lost: months[index]?.contraction ?? 0 }))
    .filter(({ from }) => from >= window.from);
  const worst = within.reduce((most, month) => (month.lost < most.lost ? month : most), {
    from: -1,
    lost: 0,
  });
  const shrankIn = worst.from === -1 ? null : (calendar.days[worst.from] as Day);
  const monthsAfterStart = shrankIn && monthsBetween(dayFromEpoch(ledger.startedOn), shrankIn);
  return {
    customer,
    accountIds: [...new Set(lines.map(({ accountId }) => accountId))],
    standing: standings[calendar.today] as Standing,
    openingCents,
    closingCents,
    lostCents: openingCents - closingCents,
    shrankIn,
    monthsAfterStart,
    beganInOnboarding: beganInOnboarding(customer.onboarding, monthsAfterStart),
  };
}

function beganInOnboarding(onboarding: Onboarding, months: number | null): boolean | null {
  if (months === null) return null;
  const wasLate = onboarding === 'late' || onboarding === 'unfinished';
  return months < (wasLate ? SECOND_YEAR_MONTHS : FIRST_YEAR_MONTHS);
}

function monthsBetween(from: Day, to: Day): number {
  const months = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return Math.max(0, months(firstOfMonth(to)) - months(firstOfMonth(from)));
}
