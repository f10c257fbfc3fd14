import type { Model } from '../config/model.ts';

/** Days that the trend looks back. */
export const TREND_DAYS = 28;

export type Trend = 'improving' | 'stable' | 'declining';

/** Where a score is heading, by its change in points since 28 days ago. */
export const trendOf = (change: number, { stable_within: within }: Model['trend']): Trend =>
  change > within ? 'improving' : change < -within ? 'declining' : 'stable';
