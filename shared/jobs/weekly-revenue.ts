import { addDays, type Day } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { revenueRollups } from '../publish/revenue-tables.ts';
import type { RowOf } from '../publish/table.ts';
import type { RevenueFigures } from '../reports/weekly/figures.ts';
import { type PastDay, weekBefore } from './past-days.ts';
import { publishedRows } from './published-rows.ts';

type Rollup = RowOf<typeof revenueRollups>;

/** Month ends that the trend goes back. */
const TREND_MONTHS = 13;

/** Retention and ARR of the week, as rollup-revenue published them. */
export const weeklyRevenue = async (
  store: ObjectStore,
  day: PastDay | null,
): Promise<RevenueFigures | null> => {
  const rows = await wholeRows(store, day);
  const now = rows === null || day === null ? undefined : currentOf(rows, day.asOf);
  if (day === null || rows === null || now === undefined) return null;
  const earlier = await weekBefore(store, day);
  const before = earlier === null ? null : await rowOfDay(store, earlier);
  return {
    on: day.asOf,
    arr: now.closing_arr_cents,
    ...{ nrr: now.nrr, grr: now.grr, reason: now.reason, method: now.method },
    ...{ targetNrr: now.target_nrr, targetGrr: now.target_grr },
    otherMethods: rows
      .filter((row) => isTrailing(row) && row.window_end === day.asOf && !row.is_default_method)
      .map(({ method, nrr, grr }) => ({ method, nrr, grr })),
    before:
      before === null || earlier === null
        ? null
        : { on: earlier.asOf, arr: before.closing_arr_cents, nrr: before.nrr, grr: before.grr },
    trend: trendOf(rows, day),
    bridge: bridgeOf(now),
  };
};

const wholeRows = (store: ObjectStore, day: PastDay | null): Promise<Rollup[] | null> =>
  publishedRows(store, day, revenueRollups, { cut: { $eq: 'all' } });

async function rowOfDay(store: ObjectStore, day: PastDay): Promise<Rollup | null> {
  const rows = await wholeRows(store, day);
  return (rows && currentOf(rows, day.asOf)) ?? null;
}

const isTrailing = ({ window }: Rollup): boolean => window === 'trailing_12_months';

const currentOf = (rows: readonly Rollup[], asOf: string): Rollup | undefined =>
  rows.find((row) => isTrailing(row) && row.window_end === asOf && row.is_default_method);

/** By months, each named by its last day: a window ends on the first day after it. */
function trendOf(rows: readonly Rollup[], { asOf }: PastDay): RevenueFigures['trend'] {
  return rows
    .filter((row) => isTrailing(row) && row.is_default_method && row.window_end <= asOf)
    .sort((a, b) => (a.window_end < b.window_end ? -1 : 1))
    .slice(-TREND_MONTHS)
    .map(({ window_end: end, nrr, grr }) => ({
      month: addDays(end as Day, -1).slice(0, 7),
      ...{ nrr, grr },
    }));
}

const bridgeOf = (row: Rollup): RevenueFigures['bridge'] => ({
  from: row.window_start as RevenueFigures['bridge']['from'],
  opening: row.opening_arr_cents,
  newBusiness: row.new_arr_cents,
  reactivation: row.reactivation_arr_cents,
  expansion: row.expansion_arr_cents,
  escalator: row.escalator_arr_cents,
  contraction: row.contraction_arr_cents,
  churn: row.churn_arr_cents,
  fx: row.fx_arr_cents,
  closing: row.closing_arr_cents,
});
