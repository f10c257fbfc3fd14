import { type Day, daysBetween } from '../basics/day.ts';
import type { Stage } from '../config/model.ts';
import type { RiskPolicy } from '../config/risk.ts';
import { clear, raised, type Signal } from './flag.ts';

interface Departure {
  /** Who left, in words. */
  readonly who: string;
  /** Last day of the one who left last; null when nobody ever left. */
  readonly leftOn: Day | null;
  /** People in that role today. */
  readonly active: number;
  readonly asOf: Day;
  readonly stage: Stage;
}

/** A role that was filled and no longer is. One of several who leaves is no departure yet. */
export const judgeDeparture = (
  { who, leftOn, active, asOf, stage }: Departure,
  rule: RiskPolicy['flags']['sponsor_gone'],
): Signal => {
  if (leftOn === null || active > 0) return clear;
  const daysGone = daysBetween(leftOn, asOf);
  if (daysGone > rule.within_days) return clear;
  return raised(
    stage === 'renewing' ? rule.renewing : rule.severity,
    `The ${who} left on ${leftOn} and nobody has taken over${stage === 'renewing' ? ', with the renewal ahead' : ''}`,
  );
};
