import type { Day } from '../basics/day.ts';
import { shareOf } from '../basics/ratio.ts';
import { type RetentionMethod, retentionMethods } from '../config/revenue.ts';

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
import type { CutSums, WindowSums } from '../revenue/cut-sums.ts';
import type { Books } from '../revenue/ledger.ts';
import { type Movement, movementKinds } from '../revenue/movements.ts';
import { retentionBy } from '../revenue/retention.ts';

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
  {
    month,
    movement,
    currency,
    definitionsId,
  }: Printed & { readonly month: Month; readonly movement: Movement },
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
      definitions_id: definitionsId,
    }));

// Written out field by field: a spread for each of a million rows takes longer than what it holds.
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
        new_arr_cents: movement.new,
        reactivation_arr_cents: movement.reactivation,
        expansion_arr_cents: movement.expansion,
        contraction_arr_cents: movement.contraction,
        churn_arr_cents: movement.churn,
        escalator_arr_cents: movement.escalator,
        fx_arr_cents: movement.fx,
        transfer_arr_cents: movement.transfer,
        closing_arr_cents: movement.closing,
        currency,
        definitions_id: definitionsId,
      },
    ];
  });

const isNothing = (movement: Movement): boolean =>
  movement.opening === 0 &&
  movement.closing === 0 &&
  movementKinds.every((kind) => movement[kind] === 0);

interface RollupContext extends Printed {
  readonly books: Books;
  /** Of the whole on as_of; null for the parts, whose contracts are not looked ahead on. */
  readonly carrCents: number | null;
}

/** One row for each method; a window in which the cut had nothing has none. */
export const rollupRows = (
  sums: CutSums,
  context: RollupContext,
): RowOf<typeof revenueRollups>[] => {
  const { windows, today } = context.books.calendar;
  return windows.flatMap((window, index) => {
    // Of the many groups of accounts only today's; their past is in arr_movements.
    if (sums.cut === 'ultimate_parent' && window.to !== today) return [];
    const whole = sums.windows[index] as WindowSums;
    if (isNothing(whole.movements) && whole.customersRenewing === 0) return [];
    return retentionMethods.map((method) => rollupRow({ sums, window, index, method }, context));
  });
};

interface OneFigure {
  readonly sums: CutSums;
  readonly window: RetentionWindow;
  readonly index: number;
  readonly method: RetentionMethod;
}

function rollupRow(
  { sums, window, index, method }: OneFigure,
  { books: { calendar, policy }, carrCents, currency, definitionsId }: RollupContext,
): RowOf<typeof revenueRollups> {
  const whole = sums.windows[index] as WindowSums;
  const { movements, openingCents } = whole;
  const { nrr, grr, reason } = retentionBy(method, sums, index, { window, policy });
  const targetNrr = shareOf(whole.targetNrrCents, openingCents);
  const targetGrr = shareOf(whole.targetGrrCents, openingCents);
  const nrrGap = gapOf(nrr, targetNrr);
  const grrGap = gapOf(grr, targetGrr);
  return {
    window: window.kind,
    window_start: calendar.days[window.from] as Day,
    window_end: calendar.days[window.to] as Day,
    cut: sums.cut,
    cut_value: sums.cutValue,
    method,
    customers_opening: whole.customersOpening,
    customers_lost: whole.customersLost,
    customers_renewing: whole.customersRenewing,
    customers_renewing_lost: whole.customersRenewingLost,
    opening_arr_cents: openingCents,
    closing_arr_cents: whole.closingCents,
    retained_arr_cents: whole.retainedCents,
    capped_arr_cents: whole.cappedCents,
    renewing_arr_cents: whole.renewingCents,
    pending_arr_cents: whole.pendingCents,
    carr_cents: window.to === calendar.today ? carrCents : null,
    new_arr_cents: movements.new,
    reactivation_arr_cents: movements.reactivation,
    expansion_arr_cents: movements.expansion,
    contraction_arr_cents: movements.contraction,
    churn_arr_cents: movements.churn,
    escalator_arr_cents: movements.escalator,
    fx_arr_cents: movements.fx,
    nrr,
    grr,
    logo_churn: shareOf(whole.customersLost, whole.customersOpening),
    logo_churn_renewing: shareOf(whole.customersRenewingLost, whole.customersRenewing),
    revenue_churn_renewing: shareOf(0 - movements.churn, whole.renewingCents),
    target_nrr: targetNrr,
    target_grr: targetGrr,
    gap_nrr_points: nrrGap === null ? null : nrrGap * 100,
    gap_grr_points: grrGap === null ? null : grrGap * 100,
    gap_nrr_arr_cents: nrrGap === null ? null : Math.round(nrrGap * openingCents),
    gap_grr_arr_cents: grrGap === null ? null : Math.round(grrGap * openingCents),
    reason,
    currency,
    is_default_method: method === policy.retention.method,
    definitions_id: definitionsId,
  };
}

/** How far below the target; zero when it is reached, null when one of the two is. */
function gapOf(ratio: number | null, target: number | null): number | null {
  return ratio === null || target === null ? null : Math.max(0, target - ratio);
}

export const cohortRow = (
  row: CohortRow,
  { definitionsId }: Printed,
): RowOf<typeof cohortRetention> => ({
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
  definitions_id: definitionsId,
});
