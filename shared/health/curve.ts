import { roundTo } from '../basics/ratio.ts';
import type { Knot } from '../config/default-model.ts';

/** Points from 0 to 100 for a value: straight between knots, flat beyond them, to one decimal. */
export const pointsOnCurve = (knots: readonly Knot[], value: number): number => {
  const next = knots.findIndex(([at]) => at >= value);
  if (next === 0) return roundTo((knots[0] as Knot)[1], 1);
  if (next === -1) return roundTo((knots.at(-1) as Knot)[1], 1);
  const [lowAt, lowPoints] = knots[next - 1] as Knot;
  const [highAt, highPoints] = knots[next] as Knot;
  const part = (value - lowAt) / (highAt - lowAt);
  return roundTo(lowPoints + part * (highPoints - lowPoints), 1);
};
