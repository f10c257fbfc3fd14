import { z } from 'zod';

/**
 * The health model as it stands when holdfast.yaml says nothing: 100 points of weight over four
 * dimensions, and for each measure the curve that turns what was observed into points from 0 to
 * 100, straight between its knots. docs/scoring.md has the reason for each.
 */
export const defaultDimensions = {
  usage: {
    weight: 45,
    measures: {
      usage_trend: {
        weight: 18,
        curve: [
          [0.3, 0],
          [0.6, 15],
          [0.85, 50],
          [1, 75],
          [1.2, 100],
        ],
      },
      active_days: {
        weight: 6,
        curve: [
          [0, 0],
          [8, 10],
          [16, 45],
          [22, 80],
          [26, 100],
        ],
      },
      seat_use: {
        weight: 12,
        curve: [
          [0, 0],
          [0.3, 10],
          [0.6, 55],
          [0.85, 90],
          [1, 100],
        ],
      },
      feature_depth: {
        weight: 9,
        curve: [
          [0, 0],
          [3, 10],
          [6, 45],
          [10, 80],
          [14, 100],
        ],
      },
    },
  },
  support: {
    weight: 20,
    measures: {
      severe_tickets: {
        weight: 8,
        curve: [
          [0, 100],
          [1, 25],
          [2, 0],
        ],
      },
      support_trend: {
        weight: 4,
        curve: [
          [0.5, 100],
          [1, 75],
          [2, 30],
          [4, 0],
        ],
      },
      first_response: {
        weight: 4,
        curve: [
          [0.5, 0],
          [0.8, 45],
          [0.95, 85],
          [1, 100],
        ],
      },
      ticket_csat: {
        weight: 4,
        curve: [
          [2, 0],
          [3, 25],
          [4, 65],
          [4.8, 100],
        ],
      },
    },
  },
  sentiment: {
    weight: 20,
    measures: {
      nps: {
        weight: 8,
        curve: [
          [-60, 0],
          [0, 45],
          [30, 70],
          [60, 100],
        ],
      },
      csat: {
        weight: 4,
        curve: [
          [2, 0],
          [3, 25],
          [4, 65],
          [4.8, 100],
        ],
      },
      open_detractors: {
        weight: 8,
        curve: [
          [0, 100],
          [1, 25],
          [2, 0],
        ],
      },
    },
  },
  commercial: {
    weight: 15,
    measures: {
      arr_trend: {
        weight: 10,
        curve: [
          [0.7, 0],
          [0.9, 30],
          [1, 65],
          [1.2, 100],
        ],
      },
      discount_depth: {
        weight: 5,
        curve: [
          [0, 100],
          [10, 75],
          [20, 45],
          [35, 10],
          [50, 0],
        ],
      },
    },
  },
} as const satisfies Record<string, DimensionDefaults>;

interface DimensionDefaults {
  readonly weight: number;
  readonly measures: Record<string, { readonly weight: number; readonly curve: readonly Knot[] }>;
}

/** What was observed, and the points it is worth. */
export type Knot = readonly [value: number, points: number];

export type DimensionId = keyof typeof defaultDimensions;
export type MeasureId = {
  [Id in DimensionId]: keyof (typeof defaultDimensions)[Id]['measures'] & string;
}[DimensionId];

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
    yellow: z.number().min(0).max(100).default(40).describe('Lowest score of the yellow band.'),
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
      if (sum !== weight) {
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
