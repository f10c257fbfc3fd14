/**
 * The health model as it stands when holdfast.yaml says nothing: 100 points of weight over four
 * dimensions, and for each measure the curve that turns what was observed into points from 0 to
 * 100, straight between its knots. docs/scoring.md has the reason for each.
 */
// biome-ignore format: a curve reads best on one line.
export const defaultDimensions = {
  usage: {
    weight: 45,
    measures: {
      usage_trend: { weight: 18, curve: [[0.3, 0], [0.6, 15], [0.85, 50], [1, 75], [1.2, 100]] },
      active_days: { weight: 6, curve: [[0, 0], [8, 10], [16, 45], [22, 80], [26, 100]] },
      seat_use: { weight: 12, curve: [[0, 0], [0.3, 10], [0.6, 55], [0.85, 90], [1, 100]] },
      feature_depth: { weight: 9, curve: [[0, 0], [3, 10], [6, 45], [10, 80], [14, 100]] },
    },
  },
  support: {
    weight: 20,
    measures: {
      severe_tickets: { weight: 8, curve: [[0, 100], [1, 25], [2, 0]] },
      support_trend: { weight: 4, curve: [[0.5, 100], [1, 75], [2, 30], [4, 0]] },
      first_response: { weight: 4, curve: [[0.5, 0], [0.8, 45], [0.95, 85], [1, 100]] },
      ticket_csat: { weight: 4, curve: [[2, 0], [3, 25], [4, 65], [4.8, 100]] },
    },
  },
  sentiment: {
    weight: 20,
    measures: {
      nps: { weight: 8, curve: [[-60, 0], [0, 45], [30, 70], [60, 100]] },
      csat: { weight: 4, curve: [[2, 0], [3, 25], [4, 65], [4.8, 100]] },
      open_detractors: { weight: 8, curve: [[0, 100], [1, 25], [2, 0]] },
    },
  },
  commercial: {
    weight: 15,
    measures: {
      arr_trend: { weight: 10, curve: [[0.7, 0], [0.9, 30], [1, 65], [1.2, 100]] },
      discount_depth: { weight: 5, curve: [[0, 100], [10, 75], [20, 45], [35, 10], [50, 0]] },
    },
  },
} as const satisfies Record<string, DimensionDefaults>;

/** A dimension as the default model has it. */
export interface DimensionDefaults {
  readonly weight: number;
  readonly measures: Record<string, { readonly weight: number; readonly curve: readonly Knot[] }>;
}

/** What was observed, and the points it is worth. */
export type Knot = readonly [value: number, points: number];

export type DimensionId = keyof typeof defaultDimensions;
export type MeasureId = {
  [Id in DimensionId]: keyof (typeof defaultDimensions)[Id]['measures'] & string;
}[DimensionId];
