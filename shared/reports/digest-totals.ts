import type { Day } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { DigestRenewal } from './digest-renewal.ts';

/** What the renewals of one owner that reached a milestone add up to, shown or not. */
export interface DigestTotals {
  renewals: number;
  due: Cents;
  /** Of those that have a forecast. */
  expected: Cents;
  withoutForecast: number;
  atRisk: number;
  atRiskDue: Cents;
  done: number;
  missing: number;
  overdue: number;
  /** Renewals with an item that is overdue. */
  withOverdue: number;
  unknown: number;
  /** The first and the last decision that is not past; null when all are. */
  firstDecision: Day | null;
  lastDecision: Day | null;
}

/** Adds up renewal after renewal, so that figures are true however few are shown. */
export const digestTotals = (asOf: Day) => {
  const totals: DigestTotals = {
    ...{ renewals: 0, due: 0, expected: 0, withoutForecast: 0, atRisk: 0, atRiskDue: 0 },
    ...{ done: 0, missing: 0, overdue: 0, withOverdue: 0, unknown: 0 },
    ...{ firstDecision: null, lastDecision: null },
  };

  return {
    totals: totals as Readonly<DigestTotals>,

    add({ dueArrCents, decisionOn, forecast, items }: DigestRenewal): void {
      totals.renewals += 1;
      totals.due += dueArrCents;
      totals.expected += forecast?.expectedCents ?? 0;
      if (forecast === null) totals.withoutForecast += 1;
      if (isInDoubt(forecast?.category)) {
        totals.atRisk += 1;
        totals.atRiskDue += dueArrCents;
      }
      for (const { status, isOverdue } of items) {
        totals[status] += 1;
        if (isOverdue) totals.overdue += 1;
      }
      if (items.some(({ isOverdue }) => isOverdue)) totals.withOverdue += 1;
      if (decisionOn < asOf) return;
      const { firstDecision: first, lastDecision: last } = totals;
      if (first === null || decisionOn < first) totals.firstDecision = decisionOn;
      if (last === null || decisionOn > last) totals.lastDecision = decisionOn;
    },
  };
};

/** A renewal that is open still, and of which little or nothing is expected. */
export const isInDoubt = (category: string | undefined): boolean =>
  category === 'at_risk' || category === 'lost';
