import type { RetentionMethod } from '../config/revenue.ts';
import type { RetentionWindow } from './calendar.ts';
import type { RevenuePolicy } from './contract-line.ts';
import type { CutSums, WindowSums } from './cut-sums.ts';
import type { Movement } from './movements.ts';

/** Ratios of one window of one cut by one method; null with a reason where there is nothing to divide. */
export interface Retention {
  readonly nrr: number | null;
  readonly grr: number | null;
  readonly reason: string | null;
}

/**
 * NRR and GRR by a method. `point_to_point`: those at the opening, what they bring at the closing, in
 * GRR none more than at the opening. `monthly_compound`: the product of the months. `waterfall`: the
 * sum of the months over the opening. The latter two count what happened to customers won since.
 */
export const retentionBy = (
  method: RetentionMethod,
  sums: CutSums,
  index: number,
  { window, policy }: { readonly window: RetentionWindow; readonly policy: RevenuePolicy },
): Retention => {
  const whole = sums.windows[index] as WindowSums;
  if (whole.openingCents === 0) return { nrr: null, grr: null, reason: 'no ARR at the opening' };
  if (method === 'point_to_point') {
    return {
      nrr: whole.retainedCents / whole.openingCents,
      grr: whole.cappedCents / whole.openingCents,
      reason: null,
    };
  }
  const months = window.steps.map((step) => ratesOf(sums.steps[step] as Movement, policy));
  if (method === 'waterfall') {
    const over = (of: (month: MonthlyRates) => number) =>
      1 + months.reduce((sum, month) => sum + of(month), 0) / whole.openingCents;
    return { nrr: over(({ net }) => net), grr: over(({ losses }) => losses), reason: null };
  }
  const bare = months.findIndex(
    ({ base, net, losses }) => base === 0 && (net !== 0 || losses !== 0),
  );
  if (bare !== -1) {
    return { nrr: null, grr: null, reason: `month ${bare + 1} of the window opens without ARR` };
  }
  const compounded = (of: (month: MonthlyRates) => number) =>
    months.reduce((product, month) => product * (1 + of(month) / (month.base || 1)), 1);
  return {
    nrr: compounded(({ net }) => net),
    grr: compounded(({ losses }) => losses),
    reason: null,
  };
};

interface MonthlyRates {
  /** What the month's movements happened to. */
  readonly base: number;
  readonly net: number;
  readonly losses: number;
}

function ratesOf(month: Movement, { retention, reactivation }: RevenuePolicy): MonthlyRates {
  const losses = month.contraction + month.churn;
  const returned = reactivation.in_nrr ? month.reactivation : 0;
  return {
    // With attributes at the closing, those who join a cut within the month move within it.
    base: month.opening + (retention.attribute_at === 'closing' ? month.transfer : 0),
    net: month.expansion + losses + returned,
    losses,
  };
}
