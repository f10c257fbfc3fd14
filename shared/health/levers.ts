import { roundTo } from '../basics/ratio.ts';
import type { Knot, MeasureId } from '../config/default-model.ts';
import type { WeighedMeasure } from './resolved-model.ts';

/** One line of a receipt, as far as it matters for what could be. */
export interface KnownLine {
  readonly measure: MeasureId;
  readonly rawValue: number | null;
  readonly points: number | null;
  readonly weight: number;
}

/** A single measure that would bring the score to a target, all else unchanged. */
export interface Lever {
  readonly measure: MeasureId;
  readonly from: number;
  readonly to: number;
  /** Points of score that reaching `to` adds. */
  readonly adds: number;
}

/**
 * What would turn the band: each known measure that could alone lift the mean by `gap` points, with
 * the value it would have to reach; those with the least way to go on their curve first.
 */
export const leversFor = (
  gap: number,
  lines: readonly KnownLine[],
  model: readonly WeighedMeasure[],
): Lever[] => {
  const known = lines.filter(({ points }) => points !== null);
  const weight = known.reduce((sum, line) => sum + line.weight, 0);
  return known
    .flatMap(({ measure, rawValue, points, weight: mine }) => {
      const curve = model.find(({ id }) => id === measure)?.curve;
      const needed = (points ?? 0) + (gap * weight) / mine;
      const to = curve === undefined || needed > 100 ? null : valueFor(curve, needed);
      if (to === null || rawValue === null) return [];
      return [{ measure, from: rawValue, to, adds: gap, way: needed - (points ?? 0) }];
    })
    .sort((a, b) => a.way - b.way)
    .map(({ way: _way, ...lever }) => lever);
};

/** Where no single measure is enough: the ones that cost most, until together they are. */
export const leversTogether = (gap: number, lines: readonly KnownLine[]): MeasureId[] => {
  const known = lines.filter(({ points }) => points !== null);
  const weight = known.reduce((sum, line) => sum + line.weight, 0);
  const lost = known
    .map(({ measure, points, weight: mine }) => ({
      measure,
      lost: (mine * (100 - (points ?? 0))) / weight,
    }))
    .sort((a, b) => b.lost - a.lost);
  let missing = gap;
  const chosen: MeasureId[] = [];
  for (const one of lost) {
    if (missing <= 0) break;
    chosen.push(one.measure);
    missing -= one.lost;
  }
  return missing > 0 ? [] : chosen;
};

/** The value nearest to where the curve first gives at least so many points; null if it never does. */
function valueFor(curve: readonly Knot[], points: number): number | null {
  const rising = (curve.at(-1)?.[1] ?? 0) >= (curve[0]?.[1] ?? 0);
  const ordered = rising ? curve : [...curve].reverse();
  const next = ordered.findIndex(([, worth]) => worth >= points);
  if (next === -1) return null;
  const [highAt, highPoints] = ordered[next] as Knot;
  const [lowAt, lowPoints] = ordered[Math.max(0, next - 1)] as Knot;
  if (next === 0 || highPoints === lowPoints) return highAt;
  const part = (points - lowPoints) / (highPoints - lowPoints);
  return roundTo(lowAt + part * (highAt - lowAt), 4);
}
