import { z } from 'zod';
import {
  type DimensionDefaults,
  type DimensionId,
  defaultDimensions,
  type Knot,
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
    bands: bandsField,
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
