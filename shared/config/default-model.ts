/**
 * The health model as it stands when holdfast.yaml says nothing: 100 points of weight over nine
 * dimensions, and for each measure the curve that turns what was observed into points from 0 to
 * 100, straight between its knots. docs/scoring.md has the reason for each.
 */
// biome-ignore format: a curve reads best on one line.
export const defaultDimensions = {
  usage: {
    weight: 24,
    measures: {
      usage_trend: { weight: 9, curve: [[0.3, 0], [0.6, 15], [0.85, 50], [1, 75], [1.2, 100]] },
      active_days: { weight: 3, curve: [[0, 0], [8, 10], [16, 45], [22, 80], [26, 100]] },
      seat_use: { weight: 7, curve: [[0, 0], [0.3, 10], [0.6, 55], [0.85, 90], [1, 100]] },
      user_trend: { weight: 5, curve: [[0.3, 0], [0.6, 15], [0.85, 50], [1, 80], [1.15, 100]] },
    },
  },
  depth: {
    weight: 10,
    measures: {
      feature_depth: { weight: 4, curve: [[0, 0], [3, 10], [6, 45], [10, 80], [14, 100]] },
      feature_breadth: { weight: 4, curve: [[0.4, 0], [0.7, 30], [0.9, 70], [1, 90], [1.15, 100]] },
      team_spread: { weight: 2, curve: [[0.4, 0], [0.7, 30], [0.9, 70], [1, 90], [1.15, 100]] },
    },
  },
  outcomes: {
    weight: 16,
    measures: {
      outcomes_met: { weight: 9, curve: [[0.2, 0], [0.5, 30], [0.8, 75], [1, 100]] },
      plan_reviewed: { weight: 3, curve: [[30, 100], [90, 75], [180, 20], [270, 0]] },
      value_review: { weight: 4, curve: [[60, 100], [100, 85], [180, 40], [365, 0]] },
    },
  },
  relationship: {
    weight: 14,
    measures: {
      sponsor_in_place: { weight: 5, curve: [[0, 0], [1, 90], [2, 100]] },
      champion_in_place: { weight: 4, curve: [[0, 0], [1, 75], [2, 100]] },
      contact_recency: { weight: 3, curve: [[1, 100], [1.5, 70], [2, 35], [3, 0]] },
      contact_breadth: { weight: 2, curve: [[0, 0], [1, 35], [2, 75], [3, 100]] },
    },
  },
  sentiment: {
    weight: 10,
    measures: {
      nps: { weight: 4, curve: [[-60, 0], [0, 45], [30, 70], [60, 100]] },
      csat: { weight: 2, curve: [[2, 0], [3, 25], [4, 65], [4.8, 100]] },
      open_detractors: { weight: 3, curve: [[0, 100], [1, 25], [2, 0]] },
      advocacy: { weight: 1, curve: [[0, 40], [1, 80], [2, 100]] },
    },
  },
  support: {
    weight: 12,
    measures: {
      severe_tickets: { weight: 5, curve: [[0, 100], [1, 25], [2, 0]] },
      support_trend: { weight: 2, curve: [[0.5, 100], [1, 75], [2, 30], [4, 0]] },
      first_response: { weight: 2, curve: [[0.5, 0], [0.8, 45], [0.95, 85], [1, 100]] },
      ticket_csat: { weight: 2, curve: [[2, 0], [3, 25], [4, 65], [4.8, 100]] },
      escalations: { weight: 1, curve: [[0, 100], [1, 25], [2, 0]] },
    },
  },
  commercial: {
    weight: 9,
    measures: {
      arr_trend: { weight: 3, curve: [[0.7, 0], [0.9, 30], [1, 65], [1.2, 100]] },
      discount_depth: { weight: 2, curve: [[0, 100], [10, 75], [20, 45], [35, 10], [50, 0]] },
      overdue_invoices: { weight: 3, curve: [[0, 100], [15, 70], [30, 40], [60, 10], [90, 0]] },
      commitment_fit: { weight: 1, curve: [[0.2, 0], [0.5, 45], [0.7, 80], [0.85, 100]] },
    },
  },
  onboarding: {
    weight: 3,
    measures: {
      milestones_on_time: { weight: 1, curve: [[0.3, 0], [0.6, 40], [0.85, 80], [1, 100]] },
      milestones_overdue: { weight: 2, curve: [[0, 100], [1, 50], [2, 20], [3, 0]] },
    },
  },
  enablement: {
    weight: 2,
    measures: {
      training_recent: { weight: 1, curve: [[0, 0], [1, 50], [3, 85], [5, 100]] },
      admin_trained: { weight: 1, curve: [[0, 0], [1, 80], [2, 100]] },
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

/**
 * Differences from the model above for some segments or stages, in the order they are applied. Of a
 * stage every weight is named, so that they read as parts of 100; of a segment only what differs.
 */
// biome-ignore format: one line for each dimension.
export const defaultVariants: readonly VariantDefaults[] = [
  {
    stages: ['onboarding'],
    weights: {
      usage_trend: 0, active_days: 6, seat_use: 8, user_trend: 0,
      feature_depth: 4, feature_breadth: 0, team_spread: 0,
      outcomes_met: 8, plan_reviewed: 4, value_review: 0,
      sponsor_in_place: 7, champion_in_place: 6, contact_recency: 9, contact_breadth: 3,
      nps: 1, csat: 2, open_detractors: 2, advocacy: 0,
      severe_tickets: 6, support_trend: 0, first_response: 3, ticket_csat: 2, escalations: 1,
      arr_trend: 0, discount_depth: 0, overdue_invoices: 3, commitment_fit: 0,
      milestones_on_time: 7, milestones_overdue: 10,
      training_recent: 5, admin_trained: 3,
    },
    // In the first weeks seats are still being filled, and an outcome begun is a good one.
    curves: {
      seat_use: [[0, 0], [0.1, 30], [0.3, 75], [0.5, 100]],
      outcomes_met: [[0, 40], [0.2, 80], [0.5, 100]],
    },
  },
  {
    stages: ['renewing'],
    weights: {
      usage_trend: 8, active_days: 2, seat_use: 7, user_trend: 4,
      feature_depth: 3, feature_breadth: 3, team_spread: 1,
      outcomes_met: 12, plan_reviewed: 3, value_review: 7,
      sponsor_in_place: 8, champion_in_place: 5, contact_recency: 4, contact_breadth: 2,
      nps: 5, csat: 2, open_detractors: 4, advocacy: 1,
      severe_tickets: 3, support_trend: 1, first_response: 1, ticket_csat: 1, escalations: 1,
      arr_trend: 4, discount_depth: 2, overdue_invoices: 4, commitment_fit: 1,
      milestones_on_time: 0, milestones_overdue: 1,
      training_recent: 0, admin_trained: 0,
    },
  },
  // Looked after by the product itself: nobody names sponsors or agrees outcomes there. What a
  // stage says of its trends is left to the stage.
  {
    segments: ['smb'],
    weights: {
      active_days: 8, seat_use: 12,
      feature_depth: 8,
      outcomes_met: 0, plan_reviewed: 0, value_review: 0,
      sponsor_in_place: 0, champion_in_place: 2, contact_recency: 2, contact_breadth: 0,
      severe_tickets: 8, first_response: 4, ticket_csat: 4,
    },
  },
];

export interface VariantDefaults {
  readonly segments?: readonly string[];
  readonly stages?: readonly ('onboarding' | 'adopting' | 'renewing')[];
  readonly weights: Partial<Record<MeasureId, number>>;
  readonly curves?: Partial<Record<MeasureId, readonly Knot[]>>;
}
