import type { Knot, MeasureId } from '../../shared/config/default-model.ts';
import { dimensionOfMeasure, type Stage, stages } from '../../shared/config/model.ts';
import type { Config } from '../../shared/config/schema.ts';
import type { Answerable } from '../../shared/health/answerable.ts';
import { measures } from '../../shared/health/measures/index.ts';
import { resolveModels } from '../../shared/health/resolved-model.ts';
import { sqlNumber, sqlText } from '../../shared/sources/sql.ts';
import { sqlMeasures } from './measures/index.ts';
import type { SqlMeasure } from './sql-measure.ts';

/** A measure that at least one model asks. */
export interface AskedMeasure extends SqlMeasure {
  readonly id: MeasureId;
  readonly dimension: string;
  /** Points for its value in v_<id>, before rounding. */
  readonly points: string;
}

interface PlacedModel {
  readonly number: number;
  readonly segment: Config['segments'][number];
  readonly stage: Stage;
  readonly measures: ReadonlyMap<MeasureId, { weight: number; curve: readonly Knot[] }>;
}

/** The models of all segments and stages, numbered. */
export const placedModels = ({ model, segments }: Config): PlacedModel[] => {
  const resolved = resolveModels(
    model,
    segments.map(({ id }) => id),
  );
  return segments
    .flatMap((segment) => stages.map((stage) => ({ segment, stage })))
    .map(({ segment, stage }, number) => ({
      number,
      segment,
      stage,
      measures: new Map(resolved(segment.id, stage).map((measure) => [measure.id, measure])),
    }));
};

/** Every measure that some model weighs, in the order of the model, with its SQL for today. */
export const askedMeasures = (
  models: readonly PlacedModel[],
  answerable: Answerable,
): AskedMeasure[] =>
  [...dimensionOfMeasure]
    .filter(([id]) => models.some(({ measures: asked }) => asked.has(id)))
    .map(([id, dimension]) => {
      const unanswerable = answerable(measures[id].needs);
      const sql =
        unanswerable === null
          ? sqlMeasures[id]
          : { value: 'CAST(NULL AS DOUBLE)', evidence: 'NULL', reason: sqlText(unanswerable) };
      return { id, dimension, ...sql, points: curvesOf(id, models) };
    });

/** A row of weights for each model; null where a measure is left out. */
export const modelRows = (models: readonly PlacedModel[], asked: readonly AskedMeasure[]) => {
  const columns = [
    'model_no',
    'segment',
    'stage',
    'touch_days',
    'expects_outcomes',
    'whole_weight',
  ];
  const rows = models.map(({ number, segment, stage, measures: weighed }) => {
    const weights = asked.map(({ id }) => weighed.get(id)?.weight);
    const whole = [...weighed.values()].reduce((sum, { weight }) => sum + weight, 0);
    const cells = [
      number,
      sqlText(segment.id),
      sqlText(stage),
      segment.touch_days,
      segment.expects_outcomes,
      sqlNumber(whole),
      ...weights.map((weight) => (weight === undefined ? 'NULL' : sqlNumber(weight))),
    ];
    return `(${cells.join(', ')})`;
  });
  const names = [...columns, ...asked.map(({ id }) => `w_${id}`)];
  return `SELECT * FROM (VALUES\n${rows.join(',\n')}) AS model(${names.join(', ')})`;
};

/** One CASE, or one for each group of models that share a curve. */
function curvesOf(id: MeasureId, models: readonly PlacedModel[]): string {
  const byCurve = new Map<string, { curve: readonly Knot[]; numbers: number[] }>();
  for (const { number, measures: asked } of models) {
    const curve = asked.get(id)?.curve;
    if (curve === undefined) continue;
    const key = JSON.stringify(curve);
    const same = byCurve.get(key) ?? { curve, numbers: [] };
    same.numbers.push(number);
    byCurve.set(key, same);
  }
  const [first, ...others] = [...byCurve.values()].map(({ curve, numbers }) => ({
    sql: curveSql(`v_${id}`, curve),
    numbers,
  }));
  const cases = others.map(
    ({ sql, numbers }) => `WHEN model_no IN (${numbers.join(', ')}) THEN ${sql}`,
  );
  return cases.length === 0 ? `${first?.sql}` : `CASE ${cases.join(' ')} ELSE ${first?.sql} END`;
}

/** Straight between knots, flat beyond them, in the very operations of shared/health/curve.ts. */
function curveSql(value: string, knots: readonly Knot[]): string {
  const cases = knots.map(([at, points], index) => {
    const [lowAt, lowPoints] = knots[index - 1] ?? [0, 0];
    const part = `(${value} - ${sqlNumber(lowAt)}) / ${sqlNumber(at - lowAt)}`;
    const between = `${sqlNumber(lowPoints)} + ${part} * ${sqlNumber(points - lowPoints)}`;
    return `WHEN ${value} <= ${sqlNumber(at)} THEN ${index === 0 ? sqlNumber(points) : between}`;
  });
  const beyond = knots.at(-1)?.[1] ?? 0;
  return `CASE ${cases.join(' ')} WHEN ${value} IS NOT NULL THEN ${sqlNumber(beyond)} END`;
}
