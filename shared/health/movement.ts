import { assert } from '../basics/problem.ts';
import { distribute, roundTo } from '../basics/ratio.ts';
import type { Knot, MeasureId } from '../config/default-model.ts';
import { measureIds, type Stage } from '../config/model.ts';
import type { Band } from './band.ts';
import { pointsOnCurve } from './curve.ts';
import type { WeighedMeasure } from './resolved-model.ts';
import type { Health } from './score.ts';

/** What was published of an account on an earlier day. */
export interface PastHealth {
  readonly score: number | null;
  readonly band: Band;
  readonly scoredBand: Band;
  /** Where it belonged: segment and lifecycle stage. */
  readonly segment: string;
  readonly stage: Stage;
  lineOf(measure: MeasureId): PastLine | undefined;
}

export interface PastLine {
  readonly rawValue: number | null;
  readonly points: number | null;
  readonly weight: number;
}

/**
 * Why a score moved, in points with one decimal; the four parts sum to the change exactly.
 * input: the account itself changed, gates included. weight: the same answers count differently,
 * because the account came into another model or the config gave other weights. configuration: the
 * same values are worth other points. coverage: answers came or went.
 */
export interface Movement {
  readonly change: number;
  readonly input: number;
  readonly weight: number;
  readonly configuration: number;
  readonly coverage: number;
}

/**
 * Goes from the old score to the new one step by step: first the old values on today's curves, then
 * in the model the account is in today, then with today's answers known, then today's values. The
 * order of the steps is a convention, and this is it. Null where one of the days has no score.
 */
export const movementOf = (
  past: PastHealth,
  health: Health,
  { before: modelBefore, now: model }: Models,
): Movement | null => {
  if (past.score === null || health.score === null) return null;
  const means = { old: mean(), recurved: mean(), reweighed: mean(), covered: mean(), now: mean() };
  // Lines and model have the same measures, in the order of all measures; others are passed over.
  let place = 0;
  for (const id of measureIds) {
    const isAsked = health.lines[place]?.measure === id;
    const now = isAsked ? health.lines[place] : undefined;
    const curve = isAsked ? model[place]?.curve : undefined;
    if (isAsked) place += 1;
    const before = past.lineOf(id);
    // A model that has not changed its curves gives back the points it gave.
    const remodelled = onCurve(curve, before);
    if (before !== undefined) {
      const recurved =
        modelBefore === model ? remodelled : onCurve(curveIn(modelBefore, id), before);
      add(means.old, before.weight, before.points);
      add(means.recurved, before.weight, recurved);
    }
    if (now === undefined) continue;
    add(means.reweighed, now.weight, remodelled);
    if (now.points === null) continue;
    add(means.covered, now.weight, remodelled ?? now.points);
    add(means.now, now.weight, now.points);
  }
  assert(place === health.lines.length, 'lines come in the order of the measures');
  const old = meanOf(means.old) ?? 0;
  const recurved = meanOf(means.recurved) ?? old;
  const reweighed = meanOf(means.reweighed) ?? recurved;
  const covered = meanOf(means.covered) ?? reweighed;
  const gateBefore = roundTo(past.score - roundTo(old, 1), 1);
  const gates = health.gateEffect - gateBefore;
  return inTenths(health.score - past.score, [
    (meanOf(means.now) ?? covered) - covered + gates,
    recurved - old,
    reweighed - recurved,
    covered - reweighed,
  ]);
};

interface Models {
  /** Today's model of the place where the account was; the same as now unless it changed place. */
  readonly before: readonly WeighedMeasure[];
  readonly now: readonly WeighedMeasure[];
}

const curveIn = (model: readonly WeighedMeasure[], id: MeasureId): readonly Knot[] | undefined =>
  model.find((measure) => measure.id === id)?.curve;

/** What an old answer is worth on a curve; as it was where there is no curve for it any more. */
const onCurve = (curve: readonly Knot[] | undefined, line: PastLine | undefined): number | null =>
  curve !== undefined && line?.rawValue != null
    ? pointsOnCurve(curve, line.rawValue)
    : (line?.points ?? null);

interface Mean {
  weight: number;
  weighted: number;
}

const mean = (): Mean => ({ weight: 0, weighted: 0 });

function add(to: Mean, weight: number, points: number | null): void {
  if (points === null) return;
  to.weight += weight;
  to.weighted += weight * points;
}

const meanOf = ({ weight, weighted }: Mean): number | null =>
  weight === 0 ? null : weighted / weight;

/** Shares the change out in tenths; what rounding leaves over goes to the largest part. */
function inTenths(change: number, parts: readonly number[]): Movement {
  const total = Math.round(change * 10);
  const exact = parts.map((part) => roundTo(part * 10, 6));
  let largest = 0;
  let sum = 0;
  for (const [at, part] of exact.entries()) {
    if (Math.abs(part) > Math.abs(exact[largest] ?? 0)) largest = at;
    sum += part;
  }
  exact[largest] = (exact[largest] ?? 0) + total - sum;
  const [input = 0, configuration = 0, weight = 0, coverage = 0] = distribute(total, exact);
  return {
    change: total / 10,
    input: input / 10,
    weight: weight / 10,
    configuration: configuration / 10,
    coverage: coverage / 10,
  };
}
