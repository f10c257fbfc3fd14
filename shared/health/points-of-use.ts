import type { MeasureId } from '../config/default-model.ts';

interface Judged {
  pointsOf(measure: MeasureId): number | null;
}

/** How much they use it: mean points of trend and seats, or of the one that is known. */
export const pointsOfUse = ({ pointsOf }: Judged): number | null => {
  const trend = pointsOf('usage_trend');
  const seats = pointsOf('seat_use');
  return trend === null || seats === null ? (trend ?? seats) : (trend + seats) / 2;
};
