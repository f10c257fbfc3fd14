import { roundTo } from '../basics/ratio.ts';
import type { Knot } from '../config/default-model.ts';

/** Points from 0 to 100 for a value: straight between knots, flat beyond them, to one decimal. */
export const pointsOnCurve = (knots: readonly Knot[], value: number): number => {
  let next = 0;
  while (next < knots.length && (knots[next] as Knot)[0] < value) next += 1;
  if (next === 0) return roundTo((knots[0] as Knot)[1], 1);
  if (next === knots.length) return roundTo((knots[next - 1] as Knot)[1], 1);
  const low = knots[next - 1] as Knot;
  const high = knots[next] as Knot;
  const part = (value - low[0]) / (high[0] - low[0]);
  return roundTo(low[1] + part * (high[1] - low[1]), 1);
};
