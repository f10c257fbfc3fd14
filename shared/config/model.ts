import { z } from 'zod';
import {
  type DimensionDefaults,
  type DimensionId,
  defaultDimensions,
  defaultVariants,
  type Knot,
  type MeasureId,
} from './default-model.ts';

const curveField = z
  .array(z.tuple([z.number(), z.number().min(0).max(100)]))
  .min(2)
  .superRefine((knots, context) => {
    const values = knots.map(([value]) => value);
    const points = knots.map(([, worth]) => worth);
    if (!values.every((value, index) => index === 0 || value > (values[index - 1] as number))) {
      context.addIssue({ code: 'custom', message: 'expected values in rising order' });
    }
    const rises = points.every(
      (worth, index) => index === 0 || worth >= (points[index - 1] as number),
    );
    const falls = points.every(
      (worth, index) => index === 0 || worth <= (points[index - 1] as number),
    );
    if (!rises && !falls) {
      context.addIssue({
        code: 'custom',
        message:
          'expected points that only rise or only fall: a better value must never cost points',
      });
    }
  })
  .describe('Knots [value, points 0 to 100], straight between them, flat beyond them.');

const weightField = z.number().min(0).max(100);

const measureField = ({ weight, curve }: { weight: number; curve: readonly Knot[] }) =>
  z
    .strictObject({
      weight: weightField.default(weight).describe('Weight out of 100; 0 leaves the measure out.'),
      curve: curveField.default(curve.map(([value, points]) => [value, points])),
    })
    .prefault({});

const dimensionField = ({ weight, measures }: DimensionDefaults) =>
  z
    .strictObject({
      weight: weightField
        .default(weight)
        .describe('What the weights of its measures must sum to; all dimensions sum to 100.'),
      measures: z
        .strictObject(
          Object.fromEntries(
            Object.entries(measures).map(([id, measure]) => [id, measureField(measure)]),
          ),
        )
        .prefault({}),
    })
    .prefault({});

const bandsField = z
  .strictObject({
    green: z.number().min(0).max(100).default(70).describe('Lowest score of the green band.'),
    yellow: z.number().min(1).max(100).default(40).describe('Lowest score of the yellow band.'),
  })
  .refine(({ green, yellow }) => yellow < green, 'expected yellow to begin below green')
  .prefault({});

const gatesField = z
  .strictObject({
    critical_ticket_days: z
      .number()
      .int()
      .min(0)
      .nullable()
      .default(7)
      .describe('A critical ticket open longer than this caps the account at yellow; null: never.'),
    notice_given: z
      .boolean()
      .default(true)
      .describe('An account that has given notice on all its ARR is capped at red.'),
    sponsor_gone: z
      .boolean()
      .default(true)
      .describe('An account whose executive sponsors have all left is capped at yellow.'),
    usage_trap_points: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .default(70)
      .describe(
        'Use worth this many points without outcomes caps the account at yellow; null: never.',
      ),
    usage_trap_outcomes: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('Progress of agreed outcomes below which they count as not met.'),
  })
  .prefault({});

/** Where an account stands in its life with us; each may be weighed differently. */
export const stages = ['onboarding', 'adopting', 'renewing'] as const;
export type Stage = (typeof stages)[number];

const stagesField = z
  .strictObject({
    onboarding_days: z
      .number()
      .int()
      .min(0)
      .default(90)
      .describe('An account is onboarding for this many days from its first contract.'),
    renewing_days: z
      .number()
      .int()
      .min(0)
      .default(120)
      .describe('It is renewing for this many days before its next decision date.'),
  })
  .prefault({});

/** Every measure with the dimension it belongs to, in the order of the model. */
export const dimensionOfMeasure: ReadonlyMap<MeasureId, DimensionId> = new Map(
  Object.entries(defaultDimensions).flatMap(([dimension, { measures }]) =>
    Object.keys(measures).map((id) => [id as MeasureId, dimension as DimensionId] as const),
  ),
);

export const measureIds: readonly MeasureId[] = [...dimensionOfMeasure.keys()];

const perMeasure = <Field extends z.ZodType>(field: Field) =>
  z.strictObject(
    Object.fromEntries(measureIds.map((id) => [id, field.optional()])) as Record<
      MeasureId,
      z.ZodOptional<Field>
    >,
  );

const variantField = z
  .strictObject({
    segments: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Segments it is for; left out: all of them.'),
    stages: z
      .array(z.enum(stages))
      .min(1)
      .optional()
      .describe('Lifecycle stages it is for; left out: all of them.'),
    weights: perMeasure(weightField)
      .default({})
      .describe('Weights in place of the model’s; the whole is scaled to 100 again.'),
    curves: perMeasure(curveField).default({}).describe('Curves in place of the model’s.'),
  })
  .describe('What is different for some segments or stages; a later variant wins.');

const shippedVariants = () => variantField.array().parse(defaultVariants);

/** The variants that come with Holdfast speak of its own segments, which a company may not have. */
export const areShippedVariants = (variants: readonly unknown[]): boolean =>
  JSON.stringify(variants) === JSON.stringify(shippedVariants());

const trendField = z
  .strictObject({
    stable_within: z
      .number()
      .min(0)
      .max(100)
      .default(5)
      .describe('A change of at most this many points in 28 days is stable.'),
    fewest_days: z
      .number()
      .int()
      .min(1)
      .max(28)
      .default(14)
      .describe('Days of history below which there is no trend.'),
  })
  .prefault({});

export const modelField = z
  .strictObject({
    dimensions: z
      .strictObject(
        Object.fromEntries(
          Object.entries(defaultDimensions).map(([id, dimension]) => [
            id,
            dimensionField(dimension),
          ]),
        ) as Record<DimensionId, ReturnType<typeof dimensionField>>,
      )
      .prefault({} as never),
    variants: z
      .array(variantField)
      .default(shippedVariants)
      .describe('Models per segment and lifecycle stage, as differences from the one above.'),
    stages: stagesField,
    bands: bandsField,
    hysteresis: z
      .number()
      .min(0)
      .max(20)
      .default(2)
      .describe('Points by which a score must pass a border before the band changes.'),
    trend: trendField,
    gates: gatesField,
    minimum_coverage: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('Share of weight that must be known; below it an account is unscored.'),
  })
  .superRefine(({ dimensions }, context) => {
    for (const [id, { weight, measures }] of Object.entries(dimensions)) {
      const sum = total(Object.values(measures).map((measure) => measure.weight));
      if (sum !== total([weight])) {
        context.addIssue({
          code: 'custom',
          path: ['dimensions', id],
          message: `expected the weights of its measures to sum to ${weight}; they sum to ${sum}`,
        });
      }
    }
    const sum = total(Object.values(dimensions).map(({ weight }) => weight));
    if (sum !== 100) {
      context.addIssue({
        code: 'custom',
        path: ['dimensions'],
        message: `expected the weights of the dimensions to sum to 100; they sum to ${sum}`,
      });
    }
  })
  .prefault({});

export type Model = z.output<typeof modelField>;

/** Weights are written with decimals by people; compare them at a thousandth. */
function total(weights: readonly number[]): number {
  return Math.round(weights.reduce((sum, weight) => sum + weight, 0) * 1000) / 1000;
}
