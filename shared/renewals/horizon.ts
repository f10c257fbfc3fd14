import type { Horizon } from '../config/renewals.ts';

/** The horizons of a forecast, with the days before the decision at which each is looked at. */
export const horizonDays: readonly (readonly [Horizon, number])[] = [
  ['over_120', 180],
  ['120', 120],
  ['90', 90],
  ['60', 60],
  ['30', 30],
  ['past', -1],
  ['late', -1],
];

/**
 * Days to the decision: more than 120, up to 120, 90, 60 or 30; it has passed, and the line renews by
 * itself; or the term is over, and nothing has renewed it.
 */
export const horizonOf = (daysToDecision: number, isLate: boolean): Horizon => {
  if (isLate) return 'late';
  if (daysToDecision < 0) return 'past';
  if (daysToDecision <= 30) return '30';
  if (daysToDecision <= 60) return '60';
  if (daysToDecision <= 90) return '90';
  return daysToDecision <= 120 ? '120' : 'over_120';
};

/** The horizons in a sentence. */
export const horizonWords: Readonly<Record<Horizon, string>> = {
  over_120: 'more than 120 days before the decision',
  '120': 'at most 120 days before the decision',
  '90': 'at most 90 days before the decision',
  '60': 'at most 60 days before the decision',
  '30': 'at most 30 days before the decision',
  past: 'with the notice date gone',
  late: 'with the term over',
};
