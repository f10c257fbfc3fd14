import { compareUtf8 } from '../basics/compare-utf8.ts';
import { addDays, type Day, daysBetween } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { renewalForecast } from '../publish/renewal-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { isInDoubt } from '../reports/digest-totals.ts';
import { orderedShelf } from '../reports/ordered-shelf.ts';
import type { RenewalFigures, RenewalWeek, WeeklyRenewal } from '../reports/weekly/figures.ts';
import { shortDay } from '../reports/words/days.ts';
import { bandBadge, percent } from '../reports/words/forecast.ts';
import { accountName } from './account-name.ts';
import { addArr, arrSum } from './arr-sum.ts';
import { type PastDay, weekBefore } from './past-days.ts';
import { publishedWalk } from './published-walk.ts';
import { decidedRenewals } from './weekly-decided.ts';

export type ForecastLine = Pick<RowOf<typeof renewalForecast>, (typeof COLUMNS)[number]>;

const COLUMNS = [
  ...(['renewal_id', 'account_id', 'name', 'product', 'owner_email', 'state', 'due_on'] as const),
  ...(['decision_on', 'category', 'probability', 'because', 'band'] as const),
  ...(['due_arr_cents', 'expected_cents', 'currency'] as const),
] as const;

const WEEKS = 13;

/** So many to decide are kept, enough to find three accounts among them; the rest is counted. */
const MOST_TO_DECIDE = 60;

interface Watched {
  /** Of the week that is told, which the forecast may be older than. */
  readonly asOf: Day;
  readonly config: Config;
  readonly onLine: (line: ForecastLine) => void;
}

/** The renewals of the week, as track-renewals forecast them. */
export const weeklyRenewals = async (
  store: ObjectStore,
  day: PastDay | null,
  { asOf, config, onLine }: Watched,
): Promise<RenewalFigures | null> => {
  if (day === null) return null;
  const { at_risk_within_days: withinDays, decide_within_days } = config.reports.weekly_summary;
  const until = addDays(asOf, withinDays);
  const decideBy = addDays(asOf, decide_within_days);
  const weeks = weekTally(asOf);
  const toDecide = orderedShelf<WeeklyRenewal>(MOST_TO_DECIDE, bySize);
  const [due, atRisk, late, deciding] = [arrSum(), arrSum(), arrSum(), arrSum()];

  for await (const line of publishedWalk(store, day, renewalForecast, COLUMNS)) {
    onLine(line);
    if (!isOpen(line)) continue;
    weeks.add(line);
    const { due_arr_cents: arr, decision_on: decisionOn } = line;
    const isAtRisk = isInDoubt(line.category);
    if (line.due_on <= until) {
      addArr(due, arr);
      if (isAtRisk) addArr(atRisk, arr);
    }
    const isLate = line.state === 'late';
    const isSoon = decisionOn >= asOf && decisionOn <= decideBy;
    if (!isAtRisk || !(isLate || isSoon)) continue;
    if (isLate) addArr(late, arr);
    addArr(deciding, arr);
    toDecide.add(toldOf(line, asOf));
  }
  return {
    ...{ on: day.asOf, withinDays, due: due.arr, atRisk, late },
    before: await atRiskBefore(store, day, withinDays),
    weeks: weeks.all(),
    ...{ toDecide: toDecide.kept(), toDecideCount: deciding.accounts, toDecideSum: deciding.arr },
    ...(await decidedRenewals(store, day)),
  };
};

export const isOpen = ({ state }: Pick<ForecastLine, 'state'>): boolean =>
  state === 'open' || state === 'late';

const toldOf = (line: ForecastLine, asOf: Day): WeeklyRenewal => ({
  ...{ renewalId: line.renewal_id, accountId: line.account_id, name: accountName(line) },
  ...{ due: line.due_arr_cents, decisionOn: line.decision_on as Day },
  ...{ ownerEmail: line.owner_email, because: riskWords(line, asOf) },
});

/** Why it is at risk, for who has to decide; how the forecast came about stands in its table. */
function riskWords(line: ForecastLine, asOf: Day): string {
  if (line.category === 'lost') return line.because;
  const stays = `${percent(line.probability)} is expected to stay`;
  if (line.state === 'late')
    return `its term was over on ${shortDay(line.due_on as Day, asOf)} and nothing is signed; ${stays}`;
  const { badge } = bandBadge(line.band);
  return `health ${badge.toLowerCase()}, due ${shortDay(line.due_on as Day, asOf)}; ${stays}`;
}

/** Thirteen times seven days from the day on; what is late stands in the first. */
function weekTally(asOf: Day) {
  const weeks = Array.from({ length: WEEKS }, (_, index) => ({
    weekOf: addDays(asOf, 7 * index),
    ...{ renewals: 0, commit: 0, bestCase: 0, atRisk: 0 },
  }));
  return {
    add(line: ForecastLine): void {
      const at = Math.max(0, Math.floor(daysBetween(asOf, line.due_on as Day) / 7));
      const week = weeks[at];
      if (week === undefined) return;
      week.renewals += 1;
      if (isInDoubt(line.category)) week.atRisk += line.due_arr_cents;
      else if (line.category === 'commit') week.commit += line.due_arr_cents;
      else week.bestCase += line.due_arr_cents;
    },
    all: (): readonly RenewalWeek[] => weeks,
  };
}

/** Money at risk as it was forecast about a week before, over as many days. */
async function atRiskBefore(
  store: ObjectStore,
  day: PastDay,
  withinDays: number,
): Promise<RenewalFigures['before']> {
  const earlier = await weekBefore(store, day);
  if (earlier === null) return null;
  const until = addDays(earlier.asOf, withinDays);
  const columns = ['state', 'category', 'due_on', 'due_arr_cents'] as const;
  let arr = 0;
  for await (const line of publishedWalk(store, earlier, renewalForecast, columns)) {
    if (isOpen(line) && isInDoubt(line.category) && line.due_on <= until) arr += line.due_arr_cents;
  }
  return { on: earlier.asOf, arr };
}

const bySize = (a: WeeklyRenewal, b: WeeklyRenewal): number =>
  b.due - a.due || compareUtf8(a.renewalId, b.renewalId);
