import { compareUtf8 } from '../basics/compare-utf8.ts';
import { addDays, type Day } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { renewals } from '../publish/renewal-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { orderedShelf } from '../reports/ordered-shelf.ts';
import type { RenewalFigures, WeeklyRenewal } from '../reports/weekly/figures.ts';
import { accountName } from './account-name.ts';
import { addArr, arrSum } from './arr-sum.ts';
import type { PastDay } from './past-days.ts';
import { publishedWalk } from './published-walk.ts';

const COLUMNS = [
  ...(['renewal_id', 'account_id', 'name', 'owner_email', 'state', 'how', 'decided_on'] as const),
  ...(['decision_on', 'says', 'due_arr_cents', 'renewed_arr_cents'] as const),
] as const;

/** So many of each are told one by one. */
const MOST_TOLD = 3;

/** What was signed and what was lost within the last seven days; what renewed by itself is neither. */
export const decidedRenewals = async (
  store: ObjectStore,
  day: PastDay,
): Promise<Pick<RenewalFigures, 'won' | 'wonSum' | 'lost' | 'lostSum' | 'decidedSince'>> => {
  const since = addDays(day.asOf, -7);
  const [won, lost] = [shelf(), shelf()];
  const [wonSum, lostSum] = [arrSum(), arrSum()];
  for await (const row of publishedWalk(store, day, renewals, COLUMNS)) {
    if (row.decided_on === null || row.decided_on <= since || row.decided_on > day.asOf) continue;
    if (row.state === 'renewed' && row.how !== 'auto') {
      const arr = row.renewed_arr_cents ?? row.due_arr_cents;
      addArr(wonSum, arr);
      won.add({ ...toldOf(row, arr), because: wonWords(row) });
    } else if (row.state === 'lapsed' || row.state === 'cancelled') {
      addArr(lostSum, row.due_arr_cents);
      lost.add(toldOf(row, row.due_arr_cents));
    }
  }
  return { won: won.kept(), wonSum, lost: lost.kept(), lostSum, decidedSince: since };
};

type Decided = Pick<RowOf<typeof renewals>, (typeof COLUMNS)[number]>;

/** The day its line begins is told elsewhere: it may be yet to come. */
const wonWords = ({ how }: Decided): string =>
  how === null || how === 'in_place' ? 'renewed' : `renewed ${how.replaceAll('_', ' ')}`;

const toldOf = (row: Decided, due: number): WeeklyRenewal => ({
  ...{ renewalId: row.renewal_id, accountId: row.account_id, name: accountName(row), due },
  ...{ decisionOn: row.decision_on as Day, ownerEmail: row.owner_email, because: row.says },
});

const shelf = () =>
  orderedShelf<WeeklyRenewal>(
    MOST_TOLD,
    (a, b) => b.due - a.due || compareUtf8(a.renewalId, b.renewalId),
  );
