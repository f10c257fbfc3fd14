import type { Day } from '../basics/day.ts';
import { shareOf } from '../basics/ratio.ts';
import { retentionMethods } from '../config/revenue.ts';

import type {
  arrBridge,
  arrMovements,
  cohortRetention,
  revenueRollups,
} from '../publish/revenue-tables.ts';
import type { RowOf } from '../publish/table.ts';
import type { Calendar, Month, RetentionWindow } from '../revenue/calendar.ts';
import type { CohortRow } from '../revenue/cohorts.ts';
import type { RevenueCustomer, Standing } from '../revenue/customer.ts';
import type { Books } from '../revenue/ledger.ts';
import { type Movement, movementKinds } from '../revenue/movements.ts';
import { retentionBy } from '../revenue/retention.ts';
import type { CutSums, WindowSums } from '../revenue/rollup.ts';

/** What is printed with every figure. */
export interface Printed {
  readonly currency: string;
  readonly definitionsId: string;
}

/** How revenue is laid out in tables; nothing is decided here. */
export const movementRows = (
  customer: RevenueCustomer,
  { segment, motion }: Standing,
  { days }: Calendar,
  { month, movement, currency }: { month: Month; movement: Movement; currency: string },
): RowOf<typeof arrMovements>[] =>
  movementKinds
    .filter((kind) => movement[kind] !== 0)
    .map((kind) => ({
      customer_id: customer.customerId,
      month: days[month.from] as Day,
      month_end: days[month.to] as Day,
      kind,
      arr_cents: movement[kind],
      opening_arr_cents: movement.opening,
      closing_arr_cents: movement.closing,
      currency,
      name: customer.name,
      segment: segment.id,
      motion,
      region: customer.region,
      owner_email: customer.ownerEmail,
    }));

export const bridgeRows = (
  sums: CutSums,
  { days, months }: Calendar,
  { currency, definitionsId }: Printed,
): RowOf<typeof arrBridge>[] =>
  months.flatMap(({ step, from, to }) => {
    const movement = sums.steps[step] as Movement;
    if (isNothing(movement)) return [];
    return [
      {
        cut: sums.cut,
        cut_value: sums.cutValue,
        month: days[from] as Day,
        month_end: days[to] as Day,
        opening_arr_cents: movement.opening,
        ...movementCells(movement),
        transfer_arr_cents: movement.transfer,
        closing_arr_cents: movement.closing,
        currency,
        definitions_id: definitionsId,
      },
    ];
  });

const isNothing = (movement: Movement): boolean =>
  Object.values(movement).every((cents) => cents === 0);

const movementCells = (movement: Movement) => ({
  new_arr_cents: movement.new,
  reactivation_arr_cents: movement.reactivation,
  expansion_arr_cents: movement.expansion,
  contraction_arr_cents: movement.contraction,
  churn_arr_cents: movement.churn,
  escalator_arr_cents: movement.escalator,
  fx_arr_cents: movement.fx,
});

interface RollupContext extends Printed {
  readonly books: Books;
  /** Of the whole on as_of; null for the parts, whose contracts are not looked ahead on. */
  readonly carrCents: number | null;
}

/** One row for each method; a window in which the cut had nothing has none. */
export const rollupRows = (sums: CutSums, context: RollupContext): RowOf<typeof revenueRollups>[] =>
  context.books.calendar.windows.flatMap((window, index) => {
    const { today } = context.books.calendar;
    // Of the many groups of accounts only today's; their past is in arr_movements.
    if (sums.cut === 'ultimate_parent' && window.to !== today) return [];
    const whole = sums.windows[index] as WindowSums;
    const { movements, customersRenewing } = whole;
    if (isNothing(movements) && customersRenewing === 0) return [];
    return retentionMethods.map((method) => {
      const { policy } = context.books;
      const retention = retentionBy(method, sums, index, { window, policy });
      return {
        ...windowCells(sums, window, context),
        method,
        ...sumCells(whole),
        carr_cents: window.to === today ? context.carrCents : null,
        ...movementCells(movements),
        ...ratioCells(whole, retention),
        reason: retention.reason,
        currency: context.currency,
        is_default_method: method === policy.retention.method,
        definitions_id: context.definitionsId,
      };
    });
  });

const windowCells = (
  { cut, cutValue }: CutSums,
  { kind, from, to }: RetentionWindow,
  { books: { calendar } }: RollupContext,
) => ({
  window: kind,
  window_start: calendar.days[from] as Day,
  window_end: calendar.days[to] as Day,
  cut,
  cut_value: cutValue,
});

const sumCells = (whole: WindowSums) => ({
  customers_opening: whole.customersOpening,
  customers_lost: whole.customersLost,
  customers_renewing: whole.customersRenewing,
  customers_renewing_lost: whole.customersRenewingLost,
  opening_arr_cents: whole.openingCents,
  closing_arr_cents: whole.closingCents,
  retained_arr_cents: whole.retainedCents,
  capped_arr_cents: whole.cappedCents,
  renewing_arr_cents: whole.renewingCents,
  pending_arr_cents: whole.pendingCents,
});

const ratioCells = (
  whole: WindowSums,
  { nrr, grr }: { readonly nrr: number | null; readonly grr: number | null },
) => {
  const target_nrr = shareOf(whole.targetNrrCents, whole.openingCents);
  const target_grr = shareOf(whole.targetGrrCents, whole.openingCents);
  const nrrGap = gapOf(nrr, target_nrr, whole.openingCents);
  const grrGap = gapOf(grr, target_grr, whole.openingCents);
  return {
    nrr,
    grr,
    logo_churn: shareOf(whole.customersLost, whole.customersOpening),
    logo_churn_renewing: shareOf(whole.customersRenewingLost, whole.customersRenewing),
    revenue_churn_renewing: shareOf(-whole.movements.churn || 0, whole.renewingCents),
    target_nrr,
    target_grr,
    gap_nrr_points: nrrGap.points,
    gap_grr_points: grrGap.points,
    gap_nrr_arr_cents: nrrGap.arrCents,
    gap_grr_arr_cents: grrGap.arrCents,
  };
};

/** How far below the target, and the ARR that it would take; zero when it is reached. */
function gapOf(ratio: number | null, target: number | null, openingCents: number) {
  if (ratio === null || target === null) return { points: null, arrCents: null };
  const short = Math.max(0, target - ratio);
  return { points: short * 100, arrCents: Math.round(short * openingCents) };
}

export const cohortRow = (row: CohortRow): RowOf<typeof cohortRetention> => ({
  cohort: row.cohort,
  quarters_since_start: row.quartersSinceStart,
  customers_started: row.customersStarted,
  customers_reached: row.customersReached,
  is_complete: row.isComplete,
  customers_live: row.customersLive,
  logo_retention: row.logoRetention,
  start_arr_cents: row.startArrCents,
  arr_cents: row.arrCents,
  revenue_retention: row.revenueRetention,
  at_risk: row.atRisk,
  survival: row.survival,
  std_error: row.stdError,
  lower: row.lower,
  upper: row.upper,
  reason: row.reason,
});
