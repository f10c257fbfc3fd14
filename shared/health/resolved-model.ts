import { roundTo } from '../basics/ratio.ts';
import type { DimensionId, Knot, MeasureId } from '../config/default-model.ts';
import { type Model, type Stage, stages } from '../config/model.ts';

/** A measure as one model asks it. */
export interface WeighedMeasure {
  readonly id: MeasureId;
  readonly dimension: DimensionId;
  /** Out of 100 over all measures of the model. */
  readonly weight: number;
  readonly curve: readonly Knot[];
}

/** The models of every segment and stage. */
export type ResolvedModels = (segment: string, stage: Stage) => readonly WeighedMeasure[];

/** Applies the variants of the config, in their order, for every segment and stage there is. */
export const resolveModels = (model: Model, segments: readonly string[]): ResolvedModels => {
  const bySegment = new Map(
    segments.map((segment) => [
      segment,
      new Map(stages.map((stage) => [stage, resolved(model, segment, stage)])),
    ]),
  );
  return (segment, stage) => bySegment.get(segment)?.get(stage) ?? NOTHING_ASKED;
};

const NOTHING_ASKED: readonly WeighedMeasure[] = [];

function resolved(model: Model, segment: string, stage: Stage): WeighedMeasure[] {
  const variants = model.variants.filter(
    (variant) =>
      (variant.segments?.includes(segment) ?? true) && (variant.stages?.includes(stage) ?? true),
  );
  const weights = Object.assign({}, ...variants.map((variant) => variant.weights)) as Partial<
    Record<MeasureId, number>
  >;
  const curves = Object.assign({}, ...variants.map((variant) => variant.curves)) as Partial<
    Record<MeasureId, Knot[]>
  >;
  const measures = Object.entries(model.dimensions).flatMap(([dimension, { measures: weighed }]) =>
    Object.entries(weighed).map(([id, { weight, curve }]) => ({
      id: id as MeasureId,
      dimension: dimension as DimensionId,
      weight: weights[id as MeasureId] ?? weight,
      curve: curves[id as MeasureId] ?? curve,
    })),
  );
  const whole = measures.reduce((sum, { weight }) => sum + weight, 0);
  return measures
    .filter(({ weight }) => weight > 0)
    .map((measure) => ({ ...measure, weight: roundTo((100 * measure.weight) / whole, 4) }));
}
