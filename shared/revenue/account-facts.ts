import { type Day, dayFromEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import { centsOn, isLiveOn, isRenewed, type LiveLine } from './contract-line.ts';
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
export const accountFacts = (
  { lines }: Ledger,
  { calendar, rates }: Books,
): ReadonlyMap<string, AccountFacts> => {
  const { epochs, today } = calendar;
  const yearAgo = calendar.windows.findLast(
    ({ kind, to }) => kind === 'trailing_12_months' && to === today,
  );
  const on = epochs[today] as number;
  const opening = epochs[yearAgo?.from ?? today] as number;
  const cents = (line: LiveLine, day: number): Cents =>
    centsOn(line, day, rates.lastRate(line.currency, today));

  const accounts = new Map<string, Mutable>();
  for (const line of lines) {
    const facts = accounts.get(line.accountId) ?? { ...NOTHING };
    accounts.set(line.accountId, facts);
    if (isLiveOn(line, opening)) facts.before += cents(line, opening);
    if (line.start > on || on >= untilOf(line)) continue;
    const arrCents = cents(line, on);
    facts.arrCents += arrCents;
    if (line.cancelledOn !== null) facts.underNoticeCents += arrCents;
    else if (!isRenewed(line)) facts.endsFirst = Math.min(facts.endsFirst, line.end);
  }
  return new Map([...accounts].map(([accountId, facts]) => [accountId, told(facts)]));
};

type Mutable = { -readonly [Name in keyof typeof NOTHING]: number };

const NOTHING = {
  before: 0,
  arrCents: 0,
  underNoticeCents: 0,
  endsFirst: Number.POSITIVE_INFINITY,
};

/** Who has given notice is still there to be kept, whenever the figures count the notice. */
function untilOf({ ends, end, cancelledOn }: LiveLine): number {
  return cancelledOn === null ? ends : Math.max(ends, Math.min(end, cancelledOn));
}

const told = ({ before, arrCents, underNoticeCents, endsFirst }: Mutable): AccountFacts => ({
  arrCents,
  contractedCents: arrCents === 0 ? 0 : Math.max(0, before - arrCents),
  underNoticeCents,
  renewsOn: endsFirst === Number.POSITIVE_INFINITY ? null : dayFromEpoch(endsFirst),
});
