import { compareUtf8 } from '../basics/compare-utf8.ts';
import { addDays, type Day } from '../basics/day.ts';
import type {
  CsmAlert,
  CsmRenewal,
  CsmWeek,
  DuePlay,
  MovedAccount,
} from '../reports/csm/csm-week.ts';
import { orderedShelf } from '../reports/ordered-shelf.ts';
import { addressIn } from './address-in.ts';
import { arrSum } from './arr-sum.ts';

/** More than these nobody reads in a mail; the rest is counted. */
const MOST_TOLD = 10;

/** A column that is no owner must not become a mail for each account. */
const MOST_PEOPLE = 2_000;

/** Renewals to decide within so many days are a CSM's own. */
export const CSM_RENEWAL_DAYS = 90;

type Told = Pick<
  CsmWeek,
  'recipient' | 'mine' | 'moved' | 'alerts' | 'held' | 'renewals' | 'plays' | 'leaveAlone'
>;

export type CsmDesk = ReturnType<typeof csmDesk>;

/** Collects what each owner of accounts is told of the week, while tables stream past. */
export const csmDesk = (asOf: Day) => {
  const shelves = new Map<string, ReturnType<typeof csmShelf>>();
  const of = (email: string | null) => {
    const address = addressIn(email);
    if (address === null) return null;
    const key = address.toLowerCase();
    const shelf = shelves.get(key) ?? csmShelf(address, asOf);
    shelves.set(key, shelf);
    return shelf;
  };
  const withAccounts = () => [...shelves].filter(([, { totals }]) => totals.mine.accounts > 0);

  return {
    of,
    asOf,
    /** Plays that are due until then are told of, and renewals that are decided until then. */
    dueBy: addDays(asOf, 7),
    decideBy: addDays(asOf, CSM_RENEWAL_DAYS),
    /** Owners by address; of very many those with the most ARR. */
    *weeks(): Generator<readonly [string, Told]> {
      const people = withAccounts()
        .sort(
          ([a, { totals: one }], [b, { totals: two }]) =>
            two.mine.arr - one.mine.arr || compareUtf8(a, b),
        )
        .slice(0, MOST_PEOPLE)
        .sort(([a], [b]) => compareUtf8(a, b));
      for (const [key, shelf] of people) yield [key, shelf.told()];
    },
    leftOut: () => Math.max(0, withAccounts().length - MOST_PEOPLE),
  };
};

function csmShelf(recipient: string, asOf: Day) {
  const moved = orderedShelf<MovedAccount>(MOST_TOLD, byMoney);
  const alerts = orderedShelf<CsmAlert>(MOST_TOLD, byRank);
  const renewals = orderedShelf<CsmRenewal>(MOST_TOLD, byDecision);
  const plays = orderedShelf<DuePlay>(MOST_TOLD, byDue);
  const totals = { mine: arrSum(), leaveAlone: arrSum(), held: 0, due: 0, overdue: 0 };
  return {
    totals,
    moved,
    alerts,
    addPlay(play: DuePlay): void {
      if (play.dueOn < asOf) totals.overdue += 1;
      plays.add(play);
    },
    addRenewal(renewal: CsmRenewal): void {
      totals.due += renewal.due;
      renewals.add(renewal);
    },
    told: (): Told => ({
      recipient,
      ...{ mine: totals.mine, leaveAlone: totals.leaveAlone, held: totals.held },
      moved: moved.some(),
      alerts: alerts.some(),
      renewals: { ...renewals.some(), due: totals.due },
      plays: { ...plays.some(), overdue: totals.overdue },
    }),
  };
}

const byMoney = (a: MovedAccount, b: MovedAccount): number =>
  b.arr - a.arr || compareUtf8(a.accountId, b.accountId);

const byRank = (a: CsmAlert, b: CsmAlert): number =>
  a.rank - b.rank || compareUtf8(a.accountId, b.accountId) || compareUtf8(a.flag, b.flag);

const byDecision = (a: CsmRenewal, b: CsmRenewal): number =>
  compareUtf8(a.decisionOn, b.decisionOn) || b.due - a.due || compareUtf8(a.renewalId, b.renewalId);

const byDue = (a: DuePlay, b: DuePlay): number =>
  compareUtf8(a.dueOn, b.dueOn) ||
  b.arr - a.arr ||
  compareUtf8(a.accountId, b.accountId) ||
  compareUtf8(a.flag, b.flag);
