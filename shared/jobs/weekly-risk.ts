import { compareUtf8 } from '../basics/compare-utf8.ts';
import { addDays, type Day } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { riskFlags, warRooms } from '../publish/risk-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { orderedShelf } from '../reports/ordered-shelf.ts';
import type { BandSum, RiskFigures, WaitingRisk } from '../reports/weekly/figures.ts';
import { accountName } from './account-name.ts';
import type { PastDay } from './past-days.ts';
import { publishedRows } from './published-rows.ts';
import { publishedWalk } from './published-walk.ts';

/** What the week needs of a flag. */
export type FlagRow = Pick<RowOf<typeof riskFlags>, (typeof COLUMNS)[number]>;

const COLUMNS = [
  ...(['account_id', 'name', 'owner_email', 'flag', 'severity', 'state', 'raised_on'] as const),
  ...(['cleared_on', 'cleared_because', 'evidence', 'arr_cents', 'play_name'] as const),
  ...(['play_owner_email', 'due_on'] as const),
] as const;

/** So many of a kind are told; the rest is counted. */
const MOST_TOLD = 60;
const MOST_WINS = 3;

/** What the flags of the day say of the week, and the worst critical one of each account. */
export interface WeeklyRisk {
  readonly figures: RiskFigures;
  readonly critical: ReadonlyMap<string, string>;
}

/** Shows each flag to `onFlag` as well; null where no health is published. */
export const weeklyRisk = async (
  store: ObjectStore,
  day: PastDay | null,
  onFlag: (flag: FlagRow) => void,
): Promise<WeeklyRisk | null> => {
  if (day === null) return null;
  const weekAgo = addDays(day.asOf, -7);
  const critical = new Map<string, string>();
  const overdue = orderedShelf<WaitingRisk>(MOST_TOLD, byArr);
  const cleared = orderedShelf<WaitingRisk>(MOST_TOLD, byArr);
  const [raised, clearedSum] = [accountsTally(), accountsTally()];

  for await (const flag of publishedWalk(store, day, riskFlags, COLUMNS)) {
    onFlag(flag);
    if (flag.state === 'cleared') {
      if ((flag.cleared_on ?? weekAgo) <= weekAgo || flag.arr_cents <= 0) continue;
      clearedSum.add(flag);
      cleared.add({ ...waitingOf(flag), evidence: clearedWords(flag) });
      continue;
    }
    if (flag.raised_on > weekAgo) raised.add(flag);
    if (flag.severity !== 'critical') continue;
    if (!critical.has(flag.account_id)) critical.set(flag.account_id, flag.evidence);
    if (flag.due_on !== null && flag.due_on < day.asOf) overdue.add(waitingOf(flag));
  }
  const rooms = await openRooms(store, day);
  const figures = {
    overdue: overdue.kept(),
    overdueCount: overdue.offered(),
    warRooms: rooms.slice(0, MOST_TOLD),
    warRoomCount: rooms.length,
    // An account that is still in danger has not won.
    cleared: cleared
      .kept()
      .filter(({ accountId }) => !critical.has(accountId))
      .slice(0, MOST_WINS),
    clearedSum: clearedSum.sum(),
    raised: raised.sum(),
  };
  return { figures, critical };
};

const clearedWords = ({ flag, cleared_because: why }: FlagRow): string =>
  `${flag.replaceAll('_', ' ')} has cleared${why === null || why === 'it no longer holds' ? '' : `: ${why}`}`;

const waitingOf = (flag: FlagRow): WaitingRisk => ({
  accountId: flag.account_id,
  name: accountName(flag),
  arr: flag.arr_cents,
  evidence: flag.evidence,
  doNext: flag.play_name === null ? null : `the play ${flag.play_name} is to answer it`,
  ownerEmail: flag.play_owner_email ?? flag.owner_email,
  dueOn: flag.due_on as Day | null,
});

/** Strategic accounts whose criteria to leave the war room do not hold, and that opened of late. */
async function openRooms(store: ObjectStore, day: PastDay): Promise<WaitingRisk[]> {
  const rows = (await publishedRows(store, day, warRooms)) ?? [];
  const weekAgo = addDays(day.asOf, -7);
  return rows
    .filter(({ state, opened_on }) => state === 'open' && opened_on > weekAgo)
    .map((room) => ({
      accountId: room.account_id,
      name: accountName(room),
      arr: room.arr_cents,
      evidence: room.reasons,
      doNext: `it meets ${room.rhythm}`,
      ownerEmail: room.owner_email,
      dueOn: null,
    }))
    .sort(byArr);
}

/** Accounts and their ARR, each once however many flags it has. */
function accountsTally() {
  const accounts = new Map<string, number>();
  return {
    add: ({ account_id, arr_cents }: FlagRow) => accounts.set(account_id, arr_cents),
    sum: (): BandSum => ({
      accounts: accounts.size,
      arr: [...accounts.values()].reduce((sum, arr) => sum + arr, 0),
    }),
  };
}

const byArr = (a: WaitingRisk, b: WaitingRisk): number =>
  b.arr - a.arr || compareUtf8(a.accountId, b.accountId) || compareUtf8(a.evidence, b.evidence);
